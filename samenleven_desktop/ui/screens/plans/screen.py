"""*Plannen*: the plans of the work file, taking a version in or out of use, and plan files and forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.plan_draft import PlanDraft
from samenleven_desktop.services.core.output_files import write_file
from samenleven_desktop.services.plans.later_rules import LaterRule, later_rules
from samenleven_desktop.services.plans.overview import (
    PlanState,
    PlanVersionRow,
    compare_version,
    plan_rows,
    plan_version,
    version_names,
    version_sheet,
)
from samenleven_desktop.services.plans.plan_drafts import begin_draft, copy_of, new_plan, new_version, next_period
from samenleven_desktop.services.plans.plan_sheet import Part
from samenleven_desktop.services.plans.stored_plans import (
    Candidate,
    empty_form,
    examine_plan_file,
    load_plan,
    plan_file_content,
    take_in_use,
    take_out_of_use,
)
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.file_dialogs import XLSX, YAML, ask_file, ask_save
from samenleven_desktop.ui.dialogs.later_rules import LaterRulesDialog
from samenleven_desktop.ui.dialogs.plan_faults import PlanFaultsDialog
from samenleven_desktop.ui.dialogs.plan_preview import PlanPreview
from samenleven_desktop.ui.navigator import Navigator
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.plans.layout import PlansLayout
from samenleven_desktop.ui.shared_keys import READ_KEY
from samenleven_desktop.ui.widgets.shortcuts import window_key

if TYPE_CHECKING:
    from samenleven_desktop.services.workfile.workspace import Workspace

MakeDraft = Callable[[Plan, Sequence[str], Language, date], PlanDraft]


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
        ui.new.clicked.connect(self.new_plan)
        ui.correct.clicked.connect(lambda: self._on_draft(new_version))
        ui.extend.clicked.connect(lambda: self._on_draft(next_period))
        ui.copy.clicked.connect(lambda: self._on_draft(lambda plan, _, *more: copy_of(plan, *more)))
        ui.go_on.clicked.connect(self._on_go_on)
        ui.discard.clicked.connect(self._on_discard)
        ui.versions.table.row_activated.connect(lambda _: self._on_activated())
        window_key(self, READ_KEY, context.language.text("Read a plan file"), self._on_load)

    def reload(self) -> None:
        runner = self.context.runner
        runner.on_read(plan_rows, then=self._show, owner=self, latest="plan-versions")
        runner.query(later_rules, then=self._show_later, owner=self, latest="later-rules")

    def _show(self, rows: list[PlanVersionRow]) -> None:
        self.ui.versions.model.set_rows(rows)
        if rows and self.ui.versions.current() is None:
            self.ui.versions.table.select_row(next((at for at, row in enumerate(rows) if row.counts), 0))
        self._show_selected()

    def _show_selected(self) -> None:
        ui, row = self.ui, self.ui.versions.current()
        state = None if row is None else row.state
        for part in (ui.go_on, ui.discard):
            part.setVisible(state is PlanState.DRAFT)
        for part in (ui.export, ui.correct, ui.extend, ui.copy):
            part.setVisible(state not in (None, PlanState.DRAFT))
        for part in (ui.use, ui.compare):
            part.setVisible(state in (PlanState.OLDER, PlanState.NOT_IN_USE))
        ui.stop.setVisible(state is PlanState.IN_USE)
        if row is None or state is PlanState.DRAFT:
            words = self.context.language.text("This plan is still being written. Nothing works with it yet.")
            ui.details.show_facts([] if row is None else [(self.context.language.text("Draft"), words)])
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

    def _on_activated(self) -> None:
        row = self.ui.versions.current()
        if row is not None and row.state is PlanState.DRAFT:
            self._on_go_on()
        else:
            self._on_compare()

    def _on_use(self) -> None:
        self._compare(in_use=True)

    def _on_compare(self) -> None:
        row = self.ui.versions.current()
        if row is not None and row.state in (PlanState.OLDER, PlanState.NOT_IN_USE):
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

    # Drafts

    def new_plan(self) -> None:
        """Begins a plan from nothing and opens it."""
        language, today = self.context.language, self.context.today
        self._begin(lambda _: new_plan(language, today))

    def _on_draft(self, make: MakeDraft) -> None:
        row, language, today = self.ui.versions.current(), self.context.language, self.context.today
        if row is not None and row.state is not PlanState.DRAFT:
            self._begin(
                lambda file: make(
                    file.query(plan_version, row.id), file.query(version_names, row.code), language, today
                )
            )

    def _begin(self, make: Callable[[Workspace], PlanDraft]) -> None:
        self.context.runner.on_store(
            lambda file: begin_draft(file, make(file)),
            then=self.context.navigator.open_plan_draft,
            owner=self,
            noted=True,
        )

    def _on_go_on(self) -> None:
        row = self.ui.versions.current()
        if row is not None and row.state is PlanState.DRAFT:
            self.context.navigator.open_plan_draft(row.id)

    def _on_discard(self) -> None:
        row, navigator = self.ui.versions.current(), self.context.navigator
        words = self.context.language.text("The draft is thrown away.")
        if row is not None and row.state is PlanState.DRAFT:
            self.context.runner.write(
                lambda file: file.discard_draft(row.id, file.draft(row.id) or {}),
                initiator=self,
                then=lambda done: self._discarded(words, str(done.result), navigator),
            )

    def _discarded(self, words: str, key: str, navigator: Navigator) -> None:
        navigator.offer_undo(words, key)
        self.reload()

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
        self.context.navigator.saved(path)
