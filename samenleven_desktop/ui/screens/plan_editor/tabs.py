"""Which fields and grids stand in which tab of the editor of a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.interchange.plan_draft import ACTIONS, DETAILS, NUMBER, SOURCE_GRID, DraftColumn, draft_grids
from samenleven_desktop.interchange.plan_draft_edit import YEARS_GRID
from samenleven_desktop.interchange.plan_form import plan_values

_MONEY = ("budget_eur", "granted_eur", "granted_rounded", "shares", "risk", "renewal_budget")
_JOINING = ("threshold", "new_applicants_allowed", "renewal")


@dataclass(frozen=True)
class GridView:
    """A grid, or some columns of it beside the number (`part`); only the whole grid takes new lines."""

    grid: str
    title: str
    part: bool = False
    shows: Callable[[str], bool] = lambda _: True

    @property
    def columns(self) -> tuple[DraftColumn, ...]:
        return tuple(one for one in draft_grids()[self.grid].columns if one.key == NUMBER or self.shows(one.key))

    @property
    def takes_lines(self) -> bool:
        return not self.part and self.grid != DETAILS


@dataclass(frozen=True)
class EditorTab:
    """`values` are the first names of the fields that the plan has once."""

    caption: str
    values: tuple[str, ...]
    views: tuple[GridView, ...]

    def has_value(self, key: str) -> bool:
        return key.split(".")[0] in self.values


def _view(grid: str) -> GridView:
    return GridView(grid, draft_grids()[grid].title)


def _about_money(key: str) -> bool:
    return key.split(".")[0] in _MONEY


def _about_joining(key: str) -> bool:
    return key.split(".")[0] in _JOINING


def _about_time(key: str) -> bool:
    return not _about_money(key) and not _about_joining(key)


def editor_tabs() -> tuple[EditorTab, ...]:
    single = tuple(one.names[0] for one in plan_values() if len(one.names) == 1)
    return (
        EditorTab(N_("Periods"), single, (GridView(YEARS_GRID, draft_grids()[YEARS_GRID].title, shows=_about_time),)),
        EditorTab(
            N_("Objectives and actions"), (), tuple(map(_view, (ACTIONS, DETAILS, "objectives", "action_rules")))
        ),
        EditorTab(
            N_("Funds"),
            ("money_rules", "kpi_rules"),
            (
                GridView(YEARS_GRID, N_("Money of each period"), part=True, shows=_about_money),
                *map(_view, ("drawing_rights", "money_rules.rules")),
            ),
        ),
        EditorTab(
            N_("Participation"),
            ("partnership_rules",),
            (
                _view("applicants"),
                GridView(YEARS_GRID, N_("Threshold and renewal of each period"), part=True, shows=_about_joining),
                *map(_view, ("conditions", "form_rules")),
            ),
        ),
        EditorTab(
            N_("Stimuli"),
            ("stimuli",),
            tuple(
                map(
                    _view,
                    (
                        "stimuli.kinds",
                        "stimuli.kinds.conditions",
                        "stimuli.kinds.amounts",
                        "stimuli.kinds.texts",
                        "stimuli.kinds.rules",
                    ),
                )
            ),
        ),
        EditorTab(
            N_("Reporting"),
            ("reporting",),
            tuple(map(_view, ("years.deadlines", "reporting.documents", "reporting.rules"))),
        ),
        EditorTab(
            N_("Sources"),
            ("successor",),
            tuple(map(_view, (SOURCE_GRID, "mentors", "examples", "own_support", "published_figures"))),
        ),
    )
