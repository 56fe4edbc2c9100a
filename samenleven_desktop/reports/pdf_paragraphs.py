"""Text in a PDF: fonts, hyphenation, other scripts. Text is data: shown, never interpreted as markup.

Characters missing in Inter are written in DejaVu Sans (Hebrew, Arabic, symbols) or Noto Emoji; those missing in all
become a visible box. Right-to-left text is reordered line by line, and keeps the original text for searching, copying
and screen readers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from samenleven_desktop.paths import resources_dir
from samenleven_desktop.reports.tagging import Node, TaggedParagraph

TEXT, MUTED, ACCENT = HexColor("#1D2630"), HexColor("#5A6673"), HexColor("#0055CC")
INTER, OTHERS, EMOJI = "Inter-Regular", "DejaVuSans", "NotoEmoji"
BOX = "□"
# Shorter words look worse hyphenated than moved to the next line.
_SHORTEST_BROKEN = 12
# The headers of narrow columns have no next line to move to.
_SHORTEST_HEAD = 8
# A longer one is no word of a language; it is broken where the line is full. Hyphenation takes the cube of the length.
_LONGEST_BROKEN = 80
# Titles and names are not hyphenated.
_BROKEN = ("body", "muted", "cell", "cell-right", "head", "head-right", "row-head", "caption")
_DICTIONARIES = {"nl": "nl_NL", "en": "en_GB"}
# Variation selectors: they choose the look of the previous character; a font without them can ignore them.
_SELECTORS = frozenset("\ufe0e\ufe0f")
# ReportLab breaks lines at every space but this one.
_NO_BREAK_SPACES = {0x202F: "\u00a0", 0x2007: "\u00a0"}
_RIGHT_TO_LEFT = ("R", "AL")


def style(name: str, size: float, font: str = INTER, **more: Any) -> ParagraphStyle:
    color = more.pop("textColor", TEXT)
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=more.pop("leading", size * 1.38),
        textColor=color,
        splitLongWords=1,
        **more,
    )


# Read at a council table: body and tables at least 9.5 pt, footers and captions at least 8.5 pt.
BODY = style("body", 10)
MUTED_BODY = style("muted", 9.5, textColor=MUTED)
CELL, CELL_RIGHT = style("cell", 9.5), style("cell-right", 9.5, alignment=TA_RIGHT)
HEAD = style("head", 9.5, "Inter-SemiBold", textColor=MUTED, leading=11.8)
HEAD_RIGHT = style("head-right", 9.5, "Inter-SemiBold", textColor=MUTED, alignment=TA_RIGHT, leading=11.8)
ROW_HEAD = style("row-head", 9.5, "Inter-SemiBold", textColor=MUTED)
TITLE = style("title", 18, "Inter-Bold", leading=22)
SUBTITLE = style("subtitle", 10, textColor=MUTED)
SENDER = style("sender", 9, textColor=MUTED, alignment=TA_RIGHT)
HEADINGS = {
    1: style("h1", 12.5, "Inter-Bold"),
    2: style("h2", 11, "Inter-SemiBold"),
    3: style("h3", 10, "Inter-SemiBold"),
}
CHAPTER = style("chapter", 14.5, "Inter-Bold", leading=18)
FIGURE = style("figure", 17, "Inter-Bold", leading=21)
AGAIN = style("again", 8.5, "Inter-Medium", textColor=MUTED)
CAPTION = style("caption", 9, textColor=MUTED)
FOOT = style("foot", 8.5, textColor=MUTED, leading=10.4)


@cache
def known_signs() -> dict[str, frozenset[int]]:
    """Registers the fonts once; returns the characters in each."""
    folder = resources_dir() / "fonts"
    files = {f"Inter-{name}": f"Inter-{name}.ttf" for name in ("Regular", "Medium", "SemiBold", "Bold")}
    for name, file in {**files, OTHERS: "DejaVuSans.ttf", EMOJI: "NotoEmoji-Regular.ttf"}.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file), shapable=False))
    return {name: frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in (INTER, OTHERS, EMOJI)}


@cache
def _hyphenator(language: str) -> Callable[[str], Iterator[tuple[str, str]]]:
    import pyphen

    pairs: Callable[[str], Iterator[tuple[str, str]]] = pyphen.Pyphen(
        lang=_DICTIONARIES[language], left=3, right=3
    ).iterate
    return lambda word: pairs(word) if len(word) <= _LONGEST_BROKEN else iter(())


@cache
def _hyphenated(base: ParagraphStyle, language: str, align: int | None) -> ParagraphStyle:
    """Returns the style with the hyphenation rules of a language."""
    more: dict[str, Any] = {} if align is None else {"alignment": align}
    if language in _DICTIONARIES and base.name in _BROKEN:
        shortest = _SHORTEST_HEAD if base.fontSize < CAPTION.fontSize else _SHORTEST_BROKEN
        more |= {"hyphenationLang": _hyphenator(language), "hyphenationMinWordLength": shortest}
    return base.clone(f"{base.name}-{language}-{align}", **more)


class PdfParagraph(TaggedParagraph):
    """A paragraph of data; `turned` if some of it runs from right to left."""

    turned = False
    base = "L"
    _wrapped_in: float | None = None
    _size = (0.0, 0.0)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's own names
        # A table measures its cells again for every page.
        if self._wrapped_in != availWidth or not hasattr(self, "blPara"):
            self._size = super().wrap(availWidth, availHeight)
            self._wrapped_in = availWidth
        return self._size

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N803 - ReportLab's own name
        # Not earlier: a paragraph that is split over pages is first split in reading order.
        if self.turned:
            self._reorder()
        super().drawOn(canvas, x, y, _sW)

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.turned, part.base = self.turned, self.base
        return parts

    def _reorder(self) -> None:
        lines, said = [], []
        for line in self.blPara.lines:
            text = _line_text(line)
            said.append(unicodedata.normalize("NFKC", text))
            lines.append(_visual_line(line, text, self.base, self.style.fontName))
        self.blPara.lines = lines
        # The next page of a repeated header starts from the original order.
        self._wrapped_in = None
        self.said = " ".join(said)


def words(text: str, base: ParagraphStyle, node: Node | None = None) -> PdfParagraph:
    """Shows markup in the text literally and keeps line breaks.

    `node` is its structure element; None for text drawn inside an artifact.
    """
    known = known_signs()
    language = node.tree.language if node is not None else ""
    markup, turned, backward = _markup(text, known)
    align = None
    if backward and base.alignment in (TA_LEFT, TA_RIGHT):
        align = TA_RIGHT if base.alignment == TA_LEFT else TA_LEFT
    if node is not None and node.url is not None:
        markup = f'<u color="#0055CC"><font color="#0055CC">{markup}</font></u>'
    made = PdfParagraph(markup or "&nbsp;", _hyphenated(base, language, align))
    made.node, made.turned, made.base = node, turned, "R" if backward else "L"
    return made


def _markup(text: str, known: dict[str, frozenset[int]]) -> tuple[str, bool, bool]:
    """Returns the text as ReportLab markup; whether some of it runs from right to left; whether it starts that way."""
    text = text.translate(_NO_BREAK_SPACES)
    inter = known[INTER]
    if all(ord(sign) in inter or sign == "\n" for sign in text):
        return "<br/>".join(escape(line) for line in text.split("\n")), False, False
    directions = [unicodedata.bidirectional(sign) for sign in text]
    turned = any(one in _RIGHT_TO_LEFT for one in directions)
    first = next((one for one in directions if one == "L" or one in _RIGHT_TO_LEFT), "L")
    if turned:
        import arabic_reshaper

        text = arabic_reshaper.reshape(text)
    parts: list[str] = []
    for font, run in _runs(text, known):
        tidy = "<br/>".join(escape(line) for line in run.split("\n"))
        parts.append(tidy if font == INTER else f'<font name="{font}">{tidy}</font>')
    return "".join(parts), turned, first in _RIGHT_TO_LEFT


def _runs(text: str, known: dict[str, frozenset[int]]) -> list[tuple[str, str]]:
    """Splits the text into runs of one font each."""
    runs: list[tuple[str, str]] = []
    for typed in text:
        sign = typed
        if not sign.isprintable() and sign != "\n":
            kind = unicodedata.category(sign)
            if kind == "Cf" or (kind == "Cc" and sign != "\t"):
                continue
            # A space is never lost, not even one that no font has.
            if sign == "\t" or (kind[0] == "Z" and sign != "\u00a0"):
                sign = " "
        elif sign in _SELECTORS:
            continue
        font, shown = _font_of(sign, known)
        if runs and runs[-1][0] == font:
            runs[-1] = (font, runs[-1][1] + shown)
        else:
            runs.append((font, shown))
    return runs


def _font_of(sign: str, known: dict[str, frozenset[int]]) -> tuple[str, str]:
    if sign == "\n":
        return INTER, sign
    for font in (INTER, OTHERS, EMOJI):
        if ord(sign) in known[font]:
            return font, sign
    return INTER, BOX if ord(BOX) in known[INTER] else "?"


def _line_text(line: Any) -> str:
    return " ".join(line[1]) if isinstance(line, tuple) else "".join(frag.text for frag in line.words)


def _visual_line(line: Any, text: str, base: str, plain: str) -> Any:
    """Returns the same line in visual order."""
    from bidi import get_display

    seen = str(get_display(text, base_dir=base))
    if isinstance(line, tuple):
        return (line[0], seen.split(" "))
    known = known_signs()
    frags = []
    for font, run in _runs(seen, known):
        frag = line.words[0].clone(text=run, fontName=plain if font == INTER else font)
        frags.append(frag)
    line.words = frags
    return line


# A title, heading, column header or footer stays on one page, whatever its length.
LONGEST_TITLE = 400


def titled(text: str) -> str:
    """Returns a short text unchanged, and the beginning of a very long one with an ellipsis."""
    return text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE].rstrip()}…"


# A longer line is laid out in pieces: ReportLab's time grows with the square of the length.
LONGEST_LINE = 3_000


def pieces_of(line: str) -> list[str]:
    """Returns a line unchanged, or a very long one in pieces that end at a word."""
    pieces = []
    while len(line) > LONGEST_LINE:
        cut = line.rfind(" ", 1, LONGEST_LINE) + 1 or LONGEST_LINE
        pieces.append(line[:cut])
        line = line[cut:]
    return [*pieces, line]
