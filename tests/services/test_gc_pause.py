"""Bulk work is not held up by the collector of cycles, and leaves it as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from samenleven_desktop.services.core import gc_pause
from samenleven_desktop.services.core.gc_pause import bulk_work


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.enable()
    yield
    gc.unfreeze()
    if not was_on:
        gc.disable()


def test_nothing_is_collected_inside_and_it_goes_on_after() -> None:
    with bulk_work():
        assert not gc.isenabled()
        with bulk_work():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_fault_inside_leaves_the_collector_on() -> None:
    with pytest.raises(ValueError, match="stopped"), bulk_work():
        raise ValueError("stopped")
    assert gc.isenabled()


def test_only_after_very_much_everything_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc_pause, "_MANY", 1000)
    gc.collect()
    before = gc.get_freeze_count()
    with bulk_work():
        few = [[] for _ in range(10)]
    assert gc.get_freeze_count() == before
    with bulk_work():
        many = [[] for _ in range(5000)]
    assert gc.get_freeze_count() > before + len(many) + len(few)


def test_where_collection_is_off_it_stays_off_and_nothing_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the window, where this runs on a worker thread."""
    monkeypatch.setattr(gc_pause, "_MANY", 100)
    gc.disable()
    before = gc.get_freeze_count()
    with bulk_work():
        many = [[] for _ in range(5000)]
    assert not gc.isenabled()
    assert len(many) == 5000
    assert gc.get_freeze_count() == before
