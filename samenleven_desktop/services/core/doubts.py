"""What is possible but seldom meant: a window or an import asks before it is saved, a pack and the command line do not.

Every command is looked through, so that no form needs code of its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.typed_values import MINUTES_IN_DAY
from samenleven_desktop.services.core.command import FieldEdit

FAR_AHEAD = N_("{day} is more than ten years ahead.")
LONG_NIGHT = N_("This session lasts {hours} hours, until the next day.")
# The same in a form, where saving once more is the answer.
ASKED = {
    FAR_AHEAD: N_("{day} is more than ten years ahead. If that is right, save once more."),
    LONG_NIGHT: N_("This session lasts {hours} hours, until the next day. If that is right, save once more."),
}
_YEARS = 10
# No meeting of an evening lasts longer: the end was meant to be on the same day.
_NIGHT = MINUTES_IN_DAY // 2


@dataclass(frozen=True)
class Doubt:
    """A sentence of the catalogue with one value, about a field."""

    field: str
    sentence: str
    name: str
    value: date | int

    @property
    def values(self) -> dict[str, object]:
        return {self.name: self.value}


def doubts(command: object, today: date) -> tuple[Doubt, ...]:
    """Returns what has to be asked before this command is run, in the order of its fields."""
    last = date(today.year + _YEARS, today.month, min(today.day, 28))
    return tuple(_found(command, "", last))


def _found(value: object, field: str, last: date) -> Iterator[Doubt]:
    if isinstance(value, date):
        if value > last:
            yield Doubt(field, FAR_AHEAD, "day", value)
    elif isinstance(value, FieldEdit):
        yield from _found(value.value, value.field, last)
    elif isinstance(value, tuple):
        for one in value:
            for doubt in _found(one, field, last):
                # A form shows the parts of a list, such as agreements, in one place.
                yield replace(doubt, field=field) if field and not isinstance(one, FieldEdit) else doubt
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for one in dataclasses.fields(value):
            yield from _found(getattr(value, one.name), one.name, last)
        start, end = getattr(value, "start_minute", None), getattr(value, "end_minute", None)
        if isinstance(start, int) and isinstance(end, int):
            minutes = (end - start) % MINUTES_IN_DAY
            if minutes > _NIGHT and start + minutes > MINUTES_IN_DAY:
                yield Doubt("times", LONG_NIGHT, "hours", minutes // 60)
