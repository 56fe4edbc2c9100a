"""`samenleven offer-advice` in both shapes."""

from __future__ import annotations

from tests.cli.conftest import Caller

NAMES = {
    "kind",
    "reason",
    "action_number",
    "target_id",
    "commitment_id",
    "state",
    "title",
    "organisation",
    "cost",
    "offer_id",
    "price_cents",
    "price_unit",
    "room_cents",
    "note",
    "source",
    "in_use",
}


def test_one_document_with_published_names(ask: Caller) -> None:
    document = ask("offer-advice", "--government", "12025", "--year", 2, "--action", 17, "--json").json
    assert (document["government_name"], document["year"], document["action"]) == ("Mechelen", 2, 17)
    assert document["advice"]
    assert all(row.keys() == NAMES for row in document["advice"])
    assert {row["cost"] for row in document["advice"]} <= {"agency", "paid", "free", "unknown", None}


def test_a_table_in_both_languages(ask: Caller) -> None:
    for language, word in (("nl", "lerend netwerk"), ("en", "learning network")):
        answer = ask("offer-advice", "--government", "12025", "--year", 2, "--action", 17, "--lang", language)
        assert (answer.code, answer.err) == (0, "")
        assert word in answer.out


def test_a_government_is_needed_and_has_to_be_known(ask: Caller) -> None:
    assert ask("offer-advice", "--year", 2).code == 2
    answer = ask("offer-advice", "--government", "99999")
    assert answer.code == 1
    assert "99999" in answer.err
