"""`samenleven list`: every kind holds what the rows hold; the filter, the names, both languages."""

from __future__ import annotations

import pytest

from samenleven_desktop.cli.parser import LIST_KINDS
from tests.builders import CODES, ORGANISATION, PARTNERSHIP, WorkFile
from tests.cli.conftest import Caller
from tests.raw import RawFile

# Once published these names stay: add, never rename.
NAMES = {
    "governments": {
        "id",
        "code",
        "kind",
        "name",
        "reference_region",
        "mine",
        "member_count",
        "partnership",
        "states",
        "last_contact",
        "open_agreements",
        "late_agreements",
        "served_count",
    },
    "sessions": {
        "id",
        "day",
        "start_minute",
        "end_minute",
        "travel_minutes",
        "form",
        "officer",
        "track_id",
        "track_title",
        "government_ids",
        "government_names",
        "action_numbers",
        "offer_titles",
        "report",
        "agreement_count",
        "offer_ids",
        "actions",
    },
    "offers": {
        "id",
        "title",
        "organisation",
        "cost",
        "action_numbers",
        "all_actions",
        "mentor_code",
        "price_cents",
        "price_unit",
        "note",
        "source",
        "shipped",
        "valid_from",
        "valid_until",
        "region",
        "changed_by_us",
        "organisation_id",
        "action_ids",
        "actions",
    },
    "uses": {
        "id",
        "government_id",
        "government_name",
        "offer_id",
        "offer_title",
        "organisation",
        "cost",
        "commitment_id",
        "target_id",
        "year",
        "action_number",
        "target_label",
        "unit",
        "start",
        "end",
        "price_cents",
        "paid_from",
        "expected_units",
        "real_units",
        "evaluation",
        "warnings",
        "plan",
        "plan_id",
        "target_code",
    },
    "entries": {
        "id",
        "commitment_id",
        "government_name",
        "member_name",
        "action_number",
        "target_label",
        "unit",
        "day",
        "kind",
        "units",
        "note",
        "session_id",
        "offer_title",
        "corrected",
        "corrects_id",
        "offer_use_id",
        "also_counted_for",
        "plan",
        "uncounted",
        "target_code",
    },
    "follow-ups": {
        "id",
        "government_id",
        "government_name",
        "session_id",
        "who",
        "what",
        "due",
        "done_on",
        "late",
    },
    "partnerships": {
        "id",
        "code",
        "name",
        "reference_region",
        "applicant_code",
        "applicant_name",
        "valid_from",
        "valid_until",
        "members",
    },
    "organisations": {
        "id",
        "code",
        "name",
        "organisation_kind",
        "reference_region",
        "page",
        "services",
        "contacts",
        "offers",
        "mine",
    },
    "services": {
        "id",
        "organisation_id",
        "organisation_code",
        "organisation_name",
        "government_id",
        "government_code",
        "government_name",
        "valid_from",
        "valid_until",
        "target_id",
        "target_value",
        "note",
        "present",
        "action",
        "action_title",
        "target_code",
        "target_label",
        "unit",
        "reached",
    },
    "mentors": {
        "id",
        "action_number",
        "action_title",
        "government_code",
        "government_name",
        "learning_network",
        "note",
        "source",
    },
}
TABLES = {
    "sessions": "support_session",
    "offers": "offer",
    "uses": "offer_use",
    "commitments": "commitment",
    "entries": "kpi_entry",
    "follow-ups": "follow_up",
}


@pytest.mark.parametrize("kind", LIST_KINDS)
def test_each_kind_is_one_document_and_a_table_in_both_languages(ask: Caller, kind: str) -> None:
    document = ask("list", kind, "--json").json
    name = kind.replace("-", "_")
    rows = document[name]
    assert (document["kind"], document["count"]) == (name, len(rows))
    assert rows
    if kind in NAMES:
        assert all(row.keys() == NAMES[kind] for row in rows)
    for language in ("nl", "en"):
        answer = ask("list", kind, "--lang", language)
        assert (answer.code, answer.err) == (0, "")
        lines = answer.out.splitlines()
        assert len(lines) == len(rows) + 3
        assert set(lines[1]) == {"-", " "}


@pytest.mark.parametrize(("kind", "table"), TABLES.items())
def test_each_live_row_is_listed_once(ask: Caller, work_file: WorkFile, kind: str, table: str) -> None:
    raw = RawFile.read(work_file).tables[table]
    rows = ask("list", kind, "--json").json[kind.replace("-", "_")]
    assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in raw)


def test_governments_with_work_and_all_of_them(ask: Caller) -> None:
    some = ask("list", "governments", "--json").json["governments"]
    assert {row["code"] for row in some} == {*CODES, PARTNERSHIP}
    every = ask("list", "governments", "--all", "--json").json["governments"]
    assert len(every) > 300
    assert {row["code"] for row in some} < {row["code"] for row in every}


def test_the_filter_wants_all_words_anywhere_without_accents(ask: Caller) -> None:
    every = ask("list", "sessions", "--json").json["sessions"]
    some = ask("list", "sessions", "--json", "--filter", "MECHELEN coordinator").json["sessions"]
    assert [row["id"] for row in some] == [row["id"] for row in every if "Mechelen" in row["government_names"]]
    assert 0 < len(some) < len(every)
    nothing = ask("list", "sessions", "--filter", "bestaatniet")
    assert nothing.code == 0
    assert ask("list", "sessions", "--json", "--filter", "bestaatniet").json["sessions"] == []


def test_government_and_year_narrow_a_list(ask: Caller) -> None:
    rows = ask("list", "sessions", "--json", "--government", "12025", "--year", 2).json["sessions"]
    assert rows
    assert all("Mechelen" in row["government_names"] and "2023-10-01" <= row["day"] <= "2024-09-30" for row in rows)
    assert len(ask("list", "partnerships", "--json", "--government", "12009").json["partnerships"]) == 1
    assert ask("list", "partnerships", "--json", "--government", "44021").json["partnerships"] == []
    assert [
        row["code"] for row in ask("list", "organisations", "--json", "--government", "12025").json["organisations"]
    ]
    assert ask("list", "organisations", "--json", "--government", "44021").json["organisations"] == []
    (own,) = ask("list", "services", "--json", "--government", ORGANISATION.lower()).json["services"]
    assert (own["government_code"], own["target_code"], own["target_value"]) == ("12025", "A9a", 40)


def test_an_option_that_means_nothing_is_not_passed_over(ask: Caller) -> None:
    answer = ask("list", "offers", "--government", "12025")
    assert answer.code == 1
    assert "government" in answer.err


def test_long_reports_are_cut_in_the_table_only(ask: Caller) -> None:
    whole = ask("list", "sessions", "--json").json["sessions"][0]["report"]
    assert whole.endswith("najaar.")
    assert "\n" in whole
    assert "najaar" not in ask("list", "sessions").out
