"""The CSV report of the subsidy portal for this plan: every value is quoted twice, and line breaks are escaped.

The exporter quotes each value before CSV quoting, so there is one pair of quotes too many; line breaks and tabs inside
a value are written as backslash-n and backslash-t. Account numbers are skipped and never stored.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from samenleven_desktop.domain.errors import N_, UserError

COLUMNS = (
    "subsidieURI",
    "modified",
    "contactFirstName",
    "contactLastName",
    "contactTelephone",
    "contactEmail",
    "rekeningnummer",
    "bestuurseenheid",
    "kbo",
    "classificatie",
    "samenwerking",
    "socialImpactBond",
    "voorstelSocialImpactBond",
    "mentorschap",
    "mentorschapActie",
    "mentorschapMotivering",
)
_NOT_KEPT = "rekeningnummer"
_NEEDED = {"bestuurseenheid", "kbo", "samenwerking", "mentorschap", "socialImpactBond"}
MISSING = N_("{file}: the column {column} of the portal is missing.")
UNEVEN = N_("{file}, row {row}: this row has {found} values, not {expected}.")


@dataclass(frozen=True)
class PortalRow:
    """A row of the report: its number as in a spreadsheet, and its plain values by column."""

    number: int
    values: dict[str, str]

    def flag(self, column: str) -> bool | None:
        """Parses yes or no; None for any other word."""
        word = self.values.get(column, "").strip().casefold()
        if word in ("true", "ja", "1", "yes", "waar"):
            return True
        return False if word in ("", "false", "nee", "neen", "0", "no", "onwaar", "null") else None


def looks_like(content: bytes) -> bool:
    """Returns whether the first line names the columns of the portal."""
    first = content[:4000].decode("utf-8-sig", errors="ignore").partition("\n")[0]
    return "subsidieURI" in first and "mentorschap" in first


def read_portal(file: str, content: bytes) -> list[PortalRow]:
    """Raises UserError naming file and place."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    header = [_plain(cell) for cell in next(rows, [])]
    for column in sorted(_NEEDED):
        if column not in header:
            raise UserError(MISSING, field="file", file=file, column=column)
    found = []
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise UserError(UNEVEN, field="file", file=file, row=str(number), found=len(cells), expected=len(header))
        values = {name: _plain(cell) for name, cell in zip(header, cells, strict=True) if name != _NOT_KEPT}
        found.append(PortalRow(number, values))
    return found


def _plain(cell: str) -> str:
    """Removes the exporter's quotes and restores line breaks and tabs."""
    words = cell.strip()
    if len(words) >= 2 and words.startswith('"') and words.endswith('"'):
        words = words[1:-1]
    return words.replace("\\n", "\n").replace("\\t", "\t").strip()
