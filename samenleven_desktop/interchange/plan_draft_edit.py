"""What follows from typing in a draft of a plan: values that a new line begins with, lines that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.i18n.language import LANGUAGES, Language
from samenleven_desktop.interchange.plan_draft import (
    ACTIONS,
    CERTAINTY,
    CODE,
    DETAILS,
    KIND,
    LABEL,
    NUMBER,
    PARENT,
    SOURCE,
    SOURCE_GRID,
    TITLE,
    YEARS,
    DraftColumn,
    DraftGrid,
    DraftRow,
    PlanDraft,
)
from samenleven_desktop.interchange.plan_form import CHOICES

YEARS_GRID = "years"
_PARENTS = {"years": YEARS_GRID, "kinds": "stimuli.kinds"}
_LANGUAGES = tuple(Language(code) for code in LANGUAGES)


def put_rows(draft: PlanDraft, grid: str, rows: Sequence[DraftRow]) -> PlanDraft:
    """Returns the draft with other lines in a grid, without empty ones; each action has a line in `DETAILS`."""
    kept = tuple(row for row in rows if row.cells)
    if grid == DETAILS:
        shown = {row.id for row in shown_details(draft)}
        kept += tuple(row for row in draft.grid(DETAILS) if row.id not in shown)
    changed = replace(draft, rows={**draft.rows, grid: kept})
    return _with_details(draft, changed) if grid == ACTIONS else changed


def _with_details(before: PlanDraft, draft: PlanDraft) -> PlanDraft:
    """Adds a line for each new action; that of an action whose number was typed over goes along."""
    numbers = list(dict.fromkeys(row.cell(NUMBER) for row in draft.grid(ACTIONS) if row.cell(NUMBER)))
    old = {row.id: row.cell(NUMBER) for row in before.grid(ACTIONS)}
    moved = {
        old[row.id]: row.cell(NUMBER) for row in draft.grid(ACTIONS) if old.get(row.id) and old[row.id] not in numbers
    }
    known: dict[str, DraftRow] = {}
    for row in draft.grid(DETAILS):
        number = moved.get(row.cell(NUMBER), row.cell(NUMBER))
        known.setdefault(number, DraftRow(row.id, {**row.cells, NUMBER: number}))
    lines = [known.pop(number) if number in known else DraftRow(new_id(), {NUMBER: number}) for number in numbers]
    # What was typed about an action stays for the case that its number comes back.
    lines += [row for row in known.values() if len(row.cells) > 1]
    return replace(draft, rows={**draft.rows, DETAILS: tuple(lines)})


def shown_details(draft: PlanDraft) -> tuple[DraftRow, ...]:
    """Returns the lines of `DETAILS` whose action stands in the grid of the actions."""
    numbers = {row.cell(NUMBER) for row in draft.grid(ACTIONS)}
    return tuple(row for row in draft.grid(DETAILS) if row.cell(NUMBER) in numbers)


def begun(draft: PlanDraft, grid: DraftGrid, row: DraftRow, language: Language) -> DraftRow:
    """Returns a line in which the first values were typed, with those that it most likely has: they can be typed over.

    Certain, with the first source; the only period or stimulus it can belong to; an action with one target in all
    periods, counted, named like the action.
    """
    columns = {one.key for one in grid.columns}
    sources = [one.cell("key") for one in draft.grid(SOURCE_GRID) if one.cell("key")]
    certain, counted = CHOICES["certain"], CHOICES["count"]
    likely = {CERTAINTY: language.text(certain), SOURCE: sources[0] if sources else ""}
    if "sources" in columns:
        likely["sources"] = likely[SOURCE]
    if PARENT in columns:
        keys = _parent_keys(draft, grid)
        likely[PARENT] = keys[0] if len(keys) == 1 else ""
    if grid.key == ACTIONS:
        number = row.cell(NUMBER)
        same = [one for one in draft.grid(ACTIONS) if one.cell(NUMBER) == number and one.id != row.id]
        likely |= {CODE: same[-1].cell(CODE) if same else f"A{number}" if number else ""}
        if not same:
            years = ", ".join(one.cell(NUMBER) for one in draft.grid(YEARS_GRID) if one.cell(NUMBER))
            likely |= {KIND: language.text(counted), YEARS: years}
    cells = {key: words for key, words in likely.items() if words and key in columns} | dict(row.cells)
    return titled(DraftRow(row.id, cells))


def titled(row: DraftRow) -> DraftRow:
    """Returns a line in which a target without a name is named like its action, which the first line of it names."""
    if row.cell(TITLE) and row.cell(CODE) and not row.cell(LABEL):
        return DraftRow(row.id, {**row.cells, LABEL: row.cell(TITLE)})
    return row


def _parent_keys(draft: PlanDraft, grid: DraftGrid) -> list[str]:
    list_name = grid.key.split(".")[-2]
    column = "kind" if list_name == "kinds" else NUMBER
    return [one.cell(column) for one in draft.grid(_PARENTS[list_name]) if one.cell(column)]


def in_language(words: str, column: DraftColumn, language: Language) -> str:
    """Returns a choice that was typed in the other language in this one; other words as they are."""
    for sentence in column.choices:
        if fold(words) in {fold(one.text(sentence)) for one in _LANGUAGES}:
            return language.text(sentence)
    return words
