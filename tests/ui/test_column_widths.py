"""How the columns of a list share its width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.ui.models.column import Column
from samenleven_desktop.ui.widgets.column_widths import Need, share_width

pytestmark = pytest.mark.gui


@pytest.mark.parametrize("room", [200, 300, 470, 520, 700, 900, 1400])
def test_sharing_the_width(room: int) -> None:
    columns: list[Column[str]] = [
        Column("Naam", str, stretch=3),
        Column("Getal", str, 120, right=True),
        Column("Nog een", str, stretch=1),
    ]
    needs = [Need(110, 400), Need(70, 70), Need(60, 90)]
    widths = share_width(room, columns, needs)
    assert sum(widths) == max(room, 110 + 70 + 60)
    assert all(width >= need.least for width, need in zip(widths, needs, strict=True))
    # No text is shortened while another has more than it needs.
    shortened = widths[0] < 400
    assert not shortened or (widths[1] == 70 and widths[2] <= 90)
    assert widths[1] == 120 or room < 400 + 120 + 90


@given(
    st.integers(0, 3000),
    st.lists(st.tuples(st.integers(30, 200), st.integers(0, 400), st.booleans(), st.integers(1, 6)), min_size=1),
)
def test_no_text_is_shortened_while_another_has_room(room: int, drawn: list[tuple[int, int, bool, int]]) -> None:
    columns = [Column("", str, 0 if open_ else 60, stretch) for _, _, open_, stretch in drawn]
    needs = [Need(least, least + more) for least, more, _, _ in drawn]
    widths = share_width(room, columns, needs)
    assert all(width >= need.least for width, need in zip(widths, needs, strict=True))
    if any(width < need.whole for width, need in zip(widths, needs, strict=True)):
        assert sum(widths) <= max(room, sum(need.least for need in needs))
        assert all(width <= need.whole for width, need in zip(widths, needs, strict=True))
    elif any(column.width == 0 for column in columns):
        assert sum(widths) == room


def test_without_a_text_column_each_keeps_its_own_width() -> None:
    columns: list[Column[str]] = [Column("A", str, 80), Column("B", str, 90)]
    assert share_width(1000, columns, [Need(40, 40), Need(120, 120)]) == [80, 120]
