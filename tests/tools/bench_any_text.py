"""Whether a report takes time with its size, whatever is in it: times of two sizes, and their ratio per unit.

Long words in the coaching report, rows in a table, and every block of the Basic Multilingual Plane that a font has. A
ratio near 1 is linear; the budget leaves room for a busy machine. `bench_any_text.py FOLDER` keeps the PDFs to look at.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.document import Document, DocumentColumn, Heading, Paragraph, Table
from samenleven_desktop.reports.pdf import write_pdf
from samenleven_desktop.reports.pdf_paragraphs import known_signs
from tests.reports.material import Material

BUDGET = 2.0
_BLOCK = 0x80


def words(letter: str) -> Callable[[int], Document]:
    """A coaching report of two rows, in which each text is one word of that many characters."""
    return lambda size: Material(2, letter * (size // len(letter))).document("coaching", Language("nl"))


def rows(size: int) -> Document:
    columns = (DocumentColumn("naam", 2), DocumentColumn("tekst", 4), DocumentColumn("nr"))
    return _plain(Table(columns, tuple((f"bestuur {n}", "een tekst van enkele woorden", str(n)) for n in range(size))))


def blocks(size: int) -> Document:
    """Every block, again and again, until there are that many characters."""
    every = list(_blocks())
    found: list[Paragraph | Table] = []
    while sum(len(one) for one in every) * len(found) // (2 * len(every)) < size:
        found += [Paragraph(one) for one in every]
        found += [Table((DocumentColumn("a"), DocumentColumn("b", 2)), ((one[:5], one),)) for one in every]
    return _plain(*found)


def _blocks() -> Iterator[str]:
    codes = {code for signs in known_signs().values() for code in signs if 0x20 <= code < 0x10000}
    for start in range(0, 0x10000, _BLOCK):
        inside = [code for code in range(start, start + _BLOCK) if code in codes]
        if inside:
            yield f"{start:04X} " + "".join(map(chr, inside))


def _plain(*found: Paragraph | Table) -> Document:
    return Document("Titel", "", (), "bron", "nl", None, "{page}/{pages}", (Heading("kop"), *found))


CASES: tuple[tuple[str, Callable[[int], Document], int, int], ...] = (
    ("a word of W", words("W"), 10_000, 100_000),
    ("a word of two fonts", words("w🙂"), 4_000, 40_000),
    ("a word of Hebrew", words("א"), 10_000, 100_000),
    ("rows of a table", rows, 1_000, 10_000),
    ("characters of every block", blocks, 16_000, 64_000),
)


def measure(keep: Path | None = None) -> dict[str, float]:
    write_pdf(rows(10))
    found: dict[str, float] = {}
    for name, made, small, large in CASES:
        took = []
        for size in (small, large):
            document = made(size)
            began = time.perf_counter()
            pdf = write_pdf(document)
            took.append(time.perf_counter() - began)
        if keep is not None:
            (keep / f"{name}.pdf").write_bytes(pdf)
        found[f"{name}: {small}, s"], found[f"{name}: {large}, s"] = took
        found[f"{name}: ratio"] = took[1] / took[0] * small / large
    return found


if __name__ == "__main__":
    result = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for title, value in result.items():
        print(f"{title:45}{value:10.2f}")
    print(f"budget of the ratio: {BUDGET}")
    target = Path(__file__).resolve().parents[2] / "build" / "bench-any-text.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(result, indent=1))
    sys.exit(any(value > BUDGET for title, value in result.items() if title.endswith("ratio")))
