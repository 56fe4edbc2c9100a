"""A cell of an exported list is recognised, whatever its text, number or day, in every form of file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.tables.reader import read_workbook
from samenleven_desktop.interchange.tables.writer import ENDINGS, OutputTable, TableColumn, Value, write_table
from samenleven_desktop.services.importing.own_rows import same_cell
from samenleven_desktop.services.importing.values import text
from tests.text_samples import TEXTS

VALUES = st.one_of(
    TEXTS,
    st.integers(-(10**9), 10**11),
    st.integers(0, 10**11).map(lambda cents: Decimal(cents) / 100),
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.none(),
)
COLUMNS = {date: "date", int: "number", Decimal: "money"}


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
@given(values=st.lists(VALUES, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_what_was_written_is_recognised(
    ending: str, values: list[Value], tmp_path_factory: pytest.TempPathFactory
) -> None:
    columns = (
        *(TableColumn(f"k{at}", COLUMNS.get(type(one), "text")) for at, one in enumerate(values)),
        TableColumn("x"),
    )
    path = tmp_path_factory.mktemp("uit") / f"lijst{ending}"
    path.write_bytes(write_table(OutputTable("Lijst", columns, ((*values, "einde"),), Language("nl")), ending))
    row = read_workbook(path).sheets[0].rows[1]
    for value, cell in zip(values, row, strict=False):
        assert text(cell) == "" or same_cell(cell, value), (value, cell)


@pytest.mark.parametrize(
    ("cell", "value"), [("63", 62), (62.5, 62), ("een", "twee"), (date(2024, 1, 2), date(2024, 1, 3))]
)
def test_another_value_is_not(cell: str | float, value: object) -> None:
    assert not same_cell(cell, value)
