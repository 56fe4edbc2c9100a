"""Who wrote what is proven, also through the hands of a third; what was written under another name is refused whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.i18n.exchange_labels import author_sentences, authors_text, preview_notes
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.readmodels.exchange import AuthorLine, PackRequest
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.exchange.colleagues import own_card
from samenleven_desktop.services.exchange.create_pack import make_pack
from samenleven_desktop.services.exchange.received_packs import pack_lines
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.commands import ChangeSession, RegisterSession, SessionContent
from tests.builders import TODAY, WorkFile, action_ids
from tests.sync.colleagues import Colleague, all_know, copy_of, newcomer
from tests.sync.forging import opened
from tests.sync.test_authors_and_clocks import device_of
from tests.sync.test_exchange import edit, inbox
from tests.sync.three_colleagues import ENGLISH, People, agreement, refusal, with_officer

pytestmark = pytest.mark.slow

DUTCH = Language("nl")


def test_the_work_of_another_is_passed_on_with_proof(three: People) -> None:
    author, middle, reader = three
    agreement(author, "van de schrijver")
    edit(author, "note", "ook van de schrijver")
    middle.take(author.give(middle))
    pack = middle.give(reader)
    shown = preview_pack(reader.workspace, pack)
    assert shown.authors == (AuthorLine("coach schrijver", shown.changes, proven=True, compared=True),)
    assert f"{shown.changes} changes of coach schrijver, passed on by coach doorgever." in preview_notes(ENGLISH, shown)
    assert preview_notes(DUTCH, shown)[-1].endswith(
        "wijzigingen van coach schrijver, doorgegeven door coach doorgever."
    )
    # Nothing to agree to.
    apply_pack(reader.workspace, pack)
    assert reader.digest == author.digest
    line = pack_lines(reader.workspace)[0]
    assert (line.colleague, authors_text(DUTCH, line.authors)) == ("coach doorgever", "van coach schrijver")
    assert check_health(reader.workspace) == []


def test_it_goes_through_many_hands_and_after_its_author_left(three: People, tmp_path: Path) -> None:
    author, middle, reader = three
    agreement(author, "het laatste werk")
    middle.take(author.give(middle))
    reader.take(middle.give(reader))
    late = with_officer(newcomer(tmp_path, "nieuw"), "coach nieuw")
    late.knows(reader)
    reader.knows(late)
    pack = reader.give(late)
    shown = preview_pack(late.workspace, pack)
    # The card of the author travels along; the past that all three share was written before anybody signed.
    proven = [(one.label, one.compared) for one in shown.authors if one.proven]
    assert proven == [("coach doorgever", False), ("coach schrijver", False)]
    assert "You did not compare the card of coach schrijver." in " ".join(preview_notes(ENGLISH, shown))
    with pytest.raises(UserError, match="nothing proves"):
        apply_pack(late.workspace, pack)
    late.take(pack)
    reader.take(late.give(reader))
    assert late.digest == reader.digest
    late.close()


def test_a_choice_of_dossiers_proves_what_it_carries(three: People) -> None:
    author, middle, reader = three
    mechelen, lier = (author.workspace.query(government_by_code, code).id for code in ("12025", "12021"))
    for number in range(300):
        agreement(author, f"afspraak {number}", ("12025", "12021")[number % 2])
    content = SessionContent(TODAY, 540, 600, SessionMode.VISIT, (mechelen,), "over taal", action_ids=action_ids(5))
    session = author.workspace.run(RegisterSession(content)).result
    middle.take(author.give(middle))
    # Brought into the other dossier by another person: the earlier changes come along by a place of theirs.
    both = SessionContent(TODAY, 540, 600, SessionMode.VISIT, (mechelen, lier), "over taal", action_ids=action_ids(5))
    middle.workspace.run(ChangeSession(session, both))
    shown = preview_pack(reader.workspace, pack := middle.give(reader, profile=Profile.CHOICE, governments=(lier,)))
    assert [(one.label, one.proven) for one in shown.authors] == [("coach schrijver", True)]
    apply_pack(reader.workspace, pack)
    apply_pack(reader.workspace, middle.give(reader, profile=Profile.CHOICE, governments=(mechelen,)))
    assert reader.digest == middle.digest


def test_what_lost_a_name_is_still_proven(three: People) -> None:
    author, middle, reader = three
    mechelen = author.workspace.query(government_by_code, "12025").id
    contact = author.workspace.run(AddContact(ContactContent("Rosalinde Vergeetmij", mechelen, role="dienst"))).result
    agreement(author, "bel Rosalinde Vergeetmij terug")
    agreement(author, "iets anders")
    middle.take(author.give(middle))
    middle.workspace.run(EraseContact(contact))
    pack = middle.give(reader)
    assert b"Rosalinde" not in json.dumps(opened(pack, reader).body, default=bytes.hex).encode()
    shown = preview_pack(reader.workspace, pack)
    (line,) = shown.authors
    assert (line.label, line.proven, line.worn) == ("coach schrijver", True, 2)
    assert "is not proven" in author_sentences(ENGLISH, shown.authors, "x")[0]
    reader.take(pack)
    assert reader.digest == middle.digest
    # Of what was erased nobody can guess: its salt is gone with it, here and there.
    query = "SELECT s.salts, h.number - s.first FROM sealed_hash h JOIN stream_seal s ON s.seq = h.seal_seq"
    for who in (middle, reader):
        rows = who.workspace.query(lambda reading: reading.view.connection.exec_driver_sql(query).all())
        assert len(rows) >= 2
        assert all(salts[16 * index : 16 * index + 16] == bytes(16) for salts, index in rows)


def test_what_was_erased_before_it_came_is_proven_too(three: People, tmp_path: Path) -> None:
    author, middle, reader = three
    mechelen = author.workspace.query(government_by_code, "12025").id
    contact = author.workspace.run(AddContact(ContactContent("Rosalinde Vergeetmij", mechelen, role="dienst"))).result
    agreement(author, "bel Rosalinde Vergeetmij terug")
    first = author.give(middle, reader)
    reader.take(first)
    reader.workspace.run(EraseContact(contact))
    agreement(author, "Rosalinde Vergeetmij belde zelf")
    second = author.give(middle, reader)
    middle.take(reader.give(middle))
    middle.take(second)
    reader.take(second)
    assert middle.digest == reader.digest
    late = with_officer(newcomer(tmp_path, "nieuw"), "coach nieuw")
    late.knows(middle)
    middle.knows(late)
    late.take(middle.give(late))
    middle.take(late.give(middle))
    assert late.digest == middle.digest
    late.close()


def test_a_restored_file_gets_its_own_work_back_with_proof(three: People) -> None:
    author, middle, reader = three
    backup = author.workspace.store.back_up("manual")
    agreement(author, "na de back-up")
    middle.take(author.give(middle))
    before = device_of(author)
    author.workspace.store.restore(backup.path)
    assert device_of(author) != before
    edit(author, "note", "op het nieuwe toestel")
    middle.take(author.give(middle))
    assert apply_pack(author.workspace, middle.give(author))[0].authors == ()
    assert author.digest == middle.digest
    reader.take(middle.give(reader))
    assert reader.digest == author.digest


def test_earlier_versions_exchange_both_ways(work_file: WorkFile, tmp_path: Path) -> None:
    """What a program of before can do is what --for-older writes: format 1, without proof."""
    one, two, third = (with_officer(copy_of(work_file, tmp_path, n), f"coach {n}") for n in ("een", "twee", "drie"))
    all_know(one, two, third)

    def older(giver: Colleague, *takers: Colleague) -> Path:
        path = tmp_path / f"{new_id()}.samenleven"
        prints = tuple(own_card(taker.workspace).fingerprint for taker in takers)
        make_pack(giver.workspace, PackRequest(Profile.EVERYTHING, prints, older=True), path)
        return path

    agreement(one, "van een")
    path = older(one, two)
    inside = opened(path, two)
    assert (inside.manifest["format_version"], inside.manifest["reader_version"]) == (1, 1)
    assert (inside.body["seals"], inside.body["bindings"]) == ([], [])
    assert apply_pack(two.workspace, path)[0].authors == ()
    agreement(two, "van twee")
    shown = apply_pack(third.workspace, older(two, third))[0]
    # The officer of the first was added under the name of the one before.
    assert [(line.label, line.proven) for line in shown.authors] == [
        ("coach Rivierenland", False),
        ("coach een", False),
    ]
    said = authors_text(DUTCH, pack_lines(third.workspace)[0].authors)
    assert said.endswith("; op naam van coach een, niet bewezen")
    # The first signs from now on: also what the second and third have already. From then on they can prove it.
    for taker in (two, third):
        taker.take(one.give(taker))
    late = with_officer(newcomer(tmp_path, "nieuw"), "coach nieuw")
    late.knows(third)
    third.knows(late)
    lines = {line.label: line for line in preview_pack(late.workspace, third.give(late)).authors if line.proven}
    assert list(lines) == ["coach een"]
    # Its work comes in the old way no more.
    agreement(one, "nog iets")
    assert "coach een" in refusal(two, older(one, two))
    two.take(one.give(two))
    assert "not made for an older version" in refusal(third, older(two, third))
    for who in (one, two, third, late):
        who.close()


def test_two_who_both_change_end_alike(three: People) -> None:
    author, middle, reader = three
    edit(author, "note", "een")
    edit(middle, "note", "twee")
    edit(reader, "note", "drie")
    for _ in range(2):
        for one, other in ((author, middle), (middle, reader), (reader, author), (reader, middle), (author, reader)):
            apply_pack(other.workspace, one.give(other))
    assert author.digest == middle.digest == reader.digest
    assert len(inbox(author)) == len(inbox(middle)) == len(inbox(reader)) == 1
