"""The columns of lists that stand on more than one screen, so that a session or a KPI reads the same everywhere."""

from __future__ import annotations

from datetime import date

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.i18n.labels import PARTIES, SESSION_MODES, STATES, TONES, action_name, clock, near_day
from samenleven_desktop.readmodels.core import AgreementLine, CommitmentLine, KpiEntryLine, SessionLine
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.columns import Column
from samenleven_desktop.ui.widgets.bars import ProgressBarData


def progress_of(line: CommitmentLine) -> ProgressBarData | None:
    """What the bar of a commitment shows; a jury judges without numbers."""
    if line.state is KpiState.JURY or not line.confirmed:
        return None
    expected = None if line.expected_today is None else line.expected_today / line.confirmed
    return ProgressBarData(line.reached_to_date / line.confirmed, expected, line.state)


def commitment_columns(context: UiContext, *, of_one_action: bool = False) -> list[Column[CommitmentLine]]:
    """Action, goal, reached, progress, subsidy and state; where all are `of_one_action` only the target is named."""
    language = context.language
    text, number = language.text, language.number

    def shown(value: int | None) -> str:
        return "–" if value is None else number(value)

    def share(line: CommitmentLine) -> str:
        if line.state is KpiState.JURY or not line.confirmed:
            return ""
        return language.percent(line.reached_to_date, line.confirmed)

    def tip(line: CommitmentLine) -> str:
        if line.conflict_day:
            return text(
                "Two different readings on {day}; the higher one is shown.", day=language.day(line.conflict_day)
            )
        if line.expected_today is None:
            return ""
        return text(
            "{reached} of {confirmed} {unit}, expected today: {expected}",
            reached=number(line.reached_to_date),
            confirmed=shown(line.confirmed),
            unit=line.unit or "",
            expected=number(line.expected_today),
        )

    columns = [
        Column[CommitmentLine](
            "", lambda line: str(line.action_number), 36, right=True, sort=lambda line: line.action_number
        ),
        Column[CommitmentLine](text("Action"), action_name, stretch=5, tip=action_name),
    ]
    if of_one_action:
        columns = [
            Column(text("Target"), lambda line: line.target_label, stretch=5, tip=lambda line: line.target_label)
        ]
    columns += [
        Column(text("Confirmed"), lambda line: shown(line.confirmed), 82, right=True, sort=lambda line: line.confirmed),
        Column(
            text("Reached"),
            lambda line: shown(line.reached_to_date),
            70,
            right=True,
            sort=lambda line: line.reached_to_date,
            tip=tip,
        ),
    ]
    columns += [
        Column(
            text("Progress"),
            share,
            100,
            draw=progress_of,
            sort=lambda line: line.reached_to_date / line.confirmed if line.confirmed else None,
            tip=tip,
        ),
        Column(
            text("Subsidy"),
            lambda line: "–" if line.amount_cents is None else language.money(line.amount_cents),
            92,
            right=True,
            sort=lambda line: line.amount_cents,
        ),
        Column(
            text("State"),
            lambda line: text(STATES[line.state]),
            126,
            tone=lambda line: TONES[line.state],
            sort=lambda line: list(KpiState).index(line.state),
        ),
    ]
    return columns


def session_columns(context: UiContext, *, governments: bool) -> list[Column[SessionLine]]:
    """When, how long, about what; with the governments on screens of more than one."""
    language = context.language
    text = language.text
    columns = [
        Column[SessionLine](text("Date"), lambda line: language.day_short(line.day), 92, sort=lambda line: line.day),
        Column[SessionLine](text("Time"), lambda line: f"{clock(line.start_minute)}–{clock(line.end_minute)}", 104),
        Column[SessionLine](
            text("Length"),
            lambda line: language.duration(line.minutes),
            74,
            right=True,
            sort=lambda line: line.minutes,
        ),
        Column[SessionLine](text("Form"), lambda line: text(SESSION_MODES[line.form]), 112),
    ]
    if governments:
        columns.append(Column(text("Governments"), lambda line: language.listing(line.government_names), stretch=2))
    columns += [
        Column(
            text("Actions"),
            lambda line: ", ".join(map(str, line.action_numbers)) or "–",
            76,
        ),
        Column(
            text("Report"),
            lambda line: line.report or (text("planned") if line.day > context.today else ""),
            stretch=4,
            tip=lambda line: line.report,
        ),
        Column(
            text("Agreements"),
            lambda line: str(line.agreement_count) if line.agreement_count else "–",
            84,
            right=True,
            sort=lambda line: line.agreement_count,
        ),
    ]
    return columns


def agreement_columns(context: UiContext, *, governments: bool) -> list[Column[AgreementLine]]:
    """By when, who, what."""
    language, today = context.language, context.today
    text = language.text

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

    columns = [
        Column[AgreementLine](text("By"), when, 134, tone=tone, sort=lambda line: line.due or date.max),
        Column[AgreementLine](text("Who"), lambda line: text(PARTIES[line.who]), 84),
        Column[AgreementLine](text("What"), lambda line: line.what, stretch=4, tip=lambda line: line.what),
    ]
    if governments:
        columns.append(Column(text("Government"), lambda line: line.government_name, stretch=2))
    return columns


def entry_columns(context: UiContext) -> list[Column[KpiEntryLine]]:
    """The rows behind the KPI number of one target; a corrected row says so."""
    language = context.language
    text = language.text

    def kind(line: KpiEntryLine) -> str:
        if line.corrected:
            return text("corrected")
        return text("total on that day") if line.kind == "reading" else text("added")

    def remark(line: KpiEntryLine) -> str:
        if not line.also_counted_for:
            return line.note or ""
        numbers = language.listing([str(number) for number in line.also_counted_for])
        doubled = text("also counted for action {list}: that takes an investment twice as large", list=numbers)
        return f"{line.note} · {doubled}" if line.note else doubled

    return [
        Column(text("Date"), lambda line: language.day_short(line.day), 96, sort=lambda line: line.day),
        Column(
            text("Kind"),
            kind,
            118,
            tone=lambda line: (
                "attention"
                if line.also_counted_for
                else "accent"
                if line.kind == "reading" and not line.corrected
                else "neutral"
            ),
        ),
        Column(text("Number"), lambda line: language.number(line.units), 80, right=True, sort=lambda line: line.units),
        Column(text("Remark"), remark, stretch=3, tip=remark),
        Column(
            text("Thanks to"),
            lambda line: line.offer_title or line.member_name or "–",
            stretch=2,
            tip=lambda line: line.offer_title or "",
        ),
    ]
