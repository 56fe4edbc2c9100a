"""`samenleven report`: the file appears whole or not at all, never over the work file, in the language asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.builders import TODAY, WorkFile
from tests.cli.conftest import Caller


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_a_coaching_report_with_the_numbers_of_kpi(ask: Caller, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    answer = ask("report", "coaching", "--government", "12025", "--year", 2, "--out", out, "--lang", "en")
    assert (answer.code, answer.err) == (0, "")
    assert str(out) in answer.out
    words = text_of(out)
    for line in ask("kpi", "--year", 2, "--government", "12025", "--json").json["commitments"]:
        for name in ("existing_reach", "requested", "confirmed", "reached_to_date", "expected_today"):
            assert line[name] is None or f"{line[name]:,}" in words
    assert sorted(one.name for one in tmp_path.glob("r.pdf*")) == ["r.pdf"]


def test_the_report_may_speak_another_language_than_the_terminal(ask: Caller, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    answer = ask(
        "report", "coaching", "--government", "12025", "--out", out, "--lang", "nl", "--report-lang", "en", "--json"
    )
    assert answer.json == {
        "kind": "coaching",
        "file": str(out),
        "size": out.stat().st_size,
        "government": "12025",
        "year": 2,
        "first": "2023-10-01",
        "last": TODAY.isoformat(),
        "practice": False,
    }
    assert "Coaching report" in text_of(out)


def test_a_period_instead_of_a_year(ask: Caller, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    words = ("report", "coaching", "--government", "12025", "--period", "2023-01-01..2023-06-30", "--out", out)
    document = ask(*words, "--json").json
    assert (document["year"], document["first"], document["last"]) == (1, "2023-01-01", "2023-06-30")


def test_a_session_report_by_the_end_of_its_id(ask: Caller, tmp_path: Path) -> None:
    line = ask("list", "sessions", "--json").json["sessions"][0]
    for session in (line["id"], line["id"][-12:].upper()):
        out = tmp_path / f"{session}.PDF"
        document = ask("report", "session", "--session", session, "--out", out, "--json").json
        assert document["session"] == line["id"]
        assert "coördinator" in text_of(out)
    for session in ("ffffffff-nergens", line["id"][-3:], "0" * 36):
        answer = ask("report", "session", "--session", session, "--out", tmp_path / "n.pdf")
        assert (answer.code, len(answer.err.splitlines())) == (1, 1)
    assert not (tmp_path / "n.pdf").exists()


def test_an_existing_report_is_replaced_only_by_a_whole_new_one(ask: Caller, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    out.write_bytes(b"old")
    assert ask("report", "coaching", "--government", "99999", "--out", out).code == 1
    assert out.read_bytes() == b"old"
    assert ask("report", "coaching", "--government", "12025", "--out", out).code == 0
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("out", "part"),
    [
        ("folder.pdf", "folder.pdf"),
        ("nowhere/r.pdf", "nowhere"),
        ("r.docx", ".docx"),
        ("report", "report"),
    ],
)
def test_a_place_where_no_report_can_go(ask: Caller, tmp_path: Path, out: str, part: str) -> None:
    (tmp_path / "folder.pdf").mkdir()
    answer = ask("report", "coaching", "--government", "12025", "--out", tmp_path / out)
    assert (answer.code, answer.out, len(answer.err.splitlines())) == (1, "", 1)
    assert part in answer.err


def test_the_work_file_is_never_written_over(
    call: Caller, work_file: WorkFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", work_file.passphrase)
    store = work_file.copy_to(work_file.path.parent, "werk.pdf")
    before = store.path.read_bytes()
    beside = work_file.path.parent / "link.pdf"
    beside.symlink_to(store.path)
    for out in (store.path, beside):
        answer = call("report", "coaching", "--government", "12025", "--store", store.path, "--out", out)
        assert (answer.code, len(answer.err.splitlines())) == (1, 1)
    assert store.path.read_bytes() == before
