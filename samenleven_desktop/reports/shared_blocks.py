"""Blocks shared by several reports: sender, footer, tables of targets, sessions, agreements, offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.i18n.labels import (
    COSTS,
    INSTRUMENT_STATES,
    OUTCOMES,
    PARTIES,
    PAYERS,
    STATES,
    STIMULUS_STATES,
    action_name,
)
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.shared_columns import SESSIONS, TARGET_NUMBERS, ColumnKind, ListColumn
from samenleven_desktop.readmodels.core import AgreementLine, CommitmentLine, OfferUseLine, SessionLine, TrackChoice
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.readmodels.organisations import ServiceLine
from samenleven_desktop.readmodels.people import ContactLine
from samenleven_desktop.reports.data import StimulusOnPaper
from samenleven_desktop.reports.document import (
    Align,
    Block,
    Cell,
    Checklist,
    DocumentColumn,
    LinkCell,
    Paragraph,
    ProgressCell,
    Table,
)

AGENCY = "Agentschap Integratie en Inburgering"
PRACTICE = N_("Practice file, invented figures")
JURY_WORDS = N_("judged by the jury")


def sender(plan_name: str) -> tuple[str, ...]:
    return plan_name, AGENCY


def page_text(language: Language) -> str:
    """Leaves `{page}` and `{pages}` open: the writer fills them in last."""
    return language.text("page {page} of {pages}")


def shown(language: Language, number: int | None) -> str:
    return "–" if number is None else language.number(number)


def progress(language: Language, line: CommitmentLine) -> str | ProgressCell:
    """Returns the bar with the label of its state; for a target that a jury judges, the label only."""
    if line.state is KpiState.JURY:
        return language.text(JURY_WORDS)
    state = language.text(STATES[line.state])
    if not line.confirmed:
        return state
    expected = None if line.expected_today is None else line.expected_today / line.confirmed
    if line.reached_to_date is None:
        return ProgressCell(0, expected, line.state, state)
    words = f"{language.percent(line.reached_to_date, line.confirmed)}, {state}"
    return ProgressCell(max(line.reached_to_date, 0) / line.confirmed, expected, line.state, words)


def targets_table(language: Language, lines: Sequence[CommitmentLine]) -> Table:
    """Returns the state of each target: confirmed, reached, expected, state."""
    text = language.text
    columns = (
        DocumentColumn(text("Action"), 3.7),
        DocumentColumn(text("Unit"), 1.6),
        DocumentColumn(text("Confirmed"), 1.3, Align.RIGHT),
        DocumentColumn(text("Reached"), 1.1, Align.RIGHT),
        DocumentColumn(text("Expected"), 1.25, Align.RIGHT),
        DocumentColumn(text("State"), 3.9),
    )
    rows = tuple(
        (
            f"{line.action} {action_name(line)}",
            line.unit or "–",
            shown(language, line.confirmed),
            shown(language, line.reached_to_date),
            shown(language, line.expected_today),
            progress(language, line),
        )
        for line in lines
    )
    return Table(columns, rows, text("No commitments in this project year."))


def targets(language: Language, lines: Sequence[CommitmentLine], day: date) -> tuple[Block, ...]:
    """Returns the table of the targets, under the day of its numbers."""
    if not lines:
        return (targets_table(language, lines),)
    return targets_note(language, day), targets_table(language, lines)


def targets_note(language: Language, day: date) -> Paragraph:
    return Paragraph(
        language.text(
            "Reached and expected on {day}. The dash in a bar is what is expected by then.", day=language.day(day)
        ),
        muted=True,
        leads=True,
    )


def list_table(language: Language, columns: Sequence[ListColumn], rows: Sequence[object], empty: str) -> Table:
    """Returns rows with columns that are shown elsewhere too."""
    heads = (
        DocumentColumn(language.text(one.title), one.share, Align.RIGHT if one.right else Align.LEFT) for one in columns
    )
    cells = (tuple(one.words(language, row) or "–" for one in columns) for row in rows)
    return Table(tuple(heads), tuple(cells), empty)


def numbers_table(language: Language, lines: Sequence[CommitmentLine]) -> Table:
    """Returns the five numbers of each target, and the amount."""
    text = language.text
    target = ListColumn(ColumnKind.TEXT, lambda line: f"{line.action} {line.target_label}", N_("Target"), share=3.5)
    return list_table(language, (target, *TARGET_NUMBERS.paper), lines, text("No commitments in this project year."))


def sessions_table(language: Language, lines: Sequence[SessionLine]) -> Table:
    return list_table(language, SESSIONS.paper, lines, language.text("No sessions in this period."))


def offer_name(use: OfferUseLine) -> str:
    """Returns the offer and its organisation; only once if both have the same name."""
    return ", ".join(dict.fromkeys((use.offer_title, use.organisation)))


def offers_table(language: Language, lines: Sequence[OfferUseLine]) -> Table:
    text = language.text
    columns = (
        DocumentColumn(text("Offer"), 4.05),
        DocumentColumn(text("Action"), 0.85, Align.RIGHT),
        DocumentColumn(text("Cost"), 1.45),
        DocumentColumn(text("Price"), 1.3, Align.RIGHT),
        DocumentColumn(text("Paid from"), 1.75),
        DocumentColumn(text("Expected"), 1.15, Align.RIGHT),
        DocumentColumn(text("Brought"), 1.2, Align.RIGHT),
    )
    rows = tuple(
        (
            offer_name(use),
            use.action or "–",
            text(COSTS[use.cost]),
            "–" if use.price_cents is None else language.money(use.price_cents),
            text(PAYERS[use.paid_from]) if use.paid_from else "–",
            shown(language, use.expected_units),
            shown(language, use.real_units),
        )
        for use in lines
    )
    return Table(columns, rows, text("No offers in use in this period."))


def agreements_list(language: Language, lines: Sequence[AgreementLine], *, with_government: bool = False) -> Checklist:
    """Returns who does what by when; `with_government` if agreements of several governments are listed together."""
    text = language.text
    items = []
    for line in lines:
        if line.done_on:
            remark = text("done {day}", day=language.day_short(line.done_on))
        elif line.due is None:
            remark = text("no date")
        elif line.late:
            remark = text("late: {day}", day=language.day_short(line.due))
        else:
            remark = text("by {day}", day=language.day_short(line.due))
        who = text(PARTIES[line.who])
        who = f"{line.government_name} · {who}" if with_government else who.capitalize()
        items.append((line.done_on is not None, f"{who}: {line.what}", remark))
    return Checklist(tuple(items), text("No agreements."))


def tracks_table(language: Language, tracks: Sequence[TrackChoice]) -> Table:
    text = language.text
    columns = (
        DocumentColumn(text("Track"), 4),
        DocumentColumn(text("Goal"), 5),
        DocumentColumn(text("Since"), 1.6),
        DocumentColumn(text("Planned"), 1.4, Align.RIGHT),
        DocumentColumn(text("Used"), 1.4, Align.RIGHT),
    )
    rows = tuple(
        (
            one.title,
            one.goal or "–",
            language.day_short(one.start),
            "–" if one.planned_minutes is None else language.duration(one.planned_minutes),
            language.duration(one.used_minutes),
        )
        for one in tracks
    )
    return Table(columns, rows, text("No tracks."))


def contacts_table(language: Language, contacts: Sequence[ContactLine]) -> Table:
    """Names are personal data: only if requested."""
    text = language.text
    columns = (
        DocumentColumn(text("Name"), 3),
        DocumentColumn(text("Function"), 3),
        DocumentColumn(text("E-mail"), 4),
        DocumentColumn(text("Phone"), 2),
    )
    rows = tuple(
        (
            one.name,
            one.role or "–",
            LinkCell(one.email, f"mailto:{one.email}") if one.email else "–",
            one.phone or "–",
        )
        for one in contacts
    )
    return Table(columns, rows, text("No contacts."))


def linked(words: str, source: str | None) -> Cell:
    """Returns text as a link to its page, if the source has one."""
    return LinkCell(words, source) if source and source.startswith(("https://", "http://")) else words


def outcome(line: StimulusOnPaper, language: Language) -> str:
    return language.text(OUTCOMES[line.outcome])  # type: ignore[index]


def stimulus_state(line: StimulusOnPaper, language: Language) -> str:
    return language.text(STIMULUS_STATES[line.state]) if line.state else "–"  # type: ignore[index]


def price(offer: OfferLine, language: Language) -> str:
    if offer.price_cents is None:
        return "–"
    unit = f" / {offer.price_unit}" if offer.price_unit else ""
    return f"{language.money(offer.price_cents)}{unit}"


def instruments_table(
    language: Language, lines: Sequence[InstrumentLine], *, governments: bool = False, actions: bool = True
) -> tuple[Block, ...]:
    """Returns which other subsidy pays, how much and until when; nothing without one."""
    if not lines:
        return ()
    text = language.text
    columns = (
        *((DocumentColumn(text("Government"), 2.4),) if governments else ()),
        DocumentColumn(text("Instrument"), 3.6),
        DocumentColumn(text("Given by"), 2.4),
        *((DocumentColumn(text("Action"), 1, Align.RIGHT),) if actions else ()),
        DocumentColumn(text("Amount"), 1.5, Align.RIGHT),
        DocumentColumn(text("State"), 1.6),
        DocumentColumn(text("Deadline"), 1.4),
        DocumentColumn(text("Pays until"), 1.4),
    )
    rows = tuple(
        (
            *((one.government_name,) if governments else ()),
            linked(one.name, one.document),
            one.giver or "–",
            *((one.action or "–",) if actions else ()),
            "–" if one.amount_cents is None else language.money(one.amount_cents),
            text(INSTRUMENT_STATES[one.instrument_state]),
            "–" if one.deadline is None else language.day_short(one.deadline),
            "–" if one.end is None else language.day_short(one.end),
        )
        for one in lines
    )
    return (Table(columns, rows),)


def services_table(language: Language, lines: Sequence[ServiceLine], *, of: str | None = None) -> tuple[Block, ...]:
    """Returns who serves whom with which target value; nothing without a service.

    `of` is the id of the organisation or government whose report it is: then only the other one is named.
    """
    if not lines:
        return ()
    text = language.text
    organisations = any(one.organisation_id != of for one in lines)
    governments = any(one.government_id != of for one in lines)
    aimed = any(one.target_id for one in lines)
    columns = (
        *((DocumentColumn(text("Organisation"), 3),) if organisations else ()),
        *((DocumentColumn(text("Government"), 2.4),) if governments else ()),
        *(
            (
                DocumentColumn(text("Action"), 3.6),
                DocumentColumn(text("Target value"), 1.5, Align.RIGHT),
                DocumentColumn(text("Reached"), 1.3, Align.RIGHT),
            )
            if aimed
            else ()
        ),
        DocumentColumn(text("From"), 1.4),
        DocumentColumn(text("Until"), 1.4),
    )
    rows = tuple(
        (
            *((one.organisation_name,) if organisations else ()),
            *((one.government_name,) if governments else ()),
            *(
                (
                    f"{one.action} {one.action_title}".strip() or "–",
                    shown(language, one.target_value),
                    shown(language, one.reached),
                )
                if aimed
                else ()
            ),
            language.day_short(one.valid_from),
            "–" if one.valid_until is None else language.day_short(one.valid_until),
        )
        for one in lines
    )
    return (Table(columns, rows),)
