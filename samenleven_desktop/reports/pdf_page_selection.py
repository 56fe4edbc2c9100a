"""Extracts pages of a finished PDF for the printer; the saved file keeps all pages and tags."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf


def chosen_pages(pdf: bytes, pages: Sequence[int]) -> bytes:
    """Returns a PDF with these pages (from 0) in this order."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as whole, pikepdf.new() as part:
        for number in pages:
            part.pages.append(whole.pages[number])
        part.save(made)
    return made.getvalue()
