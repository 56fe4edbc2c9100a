"""Dialogs of organisations: making or changing one, whom it serves, and which offers are its own."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import GOVERNMENT, SERVICE
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.readmodels.core import GovernmentChoice
from samenleven_desktop.readmodels.organisations import OrganisationLine, ServiceLine
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.services.organisations.commands import (
    AddService,
    ChangeOrganisation,
    ChangeService,
    MakeOrganisation,
    OrganisationContent,
    ServiceContent,
    TieOffer,
)
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.forms import code_chooser, typed_line
from samenleven_desktop.ui.widgets.choice import Chooser, LateChooser
from samenleven_desktop.ui.widgets.limited_text_edit import LongText


class OrganisationDialog(FormDialog):
    """Makes an organisation, or changes `line`."""

    def __init__(self, context: UiContext, line: OrganisationLine | None, owner: QWidget) -> None:
        text = context.language.text
        super().__init__(context, text("Change organisation") if line else text("New organisation"), owner)
        self.setMinimumWidth(520)
        self._line = line
        self.record = ("government", line.id) if line else None
        code = QLineEdit(line.code if line else "")
        code.setPlaceholderText("VZW-BRUG")
        self.region = LateChooser(line.reference_region if line else None)
        present = line.organisation_kind if line else None
        kind = code_chooser(context.language, GOVERNMENT["organisation_kind"], present, text("not known"))
        editors = {"code": code, "organisation_kind": kind}
        self.add_fields(GOVERNMENT, line, "name", "code organisation_kind", editors=editors)
        self.add("reference_region", text("Region (empty: everywhere)"), self.region)
        self.add_fields(GOVERNMENT, line, "page")
        self.mine = QCheckBox(text("Put its dossier among my governments"))
        self.mine.setChecked(True)
        if line is None:
            self.add("mine", "", self.mine)
        context.runner.query(choices, then=self._offer, owner=self)
        self.fields["name"].editor.setFocus()

    def _offer(self, found: list[GovernmentChoice]) -> None:
        regions = sorted({one.reference_region for one in found if one.reference_region})
        self.region.offer([("", ""), *((one, one) for one in regions)])

    def command(self) -> AnyCommand:
        values = self.read()
        content = OrganisationContent(reference_region=self.region.currentData() or None, **values)
        if self._line is not None:
            return ChangeOrganisation(self._line.id, content)
        return MakeOrganisation(content, self.mine.isChecked())


class ServiceDialog(FormDialog):
    """Which government an organisation serves, or which organisation serves a government, with its target value.

    One of `organisation_id` and `government_id` is given; the other one is chosen. `line` is changed.
    """

    def __init__(
        self,
        context: UiContext,
        organisation_id: str | None,
        government_id: str | None,
        line: ServiceLine | None,
        owner: QWidget,
    ) -> None:
        text = context.language.text
        title = text("Change served government") if line else text("New served government")
        if organisation_id is None:
            title = text("Change serving organisation") if line else text("New serving organisation")
        super().__init__(context, title, owner)
        self.setMinimumWidth(560)
        self._organisation_id, self._government_id, self._line = organisation_id, government_id, line
        self.record = ("organisation_service", line.id) if line else None
        self.other = LateChooser()
        if line is None:
            caption = text("Government") if organisation_id is not None else text("Organisation")
            self.add("government_id" if organisation_id is not None else "organisation_id", caption, self.other)
            context.runner.query(choices, then=self._offer, owner=self)
        self.target = Chooser()
        self.target.addItem(text("no action of its own"), "")
        for one, words in context.target_choices():
            self.target.addItem(words, one)
        wanted = line.target_id if line else None
        if wanted and self.target.findData(wanted) < 0:
            # Of a plan that is not in use.
            self.target.addItem(f"{line.action} {line.action_title}".strip() if line else "", wanted)
        self.target.setCurrentIndex(max(self.target.findData(wanted or ""), 0))
        self.target.setMinimumContentsLength(24)
        self.target.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add("target_id", text("For the action"), self.target)
        first = typed_line(context.language, SERVICE["valid_from"], line.valid_from if line else context.today)
        note = LongText(line.note or "" if line else "")
        note.setFixedHeight(72)
        self.add_fields(
            SERVICE,
            line,
            "target_value valid_from valid_until",
            "note",
            captions={"valid_until": text("Until (may stay empty)")},
            editors={"valid_from": first, "note": note},
        )
        (self.target if line else self.other).setFocus()

    def _offer(self, found: list[GovernmentChoice]) -> None:
        organisations = self._organisation_id is None
        wanted = [one for one in found if (one.kind is GovernmentKind.ORGANISATION) is organisations]
        self.other.offer([(one.id, one.name) for one in wanted])

    def command(self) -> AnyCommand:
        content = ServiceContent(target_id=self.target.currentData() or None, **self.read())
        if self._line is not None:
            return ChangeService(self._line.id, content)
        other = self.other.content()
        if self._organisation_id is None and not other:
            raise UserError(N_("Make the organisation first, in Governments."), field="organisation_id")
        return AddService(self._organisation_id or str(other), self._government_id or str(other), content)


class TieOfferDialog(FormDialog):
    """Says that an offer is made by this organisation; the offer keeps the name it gives."""

    def __init__(self, context: UiContext, organisation_id: str, known: tuple[str, ...], owner: QWidget) -> None:
        text = context.language.text
        super().__init__(context, text("Tie an offer to this organisation"), owner)
        self.setMinimumWidth(520)
        self._organisation_id, self._known = organisation_id, frozenset(known)
        self.offer = LateChooser()
        self.add("offer_id", text("Offer"), self.offer)
        context.runner.query(list_offers, then=self._offer, owner=self)
        self.offer.setFocus()

    def _offer(self, found: list[OfferLine]) -> None:
        left = [one for one in found if one.id not in self._known]
        self.offer.offer([(one.id, ", ".join(dict.fromkeys((one.title, one.organisation)))) for one in left])

    def command(self) -> AnyCommand:
        offer_id = self.offer.content()
        if not offer_id:
            raise UserError(N_("Choose an offer."), field="offer_id")
        return TieOffer(offer_id, self._organisation_id)
