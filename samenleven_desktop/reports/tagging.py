"""The structure of a PDF for assistive technology: headings, tables, lists, links, figures in reading order.

A small layer over ReportLab, which writes no tags: nodes are created in reading order while the document is laid out;
what is drawn for a node is marked on its page; everything else is an artifact. `finish` writes the tree (PDF/UA-1).
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.platypus import Flowable, PageBreak, Paragraph, Table

# In points. A row taller than the first value may be split over pages, if at least the second one fits.
TALL_ROW, ENOUGH_OF_ROW = 260.0, 110.0
# A row lower than this looks lost when it is alone on a page.
LONELY_ROW = 50.0
_LEAST_ROWS = 2
_UNDER_AGAIN = 2.0
_LONG_NUMBER = re.compile(rb"<([0-9A-Fa-f]{5,6})>")


@dataclass
class Node:
    """An element of the structure.

    `alt` and `box` are for figures, `scope` for header cells, `url` for a link, `goto` for a link to a heading of the
    document (its key in `Tree.places`).
    """

    tag: str
    tree: Tree
    alt: str | None = None
    scope: str | None = None
    url: str | None = None
    goto: str | None = None
    box: tuple[float, float, float, float] | None = None
    children: list[Node] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    """(page from 0, number of the marked content on it)."""
    areas: list[tuple[int, tuple[float, float, float, float]]] = field(default_factory=list)
    """The clickable areas of a link: page and rectangle."""

    def child(
        self,
        tag: str,
        *,
        alt: str | None = None,
        scope: str | None = None,
        url: str | None = None,
        goto: str | None = None,
    ) -> Node:
        made = Node(tag, self.tree, alt, scope, url, goto)
        self.children.append(made)
        return made


class Tree:
    """The structure of one document while it is drawn; `places` has the page and height of each heading."""

    def __init__(self, language: str = "") -> None:
        self.root = Node("Document", self)
        self.language = language
        self.places: dict[str, tuple[int, float]] = {}
        self._numbers: dict[int, int] = defaultdict(int)

    @contextmanager
    def marked(self, canvas: Any, node: Node, said: str | None = None) -> Iterator[None]:
        """Marks what is drawn inside the block as content of the node; `said` is the actual text, if the glyphs differ
        from it.

        A repeated table header is not marked as content again.
        """
        page = canvas.getPageNumber() - 1
        if node.tag == "TH" and node.scope == "Column" and node.content and node.content[0][0] != page:
            with artifact(canvas):
                yield
            return
        number = self._numbers[page]
        self._numbers[page] += 1
        node.content.append((page, number))
        actual = "" if said is None else f" /ActualText <feff{said.encode('utf-16-be').hex()}>"
        canvas._code.append(f"/{node.tag} <</MCID {number}{actual}>> BDC")
        yield
        canvas._code.append("EMC")


@contextmanager
def artifact(canvas: Any, kind: str = "Layout") -> Iterator[None]:
    """Lines, backgrounds and footers: visible, but not read."""
    canvas._code.append(f"/Artifact <</Type /{kind}>> BDC")
    yield
    canvas._code.append("EMC")


class TaggedParagraph(Paragraph):  # type: ignore[misc]
    """A paragraph of a node; without a node it is drawn inside marked content of another one."""

    node: Node | None = None
    said: str | None = None
    """The original text, if it is drawn in another order."""

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N803 - ReportLab's own name
        if self.node is None:
            super().drawOn(canvas, x, y, _sW)
            return
        if self.node.url is not None or self.node.goto is not None:
            left, bottom = canvas.absolutePosition(x, y)
            width = min(self.width, max(self.getActualLineWidths0(), default=self.width))
            self.node.areas.append((canvas.getPageNumber() - 1, (left, bottom, left + width, bottom + self.height)))
        with self.node.tree.marked(canvas, self.node, self.said):
            super().drawOn(canvas, x, y, _sW)

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.node = self.node
        return parts


class TaggedTable(Table):  # type: ignore[misc]
    """A grid whose lines and backgrounds are artifacts; its cells have their own nodes.

    `again` is shown above a part that continues from the previous page: visible, not read, because screen readers have
    no pages.
    """

    splitInRow: int  # noqa: N815 - ReportLab's own name
    again: Paragraph | None = None
    goes_on = False
    waiting: list[list[Any]] = []  # noqa: RUF012 - always replaced, never changed in place
    """Rows that are not in the grid yet, see `pdf_long_tables`."""

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's own names
        width, height = super().wrap(availWidth, availHeight)
        return width, height + self._above(availWidth)

    def draw(self) -> None:
        super().draw()
        if self.again is not None and self.goes_on:
            with artifact(self.canv):
                self.again.drawOn(self.canv, 0, sum(self._rowHeights) + _UNDER_AGAIN)

    def _above(self, width: float) -> float:
        if self.again is None or not self.goes_on:
            return 0.0
        return float(self.again.wrap(width, width)[1]) + _UNDER_AGAIN

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803 - ReportLab's own names
        """Splits between rows, never leaving one small row alone on the next page.

        It splits inside a row only if the row takes a large part of a page, and if enough of it fits.
        """
        allowed: int = self.splitInRow
        self._calc(availWidth, availHeight)
        room = availHeight - self._above(availWidth)
        repeated = self.repeatRows if isinstance(self.repeatRows, int) else 0
        head, first = sum(self._rowHeights[:repeated]), self._rowHeights[repeated]
        self.splitInRow = allowed if first > TALL_ROW and room - head > ENOUGH_OF_ROW else 0
        parts: list[Any] = super().split(availWidth, room)
        if not self.splitInRow and len(parts) == 2:
            above = len(parts[0]._cellvalues)
            alone = not self.waiting and len(self._cellvalues) - above == 1 and self._rowHeights[above] < LONELY_ROW
            if alone and above - repeated > _LEAST_ROWS:
                first_part, rest = super().split(availWidth, sum(self._rowHeights[:above]) - 1)
                # Otherwise the rest would start on this page, where there is still room.
                parts = [first_part, PageBreak(), rest]
        for part in parts:
            if isinstance(part, TaggedTable):
                part.splitInRow, part.again = allowed, self.again
                part.goes_on = self.goes_on or part is not parts[0]
        self.splitInRow = allowed
        return parts

    def _drawBkgrnd(self) -> None:
        with artifact(self.canv):
            super()._drawBkgrnd()

    def _drawLines(self) -> None:
        with artifact(self.canv):
            super()._drawLines()


class TaggedFigure(Flowable):  # type: ignore[misc]
    """A drawing with its text alternative."""

    def __init__(self, drawing: Any, node: Node) -> None:
        super().__init__()
        self._drawing, self._node = drawing, node

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = self._drawing.width, self._drawing.height
        return self.width, self.height

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(0, 0)
        self._node.box = (x, y, x + self.width, y + self.height)
        with self._node.tree.marked(self.canv, self._node):
            self._drawing.drawOn(self.canv, 0, 0)


def finish(pdf: bytes, tree: Tree, properties: Mapping[str, object], language: str) -> bytes:
    """Returns the same file with its structure, links, language and properties (XMP names, such as dc:title)."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        writer = _Writer(document)
        root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = Array([writer.element(tree, tree.root, root)])
        numbers: list[Any] = []
        for place, page in enumerate(writer.pages):
            owners = [writer.parents[place][number] for number in sorted(writer.parents[place])]
            numbers += [place, document.make_indirect(Array(owners))]
            page.StructParents = place
            page.Tabs = Name.S
        for place, owner in enumerate(writer.links, len(writer.pages)):
            numbers += [place, owner]
        root.ParentTree = document.make_indirect(Dictionary(Nums=Array(numbers)))
        root.ParentTreeNextKey = len(writer.pages) + len(writer.links)
        catalogue = document.Root
        catalogue.StructTreeRoot = root
        catalogue.MarkInfo = Dictionary(Marked=True)
        catalogue.Lang = String(language)
        catalogue.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            for name, value in properties.items():
                if value:
                    metadata[name] = value
            metadata["dc:language"] = [language]
            metadata["pdfuaid:part"] = "1"
        _fix_surrogate_pairs(document)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _fix_surrogate_pairs(document: Any) -> None:
    """ReportLab writes a character in the ToUnicode table as one number; outside the BMP (emoji) a PDF requires two."""
    fonts = {font.objgen: font for page in document.pages for font in page.obj.Resources.Font.values()}
    for font in fonts.values():
        if "/ToUnicode" in font:
            table = font.ToUnicode.read_bytes()
            mended = _LONG_NUMBER.sub(lambda one: b"<%s>" % _two_numbers(one[1]), table)
            if mended != table:
                font.ToUnicode.write(mended)


