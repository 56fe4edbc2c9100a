"""Every field is declared once, and one name means one thing."""

from __future__ import annotations

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.field_declaration import FieldKind
from samenleven_desktop.domain.fields import COMMITMENT, CONTACT, OFFER, RECORDS, SESSION, TRACK, USE
from samenleven_desktop.services.core.checks import check_value
from samenleven_desktop.storage.models import TRACKED, table_of

NO_COLUMN = {("support_session", "actions")}


def test_every_field_is_a_column_of_its_record() -> None:
    for record in RECORDS:
        columns = table_of(TRACKED[record.table]).c
        for key, field in record.items():
            assert key in columns or (record.table, key) in NO_COLUMN, (record.table, key)
            assert field.kind is not FieldKind.DAY or columns[key].type.python_type.__name__ == "date", key


def test_personal_columns_of_a_declared_record_are_the_declared_ones() -> None:
    assert len({record.table for record in RECORDS}) == len(RECORDS)
    for record in RECORDS:
        assert TRACKED[record.table].personal == record.personal, record.table


def test_one_name_means_one_thing_in_every_record() -> None:
    """The history looks a label and a kind up by the name of the field alone."""
    labels: dict[str, str] = {}
    kinds: dict[str, FieldKind] = {}
    for record in RECORDS:
        for key, field in record.items():
            if field.label:
                assert labels.setdefault(key, field.label) == field.label, (record.table, key)
                assert kinds.setdefault(key, field.kind) is field.kind, (record.table, key)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (OFFER["title"], "  ", "Give the offer a title."),
        (OFFER["title"], "x" * 501, "This text is too long: at most 500 characters."),
        (TRACK["goal"], "x" * 100_001, "This text is too long: at most 100000 characters."),
        (USE["start"], None, "Say from which day the offer is used."),
        (USE["real_units"], -1, "Type a whole number, 0 or more."),
        (COMMITMENT["confirmed"], 10_000_000, "This number is too large: at most 9999999."),
        (COMMITMENT["confirmed"], True, "Type a whole number, 0 or more."),
        (COMMITMENT["granted_cents"], -1, "Type an amount of 0 or more, for instance 1.440,50."),
        (COMMITMENT["rank"], 0, "Type a rank from 1 to 99."),
        (COMMITMENT["rank"], 5000, "Type a rank from 1 to 99."),
        (SESSION["travel_minutes"], -1, "Type the travel time in minutes: from 0 to 1440, a whole day."),
    ],
)
def test_a_value_outside_its_limits_is_refused_at_its_field(field, value, message) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UserError) as found:
        check_value(field, value)
    assert (str(found.value), found.value.field) == (message, field.key)


def test_nothing_is_kept_as_the_declaration_says() -> None:
    assert check_value(SESSION["report"], "") == ""
    assert check_value(CONTACT["role"], "  ") is None
    assert check_value(OFFER["title"], " naam ") == "naam"
    assert check_value(SESSION["report"], " naam \n") == "naam"
