"""Adds or changes an offer; the original values of a shipped one can be restored."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain.fields import OFFER
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.offers.commands import AddOffer, ChangeOffer, OfferContent
from samenleven_desktop.services.offers.queries import offering_names
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.widgets.chips import ChipsEdit
from samenleven_desktop.ui.widgets.suggestions import suggest

_ALL = "all"


class OfferDialog(FormDialog):
    """Adds an offer, for the action `action_id` at first, or changes `line`."""

    def __init__(
        self, context: UiContext, line: OfferLine | None, owner: QWidget, *, action_id: str | None = None
    ) -> None:
        text = context.language.text
        super().__init__(context, text("Change offer") if line else text("New offer"), owner)
        self.setMinimumWidth(560)
        self._line = line
        price_unit = QLineEdit(line.price_unit or "" if line else "")
        price_unit.setPlaceholderText(text("for instance: per hour"))
        self.actions_edit = ChipsEdit(context.theme, text("Add action"), text("Remove"))
        choices = context.action_choices()
        self.actions_edit.set_choices([(_ALL, text("all actions")), *choices])
        known = {action_id for action_id, _ in choices}
        # Actions of plans that are not in use cannot be shown: they stay as they are.
        self._kept = tuple(
            one for one in (line.action_ids if line else ()) if one not in known and one != context.plan.id
        )
        if line is not None:
            chosen = [one for one in line.action_ids if one in known]
            self.actions_edit.set_chosen([_ALL, *chosen] if line.all_actions else chosen)
        elif action_id in known:
            self.actions_edit.set_chosen([action_id])
        self.add_fields(
            OFFER,
            line,
            "title",
            "organisation cost",
            "price_cents price_unit",
            "actions",
            "valid_from valid_until",
            "region source",
            "note",
            captions={
                "valid_from": text("Valid from (may stay empty)"),
                "valid_until": text("Valid until (may stay empty)"),
                "region": text("Region (empty: everywhere)"),
            },
            editors={"price_unit": price_unit, "actions": self.actions_edit},
        )
        context.runner.query(offering_names, then=self._suggest, owner=self)
        self.fields["title"].editor.setFocus()

    def _suggest(self, names: list[str]) -> None:
        editor = self.fields["organisation"].editor
        assert isinstance(editor, QLineEdit)
        suggest(editor, names)

    def command(self) -> AnyCommand:
        chosen = self.actions_edit.chosen()
        content = OfferContent(
            action_ids=(*(one for one in chosen if one != _ALL), *self._kept),
            all_actions=_ALL in chosen,
            **self.read(),
        )
        return AddOffer(content) if self._line is None else ChangeOffer(self._line.id, content)
