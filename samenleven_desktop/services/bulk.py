"""Work on tens of thousands of values at once, beside a window that must not notice.

Python's collector of cycles stops every thread while it walks what is alive: with 50,000 planned rows each walk takes
the window a tenth of a second, and finds nothing, for such rows form no cycles.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 100_000


@contextmanager
def bulk_work() -> Iterator[None]:
    """Inside nothing is collected. When very much was made, it and all else alive is set aside afterwards (it still
    goes as soon as nobody uses it), so that the first walk after it does not take the time that was spared."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _MANY:
            gc.freeze()
        if was_on:
            gc.enable()
