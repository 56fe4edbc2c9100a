"""List columns shared by several screens, so that a session or a KPI looks the same everywhere."""

from __future__ import annotations

from datetime import date
from functools import partial

from samenleven_desktop.domain.kpi import KpiState, Uncounted
from samenleven_desktop.i18n.entry_texts import uncounted_words
from samenleven_desktop.i18n.labels import PARTIES, action_name, near_day
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.shared_columns import GOVERNMENTS, REPORT, SESSIONS
from samenleven_desktop.readmodels.core import AgreementLine, CommitmentLine, KpiEntryLine, SessionLine
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column import Column
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.widgets.bars import ProgressBarData


def progress_of(line: CommitmentLine) -> ProgressBarData | None:
    """Returns the data of a commitment's progress bar; None if a jury judges, which uses no numbers."""
    if line.state is KpiState.JURY or not line.confirmed or line.reached_to_date is None:
        return None
    expected = None if line.expected_today is None else line.expected_today / line.confirmed
    return ProgressBarData(max(line.reached_to_date, 0) / line.confirmed, expected, line.state)


def share_of(language: Language, line: CommitmentLine) -> str:
    """Returns the progress as text, such as 45 %."""
    if line.state is KpiState.JURY or not line.confirmed or line.reached_to_date is None:
        return ""
    return language.percent(line.reached_to_date, line.confirmed)


def commitment_columns(context: UiContext, *, of_one_action: bool = False) -> list[Column[CommitmentLine]]:
    """Returns action, goal, reached, progress, subsidy and state; with `of_one_action` only the target is named."""
    language = context.language
    text, number = language.text, language.number
    kinds = ColumnKinds(language)

    def shown(value: int | None) -> str:
        return "–" if value is None else number(value)

    def tip(line: CommitmentLine) -> str:
        if line.conflict_day:
            return text(
                "Two different readings on {day}; the higher one is shown.", day=language.day(line.conflict_day)
            )
        if line.expected_today is None or line.reached_to_date is None:
            return ""
        return text(
            "{reached} of {confirmed} {unit}, expected today: {expected}",
            reached=number(line.reached_to_date),
            confirmed=shown(line.confirmed),
            unit=line.unit or "",
            expected=number(line.expected_today),
        )

    columns: list[Column[CommitmentLine]] = [
        kinds.number("", lambda line: line.action_number, 36),
        kinds.text(text("Action"), action_name, stretch=5),
    ]
    if of_one_action:
        columns = [kinds.text(text("Target"), lambda line: line.target_label, stretch=5)]
    return [
        *columns,
        kinds.number(text("Confirmed"), lambda line: line.confirmed),
        kinds.number(text("Reached"), lambda line: line.reached_to_date, tip=tip),
        kinds.progress(text("Progress"), progress_of, partial(share_of, language), tip=tip),
        kinds.money(text("Subsidy"), lambda line: line.amount_cents),
        kinds.state(text("State"), lambda line: line.state),
    ]


def session_columns(context: UiContext, *, governments: bool) -> list[Column[SessionLine]]:
    """Returns date, duration and subject; with the governments on screens that show more than one."""
    text, kinds = context.language.text, ColumnKinds(context.language)

    def report(line: SessionLine) -> str:
        return line.report or (text("planned") if line.day > context.today else "")

    return [
        kinds.text(text(one.title), report, stretch=one.stretch) if one is REPORT else kinds.of(one)
        for one in SESSIONS.screen
        if governments or one is not GOVERNMENTS
    ]


def agreement_columns(context: UiContext, *, governments: bool) -> list[Column[AgreementLine]]:
    """Returns deadline, responsible person and subject."""
    language, today = context.language, context.today
    text = language.text
    kinds = ColumnKinds(language)

    def when(line: AgreementLine) -> str:
        if line.done_on:
            return text("done {day}", day=language.day_month(line.done_on))
        if line.late:
            return text("late: {day}", day=near_day(language, line.due, today))
        return near_day(language, line.due, today)

    def tone(line: AgreementLine) -> str | None:
        if line.done_on:
            return "good"
        return "bad" if line.late else "neutral"

    columns: list[Column[AgreementLine]] = [
        kinds.text(text("By"), when, 134, tone=tone, sort=lambda line: line.due or date.max),
        kinds.choice(text("Who"), PARTIES, lambda line: line.who, 84),
        kinds.text(text("What"), lambda line: line.what, stretch=4),
    ]
    if governments:
        columns.append(kinds.text(text("Government"), lambda line: line.government_name, stretch=2))
    return columns


def entry_columns(context: UiContext, *, narrow: bool = False) -> list[Column[KpiEntryLine]]:
    """Returns the columns of the ledger rows behind the KPI number of one target; corrected rows are marked.

    With `narrow` kind, remark and origin share one column of two lines.
    """
    language = context.language
    text = language.text
    kinds = ColumnKinds(language)

    def kind(line: KpiEntryLine) -> str:
        if line.corrected:
            return text("corrected")
        return text("total on that day") if line.kind == "reading" else text("added")

    def remark(line: KpiEntryLine) -> str:
        parts = [line.note or ""]
        if line.uncounted not in (None, Uncounted.CORRECTED):
            parts.insert(0, uncounted_words(language, line.uncounted))
        if line.also_counted_for:
            numbers = language.listing([str(number) for number in line.also_counted_for])
            parts.append(text("also counted for action {list}: that takes an investment twice as large", list=numbers))
        return " · ".join(filter(None, parts))

    def number_words(line: KpiEntryLine) -> str:
        return f"({language.number(line.units)})" if line.uncounted else language.number(line.units)

    if narrow:

        def below(line: KpiEntryLine) -> str:
            return " · ".join(filter(None, [remark(line), line.offer_title or line.member_name]))

        return [
            kinds.day(text("Date"), lambda line: line.day),
            kinds.number(text("Number"), lambda line: None if line.uncounted else line.units, words=number_words),
            kinds.text(text("Kind"), kind, stretch=1, second=below, tip=below),
        ]
    return [
        kinds.day(text("Date"), lambda line: line.day),
        kinds.text(
            text("Kind"),
            kind,
            118,
            tone=lambda line: (
                "attention"
                if line.also_counted_for or line.uncounted not in (None, Uncounted.CORRECTED, Uncounted.IN_READING)
                else "accent"
                if line.kind == "reading" and (not line.corrected)
                else "neutral"
            ),
        ),
        # A row that does not count is no part of the sum of the chosen cells; its number stands in brackets.
        kinds.number(
            text("Number"),
            lambda line: None if line.uncounted else line.units,
            words=number_words,
        ),
        kinds.text(text("Remark"), remark, stretch=3),
        kinds.text(
            text("Thanks to"),
            lambda line: line.offer_title or line.member_name or "–",
            stretch=2,
            tip=lambda line: line.offer_title or "",
        ),
    ]
