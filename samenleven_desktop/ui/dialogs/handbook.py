"""The handbook in a window of the program: contents and search at the left, a page at the right.

It stays open beside the work. Nothing is read from a network: links lead to other pages only.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.core.handbook import PAGES, Handbook, HandbookSection
from samenleven_desktop.ui.dialogs.fit_to_screen import FittingDialog
from samenleven_desktop.ui.theme import Theme
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.shortcuts import window_key

_ADDRESS_ROLE = Qt.ItemDataRole.UserRole
_CONTENTS_WIDTH = 250


class HandbookDialog(FittingDialog):
    """Works without an open work file. `show_address` opens a page at a section, as `kpis.md#entry`."""

    def __init__(self, language: Language, theme: Theme, book: Handbook, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._language, self._book = language, book
        self._been: list[str] = []
        self.address = ""
        text = language.text
        self.setWindowTitle(text("Handbook"))
        self.setMinimumSize(560, 330)
        self.resize(theme.px(900), theme.px(640))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(10)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        box.addLayout(columns, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        columns.addLayout(left)
        self.search = QLineEdit()
        self.search.setPlaceholderText(text("Search the handbook ..."))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self._open_first)
        self.contents = QListWidget()
        self.contents.setAccessibleName(text("Contents of the handbook"))
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.currentItemChanged.connect(lambda item, _: self._on_chosen(item))
        self.nothing = label("", "muted", wrap=True)
        self.nothing.hide()
        for one in (self.search, self.contents, self.nothing):
            left.addWidget(one)
        theme.keep(self, lambda: self.contents.setFixedWidth(theme.px(_CONTENTS_WIDTH)))
        theme.keep(self, lambda: self.search.setFixedWidth(theme.px(_CONTENTS_WIDTH)))
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(text("Page of the handbook"))
        self.page.document().setDocumentMargin(16)
        self.page.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.page.anchorClicked.connect(self._on_link)
        columns.addWidget(self.page, 1)
        row = QHBoxLayout()
        self.back = button(text("Back"), self.go_back)
        self.back.setToolTip("Alt+Left")
        self.back.setEnabled(False)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(button(text("Close"), self.accept))
        box.addLayout(row)
        window_key(self, "Alt+Left", text("Back to the page before"), self.go_back)
        window_key(self, "Ctrl+F", text("Search the handbook ..."), self.search.setFocus)
        self._list("")

    def show_address(self, address: str) -> None:
        """Opens a page, at a section if the address has one; remembers the page before."""
        if address == self.address:
            return
        if self.address:
            self._been.append(self.address)
        self._show(address)

    def go_back(self) -> None:
        if self._been:
            self._show(self._been.pop())

    def _show(self, address: str) -> None:
        name, _, section = address.partition("#")
        page = self._book.page(name.removesuffix(".md"))
        if page is None:
            return
        self.address = address
        self.back.setEnabled(bool(self._been))
        self.page.setMarkdown(page.markdown)
        self._space_out()
        found = page.section(section)
        self._scroll_to(found.title if found is not None else "")
        self._mark(address)

    def _space_out(self) -> None:
        """Gives lines and headings more room than the reader of Markdown does."""
        block = self.page.document().begin()
        while block.isValid():
            made, level = block.blockFormat(), block.blockFormat().headingLevel()
            made.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if level:
                made.setTopMargin(18 if level > 1 else 0)
                made.setBottomMargin(6)
            QTextCursor(block).setBlockFormat(made)
            block = block.next()

    def _scroll_to(self, heading: str) -> None:
        block = self._heading(heading)
        cursor = QTextCursor(block if block is not None else self.page.document().begin())
        self.page.setTextCursor(cursor)
        place = self.page.cursorRect(cursor).top() + self.page.verticalScrollBar().value()
        self.page.verticalScrollBar().setValue(place - 12 if block is not None else 0)

    def _heading(self, words: str) -> QTextBlock | None:
        block = self.page.document().begin()
        while words and block.isValid():
            if block.blockFormat().headingLevel() and block.text() == words:
                return block
            block = block.next()
        return None

    def _list(self, words: str) -> None:
        """Shows the contents, or the sections with the words sought."""
        self.contents.blockSignals(True)
        self.contents.clear()
        for address, shown in self._lines(words):
            item = QListWidgetItem(shown)
            item.setData(_ADDRESS_ROLE, address)
            self.contents.addItem(item)
        self.contents.blockSignals(False)
        nothing = not self.contents.count()
        if nothing:
            self.nothing.setText(self._language.text("Nothing found for '{words}'.", words=words.strip()))
        self.nothing.setVisible(nothing)
        self._mark(self.address)

    def _lines(self, words: str) -> list[tuple[str, str]]:
        if not words.strip():
            return [(f"{page.name}.md", page.title) for page in self._book.pages]
        return [(one.address, self._hit(one)) for one in self._book.find(words)]

    def _hit(self, one: HandbookSection) -> str:
        page = self._book.page(one.page)
        return f"{one.title}\n{page.title}" if page is not None and one.name else one.title

    def _mark(self, address: str) -> None:
        """Marks what is shown in the list, without opening it again."""
        self.contents.blockSignals(True)
        addresses = [self.contents.item(row).data(_ADDRESS_ROLE) for row in range(self.contents.count())]
        near = address if address in addresses else address.partition("#")[0]
        self.contents.setCurrentRow(addresses.index(near) if near in addresses else -1)
        self.contents.blockSignals(False)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_address(str(item.data(_ADDRESS_ROLE)))

    def _open_first(self) -> None:
        if self.search.text().strip() and self.contents.count():
            self.contents.setCurrentRow(0)
            self.page.setFocus()

    def _on_link(self, url: QUrl) -> None:
        address = url.toString()
        if address.partition("#")[0].removesuffix(".md") in PAGES:
            self.show_address(address)
