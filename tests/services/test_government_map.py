"""The area as a map: the rows of the file against the answer, mergers by day, partnerships, and how many statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.readmodels.map import BRUSSELS, AreaGovernment, AreaMap
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments.map import area_map, outlines
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.partnership_commands import MakePartnership
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.practice.make import PRACTICE_PASSPHRASE
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace, open_workspace
from samenleven_desktop.storage.keys import KeyCost
from tests.builders import PARTNERSHIP, TODAY, WorkFile
from tests.raw import RawFile

CHEAP = KeyCost(1, 8, 1)


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def new(folder: Path, day: date, *codes: str) -> Workspace:
    """A new file of a coach with these governments, by the codes of that day or before."""
    made = create_workspace(folder / f"{day}.db", "een lange zin", Runtime(day=day), CHEAP)
    officer = made.run(AddOfficer("coach")).result
    made.choose_officer(officer)
    made.run(ChooseGovernments(officer, tuple(made.query(government_by_code, code).id for code in codes)))
    return made


def by_code(area: AreaMap) -> dict[str, AreaGovernment]:
    return {one.code: one for one in area.governments}


def test_every_government_says_what_the_rows_say(work_file: WorkFile, workspace: Workspace) -> None:
    found = by_code(workspace.query(area_map))
    raw = RawFile.read(work_file)
    codes = {row["id"]: row["code"] for row in raw.tables["government"]}
    assert found.keys() == {codes[row["government_id"]] for row in raw.tables["assignment"]}
    states: dict[str, Counter[str]] = {code: Counter() for code in codes.values()}
    for line in raw.expected_kpi(2, TODAY).values():
        states[line["government_code"]][line["state"]] += 1
    contacts: dict[str, str] = {}
    for row in raw.tables["session_government"]:
        code = codes[row["government_id"]]
        if row["day"] <= TODAY.isoformat():
            contacts[code] = max(contacts.get(code, ""), row["day"])
    for code, one in found.items():
        assert {name: n for name, n in vars(one.states).items() if n} == states[code]
        assert one.last_contact == date.fromisoformat(contacts[code])
        assert (one.codes, one.through) == ((code,), None)


def test_names_are_in_order_and_have_an_outline(workspace: Workspace) -> None:
    area = workspace.query(area_map)
    assert [one.name for one in area.governments] == ["Duffel", "Gent", "Lier", "Mechelen"]
    drawn = outlines(TODAY)
    assert {code for codes in area.on_map().values() for code in codes} <= drawn.keys()
    assert drawn["12025"].name == "Mechelen"


def test_another_year_gives_other_states(workspace: Workspace) -> None:
    first, second = (by_code(workspace.query(area_map, year))["12025"].states for year in (1, 2))
    assert first != second


def test_a_partnership_stands_for_its_members_that_are_not_mine(tmp_path: Path) -> None:
    workspace = new(tmp_path, TODAY, "12021")
    ids = {code: workspace.query(government_by_code, code).id for code in ("12021", "12009", "12026")}
    made = workspace.run(
        MakePartnership("Samen langs de Nete", "SW-NETE", ids["12021"], tuple(ids.values()), date(2022, 10, 1))
    ).result
    area = workspace.query(area_map)
    found = by_code(area)
    assert found["SW-NETE"].codes == ("12009", "12021", "12026")
    assert area.on_map() == {ids["12021"]: ("12021",), made: ("12009", "12026")}
    workspace.close()


def test_a_member_without_targets_of_its_own_shows_those_of_the_partnership(filled: Path) -> None:
    workspace = open_workspace(filled, Runtime(), PRACTICE_PASSPHRASE)
    found = by_code(workspace.query(area_map))
    workspace.close()
    assert len(found) == 23
    lier, together = found["12021"], found["SW-RIV"]
    assert lier.through == together.name
    assert lier.states == together.states
    assert lier.states.total > 0
    assert (found["12014"].through, found["12014"].states.total) == (None, 0)


@pytest.mark.parametrize(
    ("day", "codes"),
    [(date(2024, 12, 31), {"11002": ("11002",), "11007": ("11007",)}), (date(2025, 1, 1), {"11002": ("11002",)})],
)
def test_after_a_merger_the_old_code_shows_under_the_outline_of_that_day(
    tmp_path: Path, day: date, codes: dict[str, tuple[str, ...]]
) -> None:
    workspace = new(tmp_path, day, "11007", "11002")
    area = workspace.query(area_map)
    names = {one.id: one.code for one in area.governments}
    workspace.close()
    assert sorted(names.values()) == ["11002", "11007"]
    assert {names[id_]: shown for id_, shown in area.on_map().items()} == codes
    assert by_code(area)["11007"].codes[0] in outlines(day)


def test_a_merged_name_alone_fills_its_successor(tmp_path: Path) -> None:
    workspace = new(tmp_path, date(2025, 6, 1), "46014")
    area = workspace.query(area_map)
    workspace.close()
    assert [one.codes for one in area.governments] == [("46029",)]
    assert len(area.on_map()) == 1


def test_brussels_and_the_rim_have_a_place(tmp_path: Path) -> None:
    workspace = new(tmp_path, TODAY, "VGC", "RAND", "23102")
    area = workspace.query(area_map)
    found, names = by_code(area), {one.id: one.code for one in area.governments}
    workspace.close()
    assert found["VGC"].codes == (BRUSSELS,)
    assert len(found["RAND"].codes) == 6
    assert {code for one in found.values() for code in one.codes} <= outlines(TODAY).keys()
    shown = {names[id_]: codes for id_, codes in area.on_map().items()}
    assert shown["23102"] == ("23102",)
    assert len(shown["RAND"]) == 6 - ("23102" in found["RAND"].codes)


def test_without_governments_there_is_nothing_to_show(tmp_path: Path) -> None:
    workspace = new(tmp_path, TODAY)
    area = workspace.query(area_map)
    workspace.close()
    assert area == AreaMap(TODAY, ())
    assert area.on_map() == {}


def test_the_number_of_statements_does_not_grow(workspace: Workspace, filled: Path) -> None:
    larger = open_workspace(filled, Runtime(), PRACTICE_PASSPHRASE)
    counts = [one.query(_statements) for one in (workspace, larger)]
    larger.close()
    assert counts[0] == counts[1] <= 10


def _statements(reading: QueryContext) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(reading.view.connection, "before_cursor_execute", note)
    try:
        area_map(reading)
    finally:
        event.remove(reading.view.connection, "before_cursor_execute", note)
    return len(seen)


def test_the_partnership_of_others_is_not_mine(workspace: Workspace) -> None:
    assert PARTNERSHIP not in by_code(workspace.query(area_map))
