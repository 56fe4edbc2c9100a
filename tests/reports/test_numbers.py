"""Every number in a report is one that `samenleven kpi` or `list` gives for the same filter: searched by hypothesis.

The command line is asked once for everything; what a report should say is counted from those rows, independently.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenleven_desktop.__main__ import main
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.reports.document import (
    Checklist,
    Document,
    Heading,
    KeyFigures,
    ShareBars,
    Table,
    cell_words,
)
from samenleven_desktop.services.governments import whole_lists as listing
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.practice.make import PRACTICE_DATE, PRACTICE_PASSPHRASE
from samenleven_desktop.services.reports.kinds import document_of
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.sessions.commands import NewKpiEntry, RegisterSession, SessionContent
from samenleven_desktop.services.stimuli.queries import stimuli
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace

ENGLISH = Language("en")
STATES = ("reached", "on_course", "behind", "at_risk", "no_entry", "jury")
STATE_WORDS = ("reached", "on course", "behind", "at risk", "no entry yet", "jury")
DAYS = (date(2023, 1, 31), date(2023, 9, 30), date(2023, 12, 31), PRACTICE_DATE)

Rows = list[dict[str, Any]]
Lists = Callable[..., Rows]


@dataclass(frozen=True)
class Filter:
    governments: tuple[str, ...]
    year: int
    first: date
    last: date


@pytest.fixture(scope="session")
def lists(practice_copy: Path) -> Lists:
    """`samenleven LIST --json` of the practice file, each asked once."""
    known: dict[tuple[str, ...], Rows] = {}

    def ask(name: str, *words: str, today: date = PRACTICE_DATE) -> Rows:
        key = (name, *words, str(today))
        if key not in known:
            out = io.StringIO()
            with contextlib.redirect_stdout(out), pytest.MonkeyPatch.context() as patch:
                patch.setenv("SAMENLEVEN_PASSPHRASE", PRACTICE_PASSPHRASE)
                store = ("--store", str(practice_copy), "--today", str(today), "--json")
                assert main([*name.split(), *words, *store]) == 0
            answer = json.loads(out.getvalue())
            known[key] = next(value for value in answer.values() if isinstance(value, list))
        return known[key]

    return ask


@st.composite
def filters(draw: st.DrawFn) -> tuple[int, int, date, int]:
    """Which governments (as a number of bits), the project year, the last day, and how many days before the first."""
    year = draw(st.sampled_from((1, 2)))
    last = draw(st.sampled_from([day for day in DAYS if day.year * 12 + day.month > 2021 * 12 + year * 12 + 9]))
    return draw(st.integers(0, 2**23 - 1)), year, last, draw(st.integers(0, 400))


def filter_of(lists: Lists, drawn: tuple[int, int, date, int]) -> Filter:
    bits, year, last, before = drawn
    mine = sorted(row["id"] for row in lists("list governments") if row["mine"])
    chosen = tuple(one for place, one in enumerate(mine) if bits >> place & 1)
    return Filter(chosen or tuple(mine), year, last - timedelta(days=before), last)


def report(practice: Workspace, kind: str, wanted: Filter) -> Document:
    request = ReportRequest(kind, wanted.governments, wanted.year, (wanted.first, wanted.last))
    return practice.query(document_of, request, ENGLISH)


def commitments(lists: Lists, wanted: Filter) -> Rows:
    rows = lists("kpi", "--year", str(wanted.year), today=wanted.last)
    return [row for row in rows if row["government_id"] in wanted.governments]


def sessions(lists: Lists, wanted: Filter) -> Rows:
    period = (str(wanted.first), str(wanted.last))
    return [
        row
        for row in lists("list sessions")
        if period[0] <= row["day"] <= period[1] and set(row["government_ids"]) & set(wanted.governments)
    ]


def tables(made: Document, heading: str) -> list[list[list[str]]]:
    """The tables under a heading, as words; numbers of sections are left out."""
    found: list[list[list[str]]] = []
    here = False
    for block in made.blocks:
        if isinstance(block, Heading) and block.level == 1:
            here = block.text.lstrip("0123456789 ") == heading
        elif here and isinstance(block, Table):
            found.append([[cell_words(cell) for cell in row] for row in block.rows])
    return found


def figures(made: Document) -> dict[str, tuple[str, str]]:
    block = next(one for one in made.blocks if isinstance(one, KeyFigures))
    return {caption: (figure, remark) for caption, figure, remark in block.figures}


def number(words: str) -> int:
    return 0 if words in ("–", "") else int(words.replace(",", ""))


def shown(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def money(cents: int) -> str:
    return f"€{cents / 100:,.2f}".removesuffix(".00")


searched = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@searched
@given(drawn=filters())
def test_kpi(practice: Workspace, lists: Lists, drawn: tuple[int, int, date, int]) -> None:
    wanted = filter_of(lists, drawn)
    rows, made = commitments(lists, wanted), report(practice, "kpi", wanted)
    states = Counter(row["state"] for row in rows)
    if rows:
        found = {caption: number(figure) for caption, (figure, _) in figures(made).items()}
        assert found == {words: states[key] for key, words in zip(STATES, STATE_WORDS, strict=True) if states[key]}
    (per_action,) = tables(made, "Per action")
    counted = [row for row in rows if row["state"] != "jury"]
    assert sum(number(row[2]) for row in per_action) == len(rows)
    assert sum(number(row[3]) for row in per_action) == sum(row["confirmed"] or 0 for row in counted)
    assert sum(number(row[4]) for row in per_action) == sum(row["reached_to_date"] or 0 for row in counted)
    assert sum(number(row[5]) for row in per_action) == states["behind"] + states["at_risk"]
    regions = {row["id"]: row["reference_region"] or "–" for row in lists("list governments")}
    for heading, key in (
        ("Per region", lambda row: regions[row["government_id"]]),
        ("Per government", lambda row: row["government_name"]),
    ):
        (table,) = tables(made, heading)
        groups = {key(row) for row in rows}
        assert {row[0] for row in table} == groups
        for row in table:
            own = [one for one in rows if key(one) == row[0]]
            amounts = [one["amount_cents"] for one in own if one["amount_cents"] is not None]
            assert number(row[1]) == len(own)
            assert [number(cell) for cell in row[2:8]] == [
                sum(one["state"] == state for one in own) for state in STATES
            ]
            assert str(row[8]).removesuffix("*") == (money(sum(amounts)) if amounts else "–")
    told = [row for table in tables(made, "Every target") for row in table]
    assert sorted(tuple(row[2:5]) for row in told) == sorted(
        (shown(row["confirmed"]), shown(row["reached_to_date"]), shown(row["expected_today"])) for row in rows
    )


@searched
@given(drawn=filters())
def test_activity(practice: Workspace, lists: Lists, drawn: tuple[int, int, date, int]) -> None:
    wanted = filter_of(lists, drawn)
    rows, made = sessions(lists, wanted), report(practice, "activity", wanted)
    minutes = {row["id"]: row["end_minute"] - row["start_minute"] for row in rows}
    found = figures(made)
    assert found["Sessions"] == (shown(len(rows)), ENGLISH.duration(sum(minutes.values())))
    assert found["Travel time"][0] == ENGLISH.duration(sum(row["travel_minutes"] for row in rows))
    agreements = [row for row in lists("list follow-ups") if row["government_id"] in wanted.governments]
    done = [row for row in agreements if str(wanted.first) <= (row["done_on"] or "") <= str(wanted.last)]
    still = [row for row in agreements if row["done_on"] is None]
    assert found["Agreements done"] == (shown(len(done)), f"{len(still):,} still open")
    by_name = Counter(name for row in rows for name in row["government_names"])
    assert number(found["Governments seen"][0]) == len(by_name)
    if not rows:
        return
    (governments,) = tables(made, "Per government")
    assert {row[0]: number(row[1]) for row in governments} == by_name
    for row in governments:
        own = [one for one in rows if row[0] in one["government_names"]]
        assert row[2] == ENGLISH.duration(sum(minutes[one["id"]] for one in own))
    (forms,) = tables(made, "Per form")
    assert sum(number(row[1]) for row in forms) == len(rows)
    months = [cell for table in tables(made, "Per month") for cell in table[0][1:]]
    assert sum(map(number, months)) == len(rows)


@pytest.mark.slow
@searched
@given(drawn=filters())
def test_coaching(practice: Workspace, lists: Lists, drawn: tuple[int, int, date, int]) -> None:
    wanted = filter_of(lists, drawn)
    wanted = Filter(wanted.governments[:1], wanted.year, wanted.first, wanted.last)
    rows, held = commitments(lists, wanted), sessions(lists, wanted)
    made = report(practice, "coaching", wanted)
    counted = [row for row in rows if row["state"] != "jury"]
    good = sum(row["state"] in ("reached", "on_course") for row in counted)
    found = figures(made)
    assert found["KPIs on course"][0] == f"{good} of {len(counted)}"
    minutes = sum(row["end_minute"] - row["start_minute"] for row in held)
    assert found["Sessions"] == (shown(len(held)), ENGLISH.duration(minutes))
    told = [row for table in tables(made, "The five numbers of each target") for row in table]
    names = ("existing_reach", "requested", "confirmed", "interim_reached", "final_reached")
    assert sorted(tuple(row[1:6]) for row in told) == sorted(tuple(shown(row[name]) for name in names) for row in rows)
    own = tables(made, "State of the actions")
    if any(isinstance(block, Heading) and block.text.startswith("Through ") for block in made.blocks):
        # Of a member of a partnership: the last table is that of the partnership.
        own = own[:-1]
    told = [row for table in own for row in table]
    assert sorted(tuple(row[2:5]) for row in told) == sorted(
        (shown(row["confirmed"]), shown(row["reached_to_date"]), shown(row["expected_today"])) for row in rows
    )
    told = [row for table in tables(made, "Sessions") for row in table]
    assert Counter(row[2] for row in told) == Counter(
        ENGLISH.duration(row["end_minute"] - row["start_minute"]) for row in held
    )
    used = [
        row
        for row in lists("list uses")
        if row["government_id"] == wanted.governments[0]
        and row["start"] <= str(wanted.last)
        and (row["end"] or "9") >= str(wanted.first)
    ]
    told = [row for table in tables(made, "Offers in use") for row in table]
    prices = [row["price_cents"] for row in used if row["price_cents"] is not None]
    assert Counter(row[3] for row in told if row[3] != "–") == Counter(map(money, prices))
    granted = sum(row["amount_cents"] or 0 for row in rows)
    block = [one for one in made.blocks if isinstance(one, KeyFigures)][-1]
    amounts = {caption: figure for caption, figure, _ in block.figures}
    assert amounts["Subsidy"] == amounts["Own contribution"] == money(granted)


@pytest.mark.slow
@searched
@given(drawn=filters())
def test_motivation_and_hand_over(practice: Workspace, lists: Lists, drawn: tuple[int, int, date, int]) -> None:
    wanted = filter_of(lists, drawn)
    wanted = Filter(wanted.governments[:1], wanted.year, wanted.first, wanted.last)
    rows = commitments(lists, wanted)
    short = [
        row
        for row in rows
        if row["state"] != "jury"
        and row["confirmed"]
        and ((row["reached_to_date"] or 0) if row["final_reached"] is None else row["final_reached"]) < row["confirmed"]
    ]
    made = report(practice, "motivation", wanted)
    assert sum(isinstance(block, Heading) and block.level == 1 for block in made.blocks) == len(short)
    made = report(practice, "handover", wanted)
    told = [row for table in tables(made, "The five numbers of each target") for row in table]
    assert sorted(row[3] for row in told) == sorted(shown(row["confirmed"]) for row in rows)
    assert sum(len(table) for table in tables(made, "Sessions")) == len(sessions(lists, wanted))


COSTS = ("agency", "paid", "free", "unknown")
COST_WORDS = {"agency": "agency", "paid": "paid", "free": "free", "unknown": "not known"}


@pytest.mark.slow
@searched
@given(drawn=filters())
def test_offers(practice: Workspace, lists: Lists, drawn: tuple[int, int, date, int]) -> None:
    wanted = filter_of(lists, drawn)
    offers, made = lists("list offers"), report(practice, "offers", wanted)
    used = Counter(
        row["offer_id"]
        for row in lists("list uses")
        if row["government_id"] in wanted.governments
        and row["start"] <= str(wanted.last)
        and (row["end"] or "9") >= str(wanted.first)
    )
    by_cost = Counter(COST_WORDS[row["cost"]] for row in offers)
    assert {caption: number(figure) for caption, (figure, _) in figures(made).items()} == by_cost

    def line(row: dict[str, Any]) -> tuple[str, ...]:
        unit = f" / {row['price_unit']}" if row["price_unit"] else ""
        price = "–" if row["price_cents"] is None else f"{money(row['price_cents'])}{unit}"
        return row["title"], row["organisation"], COST_WORDS[row["cost"]], price, shown(used[row["id"]])

    expected = [line(row) for row in offers for _ in [*row["action_numbers"], *([0] if row["all_actions"] else [])]]
    told = [tuple(row) for table in tables(made, "Offers per action") for row in table]
    assert sorted(told) == sorted(expected)
    assert sum(map(len, tables(made, "Mentor governments"))) == len(lists("list mentors"))
    assert sum(map(len, tables(made, "Inspiring examples"))) == len(lists("list examples"))


@searched
@given(drawn=filters())
def test_week(practice: Workspace, lists: Lists, drawn: tuple[int, int, date, int]) -> None:
    wanted = filter_of(lists, drawn)
    wanted = Filter(wanted.governments, wanted.year, wanted.last - timedelta(days=6), wanted.last)
    made = report(practice, "week", wanted)
    late = [row for row in lists("list follow-ups") if row["late"] and row["government_id"] in wanted.governments]
    (told,) = (block for block in made.blocks if isinstance(block, Checklist))
    assert Counter((words.partition(": ")[2], remark) for _, words, remark in told.items) == Counter(
        (row["what"], f"late: {ENGLISH.day_short(date.fromisoformat(row['due']))}") for row in late
    )
    rows = [row for table in tables(made, "Day by day") for row in table]
    of_sessions = Counter(row[0] for row in rows if row[1] == "session")
    assert of_sessions == Counter(
        f"{row['start_minute'] // 60:02}:{row['start_minute'] % 60:02}"
        f"–{row['end_minute'] // 60:02}:{row['end_minute'] % 60:02}"
        for row in sessions(lists, wanted)
    )
    due = [
        row["what"] if row["done_on"] is None else f"{row['what']} · done"
        for row in lists("list follow-ups")
        if row["government_id"] in wanted.governments and str(wanted.first) <= (row["due"] or "") <= str(wanted.last)
    ]
    assert Counter(row[3] for row in rows if row[1] == "agreement") == Counter(due)


@searched
@given(place=st.integers(0, 10_000))
def test_session(practice: Workspace, lists: Lists, place: int) -> None:
    every = lists("list sessions")
    row = every[place % len(every)]
    made = practice.query(document_of, ReportRequest("session", session_id=row["id"]), ENGLISH)
    found = figures(made)
    assert found["Length"][0] == ENGLISH.duration(row["end_minute"] - row["start_minute"])
    assert found["Date"][0] == ENGLISH.day_short(date.fromisoformat(row["day"]))
    assert found["Actions"][0] == (", ".join(map(str, row["action_numbers"])) or "–")
    agreed = [one["what"] for one in lists("list follow-ups") if one["session_id"] == row["id"]]
    (told,) = (block for block in made.blocks if isinstance(block, Checklist))
    assert Counter(words.partition(": ")[2] for _, words, _ in told.items) == Counter(agreed)
    assert row["agreement_count"] == len(agreed)


def test_what_was_counted_in_a_session(filled: Path) -> None:
    """No session of the practice file has counts, so here is one."""
    with closing(open_workspace(filled, Runtime(day=PRACTICE_DATE), PRACTICE_PASSPHRASE)) as workspace:
        targets = workspace.query(kpi.list_commitments, 2)[:3]
        entries = tuple(
            NewKpiEntry(one.id, EntryKind.READING if place else EntryKind.INCREMENT, 1200 + place)
            for place, one in enumerate(targets)
        )
        content = SessionContent(PRACTICE_DATE, 600, 690, SessionMode.VISIT, (targets[0].government_id,))
        session = workspace.run(RegisterSession(content, entries=entries)).result
        made = workspace.query(document_of, ReportRequest("session", session_id=session), ENGLISH)
        listed = workspace.query(kpi.list_entries, [one.id for one in targets])
    (told,) = tables(made, "KPI entries")
    expected = [(str(one.action_number), one.units) for one in listed if one.session_id == session]
    assert len(expected) == len(entries)
    assert sorted((cells[0], int(re.sub(r"\D", "", cells[3]))) for cells in told) == sorted(expected)


OUTCOME_WORDS = {"possible": "possible", "not_possible": "not possible", "incomplete": "incomplete"}
FINDING_WORDS = {"met": "met", "not_met": "not met", "not_known": "not known"}


@pytest.mark.slow
@searched
@given(drawn=filters())
def test_stimulus_overview(practice: Workspace, lists: Lists, drawn: tuple[int, int, date, int]) -> None:
    wanted = filter_of(lists, drawn)
    names = {row["id"]: row["name"] for row in lists("list governments") if row["id"] in wanted.governments}
    rows = [
        row
        for row in lists("list stimuli", "--year", str(wanted.year), today=wanted.last)
        if row["government_name"] in names.values()
    ]
    made = report(practice, "stimulus-overview", wanted)
    (table,) = (block for block in made.blocks if isinstance(block, Table))
    kinds = [column.header for column in table.columns][1:-1]
    told = {(str(row[0]), kind): cell for row in table.rows for kind, cell in zip(kinds, row[1:-1], strict=True)}
    answers = {
        (row["government_name"], row["kind_name"]): row["state"] or OUTCOME_WORDS[row["outcome"]] for row in rows
    }
    assert told == answers
    granted = defaultdict(int)
    for row in rows:
        if row["state"] in ("granted", "renewed"):
            granted[row["government_name"]] += row["amount_cents"] or 0
    for row in table.rows:
        assert row[-1] == (money(granted[str(row[0])]) if granted[str(row[0])] else "–")
    bars = [block for block in made.blocks if isinstance(block, ShareBars)]
    counts = Counter(answers.values())
    assert [{label: count for label, count, _ in block.bars} for block in bars] == ([counts] if len(counts) > 1 else [])


@pytest.mark.slow
@searched
@given(drawn=filters())
def test_stimulus_explanation(practice: Workspace, lists: Lists, drawn: tuple[int, int, date, int]) -> None:
    wanted = filter_of(lists, drawn)
    wanted = Filter(wanted.governments[:1], wanted.year, wanted.first, wanted.last)
    (code,) = (row["code"] for row in lists("list governments") if row["id"] in wanted.governments)
    asked = ("--government", code, "--year", str(wanted.year), "--lang", "en")
    rows = lists("stimulus", *asked, today=wanted.last)
    made = report(practice, "stimulus-explanation", wanted)
    headings = [block.text for block in made.blocks if isinstance(block, Heading) and block.level == 1]
    assert headings[: len(rows)] == [row["kind_name"] for row in rows]
    for row in rows:
        (told,) = tables(made, row["kind_name"])
        assert len(told) == len(row["conditions"])
        for cells, one in zip(told, row["conditions"], strict=True):
            assert (cells[0], cells[1], cells[3]) == (one["text"], FINDING_WORDS[one["state"]], one["source"])
            assert cells[2].startswith(one["fact"])
            if one["date"] is not None:
                assert ENGLISH.day(date.fromisoformat(one["date"])) in cells[2]


def test_the_stimuli_of_one_government_are_those_of_the_whole_list(practice: Workspace) -> None:
    every = practice.query(listing.all_governments)
    together = practice.query(stimuli, 2, [line.id for line in every])
    alone = [one for line in every[::9] for one in practice.query(stimuli, 2, [line.id])]
    assert alone
    assert all(one in together for one in alone)
