"""Makes the awkward files of tests/data/import anew (needs LibreOffice for some); `expected.json` is kept by hand.

import_corpus.py FOLDER
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, datetime, time
from pathlib import Path

HEADER = ["Gemeente", "Actie", "Datum", "Aantal", "Soort", "Opmerking"]
ROWS = [
    ["Mechelen", 5, "11/03/2024", 12, "erbij", "bib"],
    ["stad Lier", 5, "11/03/2024", 7, "totaal", "café « praatje »"],
    ["12009", 5, "11/03/2024", 3, "erbij", ""],
]


def csv_of(rows: list[list[object]], separator: str = ";") -> str:
    return "\r\n".join(separator.join(map(str, row)) for row in [HEADER, *rows]) + "\r\n"


def xlsx_of(sheets: dict[str, list[list[object]]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def converted(content: bytes, ending: str, options: str = "") -> bytes:
    """What LibreOffice makes of an xlsx file."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bron.xlsx"
        source.write_bytes(content)
        wanted = f"{ending}:{options}" if options else ending
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", wanted]
        subprocess.run(
            [*command, "--outdir", f"{folder}/uit", str(source)], check=True, capture_output=True, timeout=120
        )
        return (Path(folder) / "uit" / f"bron.{ending}").read_bytes()


def bomb() -> bytes:
    """A small archive that says little of itself and unpacks to a gigabyte."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(1000):
                part.write(b"0" * 1_000_000)
    return stream.getvalue()


def with_entity(content: bytes) -> bytes:
    """The same workbook with a definition that would read a file of this computer."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for member in source.infolist():
            raw = source.read(member)
            if member.filename.endswith("sheet1.xml"):
                raw = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>' + raw
            target.writestr(member, raw)
    return stream.getvalue()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    table = [HEADER, *ROWS]
    plain = xlsx_of({"Blad1": table})
    typed = [
        ["Mechelen", 5, date(2024, 3, 11), 12.0, "erbij", None],
        ["Lier", "A5", datetime.fromisoformat("2024-03-11"), 7, "totaal", time(9, 30)],
    ]
    files: dict[str, bytes] = {
        "plain.xlsx": plain,
        "libreoffice.xlsx": converted(plain, "xlsx"),
        "libreoffice.ods": converted(plain, "ods"),
        "libreoffice.xls": converted(plain, "xls"),
        "libreoffice-1252.csv": converted(plain, "csv", "Text - txt - csv (StarCalc):59,34,ANSI,1"),
        "utf8.csv": csv_of(ROWS).encode(),
        "utf8-bom.csv": b"\xef\xbb\xbf" + csv_of(ROWS).encode(),
        "comma.csv": csv_of(ROWS, ",").encode(),
        "tab.txt": csv_of(ROWS, "\t").encode(),
        "utf16.csv": csv_of(ROWS, "\t").encode("utf-16"),
        "windows-1252.csv": csv_of(ROWS).encode("cp1252"),
        "sep-line.csv": ("sep=;\r\n" + csv_of(ROWS)).encode(),
        "typed-cells.xlsx": xlsx_of({"Blad1": [HEADER, *typed]}),
        "title-above.xlsx": xlsx_of({"Blad1": [["Werkboek 2024"], [], ["stand op", "11/03/2024"], [], *table]}),
        "empty-rows-between.xlsx": xlsx_of({"Blad1": [HEADER, ROWS[0], [], [None, None], ROWS[1], [], ROWS[2], []]}),
        "moved-columns.xlsx": xlsx_of({"Blad1": [[row[at] for at in (3, 5, 0, 2, 4, 1)] for row in table]}),
        "second-sheet.xlsx": xlsx_of({"Leeg": [], "Metingen": table}),
        "english.xlsx": xlsx_of(
            {
                "Sheet1": [
                    ["Municipality", "Action", "Date", "Number", "Kind", "Remark"],
                    ["Mechelen", 5, "2024-03-11", 12, "added", "x"],
                ]
            }
        ),
        "formulas.xlsx": xlsx_of(
            {"Blad1": [HEADER, ["Mechelen", 5, "11/03/2024", "=6+6", "erbij", '=HYPERLINK("http://x","y")']]}
        ),
        "formula-values.xlsx": converted(
            xlsx_of({"Blad1": [HEADER, ["Mechelen", 5, "11/03/2024", "=6+6", "erbij", "bib"]]}), "xlsx"
        ),
        "dangerous-text.csv": csv_of([["Mechelen", 5, "11/03/2024", 12, "erbij", "'=cmd|' /C calc'!A0"]]).encode(),
        "near-names.csv": csv_of(
            [["Mechlen", 5, "11/03/2024", 1, "", ""], ["Gemeente Duffel", 5, "11/03/2024", 2, "", ""]]
        ).encode(),
        "merged-names.csv": csv_of([["Borsbeek", 5, "11/03/2024", 1, "", ""]]).encode(),
        "same-twice.csv": csv_of(
            [["Lier", 5, "11/03/2024", 7, "totaal", ""], ["Lier", 5, "11/03/2024", 9, "totaal", ""]]
        ).encode(),
        "bad-cells.csv": csv_of(
            [
                ["Mechelen", 5, "32/03/2024", 1, "", ""],
                ["Mechelen", 77, "11/03/2024", 1, "", ""],
                ["Mechelen", 5, "11/03/2024", "veel", "", ""],
            ]
        ).encode(),
        "quotes-and-lines.csv": (
            csv_of([]) + 'Mechelen;5;11/03/2024;12;erbij;"een ""citaat""\r\nen een tweede lijn"\r\n'
        ).encode(),
        "header-only.csv": csv_of([]).encode(),
        "empty.csv": b"",
        "blank.xlsx": xlsx_of({"Blad1": []}),
        "no-table.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        "picture.xlsx": b"\x89PNG\r\n\x1a\n" + b"\x00" * 200,
        "page.xls": b"<html><body><table><tr><td>Gemeente</td></tr></table></body></html>",
        "cut.xlsx": plain[: len(plain) // 2],
        "flipped.xlsx": plain[:900] + bytes(byte ^ 0x5A for byte in plain[900:1100]) + plain[1100:],
        "entity.xlsx": with_entity(plain),
        "password.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(976),
        "password.ods": b"",
        "other-zip.zip": b"",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("foto.txt", "geen tabel")
    files["other-zip.zip"] = stream.getvalue()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", "versleuteld")
    files["password.ods"] = stream.getvalue()
    for name, content in files.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
