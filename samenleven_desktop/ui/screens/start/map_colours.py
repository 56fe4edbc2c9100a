"""The colour schemes of the map on *Start*: a look per state, its label, and the value of a government.

To add a scheme, add an entry to `COLOURINGS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.domain.stimulus import RECEIVED, Outcome, StimulusState
from samenleven_desktop.i18n.labels import OUTCOMES, STIMULUS_STATES, states_text
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.map import AreaGovernment, AreaMap
from samenleven_desktop.readmodels.matrix import WORST
from samenleven_desktop.services.sessions.queries import WITHOUT_CONTACT_DAYS
from samenleven_desktop.ui.widgets.map import MapArea
from samenleven_desktop.ui.widgets.map_looks import Look

RECENT_DAYS = 30
_PLAIN, _DOTS, _HATCH = Look("good"), Look("attention", "dots"), Look("bad", "hatch")
_GREY, _EMPTY = Look("line_strong"), Look("surface")

_KPI_LOOKS = {
    KpiState.AT_RISK: (_HATCH, N_("at risk")),
    KpiState.BEHIND: (_DOTS, N_("lagging")),
    KpiState.NO_ENTRY: (_GREY, N_("no entry")),
    KpiState.ON_COURSE: (_PLAIN, N_("on course")),
    KpiState.REACHED: (_PLAIN, N_("on course")),
    KpiState.JURY: (Look("accent", "lines"), N_("jury")),
    KpiState.NOT_GRANTED: (_EMPTY, N_("no KPIs")),
    None: (_EMPTY, N_("no KPIs")),
}


@dataclass(frozen=True)
class Colouring:
    """`look` returns the look and its label in the legend; `value` returns the underlying value of a government.
    `order` is the order of the legend, most urgent first."""

    title: str
    order: Sequence[tuple[Look, str]]
    look: Callable[[AreaGovernment, date], tuple[Look, str]]
    value: Callable[[Language, AreaGovernment, date], str]


def _kpi_look(one: AreaGovernment, _today: date) -> tuple[Look, str]:
    """Uses the target that needs most attention, like a cell of the matrix."""
    return _KPI_LOOKS[next((state for state in WORST if getattr(one.states, state.value)), None)]


def _kpi_value(language: Language, one: AreaGovernment, _today: date) -> str:
    if not one.states.total:
        return language.text("no KPIs")
    words = states_text(language, one.states)
    if one.through is None:
        return words
    return language.text("{states} (through {partnership})", states=words, partnership=one.through)


_NEVER = (_GREY, N_("no session yet"))
_RECENT = (_PLAIN, N_("last {near} days"))
_EARLIER = (_DOTS, N_("{near} to {far} days ago"))
_LONG_AGO = (_HATCH, N_("more than {far} days ago"))


def _contact_look(one: AreaGovernment, today: date) -> tuple[Look, str]:
    if one.last_contact is None:
        return _NEVER
    days = (today - one.last_contact).days
    if days > WITHOUT_CONTACT_DAYS:
        return _LONG_AGO
    return _RECENT if days <= RECENT_DAYS else _EARLIER


def _contact_value(language: Language, one: AreaGovernment, today: date) -> str:
    if one.last_contact is None:
        return language.text("no session yet")
    return language.plural(
        "last session on {day}, {n} day ago",
        "last session on {day}, {n} days ago",
        (today - one.last_contact).days,
        day=language.day(one.last_contact),
    )


_ASKED = (StimulusState.CANDIDATE, StimulusState.SUBMITTED)
_GRANTED = (_PLAIN, N_("a stimulus granted"))
_CANDIDACY = (Look("accent", "lines"), N_("a candidacy under way"))
_POSSIBLE = (_DOTS, N_("a stimulus possible"))
_INCOMPLETE = (_GREY, N_("not yet known"))
_NO_STIMULUS = (_EMPTY, N_("none possible"))


def _stimulus_look(one: AreaGovernment, _today: date) -> tuple[Look, str]:
    """Uses the kind that is furthest."""
    states = {mark.state for mark in one.stimuli}
    open_outcomes = {mark.outcome for mark in one.stimuli if mark.state is None}
    if not states.isdisjoint(RECEIVED):
        return _GRANTED
    if not states.isdisjoint(_ASKED):
        return _CANDIDACY
    if Outcome.POSSIBLE in open_outcomes:
        return _POSSIBLE
    return _INCOMPLETE if Outcome.INCOMPLETE in open_outcomes else _NO_STIMULUS


def _stimulus_value(language: Language, one: AreaGovernment, _today: date) -> str:
    text = language.text
    words = [
        f"{text(mark.kind_name)}: {text(STIMULUS_STATES[mark.state] if mark.state else OUTCOMES[mark.outcome])}"
        for mark in one.stimuli
    ]
    return " · ".join(words) or text("none possible")


COLOURINGS = {
    "kpi": Colouring(N_("KPIs"), tuple(dict.fromkeys(_KPI_LOOKS.values())), _kpi_look, _kpi_value),
    "contact": Colouring(N_("Last contact"), (_LONG_AGO, _EARLIER, _RECENT, _NEVER), _contact_look, _contact_value),
    "stimulus": Colouring(
        N_("Stimuli"),
        (_POSSIBLE, _CANDIDACY, _INCOMPLETE, _GRANTED, _NO_STIMULUS),
        _stimulus_look,
        _stimulus_value,
    ),
}


def map_areas(language: Language, area: AreaMap, colouring: Colouring) -> list[MapArea]:
    """Returns the officer's governments as areas of the map, by name."""
    shown = area.on_map()
    return [
        MapArea(
            one.id,
            one.name,
            colouring.value(language, one, area.today),
            colouring.look(one, area.today)[0],
            shown[one.id],
            colouring.order.index(colouring.look(one, area.today)),
        )
        for one in area.governments
        if one.id in shown
    ]


def legend(language: Language, area: AreaMap, colouring: Colouring) -> list[tuple[Look, str]]:
    """Returns the looks used on the map, with the number of governments for each."""
    shown = area.on_map()
    looks = [colouring.look(one, area.today) for one in area.governments if one.id in shown]
    days = {"near": RECENT_DAYS, "far": WITHOUT_CONTACT_DAYS}
    return [
        (entry[0], f"{language.text(entry[1], **days)}: {language.number(looks.count(entry))}")
        for entry in colouring.order
        if entry in looks
    ]
