"""make run without a display: pictures are made anew when the program or its resources changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer import pictures


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in pictures.SOURCES:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.txt").write_text("one")
    (tmp_path / "requirements.lock").write_text("")
    monkeypatch.setattr(pictures, "ROOT", tmp_path)
    monkeypatch.setattr(pictures, "PICTURES", tmp_path / "tour")
    monkeypatch.setattr(pictures, "STAMP", tmp_path / "tour" / "stamp")
    return tmp_path


@pytest.mark.parametrize("folder", pictures.SOURCES)
def test_a_change_in_program_or_resources_asks_for_new_pictures(checkout: Path, folder: str) -> None:
    before = pictures.fingerprint()
    (checkout / folder / "one.txt").write_text("other")
    assert pictures.fingerprint() != before


def test_compiled_files_and_the_rest_of_the_checkout_do_not(checkout: Path) -> None:
    before = pictures.fingerprint()
    (checkout / "README.md").write_text("words")
    (checkout / "resources" / "__pycache__").mkdir()
    (checkout / "resources" / "__pycache__" / "one.pyc").write_bytes(b"x")
    assert pictures.fingerprint() == before


def test_when_nothing_changed_it_says_where_they_are_and_how_to_renew_them(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pictures.PICTURES.mkdir()
    pictures.STAMP.write_text(pictures.fingerprint())
    assert pictures.main() == 0
    told = capsys.readouterr().out
    assert str(pictures.PICTURES) in told
    assert "make tour" in told
    assert list(pictures.PICTURES.iterdir()) == [pictures.STAMP]
