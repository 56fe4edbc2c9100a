"""*Plannen*: the plans of the work file, taking a version in or out of use, and plan files and forms."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.plans.later_rules import LaterRule, later_rules
from samenleven_desktop.services.plans.overview import (
    PlanState,
    PlanVersionRow,
    compare_version,
    plan_version,
    plan_versions,
    version_sheet,
)
from samenleven_desktop.services.plans.plan_files import (
    Candidate,
    empty_form,
    examine_plan_file,
    load_plan,
    plan_file_content,
    take_in_use,
    take_out_of_use,
)
from samenleven_desktop.services.plans.plan_sheet import Part
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.file_dialogs import XLSX, YAML, ask_file, ask_save
from samenleven_desktop.ui.dialogs.later_rules import LaterRulesDialog
from samenleven_desktop.ui.dialogs.plan_faults import PlanFaultsDialog
from samenleven_desktop.ui.dialogs.plan_preview import PlanPreview
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.plans.layout import PlansLayout
from samenleven_desktop.ui.shared_keys import READ_KEY


class PlansScreen(Screen):
    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = ui = PlansLayout(self, context)
        self._older: tuple[LaterRule, ...] = ()
        ui.back.clicked.connect(lambda: context.navigator.open_page("settings"))
        ui.later.clicked.connect(self._on_later)
        ui.load.clicked.connect(self._on_load)
        ui.form.clicked.connect(self._on_form)
        ui.use.clicked.connect(self._on_use)
        ui.stop.clicked.connect(self._on_stop)
        ui.compare.clicked.connect(self._on_compare)
        ui.export.clicked.connect(self._on_export)
        ui.versions.table.row_selected.connect(lambda _: self._show_selected())
        ui.versions.table.row_activated.connect(lambda _: self._on_compare())
        QShortcut(QKeySequence(READ_KEY), self, self._on_load)

    def reload(self) -> None:
        runner = self.context.runner
        runner.query(plan_versions, then=self._show, owner=self, latest="plan-versions")
        runner.query(later_rules, then=self._show_later, owner=self, latest="later-rules")

    def _show(self, rows: list[PlanVersionRow]) -> None:
        self.ui.versions.model.set_rows(rows)
        if rows and self.ui.versions.current() is None:
            self.ui.versions.table.select_row(next((at for at, row in enumerate(rows) if row.counts), 0))
        self._show_selected()

    def _show_selected(self) -> None:
        ui, row = self.ui, self.ui.versions.current()
        for part in (ui.use, ui.stop, ui.compare, ui.export):
            part.setEnabled(row is not None)
        ui.use.setVisible(row is None or row.state is not PlanState.IN_USE)
        ui.compare.setVisible(row is None or row.state is not PlanState.IN_USE)
        ui.stop.setVisible(row is not None and row.state is PlanState.IN_USE)
        if row is None:
            ui.details.show_facts([])
            return
        self.context.runner.query(
            version_sheet, row.id, self.context.language, then=self._show_details, owner=self, latest="plan-sheet"
        )

    def _show_details(self, parts: list[Part]) -> None:
        self.ui.details.show_facts([(heading, "\n".join(lines)) for heading, lines in parts])

    def _show_later(self, found: list[LaterRule]) -> None:
        words = self.context.language.plural(
            "{n} commitment follows older rules ...", "{n} commitments follow older rules ...", len(found)
        )
        self.ui.later.setText(words)
        self.ui.later.setVisible(bool(found))
        self._older = tuple(found)

    def _on_later(self) -> None:
        dialog = LaterRulesDialog(self.context, self._older, self)
        dialog.accepted.connect(self.reload)
        dialog.open()

    # In and out of use

    def _on_use(self) -> None:
        self._compare(in_use=True)

    def _on_compare(self) -> None:
        row = self.ui.versions.current()
        if row is not None and row.state is not PlanState.IN_USE:
            self._compare(in_use=False)

    def _compare(self, *, in_use: bool) -> None:
        row = self.ui.versions.current()
        if row is not None:
            self.context.runner.query(
                compare_version,
                row.id,
                then=lambda found: self._preview_version(row, found, in_use=in_use),
                owner=self,
                latest="plan-preview",
            )

    def _preview_version(self, row: PlanVersionRow, candidate: Candidate, *, in_use: bool) -> None:
        words = self.context.language.text("Take in use")
        choices = [(words, lambda: self._use(row))] if in_use else []
        PlanPreview(self.context, candidate, choices, self).open()

    def _use(self, row: PlanVersionRow) -> None:
        self.context.runner.write(lambda file: take_in_use(file, row.plan_id, row.id), initiator=self)

    def _on_stop(self) -> None:
        """Work under the plan stays, and shows as that of an earlier plan."""
        row = self.ui.versions.current()
        if row is not None and row.state is PlanState.IN_USE:
            self.context.runner.write(lambda file: take_out_of_use(file, row.plan_id), initiator=self)

    # Files

    def _on_load(self) -> None:
        text = self.context.language.text
        filters = (text("Plan file or form (*.yaml *.yml *.xlsx *.ods)"),)
        ask_file(self, text("Load a plan file"), filters, self.examine, kind="plan")

    def examine(self, path: Path) -> None:
        """Reads the file and shows its changes, or all its faults; nothing is stored yet."""
        self.context.runner.query(
            examine_plan_file, path, then=self._preview, owner=self, failed=self._refuse, latest="plan"
        )

    def _refuse(self, error: SamenlevenError) -> None:
        PlanFaultsDialog(self.context, error, self).open()

    def _preview(self, candidate: Candidate) -> None:
        text = self.context.language.text
        choices = [
            (text("Load and take in use"), lambda: self._keep(candidate, use=True)),
            (text("Load only"), lambda: self._keep(candidate, use=False)),
        ]
        PlanPreview(self.context, candidate, choices, self).open()

    def _keep(self, candidate: Candidate, *, use: bool) -> None:
        self.context.runner.write(
            lambda file: load_plan(file, candidate.plan, use=use),
            initiator=self,
            then=lambda _: self._kept(candidate, use=use),
            failed=self._refuse,
        )

    def _kept(self, candidate: Candidate, *, use: bool) -> None:
        if not use:
            plan, text = candidate.plan, self.context.language.text
            words = text(
                "{name}, version {version}, is loaded. It is not in use.", name=plan.name, version=plan.version
            )
            self.context.navigator.notify("good", words)
            self.reload()

    def _on_export(self) -> None:
        row, text = self.ui.versions.current(), self.context.language.text
        if row is not None:
            formats = (XLSX, YAML)
            name = f"{row.code} {row.version}"
            ask_save(self, text("Save the plan"), name, formats, lambda path: self.export_to(row.id, path), kind="plan")

    def export_to(self, version_hash: str, path: Path) -> None:
        """Writes a version as a plan file or as a form, by the ending of the path."""
        language = self.context.language
        self.context.runner.on_read(
            lambda file: write_file(
                path, plan_file_content(file.query(plan_version, version_hash), path, language), file.path
            ),
            then=lambda _: self._say_saved(path),
            owner=self,
        )

    def _on_form(self) -> None:
        text = self.context.language.text
        ask_save(self, text("Save the empty form"), text("plan form"), (XLSX,), self.form_to, kind="plan")

    def form_to(self, path: Path) -> None:
        """Writes a form that is still to be filled in."""
        language = self.context.language
        self.context.runner.on_read(
            lambda file: write_file(path, empty_form(language), file.path),
            then=lambda _: self._say_saved(path),
            owner=self,
        )

    def _say_saved(self, path: Path) -> None:
        self.context.navigator.notify("good", self.context.language.text("Saved as {file}.", file=path.name))