def _two_numbers(number: bytes) -> bytes:
    return chr(int(number, 16)).encode("utf-16-be").hex().upper().encode()


class _Writer:
    """Writes the elements of a tree; afterwards maps content and links to their elements."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self.pages = [page.obj for page in document.pages]
        self.parents: dict[int, dict[int, Any]] = defaultdict(dict)
        self.links: list[Any] = []

    def element(self, tree: Tree, node: Node, parent: Any) -> Any:
        made = self._document.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.tag}"), P=parent))
        kids: list[Any] = []
        for page, number in node.content:
            kids.append(Dictionary(Type=Name.MCR, Pg=self.pages[page], MCID=number))
            self.parents[page][number] = made
        for page, box in node.areas:
            kids.append(Dictionary(Type=Name.OBJR, Pg=self.pages[page], Obj=self._link(tree, node, made, page, box)))
        kids += [self.element(tree, one, made) for one in node.children if _is_drawn(one)]
        made.K = Array(kids)
        if node.alt is not None:
            made.Alt = String(node.alt)
        if node.scope is not None:
            made.A = Dictionary(O=Name.Table, Scope=Name(f"/{node.scope}"))
        if node.box is not None:
            made.A = Dictionary(O=Name.Layout, BBox=_box(node.box), Placement=Name.Block)
        return made

    def _link(self, tree: Tree, node: Node, owner: Any, page: int, box: tuple[float, float, float, float]) -> Any:
        said = node.alt or node.url or ""
        made = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=_box(box),
            Border=Array([0, 0, 0]),
            F=4,
            Contents=String(said),
            StructParent=len(self.pages) + len(self.links),
        )
        if node.url is not None:
            made.A = Dictionary(S=Name.URI, URI=String(node.url))
        else:
            at, top = tree.places[node.goto or ""]
            made.Dest = Array([self.pages[at], Name.XYZ, 0, round(top, 2), 0])
        self.links.append(owner)
        link = self._document.make_indirect(made)
        if "/Annots" not in self.pages[page]:
            self.pages[page].Annots = Array([])
        self.pages[page].Annots.append(link)
        return link


def _box(box: tuple[float, float, float, float]) -> Any:
    return Array([round(value, 2) for value in box])


def _is_drawn(node: Node) -> bool:
    """Returns whether a node or a descendant has content.

    An empty cell is kept, so that a row keeps its number of cells.
    """
    return bool(node.content) or node.tag in ("TD", "TH") or any(_is_drawn(one) for one in node.children)
