"""The structure of a PDF, for readers that do not see it: headings, tables, lists, figures in reading order.

A small layer over ReportLab, which writes no tags: nodes are made in reading order while the document is laid out; what
is drawn for a node is marked on its page; everything else is an artifact. `finish` writes the tree (PDF/UA-1).
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.platypus import Flowable, Paragraph, Table


@dataclass
class Node:
    """An element of the structure; `alt` and `box` are of figures, `scope` of the heads of a table."""

    tag: str
    tree: Tree
    alt: str | None = None
    scope: str | None = None
    box: tuple[float, float, float, float] | None = None
    children: list[Node] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    """(page from 0, number of the marked content on it)."""

    def child(self, tag: str, *, alt: str | None = None, scope: str | None = None) -> Node:
        made = Node(tag, self.tree, alt, scope)
        self.children.append(made)
        return made


class Tree:
    """The structure of one document while it is drawn."""

    def __init__(self) -> None:
        self.root = Node("Document", self)
        self._numbers: dict[int, int] = defaultdict(int)

    @contextmanager
    def marked(self, canvas: Any, node: Node) -> Iterator[None]:
        """What is drawn inside belongs to the node. The head of a table that is repeated is no content again."""
        page = canvas.getPageNumber() - 1
        if node.tag == "TH" and node.content and node.content[0][0] != page:
            with artifact(canvas):
                yield
            return
        number = self._numbers[page]
        self._numbers[page] += 1
        node.content.append((page, number))
        canvas._code.append(f"/{node.tag} <</MCID {number}>> BDC")
        yield
        canvas._code.append("EMC")


@contextmanager
def artifact(canvas: Any, kind: str = "Layout") -> Iterator[None]:
    """Lines, backgrounds and feet: seen, not read."""
    canvas._code.append(f"/Artifact <</Type /{kind}>> BDC")
    yield
    canvas._code.append("EMC")


class TaggedParagraph(Paragraph):  # type: ignore[misc]
    """A paragraph that belongs to a node; without one it is drawn inside somebody else's marks."""

    node: Node | None = None

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N803 - ReportLab's own name
        if self.node is None:
            super().drawOn(canvas, x, y, _sW)
            return
        with self.node.tree.marked(canvas, self.node):
            super().drawOn(canvas, x, y, _sW)

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.node = self.node
        return parts


class TaggedTable(Table):  # type: ignore[misc]
    """A grid whose lines and backgrounds are artifacts; its cells carry their own nodes."""

    def _drawBkgrnd(self) -> None:
        with artifact(self.canv):
            super()._drawBkgrnd()

    def _drawLines(self) -> None:
        with artifact(self.canv):
            super()._drawLines()


class TaggedFigure(Flowable):  # type: ignore[misc]
    """A drawing with its description."""

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


def finish(pdf: bytes, tree: Tree, title: str, language: str) -> bytes:
    """The same file with its structure, language and title."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = [page.obj for page in document.pages]
        root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        parents: dict[int, dict[int, Any]] = defaultdict(dict)
        root.K = Array([_element(document, tree.root, root, pages, parents)])
        numbers: list[Any] = []
        for place, page in enumerate(pages):
            owners = [parents[place][number] for number in sorted(parents[place])]
            numbers += [place, document.make_indirect(Array(owners))]
            page.StructParents = place
            page.Tabs = Name.S
        root.ParentTree = document.make_indirect(Dictionary(Nums=Array(numbers)))
        root.ParentTreeNextKey = len(pages)
        catalogue = document.Root
        catalogue.StructTreeRoot = root
        catalogue.MarkInfo = Dictionary(Marked=True)
        catalogue.Lang = String(language)
        catalogue.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
            metadata["pdfuaid:part"] = "1"
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _element(document: Any, node: Node, parent: Any, pages: list[Any], parents: dict[int, dict[int, Any]]) -> Any:
    made = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.tag}"), P=parent))
    kids: list[Any] = []
    for page, number in node.content:
        kids.append(Dictionary(Type=Name.MCR, Pg=pages[page], MCID=number))
        parents[page][number] = made
    kids += [_element(document, one, made, pages, parents) for one in node.children if _is_drawn(one)]
    made.K = Array(kids)
    if node.alt is not None:
        made.Alt = String(node.alt)
    if node.scope is not None:
        made.A = Dictionary(O=Name.Table, Scope=Name(f"/{node.scope}"))
    if node.box is not None:
        box = Array([round(value, 2) for value in node.box])
        made.A = Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
    return made


def _is_drawn(node: Node) -> bool:
    """Whether a node or one below it has content: an empty cell stays, so that a row keeps its number of cells."""
    return bool(node.content) or node.tag in ("TD", "TH") or any(_is_drawn(one) for one in node.children)
