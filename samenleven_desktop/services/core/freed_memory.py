"""Overwrites secrets in memory, for window and command line, which know when they are no longer needed."""

from __future__ import annotations

from samenleven_desktop.storage import memory


def forget_what_was_read() -> None:
    """Overwrites the memory of freed Python objects, such as the reports of a file that was closed.

    Call it after a garbage collection; every other thread that read data calls `forget_on_this_thread`. Unused memory
    is then returned to the system.
    """
    memory.overwrite_freed_objects()
    memory.give_back()


def forget_on_this_thread() -> None:
    """The part of it that each thread must do itself; fast."""
    memory.overwrite_freed_by_thread()
