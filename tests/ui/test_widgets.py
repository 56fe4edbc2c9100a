"""The shared widgets: they say what was chosen, fit their room, show where the keyboard is, and are read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.readmodels.core import StateCounts
from samenleven_desktop.ui.models.column import Column
from samenleven_desktop.ui.models.list_model import RowsModel
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.bars import HEIGHT, ProgressBarData, draw_progress, draw_states
from samenleven_desktop.ui.widgets.basic import (
    CardFrame,
    EmptyState,
    Field,
    Notice,
    PageHeader,
    Tile,
    button,
    label,
    pill,
)
from samenleven_desktop.ui.widgets.chips import ChipsEdit, ChoicePopup
from samenleven_desktop.ui.widgets.choice import Chooser, Segmented, TabBar
from samenleven_desktop.ui.widgets.responsive import FlowArea, PageFrame, folding, joined
from samenleven_desktop.ui.widgets.table import DataTable

# What the offscreen platform says of every popup; real platforms do not.
pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

Show = Callable[..., QWidget]
GOVERNMENTS = [("m", "Mechelen"), ("l", "Lier"), ("d", "Duffel")]


@dataclass(frozen=True)
class Row:
    name: str
    number: int


ROWS = [Row("Mechelen", 62), Row("Lier", 9), Row("Duffel", 130)]


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    made = Theme(request.param)
    made.apply(qapp)
    return made


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Puts widgets in a window that has the keyboard; gives the window."""
    windows: list[QWidget] = []

    def shown(*widgets: QWidget) -> QWidget:
        window = QWidget()
        windows.append(window)
        box = QVBoxLayout(window)
        for widget in widgets:
            box.addWidget(widget)
        qtbot.addWidget(window)
        window.resize(480, 320)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield shown
    windows.clear()


def make_table(theme: Theme) -> DataTable:
    columns = [
        Column[Row]("Bestuur", lambda row: row.name, strong=True, second=lambda row: "Rivierenland"),
        Column[Row]("Behaald", lambda row: str(row.number), 70, right=True, sort=lambda row: row.number),
        Column[Row]("Toestand", lambda row: "nog geen meting", 60, tone=lambda row: "neutral"),
    ]
    model = RowsModel[Row](columns)
    table = DataTable(theme, model, "Besturen")
    model.setParent(table)
    model.set_rows(ROWS)
    return table


def focused(widget: QWidget, qtbot: QtBot) -> None:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(widget.hasFocus)


# Lists


