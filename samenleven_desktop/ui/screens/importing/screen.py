"""*Importeren*: a file is read on the file worker, planned on the read worker and imported on the store worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.i18n.labels import IMPORT_STATES
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.importing.government_match import accepted_key
from samenleven_desktop.services.importing.import_plan import ImportPlan, PlannedRow
from samenleven_desktop.services.importing.kinds import KINDS, guess_columns
from samenleven_desktop.services.importing.open_data import (
    WOULD_COME,
    ImportCounts,
    import_all,
    preview_all,
    read_open_data,
)
from samenleven_desktop.services.importing.people_match import NEW_PERSON
from samenleven_desktop.services.importing.preview import NO_COLUMN, NO_KIND, header_of, missing_fields
from samenleven_desktop.services.importing.run import (
    PortalFile,
    Sheet,
    SheetMapping,
    Workbook,
    preview,
    preview_document,
    read_file,
    rejected_table,
    take_document_over,
    take_over,
    wish_for,
)
from samenleven_desktop.services.lists.files import save_table
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.confirm import AskDialog
from samenleven_desktop.ui.dialogs.file_dialogs import TABLES, ask_file, ask_save
from samenleven_desktop.ui.file_drops import DropPlace
from samenleven_desktop.ui.progress import ProgressRelay
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.importing.layout import ALL, ImportLayout, remark, undecided_words
from samenleven_desktop.ui.widgets.basic import Field, label
from samenleven_desktop.ui.widgets.choice import Chooser


class ImportScreen(Screen):
    """`open_file` reads and previews a file; changing the mapping plans it again."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = ui = ImportLayout(self, context)
        words = context.language.text("Let go to look at this file before it is imported")
        self.drop = DropPlace(self, words, lambda paths: self.open_file(paths[0]))
        self._book: Workbook | None = None
        self._mapping: SheetMapping | None = None
        self.file: Workbook | PortalFile | None = None
        self._stopping = threading.Event()
        self.plan: ImportPlan | None = None
        self._answers: dict[int, str] = {}
        self.maps: dict[str, Chooser] = {}
        ui.choose.clicked.connect(self._on_choose)
        ui.kind.activated.connect(lambda _: self._on_kind())
        ui.sheet.activated.connect(lambda _: self._guess(None))
        ui.header_row.valueChanged.connect(lambda _: self._on_header())
        ui.which.choice_changed.connect(lambda _: self._fill())
        ui.stop.clicked.connect(self._stopping.set)
        ui.take_over.clicked.connect(self._on_take_over)
        ui.accept.clicked.connect(self._on_accept)
        ui.same_person.clicked.connect(lambda: self._on_answer(same=True))
        ui.new_person.clicked.connect(lambda: self._on_answer(same=False))
        ui.save_rejected.clicked.connect(self._on_save_rejected)
        ui.table.selectionModel().currentRowChanged.connect(lambda *_: self._offer_choices())
        self._show_plan(None)

    def reload(self) -> None:
        """Plans the same file again, because existing records may have changed."""
        if self._mapping is not None:
            self._plan()

    # The file

    def _on_choose(self) -> None:
        text = self.context.language.text
        tables = text("Tables") + " (*.xlsx *.xls *.ods *.csv *.txt *.json)"
        filters = (tables, text("All files") + " (*)")
        ask_file(self, text("Choose a file to import"), filters, self.open_file, kind="import")

    def open_file(self, path: Path) -> None:
        """Opens a table, a KPI document, a report of the portal, or all data of another work file."""
        if path.suffix.lower() == ".json":
            self._confirm_open_data(path)
            return
        self._mapping, self._book, self._answers = None, None, {}
        self._show_plan(None)
        self.ui.file.setText(self.context.language.text("Reading {file} ...", file=path.name))
        self.context.runner.free(
            lambda: read_file(path), then=self._on_read_file, owner=self, failed=partial(self._refuse, path.name)
        )

    def _confirm_open_data(self, path: Path) -> None:
        """Confirms the import of open data, which shows only counts and no preview of rows.

        Existing records get the values of the file; nothing is deleted.
        """
        text, runner = self.context.language.text, self.context.runner

        def take(file: Workspace) -> Done[ImportCounts]:
            return import_all(file, path.name, read_open_data(path))

        def counted(found: ImportCounts) -> None:
            numbers.setText(text(WOULD_COME, new=found.added, changed=found.changed))
            dialog.act.setEnabled(bool(found.added or found.changed))

        def done(finished: Done[ImportCounts]) -> None:
            dialog.accept()
            found = finished.result
            words = text("{new} records added, {changed} changed.", new=found.added, changed=found.changed)
            self.context.navigator.notify("good", words)

        dialog = AskDialog(
            self.context,
            self,
            text("Take over all data of {file}?", file=path.name),
            text("Take over"),
            lambda: runner.write(take, initiator=self, then=done, failed=dialog.fail),
            danger=False,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = text("What lacks is added, what differs follows the file, nothing is deleted. A backup is made first.")
        dialog.box.addWidget(label(words, wrap=True))
        numbers = label(text("Reading {file} ...", file=path.name), "strong", wrap=True)
        dialog.box.addWidget(numbers)
        dialog.act.setEnabled(False)
        dialog.open()
        runner.on_read(
            lambda file: preview_all(file, path.name, read_open_data(path)),
            then=counted,
            owner=dialog,
            failed=dialog.refuse,
        )

    def _refuse(self, name: str, error: SamenlevenError) -> None:
        self.ui.file.setText(name)
        self._fail(error)

    def _on_read_file(self, book: Workbook | PortalFile) -> None:
        self._book = book if isinstance(book, Workbook) else None
        self.file = book
        self.ui.file.setText(book.file)
        self.ui.sheet.clear()
        for place, sheet in enumerate(self._book.sheets if self._book else ()):
            if sheet.rows:
                self.ui.sheet.addItem(sheet.name, place)
        self._plan_document(book)

    def _plan_document(self, book: Workbook | PortalFile) -> None:
        answers = dict(self._answers)
        self.context.runner.on_read(
            lambda file: preview_document(file, book, answers=answers),
            then=self._on_document,
            owner=self,
            failed=self._fail,
        )

    def _on_document(self, plan: ImportPlan | None) -> None:
        """Shows a KPI document, which determines its mapping itself."""
        self.ui.how.setVisible(plan is None)
        if plan is None:
            self._guess(None)
        else:
            self._show_plan(plan)

    def _sheet(self) -> Sheet | None:
        place = self.ui.sheet.currentData()
        return None if self._book is None or place is None else self._book.sheets[place]

    # Mapping

    def _guess(self, kind: str | None) -> None:
        sheet = self._sheet()
        if sheet is not None:
            self.context.runner.on_read(
                lambda file: wish_for(file, sheet, kind),
                then=self._on_guess,
                owner=self,
                failed=self._fail,
                latest="import-guess",
            )

    def _on_guess(self, mapping: SheetMapping | None) -> None:
        self.ui.how.show()
        if mapping is None:
            mapping = SheetMapping(self.ui.kind.currentData(), 1, {})
            self._show_problem(self.context.language.text(NO_KIND, file=self._book.file if self._book else ""))
        self._set_wish(mapping)

    def _on_kind(self) -> None:
        self._guess(self.ui.kind.currentData())

    def _on_header(self) -> None:
        sheet, mapping = self._sheet(), self._mapping
        if sheet is None or mapping is None or self.ui.header_row.value() == mapping.header_row:
            return
        row = min(self.ui.header_row.value(), len(sheet.rows))
        columns = guess_columns(KINDS[mapping.kind], header_of(sheet.rows[row - 1]))
        self._set_wish(replace(mapping, header_row=row, columns=columns))

    def _set_wish(self, mapping: SheetMapping) -> None:
        self._mapping = mapping
        ui, sheet = self.ui, self._sheet()
        ui.kind.setCurrentIndex(ui.kind.findData(mapping.kind))
        ui.header_row.blockSignals(True)
        ui.header_row.setValue(mapping.header_row)
        ui.header_row.blockSignals(False)
        header = (
            header_of(sheet.rows[mapping.header_row - 1]) if sheet and mapping.header_row <= len(sheet.rows) else ()
        )
        self._draw_maps(mapping, header)
        self._plan()

    def _draw_maps(self, mapping: SheetMapping, header: tuple[str, ...]) -> None:
        text = self.context.language.text
        while self.ui.map_box.count():
            item = self.ui.map_box.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        self.maps = {}
        for at, spec in enumerate(KINDS[mapping.kind].fields):
            chooser = Chooser()
            # Set before the items are added: a combo box that fits its contents would measure all of them at each one.
            chooser.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            chooser.addItem(text("(needed)") if spec.required else "–", None)
            for place, words in enumerate(header):
                if words:
                    chooser.addItem(words, place)
            chooser.setCurrentIndex(max(chooser.findData(mapping.columns.get(spec.key)), 0))
            chooser.activated.connect(partial(self._on_map, spec.key))
            self.maps[spec.key] = chooser
            self.ui.map_box.addWidget(Field(text(spec.caption), chooser), at // 2, at % 2)

    def _on_map(self, key: str, _index: int) -> None:
        if self._mapping is None:
            return
        columns = {name: place for name, place in self._mapping.columns.items() if name != key}
        place = self.maps[key].currentData()
        if place is not None:
            columns[key] = place
        self._mapping = replace(self._mapping, columns=columns)
        self._plan()

    # Preview

    def _plan(self) -> None:
        sheet, mapping, book, language = self._sheet(), self._mapping, self._book, self.context.language
        if sheet is None or mapping is None or book is None:
            return
        missing = missing_fields(mapping)
        if missing:
            self._show_plan(None)
            fields = language.listing([language.text(one.caption) for one in missing])
            self._show_problem(language.text(NO_COLUMN, fields=fields))
            return
        mapping = self._mapping = replace(mapping, people=dict(self._answers))
        progress = self._work()
        self.context.runner.on_read(
            lambda file: preview(file, book.file, sheet, mapping, progress),
            then=self._show_plan,
            owner=self,
            failed=self._fail,
            latest="import-plan",
        )

    def _work(self) -> Callable[[int, int], bool]:
        """Returns the progress callback; it is called on the worker thread and returns False to stop the work."""
        self._stopping.clear()
        relay, runner, stopping = ProgressRelay(self._on_progress), self.context.runner, self._stopping

        def progress(done: int, whole: int) -> bool:
            relay.report(done, whole)
            runner.yield_to_gui()
            return not stopping.is_set()

        return progress

    def _on_progress(self, values: tuple[int, int]) -> None:
        done, whole = values
        self.ui.working.setVisible(whole > 2000)
        self.ui.progress.setRange(0, whole)
        self.ui.progress.setValue(done)

    def _show_plan(self, plan: ImportPlan | None) -> None:
        self.plan = plan
        ui, language = self.ui, self.context.language
        ui.working.hide()
        ui.problem.hide()
        for one in (ui.table, ui.which):
            one.setVisible(plan is not None)
        ui.empty.setVisible(plan is None and self._book is None)
        number = 0 if plan is None else len(plan.commands)
        ui.take_over.setVisible(plan is not None)
        ui.take_over.setEnabled(number > 0)
        ui.take_over.setText(language.text("Take over ({n})", n=language.number(number)))
        ui.save_rejected.setVisible(plan is not None and bool(plan.rejected()) and self._sheet() is not None)
        undecided = 0 if plan is None else len(plan.undecided)
        ui.undecided.setVisible(undecided > 0)
        ui.undecided.setText(undecided_words(language, undecided))
        if plan is not None:
            counts = plan.counts()
            ui.which.set_caption(ALL, language.text("All ({n})", n=language.number(len(plan.rows))))
            for state in RowState:
                words = f"{language.text(IMPORT_STATES[state])} ({language.number(counts[state])})"
                ui.which.set_caption(state.value, words)
        self._fill()

    def _fill(self) -> None:
        which, plan = self.ui.which.choice(), self.plan
        if plan is None:
            self.ui.model.set_rows(())
        else:
            self.ui.model.set_rows(plan.rows if which == ALL else plan.by_state[RowState(which)])
        self._offer_choices()

    def _chosen(self) -> PlannedRow | None:
        index = self.ui.table.currentIndex()
        return self.ui.model.row(index) if index.isValid() else None

    def _offer_choices(self) -> None:
        """Shows the whole remark of the chosen row. Offers the government with nearly the same name, which is used only
        if the user accepts it, and the answers to a question about a person."""
        row = self._chosen()
        words = "" if row is None else remark(self.context.language, row)
        self.ui.row_remark.setText(words)
        self.ui.row_remark.setVisible(bool(words))
        asked = row is not None and row.question is not None
        self.ui.same_person.setVisible(asked)
        self.ui.new_person.setVisible(asked)
        proposal = row.fault.proposal if row is not None and row.fault is not None else None
        asks = row is not None and row.fault is not None and row.fault.asks
        self.ui.accept.setVisible(proposal is not None or asks)
        if asks:
            self.ui.accept.setText(self.context.language.text("It is right: take it over"))
        if proposal is not None and row is not None and row.fault is not None:
            words = self.context.language.text("{words} is {name}", words=row.fault.words, name=proposal[0])
            self.ui.accept.setText(words)

    def _on_accept(self) -> None:
        row = self._chosen()
        if row is not None and row.fault is not None and row.fault.asks and self._mapping is not None:
            self._mapping = replace(self._mapping, sure=self._mapping.sure | {row.number})
            self._plan()
            return
        if row is None or row.fault is None or row.fault.proposal is None or self._mapping is None:
            return
        accepted = {**self._mapping.accepted, accepted_key(row.fault.words): row.fault.proposal[1]}
        self._mapping = replace(self._mapping, accepted=accepted)
        self._plan()

    def _on_answer(self, *, same: bool) -> None:
        row = self._chosen()
        if row is None or row.question is None:
            return
        self._answers[row.number] = row.question.contact_id if same else NEW_PERSON
        if self._mapping is not None:
            self._plan()
        elif self.file is not None:
            self._plan_document(self.file)

    # Import

    def _on_take_over(self) -> None:
        plan, sheet, mapping = self.plan, self._sheet(), self._mapping
        if plan is None:
            return
        self.ui.take_over.setEnabled(False)
        progress = self._work()

        def work(file: Workspace) -> Done[int]:
            if mapping is None or sheet is None:
                return take_document_over(file, plan)
            return take_over(file, plan, sheet, mapping, progress)

        self.context.runner.write(work, initiator=self, then=self._taken, failed=self._fail)

    def _taken(self, done: Done[int]) -> None:
        words = self.context.language.plural("{n} record written.", "{n} records written.", done.result)
        self.context.navigator.notify("good", words)
        self._answers = {}
        if self._mapping is not None:
            self._plan()
        elif self.file is not None:
            self._on_read_file(self.file)

    def _on_save_rejected(self) -> None:
        text = self.context.language.text
        ask_save(self, text("Save rejected rows"), text("Rejected rows"), TABLES, self.save_rejected, kind="import")

    def save_rejected(self, path: Path) -> None:
        plan, sheet, language = self.plan, self._sheet(), self.context.language
        if plan is None or sheet is None:
            return
        self.context.runner.free(
            lambda: save_table(path, rejected_table(plan, sheet, language)),
            then=lambda note: self.context.navigator.saved(path, note or ""),
            owner=self,
            failed=self._fail,
        )

    def _fail(self, error: SamenlevenError) -> None:
        self.ui.working.hide()
        self.ui.take_over.setEnabled(self.plan is not None and bool(self.plan.commands))
        self._show_problem(self.context.language.error(error))

    def _show_problem(self, words: str) -> None:
        self.ui.problem.setText(words)
        self.ui.problem.show()
