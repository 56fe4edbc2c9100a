"""Checks shared by the commands, whatever the way in: form, grid, import or command line.

The limits of a field are declared in domain/fields.py; each error names its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum

from samenleven_desktop.domain import typed_text
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.field_declaration import LONGEST_LINE, LONGEST_TEXT, FieldKind, RecordField, RecordFields
from samenleven_desktop.domain.record_schema import SCHEMA
from samenleven_desktop.domain.typed_values import AMOUNT, NOT_AMOUNT, NOT_WHOLE, check_day, check_time
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import reference

NO_ACTION = N_("The plan has no action {number}.")
NO_TABLE = N_("There are no records called {table}.")
NOT_A_CHOICE = N_("Choose one of the list.")
TOO_MANY = N_("This number is too large: at most {most}.")
END_BEFORE_START = N_("The end comes before the start.")
_NUMBERS = (FieldKind.NUMBER, FieldKind.MINUTES, FieldKind.HOURS, FieldKind.CENTS)
_PHONE = re.compile(r"\+?[\d\s()./-]{6,25}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def check_value(field: RecordField, value: object, where: str = "") -> object:
    """Returns the value as stored. Raises UserError, naming `where` or the field, if it is out of range."""
    where = where or field.key
    if field.is_text:
        words = field.tidy(str(value or ""))
        if field.missing and not words:
            raise UserError(field.missing, field=where)
        _check_address(field, words, where)
        return check_length(words, where, field.limit) or field.empty
    if value is None:
        if field.missing:
            raise UserError(field.missing, field=where)
    elif field.kind is FieldKind.CHOICE:
        if value not in field.choices:
            raise UserError(field.wrong or NOT_A_CHOICE, field=where)
    elif field.kind in _NUMBERS:
        _check_number(field, value, where)
    elif field.kind is FieldKind.DAY and isinstance(value, date):
        check_day(value, where)
    elif field.kind is FieldKind.TIME and isinstance(value, int):
        check_time(value, where, field.limit)
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
    """Returns a title or a name as stored; `missing` says what to do if it is empty."""
    tidy = typed_text.line(words)
    if not tidy:
        raise UserError(missing, field=field)
    return check_length(tidy, field, LONGEST_LINE)


def check_about(about_table: str | None) -> str | None:
    """Returns the table of the record that something is about. Raises UserError if there is none of that name."""
    if about_table is not None and about_table not in SCHEMA:
        raise UserError(NO_TABLE, field="about_table", table=about_table)
    return about_table


def check_length(words: str, field: str, most: int = LONGEST_TEXT) -> str:
    """Returns the text unchanged, or raises UserError if it is too long."""
    if len(words) > most:
        raise UserError(N_("This text is too long: at most {n} characters."), field=field, n=most)
    return words


def _check_number(field: RecordField, value: object, where: str) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if whole and field.least <= value <= field.limit:  # type: ignore[operator]
        return
    too_many = whole and value > field.limit  # type: ignore[operator]
    if field.kind is FieldKind.CENTS:
        if too_many:
            raise UserError(TOO_MANY, field=where, most=field.limit // 100)
        raise UserError(NOT_AMOUNT, field=where, example=AMOUNT)
    if too_many and not field.wrong:
        raise UserError(TOO_MANY, field=where, most=field.limit // 60 if field.kind is FieldKind.HOURS else field.limit)
    raise UserError(field.wrong or NOT_WHOLE, field=where)


def _check_address(field: RecordField, words: str, where: str) -> None:
    if not words:
        return
    if field.kind is FieldKind.MAIL and not _MAIL.fullmatch(words):
        raise UserError(N_("Type an e-mail address such as {example}."), field=where, example="dienst@bestuur.be")
    if field.kind is FieldKind.PHONE and not _PHONE.fullmatch(words):
        raise UserError(N_("Type a phone number with digits, such as {example}."), field=where, example="015 12 34 56")
