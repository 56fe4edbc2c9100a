"""The grids that are typed in: the five numbers and the money of commitments, and offers in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from samenleven_desktop.domain.commitment import JuryResult
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.offer_use import Payer
from samenleven_desktop.i18n.labels import (
    COST_TONES,
    COSTS,
    JURY_RESULTS,
    PAYERS,
    STATES,
    TONES,
    USE_WARNINGS,
    USE_WARNINGS_SHORT,
    action_name,
)
from samenleven_desktop.readmodels.core import CommitmentLine, OfferUseLine
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.input_parsing import read_date, read_money, read_number
from samenleven_desktop.ui.models.columns import Column, ValueKind
from samenleven_desktop.ui.models.editable_model import GridColumn, GridModel
from samenleven_desktop.ui.screens.columns import progress_of

_NOT_JUDGED = N_("Only actions that a jury judges have a result.")


def _number_column(
    context: UiContext,
    title: str,
    field: str,
    width: int,
    value: Callable[[CommitmentLine], int | None],
    *,
    required: bool = False,
) -> GridColumn[CommitmentLine]:
    number = context.language.number

    def shown(line: CommitmentLine) -> str:
        found = value(line)
        return "–" if found is None else number(found)

    return GridColumn(
        title,
        shown,
        width,
        right=True,
        sort=value,
        value=value,
        kind=ValueKind.NUMBER,
        key=field,
        field=field,
        read=lambda words: read_number(words, field, negative=False),
        required=required,
    )


def commitment_grid(context: UiContext) -> GridModel[CommitmentLine]:
    """A row per target; numbers, granted amount, rank and jury result are typed in, the rest follows from them."""
    language, text = context.language, context.language.text
    column = partial(_number_column, context)

    def subsidy(line: CommitmentLine) -> str:
        if line.amount_cents is None:
            return "–"
        # What was not granted yet is units x rate: in brackets, as in a ledger.
        shown = language.money(line.amount_cents)
        return shown if line.amount_granted else f"({shown})"

    def granted(line: CommitmentLine, cents: int | None) -> CommitmentLine:
        return replace(
            line, amount_granted=cents is not None, amount_cents=line.computed_cents if cents is None else cents
        )

    def read_jury(words: str) -> JuryResult:
        for result, name in JURY_RESULTS.items():
            if text(name).casefold().startswith(words.strip().casefold()):
                return result
        raise UserError(N_("Choose positive or negative, or leave it open."), field="jury_result")

    columns: list[Column[CommitmentLine]] = [
        Column("", lambda line: str(line.action_number), 36, right=True, sort=lambda line: line.action_number),
        Column(text("Action"), action_name, stretch=5, tip=action_name, key="action"),
        column(text("Existing"), "existing_reach", 80, lambda line: line.existing_reach, required=True),
        column(text("Requested"), "requested", 88, lambda line: line.requested),
        column(text("Confirmed"), "confirmed", 84, lambda line: line.confirmed),
        column(text("Interim"), "interim_reached", 86, lambda line: line.interim_reached),
        column(text("Final"), "final_reached", 70, lambda line: line.final_reached),
        Column(
            text("Reached"),
            lambda line: language.number(line.reached_to_date),
            72,
            right=True,
            sort=lambda line: line.reached_to_date,
            value=lambda line: line.reached_to_date,
            kind=ValueKind.NUMBER,
        ),
        Column(
            text("Progress"),
            lambda line: (
                language.percent(line.reached_to_date, line.confirmed)
                if line.confirmed and line.state is not KpiState.JURY
                else ""
            ),
            96,
            draw=progress_of,
            sort=lambda line: line.reached_to_date / line.confirmed if line.confirmed else None,
        ),
        GridColumn(
            text("Subsidy"),
            subsidy,
            100,
            right=True,
            sort=lambda line: line.amount_cents,
            value=lambda line: line.amount_cents if line.amount_granted else None,
            kind=ValueKind.MONEY,
            key="granted_cents",
            field="granted_cents",
            read=lambda words: read_money(words, "granted_cents", negative=False),
            put=granted,
            tip=lambda line: text("in brackets: units x rate, not granted yet") if not line.amount_granted else "",
        ),
        Column(
            text("Own contribution"),
            lambda line: "–" if line.own_cents is None else language.money(line.own_cents),
            100,
            right=True,
            sort=lambda line: line.own_cents,
            value=lambda line: line.own_cents,
            kind=ValueKind.MONEY,
        ),
        column(text("Rank"), "rank", 76, lambda line: line.rank),
        GridColumn(
            text("Jury"),
            lambda line: text(JURY_RESULTS[line.jury_result]) if line.jury_result else "–",
            80,
            key="jury_result",
            field="jury_result",
            read=read_jury,
            locked=lambda line: None if line.state is KpiState.JURY else text(_NOT_JUDGED),
            value=lambda line: line.jury_result,
            choices=tuple(text(name) for name in JURY_RESULTS.values()),
        ),
        Column(
            text("State"),
            lambda line: text(STATES[line.state]),
            118,
            tone=lambda line: TONES[line.state],
            sort=lambda line: list(KpiState).index(line.state),
            key="state",
        ),
    ]
    return GridModel(columns, language, row_id=lambda line: line.id, table_name="commitment")


def use_grid(context: UiContext, *, governments: bool) -> GridModel[OfferUseLine]:
    """Offers in use: days, price, payer, numbers and evaluation are typed in; warnings follow."""
    language, text = context.language, context.language.text

    def number(units: int | None) -> str:
        return "–" if units is None else language.number(units)

    def read_payer(words: str) -> Payer:
        for payer in Payer:
            if text(PAYERS[payer]).casefold().startswith(words.strip().casefold()):
                return payer
        raise UserError(N_("Choose who pays: subsidy, own contribution or another instrument."), field="paid_from")

    columns: list[Column[OfferUseLine]] = [
        Column(
            text("Offer"),
            lambda use: use.offer_title,
            stretch=4,
            strong=True,
            second=lambda use: use.organisation,
            tip=lambda use: f"{use.offer_title} · {use.organisation}",
            key="offer",
        )
    ]
    if governments:
        columns.append(Column(text("Government"), lambda use: use.government_name, stretch=2, key="government"))
    columns += [
        Column(
            text("Action"),
            lambda use: str(use.action_number or "–"),
            56,
            right=True,
            sort=lambda use: use.action_number,
            tip=lambda use: use.target_label or "",
            value=lambda use: use.action_number,
            kind=ValueKind.NUMBER,
            key="action",
        ),
        Column(
            text("Cost"),
            lambda use: text(COSTS[use.cost]),
            100,
            tone=lambda use: COST_TONES.get(use.cost, "neutral"),
            key="cost",
        ),
        GridColumn(
            text("From"),
            lambda use: language.day_short(use.start),
            92,
            sort=lambda use: use.start,
            value=lambda use: use.start,
            kind=ValueKind.DATE,
            key="start",
            field="start",
            read=lambda words: read_date(words, context.today, "start"),
            required=True,
        ),
        GridColumn(
            text("Until"),
            lambda use: language.day_short(use.end) if use.end else "–",
            92,
            sort=lambda use: use.end,
            value=lambda use: use.end,
            kind=ValueKind.DATE,
            key="end",
            field="end",
            read=lambda words: read_date(words, context.today, "end"),
        ),
        GridColumn(
            text("Price"),
            lambda use: "–" if use.price_cents is None else language.money(use.price_cents),
            88,
            right=True,
            sort=lambda use: use.price_cents,
            value=lambda use: use.price_cents,
            kind=ValueKind.MONEY,
            key="price_cents",
            field="price_cents",
            read=lambda words: read_money(words, "price_cents", negative=False),
        ),
        GridColumn(
            text("Paid from"),
            lambda use: text(PAYERS[use.paid_from]) if use.paid_from else "–",
            112,
            key="paid_from",
            field="paid_from",
            read=read_payer,
            value=lambda use: text(PAYERS[use.paid_from]) if use.paid_from else None,
            choices=tuple(text(words) for words in PAYERS.values()),
            put=lambda use, payer: replace(use, paid_from=payer),
        ),
    ]
    for title, field, width in (("Expected", "expected_units", 84), ("Brought", "real_units", 76)):
        columns.append(
            GridColumn(
                text(title),
                lambda use, field=field: number(getattr(use, field)),  # type: ignore[misc]
                width,
                right=True,
                sort=lambda use, field=field: getattr(use, field),  # type: ignore[misc]
                value=lambda use, field=field: getattr(use, field),  # type: ignore[misc]
                kind=ValueKind.NUMBER,
                key=field,
                field=field,
                read=lambda words, field=field: read_number(words, field, negative=False),  # type: ignore[misc]
            )
        )
    columns += [
        Column(
            text("Note"),
            lambda use: ", ".join(text(USE_WARNINGS_SHORT[one]) for one in use.warnings),
            130,
            tone=lambda use: "attention" if use.warnings else None,
            tip=lambda use: "\n".join(text(USE_WARNINGS[one]) for one in use.warnings),
            key="warnings",
        ),
        GridColumn(
            text("Evaluation"),
            lambda use: use.evaluation or "",
            stretch=3,
            key="evaluation",
            field="evaluation",
            read=str.strip,
            value=lambda use: use.evaluation,
            tip=lambda use: use.evaluation or "",
        ),
    ]
    return GridModel(columns, language, row_id=lambda use: use.id, table_name="offer_use")
