"""Forgetting what was typed and read: for the window and the command line, which know when it is no longer needed."""

from __future__ import annotations

from samenleven_desktop.storage import memory


def forget_what_was_read() -> None:
    """Overwrites the places of objects that Python no longer needs, such as the reports of a file that was closed.
    After a collection of garbage; every other thread that read calls `forget_on_this_thread`. What is free then goes
    back to the system."""
    memory.overwrite_freed_objects()
    memory.give_back()


def forget_on_this_thread() -> None:
    """The part of it that each thread has to do for itself; takes a moment."""
    memory.overwrite_freed_by_thread()
