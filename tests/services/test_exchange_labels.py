"""What the window and the command line say of packs, colleagues and conflicts, in Dutch."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.i18n.exchange_labels import (
    brought_text,
    choice_text,
    colleague_state,
    conflict_field,
    conflict_where,
    preview_notes,
    side_text,
)
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.exchange import (
    Choice,
    ColleagueLine,
    ConflictKind,
    ConflictLine,
    PackPreview,
    Side,
    WaitingLine,
)

DUTCH = Language("nl")
MOMENT = datetime(2023, 11, 3, 12, 0, tzinfo=UTC)


def colleague(**values: object) -> ColleagueLine:
    known = {
        "fingerprint": "f",
        "label": "coach B",
        "words": (),
        "trusted_at": MOMENT,
        "revoked": False,
        "last_received": None,
        "last_sent": None,
        "heard": True,
        "has_until": MOMENT,
        "waiting": 0,
    }
    return ColleagueLine(**(known | values))  # type: ignore[arg-type]


def preview(**values: object) -> PackPreview:
    known = {
        "file_name": "b.samenleven",
        "size": 2048,
        "pack_id": "p",
        "number": 8,
        "sender": "coach B",
        "fingerprint": "f",
        "profile": Profile.MINE,
        "made_at": MOMENT,
        "changes": 0,
        "known": 0,
        "new": 0,
        "changed": 0,
        "deleted": 0,
        "conflicts": (),
        "not_understood": 0,
        "waiting": (),
        "erased": 0,
        "missing_packs": (),
        "since": None,
        "governments": (),
    }
    return PackPreview(**(known | values))  # type: ignore[arg-type]


def conflict(kind: ConflictKind, mine: object, theirs: object, **values: object) -> ConflictLine:
    known = {
        "id": "c",
        "kind": kind,
        "table_name": "follow_up",
        "row_id": "r",
        "field": "what",
        "governments": ("Mechelen",),
        "day": date(2024, 3, 4),
        "mine": Side(mine, "coach A", MOMENT),
        "theirs": Side(theirs, "coach B", MOMENT),
        "shown": Choice.MINE,
        "can_both": True,
        "found_at": MOMENT,
    }
    return ConflictLine(**(known | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (colleague(waiting=14), "Heeft alles tot 3 november 2023; 14 wijzigingen wachten."),
        (colleague(), "Heeft alles tot 3 november 2023."),
        (colleague(has_until=None), "Heeft nog niets van jou."),
        (colleague(heard=False), "Nog niets van gehoord: in het eerste bestand zit alles."),
        (colleague(revoked=True), "Niet meer vertrouwd: er gaat niets meer heen en er komt niets meer van."),
    ],
)
def test_what_a_colleague_has(line: ColleagueLine, said: str) -> None:
    assert colleague_state(DUTCH, line) == said


def test_everything_that_is_out_of_the_ordinary_is_told() -> None:
    assert preview_notes(DUTCH, preview()) == []
    told = preview_notes(
        DUTCH,
        preview(
            handover="Mechelen",
            missing_packs=(7,),
            waiting=(WaitingLine("kpi_entry", "commitment", 2),),
            not_understood=1,
            erased=1,
            overspent=("Mechelen: Taalbad",),
            different=("Lier",),
        ),
    )
    assert told[:3] == [
        "coach B draagt Mechelen aan jou over.",
        "Van coach B ontbreekt bestand 7. Vraag ernaar; wat ervan afhangt, wacht.",
        "2 rijen (KPI-meting) wachten: wat erbij hoort (engagement) is nog niet gekomen.",
    ]
    assert len(told) == 7


def test_what_a_pack_brought() -> None:
    assert brought_text(DUTCH, preview(new=1204, changed=3, deleted=0)) == (
        "Overgenomen van coach B: 1.204 nieuw, 3 aangepast, 0 verwijderd."
    )
    assert brought_text(DUTCH, preview()) == "Het bestand van coach B bracht niets nieuws."
    assert brought_text(DUTCH, preview(profile=Profile.NUMBERS)) == "De teamcijfers van coach B zijn binnen."


def test_a_conflict_reads_as_the_choice_it_is() -> None:
    deleted = conflict(ConflictKind.DELETED, "2024-03-05T10:00:00.000+00:00", "bel terug", field="deleted_at")
    assert (conflict_field(DUTCH, deleted), side_text(DUTCH, deleted, deleted.mine)) == (
        "verwijderd of niet",
        "verwijderd",
    )
    assert side_text(DUTCH, deleted, deleted.theirs) == "gewijzigd: bel terug"
    assert [choice_text(DUTCH, deleted, one) for one in (Choice.MINE, Choice.THEIRS)] == ["Verwijderd laten", "Houden"]
    double = conflict(ConflictKind.DOUBLE, 20, 35, table_name="commitment", field="", about="A9a")
    assert side_text(DUTCH, double, double.theirs) == "bevestigd: 35"
    assert conflict_where(DUTCH, double, {"A9a": "9 Kansengroepen"}) == "Mechelen · 9 Kansengroepen · 04-03-2024"
    plain = conflict(ConflictKind.FIELD, "a", "b", governments=())
    assert conflict_where(DUTCH, plain, {}) == "Afspraak · 04-03-2024"
