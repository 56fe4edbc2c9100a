"""Refuses a pack whose content no version of the program could have written, before anything is changed."""

from __future__ import annotations

from samenleven_desktop.domain.errors import N_, Phrase, UserError
from samenleven_desktop.i18n.labels import FIELDS, TABLES
from samenleven_desktop.storage.exchange import value_validation
from samenleven_desktop.sync import pack

MISFIT = N_("{file} cannot be taken over: {table}, {column}: {reason} Ask the colleague to have the file checked.")
MISFIT_ROW = N_("{file} cannot be taken over: {table}: {reason} Ask the colleague to have the file checked.")


def check_values(found: pack.Pack, file_name: str) -> None:
    """Raises UserError naming table, field and reason if a value is not as domain/record_schema.py says."""
    wrong = value_validation.first_misfit(found.bundle.changes)
    if wrong is not None:
        sentence = MISFIT if wrong.field else MISFIT_ROW
        table, column = _label(TABLES, wrong.table_name), _label(FIELDS, wrong.field)
        raise UserError(sentence, field="file", file=file_name, table=table, column=column, reason=wrong.why)


def _label(labels: dict[str, str], name: str) -> Phrase | str:
    """Returns the label of a table or field; the name itself, without signs, if it is of a newer version."""
    return (
        Phrase(labels[name]) if name in labels else "".join(sign for sign in name[:63] if sign.isalnum() or sign == "_")
    )
