"""The first page of a dossier, *prepare a visit*: the work of every plan at the left; what was agreed and said, whom to
call and what happened at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from samenleven_desktop.domain.errors import SamenlevenError, UserError
from samenleven_desktop.domain.kpi import EntryKind, KpiState
from samenleven_desktop.domain.typed_values import read_number
from samenleven_desktop.i18n.entry_texts import where_it_counts
from samenleven_desktop.i18n.labels import SESSION_MODES
from samenleven_desktop.readmodels.core import CommitmentLine, KpiEntryLine, SessionLine
from samenleven_desktop.readmodels.entries import EntryFacts
from samenleven_desktop.readmodels.visit import DossierPage
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.kpi.queries import entry_facts, list_entries
from samenleven_desktop.services.reports.handed_over import handed_over_pdf
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry, CompleteAgreement
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.agreement import AgreementDialog
from samenleven_desktop.ui.dialogs.commitment import CommitmentDialog, TakeUpDialog
from samenleven_desktop.ui.dialogs.contact import ContactDialog
from samenleven_desktop.ui.dialogs.instrument import InstrumentDialog
from samenleven_desktop.ui.dialogs.offer_use import ChangeUseDialog
from samenleven_desktop.ui.outside_programs import start_call, start_mail
from samenleven_desktop.ui.screens.dossier import overview_rows as rows
from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import CardFrame, button, label
from samenleven_desktop.ui.widgets.few_lines import FewLines
from samenleven_desktop.ui.widgets.responsive import bare, folding
from samenleven_desktop.ui.widgets.row_frame import ShortenedLabel
from samenleven_desktop.ui.widgets.row_groups import RowGroups

_MOST = {"agreements": 4, "report": 6, "contacts": 3}
_STEPS = (
    {"agreements": 3, "report": 5},
    {"report": 4},
    {"contacts": 2, "agreements": 2},
    {"report": 3},
    {"contacts": 1, "report": 2},
    {"agreements": 1},
)
"""What gives way, in this order, if the right side does not fit."""
_LEAST_EVENTS = 2
_SIDE, _EDGE, _LINE = 14, 9, 30


class OverviewPart(QWidget):
    """Shows what `show_page` is given; commands run from here, other parts of the dossier are asked for by signal."""

    target_wanted = Signal(str, bool)
    """A commitment to show on *Actions and KPIs*; true: with what helps."""
    part_wanted = Signal(str)
    """actions, uses, contacts or history."""
    year_wanted = Signal(str)
    days_wanted = Signal(object, object)
    """The sessions from one day to another."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._page: DossierPage | None = None
        self._right: list[CardFrame] = []
        columns = folding(bare(QHBoxLayout(self), tokens.SPACE_3))
        columns.addWidget(self._work_card(), 16)
        right = bare(QVBoxLayout(), tokens.SPACE_3)
        text, theme = context.language.text, context.theme
        self.agreements = RowGroups(theme, text("Agreements"))
        self.contacts = RowGroups(theme, text("Contacts"), one_line=True)
        self.timeline = RowGroups(theme, text("Timeline"), least=_LEAST_EVENTS, one_line=True)
        for part in (self.agreements, self.contacts):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._right = [_card(self.agreements), self._session_card(), _card(self.contacts), _card(self.timeline)]
        for card in self._right:
            right.addWidget(card, int(card is self._right[-1]))
        columns.addLayout(right, 9)
        self._connect()

    def _work_card(self) -> QWidget:
        context = self._context
        self.work = RowGroups(context.theme, context.language.text("Work"), one_line=False)
        card = _card(self.work, 1)
        self.money, self.paid = _Sentence(), _Sentence()
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        line = bare(QHBoxLayout(), tokens.SPACE_2)
        line.addWidget(self.money, 1)
        line.addWidget(self.paid)
        card.body.addWidget(self.problem)
        card.body.addLayout(line)
        return card

    def _session_card(self) -> CardFrame:
        text = self._context.language.text
        self.session_card = _bare_card(text("Last session"))
        head = bare(QHBoxLayout(), tokens.SPACE_2)
        head.addWidget(label(text("Last session"), "card-title"))
        self.session_note = ShortenedLabel("", "muted")
        head.addWidget(self.session_note, 1)
        self.open_session = button(text("Open"), self._on_open_session, kind="link")
        head.addWidget(self.open_session)
        self.session_card.body.addLayout(head)
        self.report = FewLines(text("Last session"))
        self.report.cut_changed.connect(self._on_report_cut)
        self.session_card.body.addWidget(self.report)
        self.session_card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return self.session_card

    def _connect(self) -> None:
        self.work.row_opened.connect(self._on_row_opened)
        self.work.action_pressed.connect(self._on_row_action)
        self.work.head_pressed.connect(self._on_head_pressed)
        self.work.all_wanted.connect(self._on_all_wanted)
        self.work.number_typed.connect(self._on_number_typed)
        self.agreements.row_opened.connect(self._on_agreement_opened)
        self.agreements.ticked.connect(self._on_ticked)
        self.agreements.head_pressed.connect(lambda _: self.new_agreement())
        self.agreements.all_wanted.connect(lambda _: self._context.navigator.open_support("late"))
        self.contacts.row_opened.connect(lambda _: self.part_wanted.emit("contacts"))
        self.contacts.all_wanted.connect(lambda _: self.part_wanted.emit("contacts"))
        self.contacts.head_pressed.connect(lambda _: self._new_contact())
        self.contacts.link_pressed.connect(self._on_contact_link)
        self.timeline.row_opened.connect(self._on_event_opened)
        self.timeline.head_pressed.connect(lambda _: self.part_wanted.emit("history"))

    # Content

    def show_page(self, page: DossierPage) -> None:
        language, today, found = self._context.language, self._context.today, page.dossier
        self._page = page
        self.problem.hide()
        self.work.show_groups(rows.work_groups(language, page, today))
        self._show_money(page)
        self.agreements.show_groups([rows.agreements_group(language, found.agreements, today)])
        self.contacts.show_groups([rows.contacts_group(language, page.contacts)])
        self.timeline.show_groups([rows.timeline_group(language, found.timeline, today)])
        self._show_session(page.last_session)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Side by side, the least that the right side can do with: what it shows now follows from the height."""
        least, box = super().minimumSizeHint(), self.layout()
        if self._folded() or box is None:
            return least
        wanted = dict(_MOST)
        for step in _STEPS:
            wanted |= step
        return QSize(least.width(), max(self._needed(wanted), self.work.minimumSizeHint().height() + 2 * _LINE))

    def _folded(self) -> bool:
        box = self.layout()
        return isinstance(box, QBoxLayout) and box.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Gives each card at the right whole rows and lines; the time line takes what is left."""
        wanted, steps = dict(_MOST), iter(_STEPS)
        while not self._folded() and self._needed(wanted) > self.height():
            step = next(steps, None)
            if step is None:
                break
            wanted |= step
        self.agreements.set_most(wanted["agreements"])
        self.report.set_most(wanted["report"])
        self.contacts.set_most(wanted["contacts"])

    def _needed(self, wanted: dict[str, int]) -> int:
        """Returns the height of the right side with so many rows and lines."""
        inner = self.agreements.needed(wanted["agreements"]) + self.contacts.needed(wanted["contacts"])
        inner += self.report.needed(wanted["report"]) + self.open_session.sizeHint().height() + tokens.SPACE_2
        inner += self.timeline.needed(_LEAST_EVENTS)
        return inner + len(self._right) * 2 * (_EDGE + 1) + (len(self._right) - 1) * tokens.SPACE_3

    def _show_money(self, page: DossierPage) -> None:
        """One line; own contribution, advance and balance in its tool tip. Nothing where the plan has no money."""
        language, money = self._context.language, page.dossier.money
        text = language.text
        before, amount, after, paid = rows.money_words(language, page)
        known = [
            (text("Own contribution"), money.own_cents),
            (text("Advance"), money.advance_cents),
            (text("Balance"), money.balance_cents),
        ]
        tip = "\n".join(f"{name}: {language.money(cents)}" for name, cents in known if cents is not None)
        self.money.show_parts(before, amount, after, tip)
        self.paid.show_parts(text("Paid offers") if paid else "", paid, "")

    def _show_session(self, line: SessionLine | None) -> None:
        language, today = self._context.language, self._context.today
        text = language.text
        self.open_session.setVisible(line is not None)
        if line is None:
            self.session_note.setText("")
            self.report.set_text(text("No session yet."))
            return
        day = language.day_month(line.day) if line.day.year == today.year else language.day(line.day)
        form = text(SESSION_MODES[line.form]).lower()
        self.session_note.setText(" · ".join([day, form, language.duration(line.minutes)]))
        self.report.set_text(line.report.strip() or text("No report yet."))
        self.open_session.setText(text("Open") if line.report.strip() else text("Write"))

    def _on_report_cut(self, cut: bool) -> None:
        text = self._context.language.text
        if self._page is not None and self._page.last_session is not None and self._page.last_session.report.strip():
            self.open_session.setText(text("Read on") if cut else text("Open"))

    # Rows of the work

    def _line(self, key: str) -> CommitmentLine | None:
        if self._page is None:
            return None
        found = self._page.dossier
        every = found.commitments + found.partnership_commitments
        return next((one for one in every if key == f"{rows.TARGET}{one.id}"), None)

    def _on_row_opened(self, key: str) -> None:
        line = self._line(key)
        if line is not None:
            self.target_wanted.emit(line.id, False)
        else:
            self._on_row_action(key)

    def _on_row_action(self, key: str) -> None:
        if self._page is None:
            return
        line, found = self._line(key), self._page.dossier
        if line is not None and line.confirmed is None:
            CommitmentDialog(self._context, line, self).open()
        elif line is not None:
            self.target_wanted.emit(line.id, line.state in (KpiState.AT_RISK, KpiState.BEHIND))
        elif key.startswith(rows.TAKE):
            self.take_up(key.removeprefix(rows.TAKE))
        elif key.startswith(rows.PLAN):
            self.year_wanted.emit(key.removeprefix(rows.PLAN).partition(":")[0])
        elif key.startswith(rows.NO_PLAN):
            first = date.fromisoformat(key.removeprefix(rows.NO_PLAN))
            gap = next(one for one in self._page.without_plan if one.first == first)
            self.days_wanted.emit(gap.first, gap.last)
        elif key.startswith(rows.INSTRUMENT):
            wanted = next(one for one in self._page.instruments if key == f"{rows.INSTRUMENT}{one.id}")
            InstrumentDialog(self._context, wanted.government_id, wanted, self).open()
        elif key.startswith(rows.USE):
            use = next(one for one in found.offer_uses if key == f"{rows.USE}{one.id}")
            ChangeUseDialog(self._context, use, self).open()

    def _on_head_pressed(self, group: str) -> None:
        if group == rows.ACTIONS:
            self.take_up("")
        elif group == rows.INSTRUMENTS:
            self.new_instrument()
        elif group == rows.USES:
            self._context.navigator.open_page("offers")
        elif group.startswith(rows.PLAN):
            self.year_wanted.emit(group.removeprefix(rows.PLAN))

    def _on_all_wanted(self, group: str) -> None:
        self.part_wanted.emit("uses" if group in (rows.USES, rows.INSTRUMENTS) else "actions")

    def _on_number_typed(self, key: str, words: str) -> None:
        line = self._line(key)
        if line is not None:
            self._context.runner.query(
                list_entries, [line.id], then=lambda found: self._save_typed(key, words, found), owner=self
            )

    def _save_typed(self, key: str, words: str, entries: list[KpiEntryLine]) -> None:
        """Adds the total of today, or with a plus sign what came since the last entry.

        A total of today that is there already is corrected: another one would contradict it, and it holds what came
        today.
        """
        line, context = self._line(key), self._context
        if line is None:
            return
        more, today = words.strip().startswith("+"), context.today
        before = next(
            (one for one in entries if one.day == today and one.kind is EntryKind.READING and not one.corrected), None
        )
        try:
            units = read_number(words.strip().removeprefix("+"), "units")
            if before is not None:
                total = before.units + units if more else units
                command = AddKpiEntry(line.id, today, EntryKind.READING, total, corrects_id=before.id)
            else:
                command = AddKpiEntry(line.id, today, EntryKind.INCREMENT if more else EntryKind.READING, units)
            command.check()
        except UserError as error:
            self._refuse(key, error)
            return
        context.runner.query(
            entry_facts, line.id, then=lambda facts: self._add_typed(key, line.action_title, command, facts), owner=self
        )

    def _add_typed(self, key: str, title: str, command: AddKpiEntry, facts: EntryFacts | None) -> None:
        """Saves the entry; one that does not count for its project year is kept, and says why."""
        language, today = self._context.language, self._context.today
        done = language.text("KPI entry saved: {action}.", action=title)
        if facts is not None:
            counts, words = where_it_counts(language, facts, command.kind, command.day, today)
            done = done if counts else f"{done} {words}"
        self._context.runner.run(
            command,
            initiator=self,
            then=lambda made: self._typed(key, done, made),
            failed=lambda error: self._refuse(key, error),
        )

    def _typed(self, key: str, words: str, done: Done[str]) -> None:
        frame = self.work.frame(key)
        if frame is not None:
            frame.close_field()
        self.problem.hide()
        self._context.navigator.offer_undo(words, done.command_id)

    def _refuse(self, key: str, error: SamenlevenError) -> None:
        words, frame = self._context.language.error(error), self.work.frame(key)
        self.problem.setText(words)
        self.problem.show()
        if frame is not None:
            frame.refuse(words)

    # Dialogs, also from the menu of the page

    def _government_id(self) -> str | None:
        return None if self._page is None else self._page.dossier.government.id

    def new_agreement(self) -> None:
        if (government := self._government_id()) is not None:
            AgreementDialog(self._context, government, self).open()

    def new_instrument(self) -> None:
        if (government := self._government_id()) is not None:
            InstrumentDialog(self._context, government, None, self).open()

    def _new_contact(self) -> None:
        if (government := self._government_id()) is not None:
            ContactDialog(self._context, government, None, self).open()

    def take_up(self, target_id: str) -> None:
        """Opens the dialog that takes up a target; with this one chosen if given."""
        if self._page is None:
            return
        found = self._page.dossier
        taken = frozenset(line.target_id for line in found.commitments)
        rank = max((line.rank or 0 for line in found.commitments), default=0) + 1
        dialog = TakeUpDialog(self._context, found.government.id, self._page.year_id, taken, rank, self)
        if target_id:
            dialog.target.setCurrentIndex(max(dialog.target.findData(target_id), 0))
        dialog.open()

    # The right side

    def _on_open_session(self) -> None:
        if self._page is not None and self._page.last_session is not None:
            self._context.navigator.open_session(self._page.last_session.id, self._government_id())

    def _on_agreement_opened(self, key: str) -> None:
        if self._page is None:
            return
        line = next(one for one in self._page.dossier.agreements if one.id == key)
        AgreementDialog(self._context, line.government_id, self, line=line).open()

    def _on_ticked(self, key: str) -> None:
        if self._page is None:
            return
        context = self._context
        what = next(one.what for one in self._page.dossier.agreements if one.id == key)
        words = context.language.text("Done: {what}", what=what)
        context.runner.run(
            CompleteAgreement(key, context.today),
            initiator=self,
            then=lambda done: context.navigator.offer_undo(words, done.command_id),
        )

    def _on_contact_link(self, key: str, link: str) -> None:
        """Calls or mails; without a program for it, the number or the address is said."""
        if self._page is None:
            return
        one = next(card for card in self._page.contacts if card.id == key)
        start: Callable[[str], bool] = start_call if link == rows.CALL else start_mail
        address = one.phone if link == rows.CALL else one.email
        if address and not start(address):
            self._context.navigator.notify("info", f"{one.name}: {address}")

    def _on_event_opened(self, key: str) -> None:
        kind, _, record_id = key.partition(":")
        if kind == "session":
            self._context.navigator.open_session(record_id, self._government_id())
        elif kind == "kpi":
            self.target_wanted.emit(record_id, False)
        elif kind == "offer":
            self.part_wanted.emit("uses")
        elif kind == "handed_over":
            show = self._context.navigator.open_copy
            self._context.runner.query(handed_over_pdf, record_id, then=lambda found: show(*found), owner=self)


