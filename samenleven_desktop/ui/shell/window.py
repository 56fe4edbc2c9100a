"""The main window: composes top bar, navigation, pages and status line, and forwards requests. Contains no logic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from samenleven_desktop.domain.sentences import filled
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.file_drops import DropPlace, NoFilesAsText, exchanged
from samenleven_desktop.ui.keyboard import DigitKeys
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.shell.keep_on_screen import StaysInside
from samenleven_desktop.ui.shell.navigation import WIDE, Navigation
from samenleven_desktop.ui.shell.search import SearchBox
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.basic import Notice, button, label, pill
from samenleven_desktop.ui.widgets.responsive import PageFrame
from samenleven_desktop.ui.widgets.shortcuts import window_key

NARROW_BELOW = 900
LATEST_PAINT_MS = 500
_NARROWEST_SEARCH = 120
_LONGEST_SESSION = 34


@dataclass(frozen=True)
class ShellTexts:
    """The texts of the main window in one language."""

    search: str
    new_session: str
    close: str
    menu: str
    navigation: str
    drop: str
    go_to: str
    """Holds {page}."""

    @classmethod
    def of(cls, language: Language) -> ShellTexts:
        return cls(
            search=language.text("Search a government, session, offer or text ..."),
            new_session=language.text("New session"),
            close=language.text("Close"),
            menu=language.text("Menu"),
            navigation=language.text("Navigation"),
            drop=language.text("Let go to look at the file of a colleague"),
            go_to=language.text("Go to {page}"),
        )


class Shell(QMainWindow):
    """The main window. Pages are added with a factory and built when they are first shown."""

    page_changed = Signal(str)
    new_session_requested = Signal()
    close_requested = Signal()
    first_painted = Signal()
    """Emitted once: the window is on screen. Also if a desktop does not let it paint, half a second after it is shown.
    """
    help_requested = Signal(QWidget)
    """The handbook was asked for, in this window or in a dialog of it."""
    keys_requested = Signal(QWidget)
    """The list of keys was asked for, likewise."""
    theme_changed = Signal()
    """The font or colours of the desktop changed."""
    files_dropped = Signal(list)
    """Paths of packs and contact cards of colleagues."""

    def __init__(self, theme: Theme, texts: ShellTexts) -> None:
        super().__init__()
        self._theme = theme
        self._texts = texts
        self.factories: dict[str, Callable[[], QWidget]] = {}
        self.pages: dict[str, QWidget] = {}
        self._frames: dict[str, PageFrame] = {}
        self._page_keys: list[QShortcut] = []
        self._may_close = False
        self._shown = self._painted = self._narrow = False
        self.current = ""
        theme.changed.connect(self._on_theme_changed)
        self.setWindowTitle("Samenleven")
        self.setMinimumSize(640, 360)
        self.inside = StaysInside(self)
        self._build()
        self.drop = DropPlace(self, texts.drop, self.files_dropped.emit, self._files_of_colleagues)

    def _build(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._topbar())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.sidebar = Navigation(self._theme, self._texts.navigation)
        middle.addWidget(self.sidebar)
        right = QVBoxLayout()
        right.setSpacing(0)
        self.notices = QVBoxLayout()
        self.notices.setContentsMargins(24, 0, 24, 0)
        self.notices.setSpacing(8)
        right.addLayout(self.notices)
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        right.addWidget(self.stack, 1)
        middle.addLayout(right, 1)
        column.addLayout(middle, 1)
        column.addWidget(self._statusline())
        self.setCentralWidget(whole)

    def _topbar(self) -> QWidget:
        self._bar = bar = QWidget()
        bar.setObjectName("topbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme.keep(bar, lambda: bar.setFixedHeight(self._theme.px(52)))
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(10)
        mark = QLabel("S")
        mark.setObjectName("brandmark")
        self._theme.keep(mark, lambda: mark.setFixedSize(self._theme.px(26), self._theme.px(26)))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.brand = QLabel("Samenleven")
        self.brand.setObjectName("brandname")
        # Aligns the search box with the page.
        beside = 24 - 16 - 2 * 10
        self._theme.keep(
            self.brand, lambda: self.brand.setFixedWidth(self._theme.px(WIDE) - self._theme.px(26) + beside)
        )
        line.addWidget(mark)
        line.addWidget(self.brand)
        self.search = SearchBox(self._theme, self._texts.search)
        self.search.setMinimumWidth(_NARROWEST_SEARCH)
        self.search.setMaximumWidth(520)
        line.addWidget(self.search, 3)
        line.addStretch(1)
        self.practice_pill = pill("", "mark")
        self.practice_pill.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.practice_pill.hide()
        self.year_pill = pill("")
        self.year_pill.hide()
        line.addWidget(self.practice_pill)
        line.addWidget(self.year_pill)
        self.menu = QToolButton()
        self.menu.setObjectName("menubutton")
        self._theme.keep(self.menu, lambda: self.menu.setIcon(self._theme.icon("ellipsis", "text", 18)))
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu.setToolTip(f"{self._texts.menu} (F10)")
        self.menu.setAccessibleName(self._texts.menu)
        self.menu.setMenu(QMenu(self.menu))
        line.addWidget(self.menu)
        window_key(self, "F10", self._texts.menu, self._show_menu)
        self.new_session = button(self._texts.new_session, self.new_session_requested.emit, kind="primary")
        made = self.new_session
        self._theme.keep(made, lambda: made.setIcon(self._theme.icon("plus", "on_accent", 16)))
        self._session_words = ""
        self.name_session(self._texts.new_session)
        line.addWidget(self.new_session)
        window_key(self, "Ctrl+K", self._texts.search, self.search.take_focus)
        return bar

    def _statusline(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("statusline")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme.keep(bar, lambda: bar.setFixedHeight(self._theme.px(27)))
        line = QHBoxLayout(bar)
        line.setContentsMargins(14, 0, 14, 0)
        self.status = label("")
        line.addWidget(self.status)
        line.addStretch(1)
        return bar

    # Pages

    def add_page(self, key: str, caption: str, icon_name: str, factory: Callable[[], QWidget]) -> None:
        """Adds a page with an entry in the navigation; Ctrl+1 .. Ctrl+9 open these in the order of adding."""
        self.sidebar.add_entry(key, caption, icon_name, lambda: self.show_page(key))
        self.factories[key] = factory
        keys, words = f"Ctrl+{len(self._page_keys) + 1}", filled(self._texts.go_to, {"page": caption})
        self._page_keys.append(window_key(self, keys, words, lambda: self._go(key)))

    def add_hidden_page(self, key: str, factory: Callable[[], QWidget]) -> None:
        """Adds a page that is only reached from other pages, such as a dossier."""
        self.factories[key] = factory

    def set_badge(self, key: str, text: str) -> None:
        """Shows a count at the end of an entry of the navigation."""
        entry = self.sidebar.entry(key)
        if entry is not None:
            entry.set_badge(text)

    def name_session(self, words: str) -> None:
        """Says on the button for a new session with whom it is; a long name stays in the tool tip."""
        self._session_words = words if len(words) <= _LONGEST_SESSION else self._texts.new_session
        if not self._narrow:
            self.new_session.setText(self._session_words)
        self.new_session.setToolTip(f"{words} (Ctrl+N)")
        self.new_session.setAccessibleName(words)
        if self.isVisible():
            self._fit_bar()

    def show_page(self, key: str, entry: str | None = None) -> QWidget:
        """Shows a page, building it on first use; `entry` selects another entry of the navigation."""
        first = key not in self.pages
        page = self.page(key)
        marked = self.sidebar.entry(entry or key)
        if marked is not None:
            marked.setChecked(True)
        if key != self.current:
            self.name_session(self._texts.new_session)
        self.stack.setCurrentWidget(self._frames[key])
        self.current = key
        focused = self.focusWidget()
        if first and focused is not None and page.isAncestorOf(focused):
            _start_at_list(page)
        self.page_changed.emit(key)
        return page

    def has_page(self, key: str) -> bool:
        return key in self.factories

    def page(self, key: str) -> QWidget:
        if key not in self.pages:
            self.pages[key] = self.factories[key]()
            self._frames[key] = PageFrame(self.pages[key])
            self.stack.addWidget(self._frames[key])
        return self.pages[key]

    def keep_typed(self) -> None:
        """Queues saving the input on all pages; it is queued when this returns."""
        for page in self.pages.values():
            if isinstance(page, Screen):
                page.leave()

    def renew_pages(self, keep: str | None = None) -> None:
        """Discards every page but `keep`; each is rebuilt when it is next shown."""
        for key in [one for one in self.pages if one != keep]:
            page, frame = self.pages.pop(key), self._frames.pop(key)
            if isinstance(page, Screen):
                page.leave()
            self.stack.removeWidget(frame)
            page.deleteLater()
            frame.deleteLater()

    def clear_pages(self) -> None:
        """Removes all pages and entries, for another work file or language."""
        self.sidebar.clear_entries()
        self.renew_pages()
        for shortcut in self._page_keys:
            # Disabled at once: until it is deleted, it would be ambiguous with the new shortcut for the same keys.
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self.factories, self._page_keys = {}, []

    def set_working(self, working: bool) -> None:
        """Shows navigation, search and menu only while a work file is open."""
        self.sidebar.setVisible(working)
        self.search.setVisible(working)
        self.new_session.setVisible(working)
        self.menu.setVisible(working)
        self._fit_bar()
        if not working:
            # Notices and their buttons refer to the work file that was open.
            for shown in self.findChildren(Notice):
                shown.hide()

    # Notices and status

    def add_notice(self, tone: str, text: str) -> Notice:
        """Shows a notice above the page until it is closed; an equal one is not shown twice."""
        for shown in self.findChildren(Notice):
            if shown.text_label.text() == text and shown.isVisible():
                return shown
        made = Notice(self._theme, tone, text, self._texts.close)
        made.closed.connect(lambda: self._on_notice_closed(made))
        self.notices.setContentsMargins(24, 10, 24, 0)
        self.notices.addWidget(made)
        return made

    def _on_notice_closed(self, notice: Notice) -> None:
        """Removes the notice, and the margin around notices after the last one."""
        self.notices.removeWidget(notice)
        notice.deleteLater()
        if not self.notices.count():
            self.notices.setContentsMargins(24, 0, 24, 0)

    def set_status(self, text: str) -> None:
        self.status.setText(text)

    # Window

    def allow_close(self) -> None:
        self._may_close = True

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close:
            # The owner completes pending writes, then allows closing; a second close() inside this event would be lost.
            self.close_requested.emit()
        event.setAccepted(self._may_close)

    def _files_of_colleagues(self, dragged: QMimeData) -> list[Path]:
        return exchanged(dragged) if self.sidebar.isVisible() else []

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ThemeChange:
            self.theme_changed.emit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()

    def _on_theme_changed(self) -> None:
        """Adjusts the bar once it has the new sizes. A method, not a lambda: the theme outlives this window."""
        QTimer.singleShot(0, self, self._fit_bar)

    def _fit_bar(self) -> None:
        """Hides captions if the window is narrow, and the project year already if the practice label would be cut."""
        narrow = self._narrow = self.width() < self._theme.px(NARROW_BELOW)
        if narrow != self.sidebar.narrow:
            self.sidebar.set_narrow(narrow)
            self.brand.setVisible(not narrow)
            self.new_session.setText("" if narrow else self._session_words)
        year = not narrow and bool(self.year_pill.text()) and self.sidebar.isVisibleTo(self)
        self.year_pill.setVisible(year)
        needed = self._bar.sizeHint().width() - self.search.sizeHint().width() + _NARROWEST_SEARCH
        if year and needed > self.width():
            self.year_pill.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            DigitKeys(self)
            NoFilesAsText(self)
            QTimer.singleShot(LATEST_PAINT_MS, self, self._tell_painted)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            # Once the event is handled, the picture is on screen.
            QTimer.singleShot(0, self, self._tell_painted)

    def _tell_painted(self) -> None:
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    def _show_menu(self) -> None:
        if self.menu.isVisible():
            self.menu.showMenu()

    def _go(self, key: str) -> None:
        if self.sidebar.isVisible():
            self.show_page(key)


def _start_at_list(page: QWidget) -> None:
    """Gives the focus to the first list: Qt would give it to a button or a chooser in the header."""
    # Here, because the frame is painted before any list is needed.
    from samenleven_desktop.ui.widgets.table import RowsTable

    for one in page.findChildren(RowsTable):
        around = one.parentWidget()
        # The list itself may be hidden until its rows come.
        if around is not None and around.isVisibleTo(page):
            one.setFocus(Qt.FocusReason.OtherFocusReason)
            return
