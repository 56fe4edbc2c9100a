"""What left the program is kept: the very PDF of a report for a government, to whom and when.

Saving and printing ask nothing. The same file to the same person on the same day is kept once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samenleven_desktop.domain.attachment_kind import plain_file_name
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import HANDED_OVER
from samenleven_desktop.i18n.language import LANGUAGES
from samenleven_desktop.readmodels.handed_over import HandedOverLine
from samenleven_desktop.reports.report_kinds import REPORT_KINDS, SectionKind
from samenleven_desktop.services.core.checks import check_value
from samenleven_desktop.services.core.command import UnitOfWork, WithoutDetails
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.people.commands import check_size
from samenleven_desktop.services.people.queries import attachment_content
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.storage.queries import handed_over as stored
from samenleven_desktop.storage.repositories import people as rows

GONE = N_("The copy of this report was removed.")
UNKNOWN = N_("There is no report of this kind, language or part.")


@dataclass(frozen=True)
class KeepHandedOver(WithoutDetails):
    """Keeps the file of a report for each of its governments; returns the ids of the new lines."""

    government_ids: tuple[str, ...]
    report_kind: str
    language: str
    content: bytes
    file_name: str
    first: date | None = None
    last: date | None = None
    session_id: str | None = None
    handed_to: str | None = None
    with_names: bool = True
    left_out: tuple[str, ...] = ()

    name: ClassVar[str] = N_("Report handed over")

    def execute(self, unit: UnitOfWork, context: QueryContext) -> tuple[str, ...]:
        known = (
            self.report_kind in REPORT_KINDS and self.language in LANGUAGES and set(self.left_out) <= set(SectionKind)
        )
        if not known:
            raise UserError(UNKNOWN, field="report_kind")
        name = plain_file_name(self.file_name)
        check_size(name, len(self.content))
        if self.session_id is not None:
            support.session(context, self.session_id)
        return tuple(
            rows.add_handed_over(
                unit,
                name,
                self.content,
                government_id=one,
                report_kind=self.report_kind,
                handed_on=context.today,
                handed_to=check_value(HANDED_OVER["handed_to"], self.handed_to),
                period_first=self.first,
                period_last=self.last,
                session_id=self.session_id,
                report_language=self.language,
                with_names=self.with_names,
                left_out=" ".join(sorted(self.left_out)),
            )
            for one in self.government_ids
        )


def list_handed_over(context: QueryContext, government_ids: Sequence[str] | None = None) -> list[HandedOverLine]:
    """Returns the reports that left the program, the newest first."""
    return stored.handed_over(context.view, government_ids)


def handed_over_pdf(context: QueryContext, line_id: str) -> tuple[str, bytes]:
    """Returns name and content of the file as it was handed over. Raises UserError if it was removed."""
    line = next((one for one in stored.handed_over(context.view) if one.id == line_id), None)
    if line is None or line.file is None:
        raise UserError(GONE)
    return line.file.name, attachment_content(context, line.file)
