"""The editor of a draft plan. Everything typed, right or wrong, is kept as a draft; a plan without faults is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.domain.kept_draft import KeptDraft
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.interchange.plan_draft import DraftRow, PlanDraft, draft_from_json
from samenleven_desktop.interchange.plan_draft_check import CheckedDraft, DraftPlace, check_draft
from samenleven_desktop.interchange.plan_draft_edit import put_rows
from samenleven_desktop.services.plans.plan_drafts import DRAFT_KIND, store_draft
from samenleven_desktop.services.plans.stored_plans import Candidate, examine_plan
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.plan_faults import PlanFaultsDialog
from samenleven_desktop.ui.dialogs.plan_preview import PlanPreview
from samenleven_desktop.ui.draft_keeper import DraftKeeper
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.plan_editor.layout import FaultRow, PlanEditorLayout
from samenleven_desktop.ui.screens.plan_editor.part import EditorPart, Faults
from samenleven_desktop.ui.screens.plan_editor.steps import GridSteps, Rows
from samenleven_desktop.ui.screens.plan_editor.tabs import editor_tabs
from samenleven_desktop.ui.widgets.responsive import joined
from samenleven_desktop.ui.widgets.shortcuts import tab_keys, window_key

CHECK_MS = 250


class PlanEditorScreen(Screen):
    """`show_draft` opens a draft by its key."""

    concerns = ()

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = ui = PlanEditorLayout(self, context)
        self.draft = PlanDraft()
        self._parts: dict[int, EditorPart] = {}
        self._faults: Faults = {}
        self.checked: CheckedDraft | None = None
        """What the check of the newest text found; None while it is being checked."""
        self._steps = GridSteps(lambda: self.draft.rows, self)
        self._steps.restored.connect(self._restore)
        self.keeper = DraftKeeper(context.runner, self._content, self)
        self.keeper.kept.connect(self._show_kept)
        self.leaving.connect(self.keeper.keep)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_MS)
        self._timer.timeout.connect(self._check)
        ui.back.clicked.connect(lambda: context.navigator.open_page("plans"))
        ui.discard.clicked.connect(self._on_discard)
        ui.store.clicked.connect(self._on_store)
        ui.todo.clicked.connect(lambda: self.go_to(ui.faults.model.rows[0].place))
        ui.tabs.currentChanged.connect(self._on_tab_changed)
        ui.faults.table.row_activated.connect(lambda row: self.go_to(row.place))
        window_key(self, "Ctrl+S", context.language.text("Keep as a version"), self._on_store)
        tab_keys(self, ui.tabs.captions(), ui.tabs.setCurrentIndex)

    def show_draft(self, key: str) -> None:
        """Opens a draft; what was typed in another one is kept first."""
        self.keeper.begin(DRAFT_KIND)
        self.context.runner.on_read(lambda file: file.drafts_of(key), then=self._open, owner=self, latest="plan-draft")

    def _open(self, found: list[KeptDraft]) -> None:
        if not found:
            self.context.navigator.open_page("plans")
            return
        self.keeper.take_up(found[0])
        self.draft = draft_from_json(found[0].content)
        self._steps.forget()
        self.ui.header.subtitle.setText("")
        self.ui.tabs.setCurrentIndex(0)
        self._on_tab_changed(self.ui.tabs.currentIndex())
        self._show_title()
        self._check()

    def reload(self) -> None:
        """Nothing: the page shows a draft, which no command changes."""

    # Parts

    def part(self, place: int) -> EditorPart:
        """Returns the part of a tab, building it on first use."""
        if place not in self._parts:
            made = EditorPart(self.context, editor_tabs()[place], lambda: self.draft, self._steps)
            made.value_typed.connect(self._on_value_typed)
            made.rows_typed.connect(self._on_rows_typed)
            made.cell_typed.connect(self.keeper.touch)
            self._parts[place] = made
            instead = self.ui.stack.widget(place)
            self.ui.stack.insertWidget(place, made)
            joined(made)
            if instead is not None:
                self.ui.stack.removeWidget(instead)
                instead.deleteLater()
        return self._parts[place]

    def _on_tab_changed(self, place: int) -> None:
        part = self.part(place)
        part.show_draft()
        part.show_faults(self._faults)
        self.ui.stack.setCurrentIndex(place)

    def go_to(self, place: DraftPlace) -> None:
        """Shows the tab with a field or cell and focuses it."""
        here = self.ui.tabs.currentIndex()
        for number in (here, *(one for one in range(self.ui.tabs.count()) if one != here)):
            if any(view.grid == place.grid for view in editor_tabs()[number].views) or not place.grid:
                part = self.part(number)
                if number != here:
                    part.show_draft()
                if part.go_to(place):
                    self.ui.tabs.setCurrentIndex(number)
                    part.go_to(place)
                    return

    # Typing

    def _on_value_typed(self, key: str, words: str) -> None:
        values = {name: one for name, one in self.draft.values.items() if name != key}
        self._typed(replace(self.draft, values=values | ({key: words} if words else {})))
        self._show_title()

    def _on_rows_typed(self, grid: str, rows: Sequence[DraftRow]) -> None:
        before = self.draft
        self._steps.note(before.rows)
        self._typed(put_rows(before, grid, rows))
        part = self._parts[self.ui.tabs.currentIndex()]
        for view, model in part.models.items():
            # A line of another grid that came or went with what was typed, such as that of a new action.
            if view.grid != grid and self.draft.grid(view.grid) != before.grid(view.grid):
                model.show_lines(self.draft.grid(view.grid))

    def _restore(self, rows: Rows) -> None:
        """Shows the grids as they were before (or after) something was typed in them."""
        self._typed(replace(self.draft, rows=rows))
        self._parts[self.ui.tabs.currentIndex()].show_draft()

    def _typed(self, draft: PlanDraft) -> None:
        self.draft = draft
        self.checked = None
        self.keeper.touch()
        self._timer.start()

    def _content(self) -> dict[str, Any]:
        """Returns the draft with the text of the cell in which is being typed."""
        draft = self.draft
        part = self._parts.get(self.ui.tabs.currentIndex())
        opened = None if part is None else part.open_cell()
        if opened is not None:
            grid, row_id, column, words = opened
            rows = {row.id: row for row in draft.grid(grid)}
            row = rows.get(row_id, DraftRow(row_id))
            cells = {key: one for key, one in row.cells.items() if key != column}
            rows[row_id] = DraftRow(row_id, cells | ({column: words} if words else {}))
            draft = put_rows(draft, grid, list(rows.values()))
        return draft.as_json()

    def _show_title(self) -> None:
        self.ui.header.title.setText(self.draft.title or self.context.language.text("Draft plan"))

    def _show_kept(self, moment: datetime) -> None:
        clock = self.context.language.clock(moment.astimezone())
        self.ui.header.subtitle.setText(self.context.language.text("Draft, kept at {time}", time=clock))

    # Faults

    def _check(self) -> None:
        self._timer.stop()
        draft, name = self.draft, self.context.language.text("Draft")
        self.context.runner.free(
            lambda: check_draft(draft, name), then=lambda found: self._show_checked(draft, found), owner=self
        )

    def _show_checked(self, draft: PlanDraft, found: CheckedDraft) -> None:
        if draft is not self.draft:
            return
        self.checked = found
        language, name = self.context.language, self.context.language.text("Draft")
        rows, faults = [], {}
        for number, one in enumerate(found.faults):
            words = language.error(one.error).removeprefix(f"{name}: ").removeprefix(": ")
            place = one.place
            faults[place.grid, place.row_id, place.column] = words
            rows.append(FaultRow(str(number), place, self._where(place), words))
        self._faults = faults
        self.ui.faults.model.set_rows(rows)
        self.ui.todo.setText(
            language.plural("{n} thing to put right", "{n} things to put right", len(rows)) if rows else ""
        )
        self.ui.todo.setVisible(bool(rows))
        self.ui.faults.set_title(language.text("Still to be put right"), str(len(rows)) if rows else "")
        part = self._parts.get(self.ui.tabs.currentIndex())
        if part is not None:
            part.show_faults(faults)

    def _where(self, place: DraftPlace) -> str:
        """Returns the caption of the tab in which the fault is put right."""
        text = self.context.language.text
        for tab in editor_tabs():
            if not place.grid and tab.has_value(place.column):
                return text(tab.caption)
            for view in tab.views:
                keys = [one.key for one in view.columns]
                if view.grid == place.grid and (not place.column or place.column in keys):
                    return text(tab.caption)
        return ""

    # Storing

    def _on_store(self) -> None:
        focus = self.focusWidget()
        if focus is not None:
            # A cell in which is being typed commits its text.
            focus.clearFocus()
        draft, name = self.draft, self.context.language.text("Draft")
        self.context.runner.free(
            lambda: check_draft(draft, name), then=lambda found: self._stored(draft, found), owner=self
        )

    def _stored(self, draft: PlanDraft, found: CheckedDraft) -> None:
        self._show_checked(draft, found)
        if found.plan is None:
            words = self.context.language.plural(
                "{n} thing is still to be put right.", "{n} things are still to be put right.", len(found.faults)
            )
            self.context.navigator.notify("attention", words)
            self.go_to(found.faults[0].place)
            return
        self.context.runner.query(
            examine_plan,
            found.plan,
            draft.title,
            then=self._preview,
            owner=self,
            failed=self._refuse,
            latest="plan-draft-preview",
        )

    def _refuse(self, error: SamenlevenError) -> None:
        PlanFaultsDialog(self.context, error, self).open()

    def _preview(self, candidate: Candidate) -> None:
        text = self.context.language.text
        choices = [
            (text("Keep and take in use"), lambda: self._keep(candidate.plan, use=True)),
            (text("Keep only"), lambda: self._keep(candidate.plan, use=False)),
        ]
        PlanPreview(self.context, candidate, choices, self).open()

    def _keep(self, plan: Plan, *, use: bool) -> None:
        self.keeper.keep()
        key, made_from = self.keeper.key, self.draft.made_from
        if key is not None:
            self.context.runner.write(
                lambda file: store_draft(file, key, plan, made_from, use=use),
                initiator=self,
                then=lambda _: self._leave(),
                failed=self._refuse,
            )

    def _leave(self) -> None:
        self.keeper.forget()
        self.context.navigator.open_page("plans")

    def _on_discard(self) -> None:
        words = self.context.language.text("The draft is thrown away.")
        navigator = self.context.navigator

        def gone(done: Any) -> None:
            navigator.open_page("plans")
            navigator.offer_undo(words, str(done.result))

        self.keeper.discard(then=gone)