class _Sentence(QWidget):
    """Muted words around an amount in bold."""

    def __init__(self) -> None:
        super().__init__()
        line = bare(QHBoxLayout(self), 5)
        self._before, self._strong, self._after = label("", "muted"), label("", "strong"), ShortenedLabel("", "muted")
        line.addWidget(self._before)
        line.addWidget(self._strong)
        line.addWidget(self._after, 1)
        self.hide()

    def words(self) -> str:
        return " ".join(filter(None, (self._before.text(), self._strong.text(), self._after.text())))

    def show_parts(self, before: str, strong: str, after: str, tip: str = "") -> None:
        for part, words in ((self._before, before), (self._strong, strong), (self._after, after)):
            part.setText(words)
            part.setVisible(bool(words))
        self.setToolTip(tip)
        self.setVisible(bool(strong))


def _bare_card(name: str) -> CardFrame:
    """Creates a card without a title of its own: what is inside has one."""
    card = CardFrame()
    card.setAccessibleName(name)
    outer = card.layout()
    if outer is not None:
        outer.setContentsMargins(_SIDE, _EDGE, _SIDE, _EDGE)
    return card


def _card(inner: RowGroups, stretch: int = 0) -> CardFrame:
    card = _bare_card(inner.accessibleName())
    card.body.addWidget(inner, stretch)
    if inner.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Fixed:
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return card
