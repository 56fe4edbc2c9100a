"""What a version of a plan is known by: the hash of its content.

The canonical form leaves out what is not known or empty, so that a field which a later program adds (with an empty
default) changes no hash. Migration 0009 holds the same rule.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any


def content_hash(plan: object) -> str:
    """Returns the hash of a plan, the same on every device."""
    known = json.dumps(_known(plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(known.encode()).hexdigest()


def _known(value: Any) -> Any:
    if is_dataclass(value):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, dict):
        found = {key: _known(one) for key, one in value.items()}
        return {key: one for key, one in found.items() if one is not None and one not in ("", [], {})}
    if isinstance(value, list | tuple):
        return [_known(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
