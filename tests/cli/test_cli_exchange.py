"""identity, pack and conflicts: two work files through the real entry point."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import CODES, ORGANISATION, PASSPHRASE, TODAY, WorkFile
from tests.cli.conftest import Answer, Caller
from tests.sync.colleagues import copy_of


@dataclass
class Side:
    """A work file that no program has open, and the command line on it."""

    path: Path
    card: Path
    call: Caller

    def __call__(self, *words: object) -> Answer:
        return self.call("--store", self.path, "--today", TODAY, *words)

    def work(self, do: Callable[[Workspace], object]) -> None:
        workspace = open_workspace(self.path, Runtime(day=TODAY), PASSPHRASE)
        try:
            do(workspace)
        finally:
            workspace.close()

    def note(self, words: str) -> None:
        def edit(workspace: Workspace) -> None:
            mechelen = workspace.query(government_by_code, "12025").id
            row = min(line.id for line in workspace.query(list_commitments, 2, [mechelen]))
            workspace.run(ChangeCommitments((FieldEdit(row, "note", words),)))

        self.work(edit)


@pytest.fixture
def sides(work_file: WorkFile, tmp_path: Path, call: Caller, monkeypatch: pytest.MonkeyPatch) -> tuple[Side, Side]:
    """Two colleagues with the same past, of whom the second works as another coach."""
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", PASSPHRASE)
    found = []
    for name in ("one", "two"):
        colleague = copy_of(work_file, tmp_path, name)
        colleague.close()
        found.append(Side(colleague.workspace.path, tmp_path / f"{name}.samenlevenkaart", call))
    one, two = found
    two.work(lambda workspace: workspace.choose_officer(workspace.run(AddOfficer("coach Kempen")).result))
    for side in found:
        assert side("identity", "card", "--out", side.card).code == 0
    return one, two


@pytest.fixture
def friends(sides: tuple[Side, Side]) -> tuple[Side, Side]:
    one, two = sides
    assert one("identity", "trust", two.card, "--yes").code == 0
    assert two("identity", "trust", one.card, "--yes").code == 0
    return one, two


def refused(answer: Answer, part: str = "") -> None:
    assert (answer.code, answer.out) == (1, "")
    assert len(answer.err.splitlines()) == 1
    assert part in answer.err


def test_a_card_is_shown_written_and_trusted_after_comparing_words(sides: tuple[Side, Side], tmp_path: Path) -> None:
    one, two = sides
    shown = two("identity", "show", "--json").json
    assert (shown["label"], len(shown["words"]), len(shown["fingerprint"])) == ("coach Kempen", 6, 64)
    assert "officer_id" in shown
    written = two("identity", "card", "--out", tmp_path / "again.samenlevenkaart", "--json").json
    assert written == shown | {"file": str(tmp_path / "again.samenlevenkaart")}
    assert " ".join(shown["words"]) in two("identity", "show").out
    asked = one("identity", "trust", two.card)
    refused(asked, " ".join(shown["words"]))
    assert one("identity", "list", "--json").json == {"count": 0, "colleagues": []}
    trusted = one("identity", "trust", two.card, "--yes", "--json").json
    assert trusted == shown | {"trusted": True}
    (line,) = one("identity", "list", "--json").json["colleagues"]
    assert (line["fingerprint"], line["heard"], line["revoked"]) == (shown["fingerprint"], False, False)
    assert "coach Kempen" in one("identity", "list").out
    refused(two("identity", "trust", two.card, "--yes"), two.card.name)
    two.card.write_bytes(two.card.read_bytes().replace(b"Kempen", b"Kampen"))
    refused(one("identity", "trust", two.card, "--yes"), two.card.name)


def test_in_a_terminal_the_words_are_asked(sides: tuple[Side, Side], monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = sides
    answers = iter(("nee", "ja"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    no = one("identity", "trust", two.card)
    assert (no.code, len(no.err.splitlines())) == (1, 1)
    assert one("identity", "list", "--json").json["count"] == 0
    assert one("identity", "trust", two.card).code == 0
    assert one("identity", "list", "--json").json["count"] == 1


def test_a_pack_is_made_shown_looked_at_and_taken_over(friends: tuple[Side, Side], tmp_path: Path) -> None:
    one, two = friends
    one.note("van een")
    file = tmp_path / "werk.samenleven"
    made = one("pack", "make", "--to", two.card, "--out", file, "--profile", "everything", "--json")
    assert made.code == 0
    assert made.json["file"] == str(file)
    assert (made.json["to"], made.json["newcomers"]) == (["coach Kempen"], ["coach Kempen"])
    assert made.json["size"] == file.stat().st_size
    shown = two("pack", "show", file, "--json").json
    assert (shown["sender"], shown["number"], shown["profile"]) == ("coach Rivierenland", 1, "everything")
    assert (shown["changes"], shown["applied"]) == (made.json["changes"], False)
    assert {"scope", "device_id", "first", "last"} == set(shown["ranges"][0])
    before = two("history", "--json").out
    preview = two("pack", "apply", file, "--preview", "--json")
    assert preview.code == 0
    assert (preview.json["new"], preview.json["changed"], preview.json["deleted"]) == (0, 1, 0)
    assert preview.json["by_table"] == [{"table": "commitment", "new": 0, "changed": 1, "deleted": 0}]
    assert (preview.json["applied"], preview.json["left_to_decide"]) == (False, False)
    assert two("history", "--json").out == before
    done = two("pack", "apply", file, "--json")
    assert (done.code, done.json) == (0, preview.json | {"applied": True})
    assert two("pack", "show", file, "--json").json["applied"]
    again = two("pack", "apply", file)
    assert again.code == 0
    assert "heb je al" in again.out
    assert one("pack", "apply", file).code == 1
    assert two("undo", "--json").json["undone"] == "File of {colleague} taken over"


def test_what_both_changed_is_left_to_decide(friends: tuple[Side, Side], tmp_path: Path) -> None:
    one, two = friends
    one.note("van een")
    two.note("van twee")
    file = tmp_path / "werk.samenleven"
    one("pack", "make", "--to", "coach Kempen", "--out", file, "--profile", "everything")
    assert two("pack", "apply", file, "--preview").code == 0
    done = two("pack", "apply", file, "--json")
    assert (done.code, done.json["left_to_decide"], len(done.json["conflicts"])) == (4, True, 1)
    listed = two("conflicts", "list", "--json").json
    assert (listed["count"], listed["waiting"]) == (1, [])
    (line,) = listed["conflicts"]
    assert (line["kind"], line["table_name"], line["field"]) == ("field", "commitment", "note")
    assert (line["mine"]["value"], line["theirs"]["value"]) == ("van twee", "van een")
    assert line["theirs"]["officer"] == "coach Rivierenland"
    assert line["id"] in two("conflicts", "list").out
    refused(two("conflicts", "resolve", "nergens", "mine"), "nergens")
    assert two("conflicts", "resolve", line["id"], "geen").code == 2
    solved = two("conflicts", "resolve", line["id"], "theirs", "--json")
    assert (solved.code, solved.json) == (0, {"resolved": line["id"], "choice": "theirs", "left": 0})
    assert two("conflicts", "list", "--json").json["count"] == 0
    rows = two("list", "commitments", "--filter", "van een", "--json").json
    refused(two("conflicts", "resolve", line["id"], "mine"), line["id"])
    assert rows["count"] == 1


def test_a_choice_of_governments_and_the_profiles(friends: tuple[Side, Side], tmp_path: Path) -> None:
    one, two = friends
    file = tmp_path / "keuze.samenleven"
    made = one("pack", "make", "--to", two.card, "--out", file, "--government", CODES[0], CODES[3], "--json")
    # The dossier of the organisation that serves Mechelen goes along, as that of a partnership does.
    assert made.json["governments"] == ["De Brug", "Gent", "Mechelen"]
    assert one("pack", "make", "--to", two.card, "--out", file, "--json").json["governments"] == [
        "De Brug",
        "Duffel",
        "Gent",
        "Lier",
        "Mechelen",
        "Samen langs de Nete",
    ]
    refused(one("pack", "make", "--to", two.card, "--out", file, "--profile", "choice"))
    refused(one("pack", "make", "--to", two.card, "--out", file, "--profile", "everything", "--government", "12025"))
    refused(one("pack", "make", "--to", two.card, "--out", file, "--government", "99999"), "99999")
    refused(one("pack", "make", "--to", "coach Nergens", "--out", file), "coach Nergens")
    refused(one("pack", "make", "--to", two.card, "--out", one.path), one.path.name)
    assert one("pack", "make", "--out", file).code == 2
    numbers = one("pack", "make", "--to", two.card, "--out", file, "--profile", "team_numbers", "--json").json
    assert (numbers["changes"], numbers["governments"]) == (0, [])
    got = two("pack", "apply", file, "--json")
    assert (got.code, got.json["profile"], len(got.json["governments"])) == (0, "team_numbers", 4)


def test_an_organisation_travels_with_a_government_that_it_serves(friends: tuple[Side, Side], tmp_path: Path) -> None:
    one, two = friends
    file = tmp_path / "mechelen.samenleven"
    target = json.dumps({"applicant_id": ORGANISATION, "year": 1, "target_id": "A9a", "confirmed": 40})
    assert one("do", "add_commitment", target).code == 0
    offer = one("list", "offers", "--json").json["offers"][0]["id"]
    assert one("do", "tie_offer", json.dumps({"offer_id": offer, "organisation_id": ORGANISATION})).code == 0
    name = json.dumps({"organisation_id": ORGANISATION, "content": {"name": "De Nieuwe Brug", "code": ORGANISATION}})
    assert one("do", "change_organisation", name).code == 0
    assert one("pack", "make", "--to", two.card, "--out", file, "--government", "12025").code == 0
    assert two("list", "commitments", "--json", "--government", ORGANISATION).json["commitments"] == []
    assert two("pack", "apply", file).code == 0
    for kind in ("organisations", "services", "commitments"):
        mine, theirs = (side("list", kind, "--json", "--government", ORGANISATION).json[kind] for side in (one, two))
        assert [{**row, "mine": None} for row in theirs] == [{**row, "mine": None} for row in mine]
        assert theirs
    assert two("list", "organisations", "--json").json["organisations"][0]["offers"] == 1


def test_a_government_is_handed_over_with_its_pack_or_not_at_all(friends: tuple[Side, Side], tmp_path: Path) -> None:
    one, two = friends
    nowhere = tmp_path / "nergens" / "over.samenleven"
    refused(one("pack", "make", "--to", two.card, "--out", nowhere, "--handover", "12025"), "nergens")
    both = ("--handover", "12025", "--profile", "everything")
    refused(one("pack", "make", "--to", two.card, "--out", tmp_path / "over.samenleven", *both))
    assert len(one("list", "governments", "--json").json["governments"]) == 5
    file = tmp_path / "over.samenleven"
    made = one("pack", "make", "--to", two.card, "--out", file, "--handover", "12025", "--json")
    assert (made.code, made.json["governments"]) == (0, ["De Brug", "Mechelen"])
    assert one("history", "--limit", 1, "--json").json["history"][0]["details"] == {"colleague": "coach Kempen"}
    assert two("pack", "apply", file).code == 0
    assert two("pack", "make", "--to", one.card, "--out", file, "--json").json["governments"] == ["De Brug", "Mechelen"]


def test_a_colleague_who_is_no_longer_trusted(friends: tuple[Side, Side], tmp_path: Path) -> None:
    one, two = friends
    file = tmp_path / "werk.samenleven"
    assert one("pack", "make", "--to", two.card, "--out", file).code == 0
    code = two("identity", "list", "--json").json["colleagues"][0]["fingerprint"]
    gone = two("identity", "revoke", code[:8], "--json")
    assert (gone.code, gone.json) == (
        0,
        {"label": "coach Rivierenland", "fingerprint": code, "trusted": False},
    )
    refused(two("pack", "apply", file), "coach Rivierenland")
    refused(two("pack", "show", file), file.name)
    refused(two("identity", "revoke", one.card))
    assert "niet langer vertrouwd" in two("identity", "list").out
    refused(two("pack", "make", "--to", one.card, "--out", file))
    for words in (("pack", "apply"), ("pack", "show"), ("identity", "trust", "--yes")):
        missing = two(*words, tmp_path / "geen.samenleven")
        refused(missing)
        assert missing.err == "Er is geen bestand geen.samenleven.\n"


def test_a_practice_file_and_real_work_stay_apart(
    sides: tuple[Side, Side], practice_file: WorkFile, call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = sides
    monkeypatch.delenv("SAMENLEVEN_PASSPHRASE")
    card, file = tmp_path / "oefen.samenlevenkaart", tmp_path / "oefen.samenleven"
    store = ("--store", practice_file.path)
    assert call(*store, "identity", "card", "--out", card).code == 0
    assert call(*store, "identity", "trust", one.card, "--yes").code == 0
    assert call(*store, "pack", "make", "--to", one.card, "--out", file).code == 0
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", PASSPHRASE)
    assert one("identity", "trust", card, "--yes").code == 0
    refused(one("pack", "apply", file), file.name)


def test_a_pack_that_erases_needs_a_yes(friends: tuple[Side, Side], tmp_path: Path) -> None:
    one, two = friends
    made: list[str] = []

    def meet(workspace: Workspace) -> None:
        mechelen = workspace.query(government_by_code, "12025").id
        made.append(workspace.run(AddContact(ContactContent("Zxqw Vwrst", mechelen))).result)

    one.work(meet)
    files = [tmp_path / "een.samenleven", tmp_path / "twee.samenleven"]
    one("pack", "make", "--to", two.card, "--out", files[0], "--profile", "everything")
    assert two("pack", "apply", files[0]).code == 0
    one.work(lambda workspace: workspace.run(EraseContact(made[0])))
    one("pack", "make", "--to", two.card, "--out", files[1], "--profile", "everything")
    assert "Zxqw Vwrst (Mechelen)" in two("pack", "apply", files[1], "--preview").out
    refused(two("pack", "apply", files[1]), "Zxqw Vwrst")
    assert two("pack", "apply", files[1], "--yes").code == 0


@pytest.mark.slow
def test_the_backup_before_an_erasing_file_is_listed_and_let_go(friends: tuple[Side, Side], tmp_path: Path) -> None:
    one, two = friends
    made: list[str] = []

    def meet(workspace: Workspace) -> None:
        mechelen = workspace.query(government_by_code, "12025").id
        made.append(workspace.run(AddContact(ContactContent("Zxqw Vwrst", mechelen))).result)

    one.work(meet)
    refused(two("backup", "let-go"), "Geen enkele back-up")
    first, second = tmp_path / "een.samenleven", tmp_path / "twee.samenleven"
    give = ("pack", "make", "--to", two.card, "--profile", "everything", "--out")
    assert one(*give, first).code == 0
    assert two("pack", "apply", first).code == 0
    one.work(lambda workspace: workspace.run(EraseContact(made[0])))
    assert one(*give, second).code == 0
    assert "hoogstens 30 dagen" in two("pack", "apply", second, "--preview").out
    assert two("pack", "apply", second, "--yes").code == 0
    listed = two("backup", "list", "--json").json["backups"]
    (found,) = [line for line in listed if line["kept_until"] is not None]
    assert found["reason"] == "erasing"
    assert "houdt wat gewist is" in two("backup", "list").out
    assert "komt terug" in two("backup", "restore", found["file"], "--preview").out
    other = next(line["file"] for line in listed if line["kept_until"] is None)
    refused(two("backup", "let-go", other), "geen back-up die nog houdt")
    assert two("backup", "let-go", "--json").json == {"backup": found["file"], "removed": True}
    assert not Path(found["file"]).exists()
