"""What was typed leaves in a file and comes in again as it was, whatever Unicode holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenleven_desktop.domain.field_declaration import FieldKind, RecordField
from samenleven_desktop.domain.fields import CONTACT, RECORDS
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.interchange.tables.reader import read_workbook
from samenleven_desktop.interchange.tables.writer import OutputTable, TableColumn, write_table
from samenleven_desktop.services.importing.values import read_cell
from tests.builders import TODAY
from tests.text_samples import TEXTS

FIELDS = [record[key] for record in RECORDS for key in record.texts]
PHONES = st.text(st.sampled_from("0123456789 -/.()"), min_size=6, max_size=20).map(lambda words: f"+3{words}2")
FEW = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
MANY = settings(FEW, max_examples=2000)


def come_back(folder: Path, ending: str, field: RecordField, typed: list[str]) -> None:
    stored = [words for one in typed if (words := field.tidy(one))]
    table = OutputTable(
        "Lijst", (TableColumn("Nr", "number"), TableColumn("Tekst")), tuple(enumerate(stored)), Language("nl")
    )
    path = folder / f"lijst{ending}"
    path.write_bytes(write_table(table, ending))
    rows = read_workbook(path).sheets[0].rows[1:]
    assert [read_cell(field, row[1], TODAY) for row in rows if len(row) > 1] == stored


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".csv"])
@FEW
@given(field=st.sampled_from(FIELDS), typed=st.lists(TEXTS, max_size=5), phones=st.lists(PHONES, max_size=3))
def test_a_text_comes_back(
    tmp_path: Path, ending: str, field: RecordField, typed: list[str], phones: list[str]
) -> None:
    come_back(tmp_path, ending, field, typed)
    come_back(tmp_path, ending, CONTACT["phone"], [*phones, "+32 470 12 34 56"])
    come_back(tmp_path, ending, CONTACT["name"], ["'=1+1", "''-x", "=1+1", "'kwam", "@thuis"])


@pytest.mark.long
@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".csv"])
@MANY
@given(field=st.sampled_from(FIELDS), typed=st.lists(TEXTS, max_size=20))
def test_any_text_comes_back(tmp_path: Path, ending: str, field: RecordField, typed: list[str]) -> None:
    come_back(tmp_path, ending, field, typed)


def test_the_fields_are_of_every_kind_of_text() -> None:
    assert {one.kind for one in FIELDS} == {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PHONE, FieldKind.MAIL}