def test_enter_and_double_click_open_the_row(qtbot: QtBot, theme: Theme, show: Show) -> None:
    table = make_table(theme)
    show(table)
    focused(table, qtbot)
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.row_activated) as by_key:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert by_key.args == [ROWS[1]]
    place = table.visualRect(table.model().index(2, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.row_activated) as by_mouse:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert by_mouse.args == [ROWS[2]]


def test_a_click_on_a_head_sorts_numbers_as_numbers(qtbot: QtBot, theme: Theme, show: Show) -> None:
    table = make_table(theme)
    show(table)
    head = table.horizontalHeader()
    x = head.sectionViewportPosition(1) + 8
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    shown = [table.model().index(row, 1).data() for row in range(3)]
    assert shown in (["9", "62", "130"], ["130", "62", "9"])


def test_the_columns_fill_the_list_and_a_pill_is_never_cut(theme: Theme, show: Show) -> None:
    table = make_table(theme)
    show(table)
    widths = [table.columnWidth(place) for place in range(3)]
    assert sum(widths) == table.viewport().width()
    assert widths[2] > 60


def test_both_lines_of_a_row_are_read_aloud(theme: Theme) -> None:
    first = make_table(theme).model().index(0, 0)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Mechelen, Rivierenland"


# Fields and chips


def test_an_error_stands_under_the_field_and_is_read_aloud(theme: Theme, show: Show) -> None:
    editor = QLineEdit()
    field = Field("&Datum", editor)
    show(field)
    assert field.caption.buddy() is editor
    assert editor.accessibleName() == "Datum"
    field.show_error("Typ een datum.")
    assert field.error.isVisible()
    assert editor.accessibleDescription() == "Typ een datum."
    field.show_error("")
    assert not field.error.isVisible()
    assert editor.accessibleDescription() == ""


def test_an_error_does_not_move_the_field_beside_it(qtbot: QtBot, theme: Theme, show: Show) -> None:
    row = QWidget()
    line = QHBoxLayout(row)
    one, other = Field("Datum", QLineEdit()), Field("Vorm", QComboBox())
    line.addWidget(one)
    line.addWidget(other)
    show(row)
    one.show_error("Typ een datum als dag-maand-jaar.")
    qtbot.waitUntil(lambda: one.error.height() > 10)
    assert (one.caption.y(), one.editor.y()) == (other.caption.y(), other.editor.y())


def test_choosing_by_keyboard_alone(qtbot: QtBot, theme: Theme, show: Show) -> None:
    chips = ChipsEdit(theme, "bestuur", "verwijderen")
    chips.set_choices(GOVERNMENTS)
    show(chips)
    focused(chips.add_button, qtbot)
    QTest.keyClick(chips.add_button, Qt.Key.Key_Space)
    popup = chips.findChild(ChoicePopup)
    assert isinstance(popup, ChoicePopup)
    QTest.keyClicks(popup.search, "e")
    QTest.keyClick(popup.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(chips.chips_changed):
        QTest.keyClick(popup.search, Qt.Key.Key_Return)
    assert chips.chosen() == ("l",)


def test_a_chip_is_taken_out_and_says_so(qtbot: QtBot, theme: Theme, show: Show) -> None:
    chips = ChipsEdit(theme, "bestuur", "verwijderen")
    chips.set_choices(GOVERNMENTS)
    chips.set_chosen(["d", "m", "d", "unknown"])
    show(chips)
    assert chips.chosen() == ("d", "m")
    chip = next(one for one in chips.shown if one.accessibleName() == "Duffel: verwijderen")
    with qtbot.waitSignal(chips.chips_changed):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chips.chosen() == ("m",)


def test_what_flows_stays_inside(theme: Theme, show: Show) -> None:
    area = FlowArea()
    parts: list[QWidget] = [button(words * 4) for _, words in GOVERNMENTS]
    area.arrange(parts)
    window = show(area)
    window.resize(260, 320)
    assert all(area.rect().contains(part.geometry()) for part in parts)
    assert len({part.y() for part in parts}) == 3


def test_what_is_hidden_takes_no_room(qtbot: QtBot, theme: Theme, show: Show) -> None:
    area = FlowArea()
    first, second = button("Verwijderen"), button("Bewaren")
    first.hide()
    area.append(first)
    area.append(second)
    show(area)
    assert not first.isVisible()
    assert second.x() == 0
    first.show()
    qtbot.waitUntil(lambda: second.x() > first.width())
    first.hide()
    qtbot.waitUntil(lambda: second.x() == 0)


def test_columns_fold_where_the_page_is_narrow(qtbot: QtBot, theme: Theme, show: Show) -> None:
    page = QWidget()
    box = QVBoxLayout(page)
    columns = folding(QHBoxLayout())
    left, right = CardFrame("Links"), CardFrame("Rechts")
    columns.addWidget(left)
    columns.addWidget(right)
    box.addLayout(columns)
    window = show(PageFrame(page))
    window.resize(1200, 320)
    qtbot.waitUntil(lambda: left.y() == right.y() and right.x() > left.x())
    window.resize(580, 320)
    qtbot.waitUntil(lambda: left.x() == right.x() and right.y() > left.y())
    window.resize(1200, 320)
    qtbot.waitUntil(lambda: left.y() == right.y())


# Choosing one of a few


def test_the_wheel_changes_no_choice(theme: Theme, show: Show) -> None:
    """On a page that scrolls, a list under the pointer must not change unseen."""
    chooser = Chooser()
    chooser.addItems(["Bezoek", "Online", "Telefoon"])
    show(chooser)
    chooser.setFocus()
    middle = QPointF(chooser.rect().center())
    wheel = QWheelEvent(
        middle,
        chooser.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chooser, wheel)
    assert chooser.currentText() == "Bezoek"


def test_a_segment_is_chosen_by_click_and_by_arrow(qtbot: QtBot, theme: Theme, show: Show) -> None:
    choice = Segmented("Periode", [("q", "Kwartaal"), ("y", "Projectjaar"), ("a", "Alles")])
    show(choice)
    told: list[str] = []
    choice.choice_changed.connect(told.append)
    assert choice.choice() == "q"
    QTest.mouseClick(choice.buttons["y"], Qt.MouseButton.LeftButton)
    focused(choice.buttons["y"], qtbot)
    QTest.keyClick(choice.buttons["y"], Qt.Key.Key_Right)
    assert (told, choice.choice()) == (["y", "a"], "a")
    choice.set_choice("q")
    assert (told, choice.choice()) == (["y", "a"], "q")


# Notices, headers, bars


def test_a_notice_is_closed_and_offers_its_action(qtbot: QtBot, theme: Theme, show: Show) -> None:
    notice = Notice(theme, "attention", "Je was een verslag aan het schrijven.", "Sluiten")
    done: list[bool] = []
    notice.add_action("Verder schrijven", lambda: done.append(True))
    show(notice)
    action, close = notice.findChildren(type(button("")))[::-1]
    if action.text() != "Verder schrijven":
        action, close = close, action
    QTest.mouseClick(action, Qt.MouseButton.LeftButton)
    assert done == [True]
    assert close.accessibleName() == "Sluiten"
    with qtbot.waitSignal(notice.closed):
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)


def test_in_a_narrow_page_the_actions_go_under_the_title(qtbot: QtBot, theme: Theme, show: Show) -> None:
    header = PageHeader("Intensieve ondersteuning registreren", "Klad bewaard om 14:02")
    save = header.add_action(button("Sessie registreren", kind="primary"))
    window = show(header)
    window.resize(900, 320)
    qtbot.waitUntil(lambda: save.mapTo(header, QPoint()).x() >= header.title.geometry().right())
    window.resize(400, 320)
    qtbot.waitUntil(lambda: save.mapTo(header, QPoint()).y() >= header.title.geometry().bottom())
    assert header.rect().contains(save.rect().translated(save.mapTo(header, QPoint())))


def test_a_progress_bar_shows_what_is_reached_and_what_is_expected(theme: Theme) -> None:
    image = QImage(160, HEIGHT + 10, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    draw_progress(painter, QRectF(image.rect()), theme, ProgressBarData(0.5, 0.75, KpiState.BEHIND))
    painter.end()
    middle = image.height() // 2
    assert image.pixelColor(image.width() // 4, middle) == theme.color("attention")
    assert image.pixelColor(image.width() * 5 // 8, middle) == theme.color("track")
    assert image.pixelColor(round(image.width() * 0.75), middle) == theme.color("expected")


def test_a_bar_of_states_is_shared_between_them(theme: Theme) -> None:
    image = QImage(160, HEIGHT, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    draw_states(painter, QRectF(image.rect()), theme, StateCounts(on_course=1, at_risk=1))
    painter.end()
    assert image.pixelColor(image.width() // 4, HEIGHT // 2) == theme.color("good")
    assert image.pixelColor(image.width() * 3 // 4, HEIGHT // 2) == theme.color("bad")


def test_labels_are_read_by_their_text(theme: Theme, show: Show) -> None:
    """An accessible name on a label hides its text from screen readers."""
    whole = QWidget()
    box = QVBoxLayout(whole)
    tile = Tile("Open afspraken")
    tile.show_values("12", "3 te laat", "Eerstvolgende: morgen")
    for one in (
        CardFrame("Middelen", "projectjaar 2"),
        tile,
        PageHeader("Start", "23 besturen"),
        Notice(theme, "info", "Bewaard.", "Sluiten"),
        EmptyState(theme, "check", "Alles op koers."),
        Field("Verslag", QPlainTextEdit()),
        pill("op koers", "good"),
        label("tekst"),
    ):
        box.addWidget(one)
    show(whole)
    assert [one.text() for one in whole.findChildren(QLabel) if one.accessibleName()] == []


# Where the keyboard is

FOCUSABLE: dict[str, Callable[[Theme], QWidget]] = {
    "button": lambda theme: button("Verslag"),
    "primary": lambda theme: button("Bewaren", kind="primary"),
    "link": lambda theme: button("Afvinken", kind="link"),
    "crumb": lambda theme: button("Besturen ›", kind="crumb"),
    "flat": lambda theme: button("Sluiten", kind="flat"),
    "chip": lambda theme: button("Open afspraken", kind="chip"),
    "chipadd": lambda theme: button("+ bestuur", kind="chipadd"),
    "line": lambda theme: QLineEdit("11-03-2024"),
    "text": lambda theme: QPlainTextEdit("Verslag"),
    "combo": lambda theme: QComboBox(),
    "check": lambda theme: QCheckBox("Sleutel bewaren"),
    "table": make_table,
    "tabs": lambda theme: _tabs(theme),
    "segment": lambda theme: Segmented("Periode", [("q", "Kwartaal"), ("y", "Projectjaar")]),
}


@pytest.mark.parametrize("kind", FOCUSABLE)
def test_the_keyboard_can_be_seen(qtbot: QtBot, theme: Theme, show: Show, kind: str) -> None:
    elsewhere = QLineEdit()
    widget = FOCUSABLE[kind](theme)
    show(widget, elsewhere)
    focused(elsewhere, qtbot)
    before = _picture(widget)
    focused(widget.focusProxy() or widget, qtbot)
    after = _picture(widget)
    ring = theme.color("text" if kind == "primary" else "accent").rgb()
    gained = sum(
        after.pixel(x, y) == ring != before.pixel(x, y) for x in range(after.width()) for y in range(after.height())
    )
    assert gained > 30, gained


def _tabs(theme: Theme) -> TabBar:
    tabs = TabBar(theme, "Delen van het dossier")
    tabs.addTab("Overzicht")
    tabs.addTab("Sessies (8)")
    return tabs


def _picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_a_part_that_comes_later_folds_as_its_page(qtbot: QtBot) -> None:
    page, part = QWidget(), QWidget()
    box, columns = QVBoxLayout(page), folding(QHBoxLayout(part))
    frame = PageFrame(page)
    qtbot.addWidget(frame)
    frame.resize(500, 300)
    frame.show()
    qtbot.waitExposed(frame)
    box.addWidget(joined(part))
    assert columns.direction() == QHBoxLayout.Direction.LeftToRight, "it is on no page yet"
    joined(part)
    assert columns.direction() == QHBoxLayout.Direction.TopToBottom
    frame.resize(1200, 300)
    qtbot.waitUntil(lambda: columns.direction() == QHBoxLayout.Direction.LeftToRight)
