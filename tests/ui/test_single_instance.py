"""A second start goes to the window that is open; a pack that was double-clicked waits until a work file is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from samenleven_desktop.domain.errors import EnvironmentFault
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.dialogs.no_answer import no_answer_box
from samenleven_desktop.ui.dialogs.plan_preview import PlanPreview
from samenleven_desktop.ui.single_instance import LOCK, NO_ANSWER, LaunchRequest, OneWindow
from tests.builders import WorkFile
from tests.pages.window import WindowPage
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui
Make = Callable[[], OneWindow]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Starts of the same person."""
    made: list[OneWindow] = []

    def one() -> OneWindow:
        made.append(OneWindow(tmp_path / "data"))
        return made[-1]

    yield one
    for place in made:
        place.close()


SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from samenleven_desktop.ui.single_instance import OneWindow, LaunchRequest
app = QCoreApplication([])
place = OneWindow(Path(sys.argv[1]))
print(place.take(), place.hand_over(LaunchRequest(sys.argv[2] or None, sys.argv[3] or None)))
"""


def second_start(qtbot: QtBot, folder: Path, store: str = "", pack: str = "") -> str:
    """What a start in a process of its own finds, while this one's events go on."""
    words = [sys.executable, "-c", SECOND, str(folder / "data"), store, pack]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=30_000)
    out, _ = process.communicate()
    return out.strip()


def test_a_second_start_hands_over_its_wish(qtbot: QtBot, make: Make, tmp_path: Path) -> None:
    first = make()
    assert first.take()
    heard: list[LaunchRequest] = []

    def answer(request: LaunchRequest) -> bool:
        heard.append(request)
        return request.store is None

    first.listen(answer)
    assert second_start(qtbot, tmp_path, pack="a.samenleven") == "False True"
    assert second_start(qtbot, tmp_path, store="other.db") == "False False"
    assert heard == [LaunchRequest(None, "a.samenleven"), LaunchRequest("other.db", None)]


def test_the_place_is_free_again_after_the_first_has_gone(qtbot: QtBot, make: Make) -> None:
    first = make()
    assert first.take()
    first.listen(lambda request: True)
    first.close()
    next_one = make()
    assert next_one.take()
    next_one.listen(lambda request: True)


def test_a_killed_window_leaves_the_place_free(qtbot: QtBot, make: Make, tmp_path: Path) -> None:
    code = SECOND.split("print(")[0] + "assert place.take(); place.listen(print); import os; os._exit(9)"
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / "data")], check=False)
    assert killed.returncode == 9
    assert (tmp_path / "data" / "venster.lock").exists()
    place = make()
    assert place.take()
    place.listen(lambda request: True)
    assert second_start(qtbot, tmp_path) == "False True"


def test_a_lock_left_under_the_number_of_this_process_is_no_other_window(make: Make, tmp_path: Path) -> None:
    assert make().take()
    lock = tmp_path / "data" / LOCK
    left = lock.read_bytes()
    place = make()
    lock.unlink()
    lock.write_bytes(left)
    assert place.take()
    assert place.first


def test_a_first_window_that_does_not_answer_is_told(qtbot: QtBot, make: Make) -> None:
    assert make().take()
    with pytest.raises(EnvironmentFault) as told:
        make().hand_over(LaunchRequest(), patience_ms=200)
    assert told.value.message == NO_ANSWER


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="nothing is read-only to this user")
def test_without_a_place_to_keep_a_lock_every_window_is_the_first(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    place = OneWindow(tmp_path / "data")
    assert place.take()
    assert not place.first


def test_the_window_comes_to_the_front_unless_another_file_is_asked_for(window: WindowPage) -> None:
    arrivals, shell = window.application.arrivals, window.application.shell
    shell.showMinimized()
    assert arrivals.take(LaunchRequest())
    assert not shell.isMinimized()
    workspace = window.workspace
    assert arrivals.take(LaunchRequest(store=str(workspace.path.resolve())))
    assert not arrivals.take(LaunchRequest(store=str(workspace.path.with_name("ander.samenlevendb"))))


def test_a_pack_waits_for_the_passphrase(window: WindowPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[list[Path]] = []
    monkeypatch.setattr(window.application.navigator, "open_packs", offered.append)
    workspace, pack = window.application.runner.workspace, tmp_path / "a.samenleven"
    assert workspace is not None
    window.application.runner.close_workspace()
    assert window.application.arrivals.take(LaunchRequest(pack=str(pack)))
    assert offered == []
    with window.bot.waitSignal(window.application.ready):
        window.application.work_file.open_file(workspace.path)
    window.until(lambda: offered == [[pack]])
    assert window.application.arrivals.take(LaunchRequest(pack=str(pack)))
    assert offered == [[pack]], "the second start has its answer before the page is loaded"
    window.until(lambda: len(offered) == 2)


def test_a_pack_opens_the_exchange(window: WindowPage, tmp_path: Path) -> None:
    pack = tmp_path / "van een collega.samenleven"
    pack.write_bytes(b"geen pakket")
    assert window.application.arrivals.take(LaunchRequest(pack=str(pack)))
    window.until(lambda: window.application.shell.current == "exchange")
    window.settle()


def test_a_plan_file_opens_the_plans(window: WindowPage) -> None:
    plan = Path(__file__).parents[1] / "data" / "plans" / "second-plan.yaml"
    assert window.application.arrivals.take(LaunchRequest(pack=str(plan)))
    preview = window.dialog(PlanPreview)
    assert window.application.shell.current == "plans"
    preview.reject()
    window.closed()


def test_the_file_that_is_locked_is_this_window(open_window: Open, work_file: WorkFile) -> None:
    """A double click on it opened a second window."""
    window = open_window(work_file.path, passphrase=work_file.passphrase)
    window.application.lock()
    window.until(lambda: window.application.shell.current == "unlock")
    assert window.application.arrivals.take(LaunchRequest(store=str(work_file.path.resolve())))
    assert not window.application.arrivals.take(
        LaunchRequest(store=str(work_file.path.with_name("ander.samenlevendb")))
    )


def test_the_box_about_a_window_that_hangs_has_no_english_button(qtbot: QtBot) -> None:
    box = no_answer_box(Language("nl"), "Zin.")
    qtbot.addWidget(box)
    assert [one.text() for one in box.buttons()] == ["Sluiten"]
