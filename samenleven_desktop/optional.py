"""Optional system services: screen lock signals, keyring, notifications, file watching, printing, fonts.

Such a service may be missing, broken, slow or of another version. Its errors are written to the technical log and the
program continues; this is the only place where every exception is caught.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from samenleven_desktop.technical_log import fault_places

T = TypeVar("T")

logger = logging.getLogger(__name__)


class NoAnswer(Exception):
    """An optional service did not answer in time."""


@contextmanager
def optional_service(name: str) -> Iterator[None]:
    """Logs any exception inside the block under `name`, and ends the block."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - optional services never stop the program
        logger.warning("optional service %s: %s", name, fault_places(error))


def within(seconds: float, name: str, work: Callable[[], T]) -> T:
    """Returns the result of `work`, run on a daemon thread that does not delay the end of the program.

    Raises NoAnswer after `seconds`, and any error of `work`. Call it on a worker thread, never on the GUI thread or the
    store worker, because it blocks.
    """
    results: list[T] = []
    faults: list[BaseException] = []

    def attempt() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again in the calling thread
            faults.append(error)

    thread = threading.Thread(target=attempt, name=f"optional-{name}", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        logger.warning("optional service %s: no answer within %s s", name, seconds)
        raise NoAnswer(name)
    if faults:
        raise faults[0]
    return results[0]
