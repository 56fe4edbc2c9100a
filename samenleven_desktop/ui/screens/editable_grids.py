"""The editable grids: the five numbers and the money of commitments, and the offers in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from operator import attrgetter

from samenleven_desktop.domain.commitment_notes import JuryResult
from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import USE
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.offer_use import Payer
from samenleven_desktop.domain.plan import ProjectYear
from samenleven_desktop.domain.typed_values import read_date
from samenleven_desktop.i18n.labels import (
    COST_TONES,
    COSTS,
    JURY_RESULTS,
    PAYERS,
    USE_WARNINGS,
    USE_WARNINGS_SHORT,
    action_name,
)
from samenleven_desktop.readmodels.core import CommitmentLine, OfferUseLine
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.models.column import NOTHING, Column
from samenleven_desktop.ui.models.column_kinds import ColumnKinds
from samenleven_desktop.ui.models.editable_model import GridColumn, GridModel, editable
from samenleven_desktop.ui.screens.columns import progress_of, share_of

_NOT_JUDGED = N_("Only actions that a jury judges have a result.")


def commitment_grid(context: UiContext) -> GridModel[CommitmentLine]:
    """Returns one row per target; numbers, granted amount, rank and jury result are editable, the rest is computed."""
    language, text = context.language, context.language.text
    kinds = ColumnKinds(language)

    def number(title: str, field: str, *, required: bool = False) -> GridColumn[CommitmentLine]:
        return editable(kinds.number(title, attrgetter(field)), field, required=required)

    def subsidy(line: CommitmentLine) -> str:
        if line.amount_cents is None:
            return NOTHING
        # An amount that is not granted yet is units x rate: in brackets, as in a ledger.
        shown = language.money(line.amount_cents)
        return shown if line.amount_granted else f"({shown})"

    def granted(line: CommitmentLine, cents: int | None) -> CommitmentLine:
        return replace(
            line, amount_granted=cents is not None, amount_cents=line.computed_cents if cents is None else cents
        )

    def read_jury(words: str) -> JuryResult:
        for result, name in JURY_RESULTS.items():
            if fold(text(name)).startswith(fold(words)):
                return result
        raise UserError(N_("Choose positive or negative, or leave it open."), field="jury_result")

    return GridModel(
        [
            kinds.number("", lambda line: line.action_number, 36),
            kinds.text(text("Action"), action_name, stretch=5, key="action", tip=action_name),
            number(text("Existing"), "existing_reach", required=True),
            number(text("Requested"), "requested"),
            number(text("Confirmed"), "confirmed"),
            number(text("Interim"), "interim_reached"),
            number(text("Final"), "final_reached"),
            kinds.number(text("Reached"), lambda line: line.reached_to_date),
            kinds.progress(text("Progress"), progress_of, partial(share_of, language)),
            editable(
                kinds.money(
                    text("Subsidy"),
                    lambda line: line.amount_cents if line.amount_granted else None,
                    words=subsidy,
                    sort=lambda line: line.amount_cents,
                    tip=lambda line: (
                        text("in brackets: units x rate, not granted yet") if not line.amount_granted else ""
                    ),
                ),
                "granted_cents",
                put=granted,
            ),
            kinds.money(text("Own contribution"), lambda line: line.own_cents, key="own_cents"),
            number(text("Rank"), "rank"),
            editable(
                kinds.choice(text("Jury"), JURY_RESULTS, lambda line: line.jury_result, 80),
                "jury_result",
                read_jury,
                locked=lambda line: None if line.state is KpiState.JURY else text(_NOT_JUDGED),
                choices=tuple(text(name) for name in JURY_RESULTS.values()),
                stored=lambda line: line.jury_result,
            ),
            kinds.state(text("State"), lambda line: line.state, key="state"),
        ],
        language,
        row_id=lambda line: line.id,
        table_name="commitment",
    )


MORE_COLUMNS = frozenset({"existing_reach", "requested", "granted_cents", "own_cents", "rank", "jury_result"})
"""Shown on request; with them the grid is wider than most windows."""
_NEAR_DAYS = 30


def reported_columns(lines: Sequence[CommitmentLine], year: ProjectYear, today: date) -> set[str]:
    """Returns which of the two reported numbers are shown: the report is near, under way, or there is a number."""
    shown = set()
    for kind, name in (("interim", "interim_reached"), ("final", "final_reached")):
        deadline = year.deadline(kind)
        near = deadline is not None and (
            (deadline.opens or deadline.period_end) - timedelta(days=_NEAR_DAYS) <= today <= deadline.last_known
        )
        if near or any(getattr(line, name) is not None for line in lines):
            shown.add(name)
    return shown


def use_grid(context: UiContext, *, governments: bool) -> GridModel[OfferUseLine]:
    """Returns offers in use: days, price, payer, numbers and evaluation are editable; warnings are computed."""
    language, text = context.language, context.language.text
    kinds = ColumnKinds(language)

    def read_payer(words: str) -> Payer:
        for payer in Payer:
            if fold(text(PAYERS[payer])).startswith(fold(words)):
                return payer
        raise UserError(N_("Choose who pays: subsidy, own contribution or another instrument."), field="paid_from")

    def day(title: str, field: str, *, required: bool = False) -> GridColumn[OfferUseLine]:
        shown = kinds.day(title, attrgetter(field))
        return editable(shown, field, partial(read_date, today=context.today, field=field), required=required)

    columns: list[Column[OfferUseLine]] = [
        kinds.text(
            text("Offer"),
            lambda use: use.offer_title,
            stretch=4,
            strong=True,
            second=lambda use: use.organisation,
            tip=lambda use: f"{use.offer_title} · {use.organisation}",
            key="offer",
        ),
        kinds.text(text("Government"), lambda use: use.government_name, stretch=2, key="government"),
        kinds.number(
            text("Action"), lambda use: use.action_number, 56, tip=lambda use: use.target_label or "", key="action"
        ),
        kinds.choice(text("Cost"), COSTS, lambda use: use.cost, 100, tones=COST_TONES, key="cost"),
        day(text("From"), "start", required=True),
        day(text("Until"), "end"),
        editable(kinds.money(text("Price"), lambda use: use.price_cents), "price_cents"),
        editable(
            kinds.choice(text("Paid from"), PAYERS, lambda use: use.paid_from, 112),
            "paid_from",
            read_payer,
            choices=tuple(text(words) for words in PAYERS.values()),
            put=lambda use, payer: replace(use, paid_from=payer),
        ),
        editable(kinds.number(text("Expected"), lambda use: use.expected_units), "expected_units"),
        editable(kinds.number(text("Brought"), lambda use: use.real_units), "real_units"),
        kinds.text(
            text("Note"),
            lambda use: ", ".join(text(USE_WARNINGS_SHORT[one]) for one in use.warnings),
            130,
            tone=lambda use: "attention" if use.warnings else None,
            tip=lambda use: "\n".join(text(USE_WARNINGS[one]) for one in use.warnings),
            key="warnings",
        ),
        editable(
            kinds.text(text("Evaluation"), lambda use: use.evaluation or "", stretch=3),
            "evaluation",
            USE["evaluation"].tidy,
            stored=lambda use: use.evaluation,
        ),
    ]
    if not governments:
        columns = [one for one in columns if one.key != "government"]
    return GridModel(columns, language, row_id=lambda use: use.id, table_name="offer_use")
