"""The pictures of the page of an action."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize

from samenleven_desktop.ui.app import Application

_LARGE, _SMALL = QSize(1440, 900), QSize(1280, 720)


class ActionScenes:
    """Steps of the tour."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def steps(self) -> Iterator[tuple[str, QSize, Callable[[], object]]]:
        yield "actie", _LARGE, lambda: self._open(9)
        yield "klein-actie", _SMALL, lambda: self._open(5)

    def _open(self, number: int) -> None:
        assert self._app.context is not None
        self._app.navigator.open_action(self._app.context.plan.action(number).id)
