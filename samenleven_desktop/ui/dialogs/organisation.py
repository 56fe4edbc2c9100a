"""Dialogs of organisations: making or changing one."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from samenleven_desktop.domain.fields import GOVERNMENT
from samenleven_desktop.readmodels.core import GovernmentChoice
from samenleven_desktop.readmodels.organisations import OrganisationLine
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.organisations.commands import (
    ChangeOrganisation,
    MakeOrganisation,
    OrganisationContent,
)
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.forms import code_chooser
from samenleven_desktop.ui.widgets.choice import LateChooser


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
