"""Finds the government in a cell: by NIS code, KBO number, short code or name, or name and code, on the day of the row.

A similar name is proposed and never accepted silently; a name from before a merger means the old government on earlier
days, and proposes its successor afterwards.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.government import Government
from samenleven_desktop.interchange.tables.model import Cell
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.importing.values import shown, text
from samenleven_desktop.storage.queries import reference

NO_GOVERNMENT = N_("There is no government {value}.")
NEARLY = N_("There is no government {value}. Is {name} meant?")
ENDED = N_("{value} ended on {day}. Is {name} meant?")
SEVERAL = N_("{value} can be several governments: {names}. Use the NIS code.")
_PREFIX = re.compile(r"^(?:stad|gemeente|lokaal bestuur|stadsbestuur|gemeentebestuur|ocmw|city of)\s+(?:van\s+)?")
_NEAR = 0.8
_WHOLE_NUMBER = re.compile(r"^(\d+)[.,]0+$")
_NAME_AND_CODE = re.compile(
    r"(?P<name>\D{3,}?)\s*[(\[,;-]\s*(?:NIS\s*)?(?P<code>\d{5})\s*[)\]]?"
    r"|(?P<first>\d{5})\s*[-:,;]?\s*(?P<rest>[^\d\s]\D{2,})"
)
"""Heist-op-den-Berg (12014), or 12014 Heist-op-den-Berg."""


class NoMatch(Exception):
    """`sentence` with `values` is the reason; `proposal` is (name, id) of the government that may have been meant."""

    def __init__(self, sentence: str, proposal: tuple[str, str] | None = None, **values: object) -> None:
        super().__init__(sentence)
        self.sentence, self.values, self.proposal = sentence, values, proposal


class Matcher:
    """Reads the governments once. `accepted` maps names to governments (folded name -> id)."""

    def __init__(self, context: QueryContext, accepted: Mapping[str, str] | None = None) -> None:
        self._today = context.today
        self._accepted = dict(accepted or {})
        self._by_id: dict[str, Government] = {}
        self._by_code: dict[str, list[Government]] = defaultdict(list)
        self._by_kbo: dict[str, list[Government]] = defaultdict(list)
        self._by_name: dict[str, list[Government]] = defaultdict(list)
        for one in reference.all_governments(context.view):
            self._by_id[one.id] = one
            self._by_code[one.code.upper()].append(one)
            self._by_name[_normalised(one.name)].append(one)
            if one.kbo:
                self._by_kbo[_digits(one.kbo)].append(one)
        self._found: dict[tuple[str, date], Government] = {}

    def match(self, cell: Cell, day: date | None = None) -> Government:
        """Raises NoMatch."""
        words, on = text(cell), day or self._today
        known = self._found.get((words, on))
        if known is None:
            known = self._found[words, on] = self._match(words, on)
        return known

    def _match(self, words: str, day: date) -> Government:
        words = _WHOLE_NUMBER.sub(r"\1", words)
        both = _NAME_AND_CODE.fullmatch(words)
        if both and (sought := both["code"] or both["first"]) and _normalised(words) not in self._accepted:
            return self._both(words, both["name"] or both["rest"], sought, day)
        return self._one(words, day)

    def _both(self, words: str, name: str, code: str, day: date) -> Government:
        """A name with its code: taken if they are about the same government, else the one of the code is proposed."""
        by_code = self._one(code, day)
        near = difflib.get_close_matches(_normalised(name), [_normalised(by_code.name)], n=1, cutoff=_NEAR)
        if near:
            return by_code
        raise NoMatch(NEARLY, (by_code.name, by_code.id), value=shown(words), name=f"{by_code.name} ({by_code.code})")

    def _one(self, words: str, day: date) -> Government:
        accepted = self._accepted.get(_normalised(words))
        if accepted is not None and accepted in self._by_id:
            return self._by_id[accepted]
        code = words.upper().removeprefix("NIS").strip()
        found = self._by_code.get(code.zfill(5) if code.isdigit() and len(code) < 6 else code)
        if (
            not found
            and len(_digits(words)) in (9, 10)
            and not re.search(r"[A-Za-z]{3}", words.upper().replace("KBO", ""))
        ):
            found = self._by_kbo.get(_digits(words).zfill(10))
        found = found or self._by_name.get(_normalised(words))
        if found:
            return self._on(found, words, day)
        near = difflib.get_close_matches(_normalised(words), list(self._by_name), n=1, cutoff=_NEAR)
        if near:
            one = self._newest(self._by_name[near[0]], day)
            raise NoMatch(NEARLY, (one.name, one.id), value=shown(words), name=one.name)
        raise NoMatch(NO_GOVERNMENT, value=shown(words))

    def _on(self, found: list[Government], words: str, day: date) -> Government:
        """Returns the one in force on the day. With mergers, a code, name or KBO number can belong to several rows."""
        there = [one for one in found if one.in_force(day)]
        if len(there) == 1:
            return there[0]
        if len(there) > 1:
            raise NoMatch(SEVERAL, value=shown(words), names=", ".join(f"{one.name} ({one.code})" for one in there))
        ended = max(found, key=lambda one: one.valid_from)
        if ended.valid_until is None or day < ended.valid_from:
            return ended
        after = [one for one in self._by_code.get(ended.successor_code or "", []) if one.in_force(day)]
        if not after:
            raise NoMatch(NO_GOVERNMENT, value=shown(words))
        raise NoMatch(
            ENDED,
            (after[0].name, after[0].id),
            value=shown(words),
            day=f"{ended.valid_until:%d-%m-%Y}",
            name=after[0].name,
        )

    @staticmethod
    def _newest(found: list[Government], day: date) -> Government:
        return max(found, key=lambda one: (one.in_force(day), one.valid_from))


def _normalised(words: str) -> str:
    """Folds case, accents and punctuation, and drops words such as *stad* before the name."""
    folded = re.sub(r"[^a-z0-9]+", " ", fold(words)).strip()
    return _PREFIX.sub("", folded)


def accepted_key(words: str) -> str:
    """Returns the key under which a choice for a name is stored (`Matcher`)."""
    return _normalised(words)


def _digits(words: str) -> str:
    return re.sub(r"\D", "", words)
