"""The search pattern for erasing a person from texts: whole names, addresses and numbers, ignoring case and spacing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

# Replaces a name, an address or a number in a text.
ERASED = "[gewist]"

_SHORTEST = 3
_GAP = r"(?:\s|\\[nrt])+"


class SearchPattern:
    """The names of a person as one pattern; false if there are none."""

    def __init__(self, words: Iterable[str]) -> None:
        self.all = tuple(sorted({one.strip() for one in words if len(one.strip()) >= _SHORTEST}))
        parts = [_pattern(one) for one in sorted(self.all, key=len, reverse=True)]
        self._found = re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE) if parts else None

    def __bool__(self) -> bool:
        return self._found is not None

    def found(self, text: str | None) -> re.Match[str] | None:
        """Returns the first match of the person."""
        return self._found.search(text) if self._found is not None and text else None

    def without(self, text: str) -> str:
        """Returns the text with the person's names replaced."""
        return self._found.sub(ERASED, text) if self._found is not None else text

    def without_in_json(self, text: str) -> str:
        """Returns a JSON document whose strings no longer name the person; unchanged if they did not."""
        if self._found is None or not self._found.search(text):
            return text
        return json.dumps(self._strings(json.loads(text)), ensure_ascii=False, separators=(",", ":"))

    def _strings(self, value: object) -> object:
        if isinstance(value, str):
            return self.without(value)
        if isinstance(value, list):
            return [self._strings(one) for one in value]
        if isinstance(value, dict):
            return {key: self._strings(one) for key, one in value.items()}
        return value


def _pattern(words: str) -> str:
    """Matches a number with any grouping of its digits; other text with any white space in it, also JSON-escaped."""
    if re.fullmatch(r"\+?[\d\s()./-]+", words):
        return r"[\s()./-]*".join(re.escape(sign) for sign in words if sign.isdigit() or sign == "+")
    written = dict.fromkeys((words, json.dumps(words, ensure_ascii=False)[1:-1]))
    return "|".join(_GAP.join(re.escape(part) for part in one.split()) for one in written)
