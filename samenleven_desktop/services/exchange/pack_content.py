"""Refuses a pack whose content no version of the program could have written, before anything is changed."""

from __future__ import annotations

from samenleven_desktop.domain.errors import N_, Phrase, UserError
from samenleven_desktop.i18n.labels import FIELDS, PLACES
from samenleven_desktop.storage.exchange import value_validation
from samenleven_desktop.storage.exchange.erasure_validation import first_excess
from samenleven_desktop.storage.exchange.scope_validation import first_misplaced
from samenleven_desktop.storage.exchange.value_validation import Misfit
from samenleven_desktop.storage.store import Store
from samenleven_desktop.sync import pack

MISFIT = N_("{file} cannot be taken over: {table}, {column}: {reason} Ask the colleague to have the file checked.")
MISFIT_ROW = N_("{file} cannot be taken over: {table}: {reason} Ask the colleague to have the file checked.")


def check_values(found: pack.Pack, file_name: str) -> None:
    """Raises UserError naming table, field and reason if a value is not as domain/record_schema.py says."""
    wrong = value_validation.first_misfit(found.bundle.changes)
    if wrong is not None:
        raise _refusal(wrong, file_name)


def check_against(store: Store, found: pack.Pack, file_name: str) -> None:
    """Raises UserError if a change lies outside the dossiers of its row, or more is erased than the program erases."""
    with store.read() as connection:
        wrong = first_excess(connection, found.bundle) or first_misplaced(connection, found.bundle)
    if wrong is not None:
        raise _refusal(wrong, file_name)


def _refusal(wrong: Misfit, file_name: str) -> UserError:
    sentence = MISFIT if wrong.field else MISFIT_ROW
    table, column = _label(PLACES, wrong.table_name), _label(FIELDS, wrong.field)
    return UserError(sentence, field="file", file=file_name, table=table, column=column, reason=wrong.why)


def _label(labels: dict[str, str], name: str) -> Phrase | str:
    """Returns the label of a table or field; the name itself, without signs, if it is of a newer version."""
    return (
        Phrase(labels[name]) if name in labels else "".join(sign for sign in name[:63] if sign.isalnum() or sign == "_")
    )
