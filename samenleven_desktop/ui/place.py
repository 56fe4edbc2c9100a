"""The current page and record of the window, restored after a lock or a change of date."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QDialog

from samenleven_desktop.ui.navigator import Navigator
from samenleven_desktop.ui.shell import Shell


@dataclass(frozen=True)
class Place:
    """A page and, if it shows one record, the id of that record."""

    page: str
    government_id: str | None
    part: int
    session_id: str | None
    draft: str | None = None

    @classmethod
    def of(cls, shell: Shell) -> Place:
        page = shell.page(shell.current) if shell.current else None
        tabs = getattr(getattr(page, "ui", None), "tabs", None)
        return cls(
            shell.current,
            getattr(page, "government_id", None) or getattr(page, "_government_id", None),
            tabs.currentIndex() if tabs is not None and shell.current == "dossier" else 0,
            getattr(page, "_session_id", None),
            getattr(page, "draft_key", None),
        )

    def show(self, shell: Shell, navigator: Navigator) -> None:
        if self.draft is not None:
            navigator.resume_session(self.draft)
        elif self.page == "session":
            navigator.open_session(self.session_id, self.government_id)
        elif self.page == "dossier" and self.government_id:
            navigator.open_dossier(self.government_id, self.part)
        elif shell.has_page(self.page):
            shell.show_page(self.page)


def put_forms_away(shell: Shell) -> None:
    """Closes open dialogs; the input of a form is kept as its draft."""
    from samenleven_desktop.ui.dialogs.form import FormDialog

    for dialog in [one for one in shell.findChildren(QDialog) if one.isVisible()]:
        if isinstance(dialog, FormDialog):
            dialog.put_away()
        else:
            dialog.close()
