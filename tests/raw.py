"""The rows of a work file, read past the program: the driver, the key, SELECT *. To count another way.

Only unwrapping the key leans on our code; nothing here knows models, queries or services.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlcipher3.dbapi2 as driver
import yaml

from samenleven_desktop.paths import resources_dir
from samenleven_desktop.storage import keys
from tests.builders import WorkFile

Row = dict[str, Any]


@dataclass
class RawFile:
    """All live rows of a work file by table."""

    tables: dict[str, list[Row]]

    @classmethod
    def read(cls, file: WorkFile) -> RawFile:
        connection = connect(file)
        try:
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            tables = {}
            for name in names:
                found = connection.execute(f'SELECT * FROM "{name}"')
                heads = [head[0] for head in found.description]
                rows = [dict(zip(heads, row, strict=True)) for row in found]
                tables[name] = [row for row in rows if row.get("deleted_at") is None]
        finally:
            connection.close()
        return cls(tables)

    def expected_kpi(self, year: int, today: date) -> dict[str, Row]:
        """Commitment id -> what `kpi` must say of it, counted by hand from the rows."""
        years = {row["id"]: row for row in self.tables["project_year"]}
        targets = {row["id"]: row for row in self.tables["target"]}
        governments = {row["id"]: row for row in self.tables["government"]}
        entries: dict[str, list[Row]] = defaultdict(list)
        corrected = {row["corrects_id"] for row in self.tables["kpi_entry"]}
        for row in self.tables["kpi_entry"]:
            if row["id"] not in corrected:
                entries[row["commitment_id"]].append(row)
        answer = {}
        for row in self.tables["commitment"]:
            project_year = years[row["project_year_id"]]
            if project_year["number"] != year:
                continue
            terms = _terms(targets[row["target_id"]]["code"], year)
            day = min(today, date.fromisoformat(project_year["end"]))
            reached, has_entry = _reached(entries[row["id"]], row["existing_reach"], day)
            answer[row["id"]] = {
                "government_code": governments[row["applicant_id"]]["code"],
                "target_code": targets[row["target_id"]]["code"],
                "existing_reach": row["existing_reach"],
                "requested": row["requested"],
                "confirmed": row["confirmed"],
                "interim_reached": row["interim_reached"],
                "final_reached": row["final_reached"],
                "reached_to_date": reached if has_entry else None,
                "expected_today": _expected(row["confirmed"], project_year, day),
                "state": _state(row, terms, reached, has_entry, project_year, day),
                "amount_cents": _amount(row, terms["rate"]),
            }
        return answer


def connect(file: WorkFile) -> Any:
    """A connection of the bare driver; whoever opens it closes it."""
    key = keys.unwrap(keys.load_key_file(file.path), file.passphrase, file.path)
    connection = driver.connect(str(file.path))
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _reached(entries: list[Row], existing: int, day: date) -> tuple[int, bool]:
    known = sorted((row for row in entries if row["day"] <= day.isoformat()), key=lambda row: row["day"])
    total, reading_day = existing, ""
    for row in known:
        if row["kind"] == "reading":
            total = max(row["units"], total) if row["day"] == reading_day else row["units"]
            reading_day = row["day"]
    return total + sum(r["units"] for r in known if r["kind"] == "increment" and r["day"] > reading_day), bool(known)


def _expected(confirmed: int | None, project_year: Row, day: date) -> int | None:
    if confirmed is None:
        return None
    first, last = date.fromisoformat(project_year["start"]), date.fromisoformat(project_year["end"])
    elapsed = sum(1 for n in range((last - first).days + 1) if first + timedelta(days=n) <= day)
    return confirmed * elapsed // ((last - first).days + 1)


def _amount(row: Row, rate: int | None) -> int | None:
    if row["granted_cents"] is not None:
        return int(row["granted_cents"])
    whole = row["confirmed"] if row["confirmed"] is not None else row["requested"]
    return None if rate is None or whole is None else max(whole - row["existing_reach"], 0) * rate * 100


def _state(row: Row, terms: Row, reached: int, has_entry: bool, project_year: Row, day: date) -> str:
    confirmed = row["confirmed"]
    if terms["kind"] != "count":
        return "jury"
    if confirmed == 0:
        return "not_granted"
    if not has_entry:
        return "no_entry"
    if confirmed is None:
        return "on_course"
    if reached >= confirmed:
        return "reached"
    rules, call = _plan()["kpi_rules"], next(c for c in _plan()["years"] if c["number"] == project_year["number"])
    deadline = next(one for one in call["deadlines"] if one["kind"] == "interim")
    interim = deadline.get("due") or deadline["period_end"]
    if (interim - day).days <= rules["at_risk_days_before"] and reached < confirmed * rules["at_risk_share"]:
        return "at_risk"
    expected = _expected(confirmed, project_year, day)
    return "behind" if expected is not None and reached < expected else "on_course"


def _terms(code: str, year: int) -> Row:
    for action in _plan()["actions"]:
        for target in action["targets"]:
            if target["code"] == code:
                fits = [terms for terms in target["terms"] if year in terms["years"]]
                return {"kind": target["kind"], "rate": fits[0].get("rate_eur") if fits else None}
    raise KeyError(code)


@cache
def _plan() -> Row:
    content: Row = yaml.safe_load((resources_dir() / "plans" / "plan-samenleven.yaml").read_text(encoding="utf-8"))
    return content
