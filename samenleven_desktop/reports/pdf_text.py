"""Extracts the text of our own PDFs page by page, so that the self-test needs no other program.

Supports only what ReportLab writes (embedded subset fonts with a ToUnicode table), not every PDF.
"""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf


def pdf_text(pdf: bytes) -> str:
    """Returns all drawn text, in drawing order, with a line break at each new line or cell."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return "\n".join(_page_text(page) for page in document.pages)


def _page_text(page: pikepdf.Page) -> str:
    fonts = page.obj.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
    letters = {name: _to_unicode(font) for name, font in fonts.items()}
    current: dict[int, str] | None = None
    text: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        name, operands = str(instruction.operator), instruction.operands
        if name == "Tf":
            current = letters.get(str(operands[0]))
        elif name in ("Td", "TD", "T*", "Tm", "ET"):
            text.append("\n")
        elif name in ("Tj", "'", '"'):
            text.append(_decoded(operands[-1], current))
        elif name == "TJ":
            text.extend(_decoded(part, current) for part in operands[0] if isinstance(part, pikepdf.String))
    return re.sub(r"\n+", "\n", "".join(text)).strip()


def _to_unicode(font: pikepdf.Object) -> dict[int, str] | None:
    """Returns the meaning of each byte of a subset font, from its ToUnicode table; None for a font without one."""
    if "/ToUnicode" not in font:
        return None
    table = font["/ToUnicode"].read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for first, last, targets in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(\[[^\]]*\]|<[0-9A-Fa-f]+>)", table):
        codes = re.findall(r"<([0-9A-Fa-f]+)>", targets)
        for offset in range(int(last, 16) - int(first, 16) + 1):
            if targets.startswith("["):
                if offset < len(codes):
                    found[int(first, 16) + offset] = _character(codes[offset])
            else:
                found[int(first, 16) + offset] = chr(int(codes[0], 16) + offset)
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, target in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = _character(target)
    return found


def _character(code: str) -> str:
    return bytes.fromhex(code.zfill(4)).decode("utf-16-be")


def _decoded(value: pikepdf.Object, letters: dict[int, str] | None) -> str:
    raw = bytes(value)
    return raw.decode("latin-1") if letters is None else "".join(letters.get(byte, "") for byte in raw)
