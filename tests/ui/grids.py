"""A grid as a screen would make one, for the tests of model and table."""

from __future__ import annotations

from dataclasses import dataclass

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.typed_values import read_money, read_number
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.models.column import ValueKind
from samenleven_desktop.ui.models.editable_model import GridColumn, GridModel

DUTCH = Language("nl")


@dataclass(frozen=True)
class Target:
    id: str
    name: str
    asked: int
    reached: int | None = None
    price_cents: int | None = None
    note: str | None = None
    jury: bool = False


TARGETS = [
    Target("a", "Oefenkansen Nederlands", 100, 40, 125_000),
    Target("b", "Buddywerking", 200, None, 87_050, "twee groepen"),
    Target("c", "Vrijwilligers", 300, 1450, None),
    Target("d", "Wijkactie", 0, None, None, "jury in mei", jury=True),
]


def whole(words: str) -> int:
    number = read_number(words, "reached")
    if number < 0:
        raise UserError("Type a whole number, for instance {example}.", example="1450")
    return number


def make_model(rows: list[Target] | None = None) -> GridModel[Target]:
    number, money = DUTCH.number, DUTCH.money
    model = GridModel[Target](
        [
            GridColumn("Actie", lambda row: row.name, stretch=3, key="name"),
            GridColumn(
                "Bevestigd",
                lambda row: number(row.asked),
                90,
                right=True,
                kind=ValueKind.NUMBER,
                value=lambda row: row.asked,
                field="asked",
                read=whole,
                required=True,
            ),
            GridColumn(
                "Bereikt",
                lambda row: "–" if row.reached is None else number(row.reached),
                90,
                right=True,
                kind=ValueKind.NUMBER,
                value=lambda row: row.reached,
                field="reached",
                read=whole,
                locked=lambda row: "Een jury beoordeelt dit, er valt niets te tellen." if row.jury else None,
            ),
            GridColumn(
                "Prijs",
                lambda row: "–" if row.price_cents is None else money(row.price_cents),
                100,
                right=True,
                kind=ValueKind.MONEY,
                value=lambda row: row.price_cents,
                field="price_cents",
                read=lambda words: read_money(words, "price_cents"),
            ),
            GridColumn(
                "Opmerking",
                lambda row: row.note or "",
                stretch=2,
                value=lambda row: row.note,
                field="note",
                read=str,
                choices=("afgerond", "loopt"),
            ),
        ],
        DUTCH,
        lambda row: row.id,
    )
    model.set_rows(TARGETS if rows is None else rows)
    return model
