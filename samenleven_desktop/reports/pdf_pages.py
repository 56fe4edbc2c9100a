"""Some pages of a finished PDF, for the printer: the rest of the file keeps its tags and is what is saved."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf


def chosen_pages(pdf: bytes, pages: Sequence[int]) -> bytes:
    """A PDF of these pages (from 0) in this order."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as whole, pikepdf.new() as part:
        for number in pages:
            part.pages.append(whole.pages[number])
        part.save(made)
    return made.getvalue()
