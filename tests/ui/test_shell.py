"""The frame around the pages: navigation by key and click, search, notices, and a window as small as 640 x 360."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.shell import Shell, ShellTexts
from samenleven_desktop.ui.shell.search import SearchHit
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.basic import Notice
from samenleven_desktop.ui.widgets.table import RowsTable
from tests.pages.window import WindowPage

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

CTRL = Qt.KeyboardModifier.ControlModifier
PAGES = (("start", "Start", "house"), ("governments", "Besturen", "building-2"), ("reports", "Rapporten", "file-text"))
HITS = [SearchHit("Mechelen", "12025 · Rivierenland", "m"), SearchHit("Machelen", "23047 · Halle-Vilvoorde", "v")]


class Page(QWidget):
    """A page that is larger than a small window."""

    def __init__(self, words: str) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        for number in range(20):
            box.addWidget(QLabel(f"{words} {number}"))


@pytest.fixture
def built() -> list[str]:
    """The keys of the pages in the order they were built."""
    return []


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, built: list[str]) -> Iterator[Shell]:
    theme = Theme("light")
    theme.apply(qapp)
    made = Shell(theme, ShellTexts.of(Language("nl")))

    def factory(key: str) -> QWidget:
        built.append(key)
        return Page(key)

    for key, caption, icon in PAGES:
        made.add_page(key, caption, icon, lambda key=key: factory(key))
    made.add_hidden_page("dossier", lambda: factory("dossier"))
    made.show_page("start")
    made.resize(1280, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.allow_close()
    made.close()
    made.deleteLater()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget() or QApplication.activeWindow()
    QTest.keyClick(target, key, modifier)


def test_pages_are_built_when_first_shown_and_kept(shell: Shell, built: list[str]) -> None:
    assert built == ["start"]
    press(Qt.Key.Key_2, CTRL)
    press(Qt.Key.Key_1, CTRL)
    press(Qt.Key.Key_2, CTRL)
    assert (shell.current, built) == ("governments", ["start", "governments"])
    assert shell.page("governments").isVisible()


def test_arrows_walk_through_the_navigation(shell: Shell, qtbot: QtBot) -> None:
    first = shell.sidebar.entry("start")
    assert first is not None
    first.setFocus()
    for key, place in (
        (Qt.Key.Key_Down, "governments"),
        (Qt.Key.Key_Down, "reports"),
        (Qt.Key.Key_Up, "governments"),
        (Qt.Key.Key_End, "reports"),
        (Qt.Key.Key_Home, "start"),
    ):
        press(key)
        assert shell.current == place
        entry = shell.sidebar.entry(place)
        assert entry is not None
        assert entry.isChecked()
        assert entry.hasFocus()


def test_a_dossier_marks_the_governments(shell: Shell) -> None:
    shell.show_page("dossier", "governments")
    entry = shell.sidebar.entry("governments")
    assert entry is not None
    assert entry.isChecked()
    assert shell.current == "dossier"


def test_a_count_is_read_aloud_with_its_place(shell: Shell) -> None:
    entry = shell.sidebar.entry("governments")
    assert entry is not None
    without = entry.grab().toImage()
    shell.set_badge("governments", "23")
    assert entry.accessibleName() == "Besturen, 23"
    assert entry.toolTip() == "Besturen, 23 (Ctrl+2)"
    assert entry.grab().toImage() != without
    shell.set_badge("governments", "")
    assert entry.accessibleName() == "Besturen"


def test_search_by_keyboard_alone(shell: Shell, qtbot: QtBot) -> None:
    typed: list[str] = []
    shell.search.text_typed.connect(typed.append)
    press(Qt.Key.Key_K, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "chelen")
    assert typed[-1] == "chelen"
    shell.search.show_hits(HITS)
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(shell.search.hit_chosen) as chosen:
        press(Qt.Key.Key_Return)
    assert chosen.args == ["v"]
    assert shell.search.text() == ""


def test_escape_leaves_the_search(shell: Shell) -> None:
    press(Qt.Key.Key_K, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "m")
    shell.search.show_hits(HITS)
    assert shell.search.results.isVisible()
    press(Qt.Key.Key_Escape)
    assert not shell.search.results.isVisible()
    assert shell.search.text() == ""


@pytest.mark.parametrize("size", [(1280, 720), (640, 360)])
def test_the_results_stay_inside_the_window(shell: Shell, qtbot: QtBot, size: tuple[int, int]) -> None:
    shell.resize(*size)
    press(Qt.Key.Key_K, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "m")
    shell.search.show_hits(HITS * 8)
    assert shell.search.popup is not None
    assert shell.rect().contains(shell.search.popup.geometry())
    assert shell.search.results.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Mechelen, 12025 · Rivierenland"


def test_a_new_session_by_key_and_click(window: WindowPage) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    assert window.shell.current == "session"
    window.open_page("governments")
    QTest.mouseClick(window.shell.new_session, Qt.MouseButton.LeftButton)
    assert window.shell.current == "session"


def test_without_a_work_file_no_key_leads_anywhere(shell: Shell) -> None:
    shell.set_working(False)
    press(Qt.Key.Key_2, CTRL)
    assert shell.current == "start"


def test_without_a_work_file_there_is_no_new_session(window: WindowPage) -> None:
    window.application.leave_file()
    window.until(lambda: window.shell.current == "welcome")
    window.press(Qt.Key.Key_N, CTRL)
    assert window.shell.current == "welcome"


def test_a_small_window_shows_pictures_and_scrolls(shell: Shell, qtbot: QtBot) -> None:
    shell.practice_pill.setText("Oefenbestand, verzonnen cijfers · 11 maart 2024")
    shell.practice_pill.show()
    shell.resize(640, 360)
    qtbot.waitUntil(lambda: shell.sidebar.narrow and shell.search.width() < 300)
    for part in (shell.search, shell.practice_pill, shell.new_session):
        qtbot.waitUntil(lambda part=part: part.width() >= part.minimumSizeHint().width())
        assert shell.rect().contains(part.rect().translated(part.mapTo(shell, part.rect().topLeft())))
    assert shell.new_session.accessibleName() == "Nieuwe sessie"
    entry = shell.sidebar.entry("start")
    assert entry is not None
    assert (entry.text(), entry.accessibleName(), entry.toolTip()) == ("", "Start", "Start (Ctrl+1)")
    frame = shell.stack.currentWidget()
    assert isinstance(frame, QScrollArea)
    assert frame.verticalScrollBar().maximum() > 0
    shell.resize(1280, 720)
    qtbot.waitUntil(lambda: not shell.sidebar.narrow)
    assert "Start" in entry.text()


def test_an_equal_notice_is_not_shown_twice(shell: Shell, qtbot: QtBot) -> None:
    first = shell.add_notice("attention", "De schijf is vol.")
    qtbot.waitUntil(first.isVisible)
    assert shell.add_notice("attention", "De schijf is vol.") is first
    assert shell.add_notice("info", "Iets anders.") is not first
    shown = [one for one in shell.findChildren(Notice) if one.text_label.text() == "De schijf is vol."]
    assert len(shown) == 1


def test_everything_can_be_taken_out_and_put_in_again(shell: Shell, built: list[str]) -> None:
    shell.clear_pages()
    shell.add_page("start", "Start", "house", lambda: Page("again"))
    shell.show_page("start")
    assert shell.current == "start"
    press(Qt.Key.Key_2, CTRL)
    assert shell.current == "start"
    press(Qt.Key.Key_1, CTRL)
    assert shell.page("start").isVisible()


def test_the_window_closes_only_when_its_owner_allows(shell: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.close_requested):
        shell.close()
    assert shell.isVisible()
    shell.allow_close()
    shell.close()
    assert not shell.isVisible()


def test_the_last_notice_leaves_no_gap(window: WindowPage) -> None:
    shell = window.application.shell
    before = shell.stack.geometry()
    first, second = shell.add_notice("info", "Een"), shell.add_notice("info", "Twee")
    window.until(lambda: shell.stack.geometry() != before)
    first.hide()
    second.hide()
    window.until(lambda: shell.stack.geometry() == before)


def test_the_practice_mark_is_whole_in_a_narrow_window(window: WindowPage) -> None:
    """At 150 % on a screen of 1360 pixels."""
    shell = window.application.shell
    for width in (907, 960, 1100, 1366):
        shell.resize(width, 500)
        pill = shell.practice_pill
        window.until(lambda: shell.practice_pill.width() >= shell.practice_pill.sizeHint().width())
        assert pill.mapTo(shell, pill.rect().topRight()).x() < shell.new_session.x()
    assert shell.year_pill.isVisible()


@pytest.mark.parametrize("key", ["governments", "support", "offers", "stimuli"])
def test_a_page_starts_at_its_list(window: WindowPage, key: str) -> None:
    window.application.shell.page("start").setFocus()
    window.settle()
    window.application.shell.show_page(key)
    window.settle()
    focused = window.application.shell.focusWidget()
    assert isinstance(focused, RowsTable), focused
    assert focused.isVisible()
