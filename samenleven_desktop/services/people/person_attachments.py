"""Which attachments name a person: by name and readable content, and the pages of reports that were handed over."""

from __future__ import annotations

from samenleven_desktop.domain.person_pattern import SearchPattern
from samenleven_desktop.readmodels.people import AttachmentLine
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.people.queries import attachment_content
from samenleven_desktop.storage.queries import handed_over as stored
from samenleven_desktop.storage.queries import privacy


def files_naming(context: QueryContext, words: SearchPattern) -> list[AttachmentLine]:
    """Returns attachments that name a person, each once."""
    found = privacy.attachments_naming(context.view, words)
    known = {one.id for one in found}
    return [*found, *(one for one in _copies_naming(context, words) if one.id not in known)]


def _copies_naming(context: QueryContext, words: SearchPattern) -> list[AttachmentLine]:
    """Returns the kept copies of our own reports that name a person: their pages are read, as other PDFs are not."""
    if not words:
        return []
    lines = [one for one in stored.handed_over(context.view) if one.file is not None]
    if not lines:
        return []
    from samenleven_desktop.reports.pdf_text import pdf_text

    found: list[AttachmentLine] = []
    read: dict[str, bool] = {}
    for line in lines:
        if line.file is None:
            continue
        if line.file.sha256 not in read:
            text = pdf_text(attachment_content(context, line.file))
            # A name can be broken at the end of a line of a cell, with or without a hyphen.
            spellings = (" ".join(text.split()), " ".join(text.replace("-\n", "").split()))
            read[line.file.sha256] = any(words.found(one) is not None for one in spellings)
        if read[line.file.sha256]:
            found.append(line.file)
    return found
