"""Adds or changes a mentor government or an inspiring example of an action, and links an offer to it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from samenleven_desktop.domain.advice import KnownExample, KnownMentor
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import EXAMPLE, MENTOR
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.readmodels.action_page import MentorProposal
from samenleven_desktop.readmodels.core import GovernmentChoice
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.offers.commands import LinkOffer
from samenleven_desktop.services.offers.mentor_and_example_commands import (
    AddExample,
    AddMentor,
    ChangeExample,
    ChangeMentor,
)
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.forms import typed_line
from samenleven_desktop.ui.widgets.choice import Chooser, LateChooser
from samenleven_desktop.ui.widgets.limited_text_edit import LongText

_NOTHING = ""


class MentorDialog(FormDialog):
    """Adds a mentor government for an action, as a granted role proposes it if there is one, or changes `line`."""

    def __init__(
        self,
        context: UiContext,
        action_id: str,
        line: KnownMentor | None,
        owner: QWidget,
        *,
        proposal: MentorProposal | None = None,
    ) -> None:
        text = context.language.text
        super().__init__(context, text("Change mentor government") if line else text("New mentor government"), owner)
        self.setMinimumWidth(520)
        self._action_id, self._line = action_id, line
        self.record = ("mentor", line.id) if line is not None and line.id is not None else None
        self.government = LateChooser(proposal.government_id if proposal else None)
        if line is None:
            self.add("government_id", text("Government"), self.government)
            context.runner.query(choices, then=self._offer, owner=self)
        known = line.learning_network if line else proposal.learning_network if proposal else None
        self.network = Chooser()
        for words, value in ((text("not known"), None), (text("yes"), True), (text("no"), False)):
            self.network.addItem(words, value)
        self.network.setCurrentIndex({None: 0, True: 1, False: 2}[known])
        caption = MENTOR["learning_network"].caption
        self.add("learning_network", text(caption), self.network)
        first = text("mentor role granted in {period}", period=proposal.period) if proposal else ""
        source = typed_line(context.language, MENTOR["source"], line.source if line else first)
        note = LongText(line.note or "" if line else "")
        note.setFixedHeight(72)
        self.add_fields(
            MENTOR,
            line,
            "source",
            "note",
            captions={"source": text("Page or source")},
            editors={"source": source, "note": note},
        )
        (self.government if line is None else source).setFocus()

    def _offer(self, found: list[GovernmentChoice]) -> None:
        self.government.offer([(one.id, one.name) for one in found])

    def command(self) -> AnyCommand:
        values = {**self.read(), "learning_network": self.network.currentData()}
        if self._line is not None and self._line.id is not None:
            return ChangeMentor(self._line.id, **values)
        return AddMentor(self.government.currentData(), self._action_id, **values)


class ExampleDialog(FormDialog):
    """Adds an inspiring example of an action, or changes `line`."""

    def __init__(self, context: UiContext, action_id: str, line: KnownExample | None, owner: QWidget) -> None:
        text = context.language.text
        super().__init__(context, text("Change example") if line else text("New example"), owner)
        self.setMinimumWidth(520)
        self._action_id, self._line = action_id, line
        self.record = ("example", line.id) if line is not None and line.id is not None else None
        note = LongText(line.note or "" if line else "")
        note.setFixedHeight(72)
        self.add_fields(EXAMPLE, line, "title")
        self.government = LateChooser(line.government_id if line else _NOTHING)
        self.add("government_id", text("Government (may stay empty)"), self.government)
        context.runner.query(choices, then=self._offer, owner=self)
        captions = {"source": text("Page or source")}
        self.add_fields(EXAMPLE, line, "source", "note", captions=captions, editors={"note": note})
        self.fields["title"].editor.setFocus()

    def _offer(self, found: list[GovernmentChoice]) -> None:
        nobody = self.context.language.text("of no government")
        self.government.offer([(_NOTHING, nobody), *((one.id, one.name) for one in found)])

    def command(self) -> AnyCommand:
        values, government = self.read(), self.government.content() or None
        if self._line is not None and self._line.id is not None:
            return ChangeExample(self._line.id, government_id=government, **values)
        return AddExample(action_id=self._action_id, government_id=government, **values)


class LinkOfferDialog(FormDialog):
    """Links an offer that is there already to an action."""

    def __init__(self, context: UiContext, action_id: str, owner: QWidget) -> None:
        text = context.language.text
        super().__init__(context, text("Link an offer to this action"), owner)
        self.setMinimumWidth(520)
        self._action_id = action_id
        self.offer = LateChooser()
        self.add("offer_id", text("Offer"), self.offer)
        context.runner.query(list_offers, then=self._offer, owner=self)
        self.offer.setFocus()

    def _offer(self, found: list[OfferLine]) -> None:
        plan = self.context.plans.of_action(self._action_id)
        there = {self._action_id, plan.id if plan else ""}
        left = [one for one in found if there.isdisjoint(one.action_ids)]
        self.offer.offer([(one.id, ", ".join(dict.fromkeys((one.title, one.organisation)))) for one in left])

    def command(self) -> AnyCommand:
        offer_id = self.offer.content()
        if not offer_id:
            raise UserError(N_("Choose an offer."), field="offer_id")
        return LinkOffer(offer_id, self._action_id)
