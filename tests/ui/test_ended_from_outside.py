"""Ended from outside (SIGTERM, a display that goes away): every character that was typed is there again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.workfile.opening import open_any
from tests.builders import PASSPHRASE, WorkFile
from tests.ui.windowed import window_process

pytestmark = pytest.mark.gui
WORDS = "Gesprek over de rit naar school, woord voor woord."


def kept_report(store: Path) -> str:
    """The report in the newest draft."""
    file = open_any(store, Runtime(), PASSPHRASE)
    try:
        contents = [file.draft(form) or {} for form in file.drafts() if form.startswith("session")]
        return str(contents[0]["report"]) if contents else ""
    finally:
        file.close()


def end_while_typing(work_file: WorkFile, characters: int) -> str:
    """Types, sends SIGTERM after so many characters; gives what is kept."""
    with window_process(work_file.path, PASSPHRASE, WORDS) as window:
        window.until("ready", f"typed {characters}")
        window.process.send_signal(signal.SIGTERM)
        window.until("closed")
        assert window.process.wait(30) == 0
    return kept_report(work_file.path)


@pytest.mark.parametrize("characters", [1, 14, 33])
def test_sigterm_keeps_every_character(characters: int, work_file: WorkFile) -> None:
    kept = end_while_typing(work_file, characters)
    assert WORDS.startswith(kept)
    assert len(kept) >= characters


@pytest.mark.long
@pytest.mark.parametrize("characters", range(1, len(WORDS) + 1))
def test_sigterm_after_each_keystroke(characters: int, work_file: WorkFile) -> None:
    kept = end_while_typing(work_file, characters)
    assert WORDS.startswith(kept)
    assert len(kept) >= characters


@contextmanager
def display() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A virtual X display of its own."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield server, f":{told.readline().strip()}"
    finally:
        server.kill()
        server.wait()


def test_a_display_that_goes_away_keeps_every_character(work_file: WorkFile) -> None:
    with (
        display() as (server, name),
        window_process(work_file.path, PASSPHRASE, WORDS, DISPLAY=name, QT_QPA_PLATFORM="xcb") as window,
    ):
        window.until("ready", "typed 20")
        server.kill()
        window.process.wait(30)
    kept = kept_report(work_file.path)
    assert WORDS.startswith(kept)
    assert len(kept) >= 20
