"""Checks shared by the commands. The limits of a field are declared in domain/fields.py; each error names its field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.record_fields import LONGEST_LINE, LONGEST_TEXT, FieldKind, RecordField, RecordFields
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import reference

NO_ACTION = N_("The plan has no action {number}.")
NOT_WHOLE = N_("Type a whole number, 0 or more.")
NOT_AMOUNT, AMOUNT = N_("Type an amount of 0 or more, for instance {example}."), "1.440,00"
END_BEFORE_START = N_("The end comes before the start.")
_NUMBERS = (FieldKind.NUMBER, FieldKind.MINUTES, FieldKind.HOURS, FieldKind.CENTS)


def check_value(field: RecordField, value: object, where: str = "") -> object:
    """Returns the value as stored. Raises UserError, naming `where` or the field, if it is out of range."""
    where = where or field.key
    if field.is_text:
        words = str(value or "")
        if field.kind is FieldKind.TEXT:
            words = words.strip()
        if field.missing and not words.strip():
            raise UserError(field.missing, field=where)
        return check_length(words, where, field.limit) or field.empty
    if value is None:
        if field.missing:
            raise UserError(field.missing, field=where)
    elif field.kind in _NUMBERS:
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not field.least <= value <= field.limit:  # type: ignore[operator]
            if field.kind is FieldKind.CENTS:
                raise UserError(NOT_AMOUNT, field=where, example=AMOUNT)
            raise UserError(field.wrong or NOT_WHOLE, field=where)
    return value.value if isinstance(value, Enum) else value


def record_values(record: RecordFields, content: object) -> dict[str, object]:
    """Returns the declared fields that `content` has, as stored. Raises UserError naming the field."""
    return {key: check_value(field, getattr(content, key)) for key, field in record.items() if hasattr(content, key)}


def check_actions(context: QueryContext, action_ids: Iterable[str], field: str) -> None:
    """Raises UserError for an id that is no action of this file; that of a plan stands for all its actions."""
    for one in action_ids:
        known = context.plans.action(one) is not None or context.plan.action_with_id(one) is not None
        if not known and not reference.has_action(context.view, one):
            raise UserError(NO_ACTION, field=field, number=one)


def check_period(first: object, last: object, field: str) -> None:
    """Both days are inclusive; either may be open."""
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise UserError(END_BEFORE_START, field=field)


def check_words(words: str, field: str, missing: str) -> str:
    """Returns a title or a name without surrounding blanks; `missing` says what to do if it is empty."""
    tidy = words.strip()
    if not tidy:
        raise UserError(missing, field=field)
    return check_length(tidy, field, LONGEST_LINE)


def check_length(words: str, field: str, most: int = LONGEST_TEXT) -> str:
    """Returns the text unchanged, or raises UserError if it is too long."""
    if len(words) > most:
        raise UserError(N_("This text is too long: at most {n} characters."), field=field, n=most)
    return words
