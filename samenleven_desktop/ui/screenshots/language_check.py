"""Finds text in the wrong language in a window: English sentences of the catalogue in a Dutch window.

Reads the text of widgets: captions, buttons, tabs, headers and cells of lists, tool tips, accessible names. Text
painted by a widget itself is read from its accessible text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QTextEdit,
    QWidget,
)

from samenleven_desktop.paths import resources_dir

_ROWS = 60
_CELL_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_HEAD_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
_TAGS = re.compile(r"<[^>]+>")
_BETWEEN = re.compile(r"\s[·•–|>]\s|[:;,()\n\t]|^\+ |\s\+\s")
_VALUE = re.compile(r"\\{\w+[^}]*\\}")


class EnglishWords:
    """The English sentences of the catalogue whose Dutch translation differs."""

    def __init__(self) -> None:
        from babel.messages.mofile import read_mo

        path = resources_dir() / "translations" / "nl" / "LC_MESSAGES" / "samenleven.mo"
        with path.open("rb") as file:
            messages = [one for one in read_mo(file) if one.id]
        dutch = {text for one in messages for text in _forms(one.string)}
        english = {text for one in messages for text in _forms(one.id)} - dutch
        self._whole = {text for text in english if "{" not in text}
        self._dutch = _any_of([text for text in dutch if "{" in text])
        # A pattern with one short word, as in "{n} of {all}", also matches Dutch.
        self._framed = _any_of([text for text in english if "{" in text and re.search(r"[A-Za-z]{4}", _bare(text))])

    def in_window(self, window: QWidget) -> list[str]:
        """Returns the English texts of a window, each once."""
        return sorted({text for text in words_of(window) if self.is_english(text)})

    def is_english(self, text: str) -> bool:
        plain = _TAGS.sub(" ", text).replace("&", "").strip()
        parts = [part.strip() for part in _BETWEEN.split(plain)]
        if plain in self._whole or any(part in self._whole for part in parts):
            return True
        return any(self._framed.fullmatch(part) and not self._dutch.fullmatch(part) for part in (plain, *parts))


def words_of(window: QWidget) -> Iterator[str]:
    """Yields all text of the visible widgets in a window, including its title."""
    for widget in (window, *window.findChildren(QWidget)):
        if widget is window or widget.isVisible():
            yield from (text for text in _texts(widget) if text)


def _texts(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit() | QTextEdit():
            yield widget.placeholderText()
        case QGroupBox():
            yield widget.title()
        case QDialog():
            yield widget.windowTitle()
        case QTabBar():
            yield from (widget.tabText(number) for number in range(widget.count()))
        case QComboBox():
            yield from (widget.itemText(number) for number in range(widget.count()))
        case QMenu():
            yield from (action.text() for action in widget.actions())
        case QAbstractItemView():
            yield from _cells(widget.model())
        case _:
            pass


def _cells(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    # columnCount() is private in QAbstractListModel.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    rows = min(model.rowCount(), _ROWS)
    for column in range(columns):
        for role in _HEAD_ROLES:
            yield _text(model.headerData(column, Qt.Orientation.Horizontal, role))
    if getattr(model, "own_words", False):
        return
    for row in range(rows):
        for column in range(columns):
            index: QModelIndex = model.index(row, column)
            for role in _CELL_ROLES:
                yield _text(index.data(role))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _bare(text: str) -> str:
    return re.sub(r"\{\w+[^}]*\}", "", text)


def _any_of(texts: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(_VALUE.sub(".+", re.escape(text)) for text in sorted(texts)) or r"(?!)", re.DOTALL)
