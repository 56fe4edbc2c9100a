"""Lists the drafts for the open form: what each is about, when it was saved, and how it starts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from samenleven_desktop.domain.kept_draft import KeptDraft
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.ui.widgets.basic import button, label
from samenleven_desktop.ui.widgets.responsive import bare

_SHOWN_AT_FIRST = 3
_EXCERPT_LENGTH = 60


class DraftList(QFrame):
    """Hidden if there are no drafts. The user continues or discards one; none is chosen automatically."""

    chosen = Signal(object)
    """A `KeptDraft`."""
    discarded = Signal(object)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.drafts: list[tuple[KeptDraft, str]] = []
        self.setObjectName("notice")
        self.setProperty("tone", "info")
        self.setAccessibleName(language.text("Not saved yet"))
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(12, 4, 8, 4)
        self._box.setSpacing(0)
        self._rows: list[QWidget] = []
        self._all = False
        self.hide()

    def show_drafts(self, drafts: Sequence[tuple[KeptDraft, str]]) -> None:
        """Shows the drafts, each with a text for its subject."""
        self.drafts, self._all = list(drafts), False
        self._draw()

    def _draw(self) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        shown = self.drafts if self._all else self.drafts[:_SHOWN_AT_FIRST]
        self._rows = [self._row(draft, about) for draft, about in shown]
        hidden = len(self.drafts) - len(shown)
        if hidden:
            words = self._language.plural("{n} more draft", "{n} more drafts", hidden)
            self._rows.append(button(words, self._show_all, kind="link"))
        for row in self._rows:
            self._box.addWidget(row)
            row.show()
        self.setVisible(bool(self.drafts))

    def _row(self, draft: KeptDraft, about: str) -> QWidget:
        language, text = self._language, self._language.text
        moment = draft.saved_at.astimezone()
        words = text(
            "Draft, not saved yet: {about} · {day} {time}",
            about=about,
            day=language.day_month(moment.date()),
            time=language.clock(moment),
        )
        excerpt = _excerpt(draft)
        row = QWidget()
        line = bare(QHBoxLayout(row))
        line.addWidget(label(f"{words} · “{excerpt}”" if excerpt else words, wrap=True), 1)
        for caption, signal in ((text("Throw away"), self.discarded), (text("Go on"), self.chosen)):
            made = button(caption, partial(signal.emit, draft), kind="link")
            made.setAccessibleName(f"{caption}: {words}")
            line.addWidget(made)
        return row

    def _show_all(self) -> None:
        self._all = True
        self._draw()


def _excerpt(draft: KeptDraft) -> str:
    """Returns the start of the input: the report of a session, or the longest text that the user changed."""
    content = draft.content
    if "values" in content:
        first = content.get("first", {})
        texts = [one for name, one in content["values"].items() if isinstance(one, str) and one != first.get(name)]
    else:
        texts = [content.get("report", "")]
        texts = texts if texts[0].strip() else [line[1] for line in content.get("agreements", ())]
    longest = " ".join(max(texts, key=len, default="").split())
    return longest if len(longest) <= _EXCERPT_LENGTH else f"{longest[:_EXCERPT_LENGTH].rstrip()} ..."
