"""Fills the named values into a sentence, without a format language.

Sentences and values may come from a colleague's file. `str.format` would let them reach into objects and ask for
texts of any width; here a name in braces is replaced by its value as text, and nothing else happens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"\{(\w+)\}")


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """Raises KeyError if a named value is lacking."""
    return _NAME.sub(lambda found: str(values[found[1]]), sentence)


def names_in(sentence: str) -> frozenset[str]:
    """Returns the names of the values in a sentence."""
    return frozenset(_NAME.findall(sentence))
