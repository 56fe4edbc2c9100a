"""How the command line is read: options anywhere, wrong usage, dates, help; and what a start does not load."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.cli.parser import WrongUsage, parse
from samenleven_desktop.cli.run import run
from samenleven_desktop.i18n.language import Language
from tests.builders import WorkFile
from tests.cli.conftest import Caller

START = [sys.executable, "-m", "samenleven_desktop"]


def test_options_stand_before_or_after_the_subcommand(call: Caller, practice_file: WorkFile) -> None:
    options = ("--store", practice_file.path, "--lang", "en", "--today", "2024-01-15", "--json")
    before, after = call(*options, "kpi", "--year", 2), call("kpi", "--year", 2, *options)
    assert before == after
    assert before.json["today"] == "2024-01-15"
    last = call("--today", "2023-12-24", "kpi", *options)
    assert last.json["today"] == "2024-01-15", "the one after the subcommand wins"


@pytest.mark.parametrize("words", [("-h",), ("kpi", "--help"), ("report", "-h"), ("list", "--help")])
def test_help_speaks_both_languages(call: Caller, words: tuple[str, ...]) -> None:
    dutch, english = call(*words), call(*words, "--lang", "en") if words[0] != "-h" else call("--lang", "en", *words)
    assert dutch.code == english.code == 0
    assert "usage:" in english.out
    assert english.err == dutch.err == ""


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("dans",), "dans"),
        (("list",), "KIND"),
        (("list", "boeken"), "boeken"),
        (("kpi", "--jaar", "2"), "--jaar"),
        (("kpi", "--year"), "--year"),
        (("kpi", "--lang", "fr"), "fr"),
        (("report", "coaching"), "--out"),
        (("practice",), "--store"),
        (("backup", "steal"), "steal"),
        (("--json",), "--json"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(call: Caller, words: tuple[str, ...], part: str) -> None:
    for language in ("nl", "en"):
        answer = call(*words, *(() if "--lang" in words else ("--lang", language)))
        assert (answer.code, answer.out) == (2, "")
        assert len(answer.err.splitlines()) == 1
        assert part in answer.err


def test_a_report_lacks_what_it_is_about(call: Caller, tmp_path: Path) -> None:
    for kind, part in (("coaching", "--government"), ("session", "--session")):
        answer = call("report", kind, "--out", tmp_path / "r.pdf", "--store", tmp_path / "w.db")
        assert answer.code == 2
        assert part in answer.err


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("kpi", "--today", "3/11"), "--today"),
        (("kpi", "--today", "11-03-2024"), "--today"),
        (("kpi", "--today", "2024-02-30"), "--today"),
        (("kpi", "--today", "20240311"), "--today"),
        (("kpi", "--today", "²024-03-11"), "--today"),
        (("kpi", "--year", "twee"), "--year"),
        (("kpi", "--action", "B9"), "--action"),
        (("report", "coaching", "--out", "r.pdf", "--period", "2024-01-01"), "--period"),
        (("report", "coaching", "--out", "r.pdf", "--period", "2024-01-01..3/11"), "--period"),
        (("report", "coaching", "--out", "r.pdf", "--period", "2024-03-11..2024-01-01"), "--period"),
        (("practice", "--store", "p.db", "--scale", "0"), "--scale"),
    ],
)
def test_a_wrong_value_names_its_option(call: Caller, words: tuple[str, ...], field: str) -> None:
    for language in ("nl", "en"):
        answer = call(*words, "--lang", language)
        assert (answer.code, answer.out) == (1, "")
        assert len(answer.err.splitlines()) == 1
        assert field in answer.err


def test_without_a_subcommand_the_window_opens() -> None:
    asked: list[tuple[object, ...]] = []

    def window(store: Path | None, language: str | None, today: date | None, pack: Path | None) -> int:
        asked.append((store, language, today, pack))
        return 0

    def tour(out: Path, theme: str | None, language: Language) -> int:
        asked.append((out, theme, language.code))
        return 0

    assert run(["--store", "w.db", "--lang", "en", "--today", "2024-03-11"], window, tour) == 0
    assert run([], window, tour) == 0
    assert run(["tour", "--out", "d", "--theme", "dark"], window, tour) == 0
    assert run(["tour", "--out", "d", "--lang", "en"], window, tour) == 0
    assert asked == [
        (Path("w.db"), "en", date(2024, 3, 11), None),
        (None, None, None, None),
        (Path("d"), "dark", "nl"),
        (Path("d"), None, "en"),
    ]


def test_a_pack_in_the_place_of_a_command_opens_the_window_with_it(tmp_path: Path, call: Caller) -> None:
    asked: list[tuple[object, ...]] = []

    def window(store: Path | None, language: str | None, today: date | None, pack: Path | None) -> int:
        asked.append((store, pack))
        return 0

    def tour(out: Path, theme: str | None, language: Language) -> int:
        raise AssertionError

    pack = tmp_path / "van een collega.SAMENLEVEN"
    pack.write_bytes(b"x")
    assert run([str(pack)], window, tour) == 0
    assert run(["--store", "w.db", str(pack), "--lang", "en"], window, tour) == 0
    assert asked == [(None, pack), (Path("w.db"), pack)]
    gone = call(str(tmp_path / "weg.samenleven"))
    assert (gone.code, len(gone.err.splitlines())) == (1, 1)
    assert "weg.samenleven" in gone.err
    assert call(str(pack), "list", "governments").code == 2
    assert len(asked) == 2


def test_a_fault_of_ours_is_one_sentence_and_shows_where_on_request(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def window(store: Path | None, language: str | None, today: date | None, pack: Path | None) -> int:
        raise ZeroDivisionError("geheim")

    def tour(out: Path, theme: str | None, language: Language) -> int:
        raise KeyboardInterrupt

    assert run([], window, tour) == 3
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert "SAMENLEVEN_DEBUG" in error
    assert "geheim" not in error
    monkeypatch.setenv("SAMENLEVEN_DEBUG", "1")
    assert run([], window, tour) == 3
    assert "Traceback" in capsys.readouterr().err
    assert run(["tour", "--out", "d"], window, tour) == 130
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_help_and_version_load_nothing_heavy() -> None:
    code = (
        "import sys; from samenleven_desktop.__main__ import main; main(sys.argv[1:]);"
        "bad = [n for n in ('sqlalchemy', 'alembic', 'PySide6', 'reportlab', 'pikepdf', 'babel', 'yaml', 'msgspec',"
        " 'cryptography', 'sqlcipher3') if n in sys.modules]; sys.exit(repr(bad) if bad else 0)"
    )
    for words in (["--help"], ["kpi", "--help"], ["--version"]):
        done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout


@pytest.mark.slow
def test_a_query_loads_no_window_no_pdf_writer_and_no_migrations(practice_file: WorkFile) -> None:
    code = (
        "import sys; from samenleven_desktop.__main__ import main; main(sys.argv[1:]);"
        "bad = [n for n in ('alembic', 'PySide6', 'reportlab', 'pikepdf') if n in sys.modules];"
        "sys.exit(repr(bad) if bad else 0)"
    )
    words = ["kpi", "--store", str(practice_file.path)]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_a_reader_that_has_enough_is_no_fault(practice_file: WorkFile) -> None:
    process = subprocess.Popen(
        [*START, "list", "commitments", "--store", str(practice_file.path), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(1) == b"{"
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), error) == (0, b"")


@pytest.mark.slow
def test_json_is_utf8_whatever_the_terminal_is(practice_file: WorkFile) -> None:
    done = subprocess.run(
        [*START, "list", "sessions", "--store", str(practice_file.path), "--json"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        timeout=60,
    )
    assert done.returncode == 0
    assert "coördinator" in done.stdout.decode("utf-8")
    text = subprocess.run(
        [*START, "list", "sessions", "--store", str(practice_file.path)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        timeout=60,
    )
    assert text.returncode == 0
    assert b"co\\xf6rdinator" in text.stdout


def test_output_that_is_no_terminal_stream_is_left_alone(monkeypatch: pytest.MonkeyPatch, call: Caller) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert call("dans").code == 2


@pytest.mark.parametrize(
    ("name", "store", "file"),
    [
        ("van een collega.samenleven", None, "van een collega.samenleven"),
        ("Ann.samenlevenkaart", None, "Ann.samenlevenkaart"),
        ("werk.samenlevendb", "werk.samenlevendb", None),
        ("OEFEN.OEFENDB", "OEFEN.OEFENDB", None),
        ("plan.yaml", None, "plan.yaml"),
    ],
)
def test_a_file_by_its_name_alone(name: str, store: str | None, file: str | None) -> None:
    """As a double click on it starts the program."""
    options = parse([name], Language("nl"))
    assert options.command is None
    assert options.pack == (Path(file) if file else None)
    assert getattr(options, "store", None) == (Path(store) if store else None)


def test_a_work_file_twice_is_refused() -> None:
    with pytest.raises(WrongUsage):
        parse(["--store", "a.samenlevendb", "b.samenlevendb"], Language("nl"))
