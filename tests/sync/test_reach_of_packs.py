"""How far the pack of a trusted colleague reaches: it erases what erasing may, and lies in the dossiers of its rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.i18n.exchange_labels import preview_notes
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.governments.officer_commands import ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from tests.builders import WorkFile
from tests.sync.colleagues import Colleague, all_know, copy_of
from tests.sync.forging import Opened, opened
from tests.sync.test_damaged_packs import everything
from tests.sync.test_newer_versions import sql

pytestmark = pytest.mark.slow

MOMENT = "2024-03-11T10:00:00.000+00:00"
NAME, UNKNOWN = "Zxqw Vwrst", "01a20990-0f9e-7c63-91a6-e392eea3c9fa"


@pytest.fixture
def pair(work_file: WorkFile, tmp_path: Path) -> Iterator[tuple[Colleague, Colleague]]:
    """Both have the same work; the first has more, so that there is a pack to lie with."""
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    all_know(one, two)
    mechelen = one.workspace.query(government_by_code, "12025").id
    contact = one.workspace.run(AddContact(ContactContent(NAME, mechelen))).result
    one.workspace.run(AddAgreement(mechelen, Party.COACH, f"bel {NAME} terug", None))
    two.take(one.give(two))
    one.workspace.run(AddAgreement(mechelen, Party.COACH, "iets nieuws", None))
    one.contact = contact  # type: ignore[attr-defined]
    yield one, two
    one.close()
    two.close()


def refused(one: Colleague, two: Colleague, lie: Callable[[Opened], object], part: str) -> None:
    inside = opened(one.give(two), two)
    lie(inside)
    path = inside.close(one, one.folder / "leugen.samenleven", two)
    before = everything(two)
    for ask in (preview_pack, apply_pack):
        with pytest.raises(UserError) as refusal:
            ask(two.workspace, path)
        assert part in Language("en").error(refusal.value)
    assert everything(two) == before


def erasure(table: str, row_id: str) -> list[Any]:
    return [table, row_id, "toestel", 5, MOMENT]


def logged(one: Colleague, where: str) -> tuple[str, str, str | None, str]:
    """A change here: its name, row, field and value."""
    query = f"SELECT device_id || ':' || number, row_id, field, new FROM change WHERE {where} LIMIT 1"
    return sql(one, query)[0]  # type: ignore[return-value]


SESSION = "table_name = 'support_session' AND field IS NULL"
AGREEMENT = "table_name = 'follow_up' AND field IS NULL AND new LIKE '%Zxqw%'"


def test_the_path_of_these_lies_is_good(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    path = opened(one.give(two), two).close(one, one.folder / "waar.samenleven", two)
    assert two.take(path).new == 1


def test_redactions_without_an_erasure(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    ref, _, _, new = logged(two, SESSION)
    left = json.dumps(json.loads(new) | {"report": "[gewist]"})
    refused(one, two, lambda pack: pack.body["redactions"].append([ref, None, left]), "without a person being erased")


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"report": "[gewist]"}, SESSION),
        ({"report": "iets anders"}, SESSION),
        ({"form": "phone"}, SESSION),
        ({"day": "[gewist]"}, SESSION),
        ({"what": f"bel {NAME} nooit"}, AGREEMENT),
        ({"due": "2024-03-12"}, AGREEMENT),
    ],
)
def test_a_redaction_takes_no_more_than_the_words(
    pair: tuple[Colleague, Colleague], values: dict[str, str], where: str
) -> None:
    one, two = pair
    ref, _, _, new = logged(two, where)
    left = json.dumps(json.loads(new) | values)

    def lie(pack: Opened) -> None:
        pack.body["erasures"].append(erasure("contact", one.contact))  # type: ignore[attr-defined]
        pack.body["redactions"].append([ref, None, left])

    refused(one, two, lie, "more was taken out of it than what was erased")


@pytest.mark.slow
def test_a_redaction_of_a_text_with_the_erased_words(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    one.workspace.run(EraseContact(one.contact))  # type: ignore[attr-defined]
    got = two.take(one.give(two))
    assert got.erased == 1
    assert got.different == ()
    assert sql(two, "SELECT count(*) FROM change WHERE new LIKE '%Zxqw%' OR old LIKE '%Zxqw%'") == [(0,)]
    assert check_health(two.workspace) == []


def test_words_of_somebody_who_is_not_known_here_are_few_and_short(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    words = json.loads(logged(two, SESSION)[3])["report"]
    rows = sql(two, f"SELECT device_id || ':' || number, new FROM change WHERE {SESSION}")

    def lie(left: str) -> Callable[[Opened], None]:
        def of(pack: Opened) -> None:
            pack.body["erasures"].append(erasure("contact", UNKNOWN))
            pack.body["redactions"] += [
                [ref, None, json.dumps(json.loads(new) | {"report": left})] for ref, new in rows
            ]

        return of

    refused(one, two, lie("[gewist]"), "more was taken out")
    inside = opened(one.give(two), two)
    lie(words.replace("coördinator", "[gewist]"))(inside)
    assert preview_pack(two.workspace, inside.close(one, one.folder / "kort.samenleven", two)).erased == 1


@pytest.mark.parametrize("table", ["officer", "commitment", "support_track", "session_action"])
def test_what_lives_and_is_no_person_is_not_erased(pair: tuple[Colleague, Colleague], table: str) -> None:
    one, two = pair
    row_id = sql(two, f"SELECT id FROM {table} WHERE deleted_at IS NULL LIMIT 1")[0][0]
    refused(
        one,
        two,
        lambda pack: pack.body["erasures"].append(erasure(table, row_id)),
        "is erased" if table == "session_action" else "is not erased",
    )


def test_nothing_is_taken_out_of_what_is_still_to_be_written(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    device, number = sql(two, "SELECT value, (SELECT max(number) FROM change) FROM meta WHERE key = 'device_id'")[0]

    def lie(pack: Opened) -> None:
        pack.body["erasures"].append(erasure("contact", UNKNOWN))
        pack.body["redactions"].append([f"{device}:{number + 9}", None, '"[gewist]"'])

    refused(one, two, lie, "still to write")


def _nowhere(pack: Opened) -> None:
    pack.body["places"] = []


def _elsewhere(scope: str) -> Callable[[Opened], None]:
    """The newest change lies in this dossier only."""

    def lie(pack: Opened) -> None:
        author, number = pack.body["changes"][-1][:2]
        (place,) = (one for one in pack.body["places"] if one[3:] == [author, number])
        taken = [one[2] for one in pack.body["places"] if one[:2] == [scope, place[1]]]
        place[0], place[2] = scope, max(taken, default=0) + 1
        pack.manifest["scopes"] = sorted({*pack.manifest["scopes"], scope})

    return lie


def test_a_change_lies_in_the_dossier_of_its_row(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    refused(one, two, _nowhere, "lies in no dossier")
    for scope in ("catalogue", one.workspace.query(government_by_code, "44021").id):
        refused(one, two, _elsewhere(scope), "lies in a dossier to which the record does not belong")


def test_a_change_of_a_known_row_too(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    session = sql(two, "SELECT id FROM support_session LIMIT 1")[0][0]

    def lie(pack: Opened) -> None:
        pack.body["changes"][-1][5:] = ["support_session", session, "report", '"x"', '"weg"', None]
        _elsewhere("catalogue")(pack)

    refused(one, two, lie, "lies in a dossier to which the record does not belong")


def test_honest_packs_of_every_profile_pass(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    mechelen = one.workspace.query(government_by_code, "12025").id
    assert preview_pack(two.workspace, one.give(two, profile=Profile.MINE)).new == 1
    assert two.take(one.give(two, profile=Profile.CHOICE, governments=(mechelen,))).new == 1


@pytest.mark.slow
def test_what_is_erased_is_named_and_asked_for_apart(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    one.workspace.run(EraseContact(one.contact))  # type: ignore[attr-defined]
    path = one.give(two)
    (line,) = preview_pack(two.workspace, path).erasing
    assert (line.table_name, line.words, line.governments) == ("contact", NAME, "Mechelen")
    before = everything(two)
    with pytest.raises(UserError) as refusal:
        apply_pack(two.workspace, path)
    assert NAME in Language("nl").error(refusal.value)
    assert everything(two) == before
    assert apply_pack(two.workspace, path, erase=True)[0].erased == 1
    assert preview_pack(two.workspace, path).erasing == ()


def test_a_government_that_a_colleague_takes_from_me_is_named(pair: tuple[Colleague, Colleague]) -> None:
    """Both work as the same coach here, so that the pack ends the receiver's own assignment."""
    one, two = pair
    assert preview_pack(two.workspace, one.give(two)).no_longer_mine == ()
    left = tuple(one.workspace.query(government_by_code, code).id for code in ("12025", "12021", "12009"))
    assert one.workspace.officer_id is not None
    one.workspace.run(ChooseGovernments(one.workspace.officer_id, left))
    found = preview_pack(two.workspace, one.give(two))
    assert found.no_longer_mine == ("Gent",)
    assert "Niet meer bij jouw besturen: Gent." in preview_notes(Language("nl"), found)


def test_governments_that_are_not_the_senders_are_shown_apart(pair: tuple[Colleague, Colleague]) -> None:
    one, two = pair
    assert preview_pack(two.workspace, one.give(two)).outside == ()
    other = one.workspace.query(government_by_code, "23094").id
    one.workspace.run(AddAgreement(other, Party.COACH, "bel", None))
    assert preview_pack(two.workspace, one.give(two)).outside == ("Zaventem",)
