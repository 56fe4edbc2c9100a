"""Optional services of the system: screen lock signals, keyring, notifications, file watching, printing, fonts.

Such a service may be missing, broken, slow or of another version. A fault in it is written to the technical log and
the program goes on; that is the one place where every exception is caught.
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
    """Whatever goes wrong inside is logged under `name`, and ends the block."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - a service that the program can do without never stops it
        logger.warning("optional service %s: %s", name, fault_places(error))


def within(seconds: float, name: str, work: Callable[[], T]) -> T:
    """The result of `work`, done on a thread of its own that the end of the program does not wait for.

    Raises NoAnswer after `seconds`, and whatever `work` raises. Call it on a worker thread, never on the GUI thread
    or the store worker: it waits.
    """
    results: list[T] = []
    faults: list[BaseException] = []

    def attempt() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that asked
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
