"""Charts with the same figures as a table below them: sessions per month, shares by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from samenleven_desktop.i18n.labels import SESSION_MODES
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import SessionLine, SessionMode
from samenleven_desktop.reports.document import Align, Block, DocumentColumn, MonthBars, ShareBars, Table

MONTHS_IN_A_ROW = 12
_CAPTION_WEIGHT = 1.8


def months(language: Language, sessions: Sequence[SessionLine], first: date, last: date) -> list[Block]:
    """Returns sessions and hours of every month of a period, one row of months per year.

    Months without any sessions are included.
    """
    text = language.text
    counts: dict[date, int] = {}
    minutes: dict[date, int] = {}
    for line in sessions:
        month = line.day.replace(day=1)
        counts[month] = counts.get(month, 0) + 1
        minutes[month] = minutes.get(month, 0) + line.minutes
    every = _every_month(first, last)
    most = max(counts.values(), default=0)
    blocks: list[Block] = []
    for start in range(0, len(every), MONTHS_IN_A_ROW):
        shown = every[start : start + MONTHS_IN_A_ROW]
        labels = [_short(language, month, place == 0 or month.month == 1) for place, month in enumerate(shown)]
        bars = tuple((label, counts.get(month, 0)) for label, month in zip(labels, shown, strict=True))
        described = ", ".join(f"{language.month(month)} {counts.get(month, 0)}" for month in shown)
        columns = (
            DocumentColumn(text("Month"), _CAPTION_WEIGHT),
            *(DocumentColumn(label, 1, Align.RIGHT) for label in labels),
        )
        rows = (
            (text("Sessions"), *(language.number(counts.get(month, 0)) for month in shown)),
            (text("Hours"), *(_hours(minutes.get(month, 0)) for month in shown)),
        )
        blocks.append(
            MonthBars(text("Sessions per month"), bars, text("Sessions per month: {list}", list=described), most)
        )
        blocks.append(Table(columns, rows, caption_column=True))
    return blocks


def forms(language: Language, groups: Mapping[str, Sequence[SessionLine]]) -> list[Block]:
    """Returns the forms of the sessions: a bar per form, and a table with hours and the last day."""
    named = {language.text(SESSION_MODES[SessionMode(form)]): own for form, own in groups.items()}
    ordered = dict(sorted(named.items(), key=lambda pair: (-len(pair[1]), pair[0])))
    picture = shares(
        language,
        language.text("Sessions per form"),
        [(name, len(own)) for name, own in ordered.items()],
    )
    return [*picture, hours_table(language, ordered, language.text("Form"))]


def shares(language: Language, title: str, numbers: Sequence[tuple[str, int]]) -> list[Block]:
    """Returns a bar for each kind with its number and share of the total; empty if there is nothing to compare."""
    whole = sum(number for _, number in numbers)
    if whole == 0 or len(numbers) < 2:
        return []
    parts = whole_percents([number for _, number in numbers])
    bars = tuple(
        (label, number, f"{language.number(number)} · {language.percent(part, 100)}")
        for (label, number), part in zip(numbers, parts, strict=True)
    )
    described = ", ".join(f"{label} {words}" for label, _, words in bars)
    return [ShareBars(title, bars, f"{title}: {described}")]


def whole_percents(numbers: Sequence[int]) -> list[int]:
    """Returns the shares of a total in whole percents that add up to 100: the largest remainders are rounded up.

    Shares of a goal are rounded down instead, see `Language.percent`.
    """
    whole = sum(numbers)
    if whole == 0:
        return [0] * len(numbers)
    parts = [100 * number // whole for number in numbers]
    by_remainder = sorted(range(len(numbers)), key=lambda place: -(100 * numbers[place] % whole))
    for place in by_remainder[: 100 - sum(parts)]:
        parts[place] += 1
    return parts


def hours_table(language: Language, groups: Mapping[str, Sequence[SessionLine]], caption: str) -> Table:
    """Returns a table with sessions, hours and the last day of each group, in the given order."""
    text = language.text
    columns = (
        DocumentColumn(caption, 5),
        DocumentColumn(text("Sessions"), 1.5, Align.RIGHT),
        DocumentColumn(text("Hours"), 1.8, Align.RIGHT),
        DocumentColumn(text("Last session"), 2, Align.RIGHT),
    )
    rows = tuple(
        (
            name,
            language.number(len(own)),
            language.duration(sum(line.minutes for line in own)),
            language.day_short(max(line.day for line in own)),
        )
        for name, own in groups.items()
    )
    return Table(columns, rows, text("No sessions in this period."))


def _every_month(first: date, last: date) -> list[date]:
    month, found = first.replace(day=1), []
    while month <= last:
        found.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found


def _short(language: Language, month: date, with_year: bool) -> str:
    name = language.day_month(month).split()[-1]
    return f"{name}\n{month.year}" if with_year else name


def _hours(minutes: int) -> str:
    """Short, for a narrow column: 2:30, or a dash for zero."""
    return f"{minutes // 60}:{minutes % 60:02d}" if minutes else "–"
