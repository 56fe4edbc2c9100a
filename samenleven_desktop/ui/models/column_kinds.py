"""The kinds of columns: each defines alignment, width, reading a value, sorting, filtering and summing.

`ColumnKinds(language).money(text("Subsidy"), lambda line: line.amount_cents)` is a complete column. An empty value is
shown as the dash of `NOTHING`; filters and sums treat it as empty. `editable` makes a column editable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Generic, TypedDict, TypeVar, Unpack

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.i18n.labels import STATES, TONES
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.shared_columns import ColumnKind, ListColumn
from samenleven_desktop.ui.models.column import NOTHING, Column, R, ValueKind
from samenleven_desktop.ui.widgets.bars import ProgressBarData

V = TypeVar("V")

NUMBER_WIDTH, MONEY_WIDTH, DAY_WIDTH, DURATION_WIDTH = 80, 100, 96, 84
MOMENT_WIDTH, STATE_WIDTH, PROGRESS_WIDTH = 132, 118, 100


class Options(TypedDict, Generic[R], total=False):
    """Optional settings of a column, besides its kind; see `Column`."""

    stretch: int
    right: bool
    sort: Callable[[R], Any]
    draw: Callable[[R], object]
    second: Callable[[R], str]
    tone: Callable[[R], str | None]
    strong: bool
    tip: Callable[[R], str]
    key: str
    filter_name: str
    parts: tuple[Column[R], ...]
    wrap: bool


class ColumnKinds:
    """Creates columns in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def of(self, column: ListColumn, **options: Unpack[Options[Any]]) -> Column[Any]:
        """Creates a column that is shared with the command line and reports."""
        title, language = self._language.text(column.title), self._language
        match column.kind:
            case ColumnKind.NUMBER:
                return self.number(
                    title, column.value, column.width or NUMBER_WIDTH, dash_zero=column.dash_zero, **options
                )
            case ColumnKind.MONEY:
                return self.money(
                    title, column.value, column.width or MONEY_WIDTH, dash_zero=column.dash_zero, **options
                )
            case ColumnKind.DAY:
                return self.day(title, column.value, column.width or DAY_WIDTH, **options)
            case ColumnKind.DURATION:
                return self.duration(title, column.value, column.width or DURATION_WIDTH, **options)
            case ColumnKind.CHOICE | ColumnKind.TEXT:
                options.setdefault("stretch", column.stretch)
                return self.text(title, lambda row: column.words(language, row), column.width, **options)

    def text(
        self, title: str, words: Callable[[R], str | None], width: int = 0, **options: Unpack[Options[R]]
    ) -> Column[R]:
        """A text. Without `width` it takes the remaining width, in proportion to `stretch`."""
        return _column(title, lambda row: _or_dash(words(row), str), width, options, value=words)

    def number(
        self,
        title: str,
        value: Callable[[R], float | None],
        width: int = NUMBER_WIDTH,
        *,
        words: Callable[[R], str] | None = None,
        dash_zero: bool = False,
        **options: Unpack[Options[R]],
    ) -> Column[R]:
        """A number; `words` formats it differently from a plain number, `dash_zero` shows zero as a dash."""
        shown = words or self._shown(value, self._language.number, dash_zero=dash_zero)
        return _column(title, shown, width, options, value=value, kind=ValueKind.NUMBER, right=True)

    def money(
        self,
        title: str,
        cents: Callable[[R], int | None],
        width: int = MONEY_WIDTH,
        *,
        words: Callable[[R], str] | None = None,
        dash_zero: bool = False,
        **options: Unpack[Options[R]],
    ) -> Column[R]:
        """An amount in cents."""
        shown = words or self._shown(cents, self._language.money, dash_zero=dash_zero)
        return _column(title, shown, width, options, value=cents, kind=ValueKind.MONEY, right=True)

    def day(
        self,
        title: str,
        day: Callable[[R], date | None],
        width: int = DAY_WIDTH,
        *,
        words: Callable[[R], str] | None = None,
        **options: Unpack[Options[R]],
    ) -> Column[R]:
        """A date; `words` formats it differently from 11-03-2024."""
        shown = words or self._shown(day, self._language.day_short)
        return _column(title, shown, width, options, value=day, kind=ValueKind.DATE)

    def moment(
        self, title: str, moment: Callable[[R], datetime], width: int = MOMENT_WIDTH, **options: Unpack[Options[R]]
    ) -> Column[R]:
        """Date and time in the time zone of this computer."""

        def shown(row: R) -> str:
            local = moment(row).astimezone()
            return f"{self._language.day_short(local)} {local:%H:%M}"

        return _column(title, shown, width, options, sort=moment)

    def duration(
        self, title: str, minutes: Callable[[R], int | None], width: int = DURATION_WIDTH, **options: Unpack[Options[R]]
    ) -> Column[R]:
        """Hours and minutes; filtered as text, as nobody types a number of minutes."""
        return _column(title, self._shown(minutes, self._language.duration), width, options, right=True, sort=minutes)

    def choice(
        self,
        title: str,
        names: Mapping[Any, str],
        value: Callable[[R], Any],
        width: int = 0,
        *,
        tones: Mapping[Any, str] | None = None,
        in_order: bool = False,
        **options: Unpack[Options[R]],
    ) -> Column[R]:
        """One of a few values, shown by its sentence in `names`.

        `tones` draws it as a pill; `in_order` sorts in the order of `names`.
        """
        if tones is not None:
            options["tone"] = lambda row: tones.get(value(row), "neutral")
        if in_order:
            order = list(names)
            options["sort"] = lambda row: order.index(value(row))
        named = partial(_named, names, self._language)
        return self.text(title, lambda row: None if value(row) is None else named(value(row)), width, **options)

    def state(
        self, title: str, state: Callable[[R], KpiState], width: int = STATE_WIDTH, **options: Unpack[Options[R]]
    ) -> Column[R]:
        """The state of a KPI, from reached to jury."""
        return self.choice(title, STATES, state, width, tones=TONES, in_order=True, **options)

    def progress(
        self,
        title: str,
        bar: Callable[[R], ProgressBarData | None],
        words: Callable[[R], str],
        width: int = PROGRESS_WIDTH,
        **options: Unpack[Options[R]],
    ) -> Column[R]:
        """Progress as a bar; `words` is the text for screen readers."""

        def share(row: R) -> float | None:
            drawn = bar(row)
            return None if drawn is None else drawn.share

        return _column(title, words, width, options, draw=bar, sort=share)

    def _shown(
        self, value: Callable[[R], V | None], write: Callable[[V], str], *, dash_zero: bool = False
    ) -> Callable[[R], str]:
        return lambda row: _or_dash((value(row) or None) if dash_zero else value(row), write)


def _or_dash(value: V | None, write: Callable[[V], str]) -> str:
    return NOTHING if value is None else write(value)


def _named(names: Mapping[Any, str], language: Language, value: Any) -> str:
    return language.text(names.get(value, value))


def _column(title: str, words: Callable[[R], str], width: int, options: Any, **of_kind: Any) -> Column[R]:
    """Creates a column of a kind; a given option overrides that of the kind."""
    return Column(title, words, width, **{**of_kind, **options})
