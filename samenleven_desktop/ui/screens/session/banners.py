"""Notices above the session form: existing drafts, and a session that was changed elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from samenleven_desktop.domain.kept_draft import KeptDraft
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import GovernmentChoice
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.widgets.basic import button, label

NEW = "new"
KIND = "session"


def session_of(draft: KeptDraft) -> str | None:
    """Returns the session that a draft changes; None for a new one."""
    record = draft.form.split(":")[1]
    return None if record == NEW else record


def about(language: Language, draft: KeptDraft, governments: list[GovernmentChoice]) -> str:
    """Returns the governments of a draft, and the session that it changes."""
    names = {one.id: one.name for one in governments}
    chosen = [names[id_] for id_ in draft.content.get("governments", ()) if id_ in names]
    where = language.listing(chosen) if chosen else language.text("no government yet")
    if session_of(draft) is None:
        return where
    return language.text("{where}, change of the session of {day}", where=where, day=str(draft.content.get("day", "")))


class ChangedElsewhere(QFrame):
    """The session was changed elsewhere while the form had unsaved input: the user selects which version to continue
    with."""

    shown_wanted = Signal()
    own_wanted = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text = context.language.text
        self.setObjectName("notice")
        self.setProperty("tone", "attention")
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 4, 8, 4)
        words = text("This session was changed elsewhere since you opened it. What you typed is kept as a draft.")
        line.addWidget(label(words, wrap=True), 1)
        self.see = button(text("Show what is saved"), self.shown_wanted.emit, kind="link")
        self.own = button(text("Go on with my text"), self.own_wanted.emit, kind="link")
        line.addWidget(self.see)
        line.addWidget(self.own)
        self.hide()
