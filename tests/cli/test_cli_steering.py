"""No command prints a sign that moves, reverses or hides text, whatever is stored, typed, or stands in a file."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import update

from samenleven_desktop.cli.parser import IMPORT_KINDS, LIST_KINDS
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.people.commands import AddAttachment, AddContact, ContactContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.erasure import text_columns
from samenleven_desktop.storage.models import TRACKED, Change, CommandLog, table_of
from tests.builders import TODAY, WorkFile
from tests.cli.conftest import Answer, Caller
from tests.sync.colleagues import Colleague, all_know, copy_of
from tests.text_samples import TEXTS

# A line feed ends a line of the program itself; joiners make one letter of two.
STEERING = "".join(
    sign
    for sign in map(chr, range(sys.maxunicode + 1))
    if sign not in "\n\u200c\u200d"
    and (
        unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")
        or sign in "\u200e\u200f\u061c"
        or unicodedata.bidirectional(sign) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN")
    )
)
STORED = "".join(sign for sign in STEERING if unicodedata.category(sign) != "Cs" and sign != "\0")
PERSON = "Zoe Voorbeeld"
STOLEN_LINE = f"{STORED[:80]}\nNagemaakte regel.\r\x1b[2K\x1b]0;titel\x07\u202etxet{STORED[80:]}"


def test_what_counts_as_steering() -> None:
    assert set(STEERING) >= set("\x1b\x9b\x9d\x07\x7f\t\r\v\f\x85\u2028\u2029\u200b\u200e\u202e\u2066\u2069\ufeff")
    assert set(STEERING) >= set("\u00ad\U000e0041\U0001d173\ud800")


@contextmanager
def opened(work_file: WorkFile) -> Iterator[Workspace]:
    workspace = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield workspace
    workspace.close()


def poison(workspace: Workspace) -> None:
    """Every text of the file ends in all signs that steer, as an earlier version or a pack may have brought it."""
    with workspace.store.write_untracked() as connection:
        for name, model in TRACKED.items():
            table = table_of(model)
            for column in text_columns(name):
                connection.execute(
                    update(table).where(table.c[column] != "").values({column: table.c[column] + STOLEN_LINE})
                )
        log = table_of(CommandLog)
        names = dict.fromkeys(("offer", "track", "partnership", "colleague", "file", "government"), STOLEN_LINE)
        connection.execute(update(log).where(log.c.details == "{}").values(details=json.dumps(names)))


@pytest.fixture
def poisoned(ask: Caller, work_file: WorkFile) -> Caller:
    with opened(work_file) as workspace:
        mechelen = workspace.query(government_by_code, "12025").id
        workspace.run(AddContact(ContactContent(PERSON, mechelen, role="r", email="a@b.example", note="n")))
        workspace.run(AddAgreement(mechelen, Party.COACH, f"bel {PERSON}", TODAY))
        workspace.run(AddAgreement(mechelen, Party.COACH, f"bel {PERSON.split()[0]}", TODAY))
        workspace.run(AddAttachment(mechelen, f"{PERSON}.txt", f"over {PERSON}".encode()))
        poison(workspace)
    return ask


def check(answer: Answer) -> None:
    for shown in (answer.out, answer.err):
        assert set(shown) & set(STEERING) == set()
        assert not any(line.startswith("Nagemaakte regel.") for line in shown.splitlines())


READING = (
    *(("list", kind) for kind in LIST_KINDS),
    ("kpi",),
    ("kpi", "--government", "12025"),
    ("offer-advice", "--government", "12025"),
    ("stimulus",),
    ("history",),
    ("check",),
    ("check", "--repair"),
    ("backup", "list"),
    ("erase", PERSON, "--preview"),
    ("erase", PERSON, "--yes"),
    ("person", PERSON, "--out", "persoon.json"),
    ("identity", "show"),
    ("identity", "list"),
    ("identity", "card", "--out", "kaart.samenlevenkaart"),
    ("conflicts", "list"),
    ("do", "--list"),
    ("undo",),
    *(("export", kind, "--out", "uit.csv") for kind in LIST_KINDS),
    ("export", "all", "--out", "alles.json"),
    *(("report", kind, "--government", "12025", "--out", "verslag.csv") for kind in REPORT_KINDS),
)


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_command_on_a_file_full_of_steering_signs(
    poisoned: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    if words[-1] not in ("--yes", "undo", "--repair"):
        check(poisoned(*words, "--json"))
    check(poisoned(*words))
    monkeypatch.setenv("SAMENLEVEN_DEBUG", "1")
    check(poisoned(*words))


def test_a_pack_and_a_card_full_of_steering_signs(
    work_file: WorkFile, call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", work_file.passphrase)
    one, two = copy_of(work_file, tmp_path, "one"), copy_of(work_file, tmp_path, "two")
    two.workspace.choose_officer(two.workspace.run(AddOfficer("coach Kempen")).result)
    note(one, f"van hen {STOLEN_LINE}")
    note(two, "van mij")
    poison(one.workspace)
    all_know(one, two)
    pack = one.give(two)
    card = next(two.folder.glob("*.samenlevenkaart"))
    one.close()
    two.close()

    def ask(*words: object) -> Answer:
        return call("--store", two.workspace.path, "--today", TODAY, *words)

    told = []
    for words in (
        ("identity", "list"),
        ("identity", "trust", card),
        ("identity", "trust", card, "--yes"),
        ("pack", "show", pack),
        ("pack", "apply", pack, "--preview"),
        ("pack", "apply", pack),
        ("conflicts", "list"),
        ("history",),
        ("list", "commitments"),
        ("list", "governments"),
        ("pack", "make", "--to", card, "--out", tmp_path / "terug.samenleven"),
        ("identity", "revoke", card),
    ):
        answer = ask(*words)
        check(answer)
        told.append(answer)
        if words[-1] != card or "show" in words:
            check(ask(*words, "--json"))
    assert any("van hen" in one.out for one in told)


def note(one: Colleague, words: str) -> None:
    row = min(line.id for line in one.workspace.query(list_commitments, 2))
    one.workspace.run(ChangeCommitments((FieldEdit(row, "note", "later"),)))
    with one.workspace.store.write_untracked() as connection:
        log, table = table_of(Change), table_of(TRACKED["commitment"])
        connection.execute(update(log).where(log.c.new == '"later"').values(new=json.dumps(words)))
        connection.execute(update(table).where(table.c.id == row).values(note=words))


@pytest.mark.parametrize("kind", IMPORT_KINDS)
def test_a_file_to_import_full_of_steering_signs(ask: Caller, tmp_path: Path, kind: str) -> None:
    for names in ("nis,gemeente,bestuur,naam,titel,code,datum,dag,aantal,organisatie", STOLEN_LINE, "a"):
        path = tmp_path / "in.csv"
        path.write_text(f"{names}\n" + ",".join([f'"x{STOLEN_LINE}"'] * 10) + "\n", encoding="utf-8")
        for more in ([], ["--json"]):
            check(ask("import", path, "--as", kind, "--preview", "--rejected", tmp_path / "terug.csv", *more))


WORDS = TEXTS.filter(lambda words: "\0" not in words)
TYPED = (
    ("{}",),
    ("list", "{}"),
    ("list", "sessions", "--filter", "{}"),
    ("list", "sessions", "--government", "{}"),
    ("list", "sessions", "--{}", "1"),
    ("kpi", "--year", "{}"),
    ("kpi", "--action", "{}"),
    ("--plan", "{}", "kpi"),
    ("--today", "{}", "kpi"),
    ("--store", "{}.samenlevendb", "kpi"),
    ("report", "{}", "--out", "{}"),
    ("report", "week", "--period", "{}", "--out", "a.pdf"),
    ("report", "session", "--session", "{}", "--out", "a.pdf"),
    ("report", "week", "--out", "weg/{}.pdf"),
    ("export", "sessions", "--out", "{}.x"),
    ("import", "{}.csv"),
    ("import", "a.csv", "--map", "{}"),
    ("backup", "restore", "{}"),
    ("erase", "{}", "--preview"),
    ("person", "{}", "--out", "a.json"),
    ("do", "{}", "{{}}"),
    ("do", "AddContact", "{}"),
    ("do", "AddContact", "@{}"),
    ("identity", "trust", "{}"),
    ("identity", "revoke", "{}"),
    ("pack", "show", "{}"),
    ("pack", "make", "--to", "{}", "--out", "a.samenleven"),
    ("conflicts", "resolve", "{}", "mine"),
)


@pytest.mark.parametrize("words", TYPED, ids=" ".join)
@given(typed=WORDS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_typed_is_repeated_without_steering_signs(
    ask: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], typed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for one in (typed, f"x{STORED}", STOLEN_LINE.replace("\0", "")):
        check(ask(*(word.format(one) for word in words)))
