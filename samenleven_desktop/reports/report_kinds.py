"""The kinds of reports and their sections, as data. Imports nothing else, so that the command line can list them.

`services/reports/kinds.py` collects the data of each kind, the other modules of `reports` write its blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samenleven_desktop.domain.errors import N_


class SectionKind(StrEnum):
    """A section of a report that the user may leave out."""

    SUMMARY = "summary"
    DEFINITION = "definition"
    TERMS = "terms"
    ACTIONS = "actions"
    NUMBERS = "numbers"
    SUPPORT = "support"
    TRACKS = "tracks"
    SESSIONS = "sessions"
    OFFERS = "offers"
    CATALOGUE = "catalogue"
    MONEY = "money"
    INSTRUMENTS = "instruments"
    COOPERATION = "cooperation"
    TARGET_VALUES = "target_values"
    STIMULI = "stimuli"
    ANCHORING = "anchoring"
    AGREEMENTS = "agreements"
    CONTACTS = "contacts"
    REGIONS = "regions"
    GOVERNMENTS = "governments"
    TARGETS = "targets"
    MENTORS = "mentors"
    EXAMPLES = "examples"
    MONTHS = "months"
    FORMS = "forms"
    OFFICERS = "officers"
    LATE = "late"
    DAYS = "days"
    REPORT = "report"
    DISCUSSED = "discussed"
    ENTRIES = "entries"
    SOURCES = "sources"
    NOTES = "notes"


SECTION_NAMES = {
    SectionKind.SUMMARY: N_("Summary in figures"),
    SectionKind.DEFINITION: N_("What counts"),
    SectionKind.TERMS: N_("Terms per period"),
    SectionKind.ACTIONS: N_("State of the actions"),
    SectionKind.NUMBERS: N_("The five numbers of each target"),
    SectionKind.SUPPORT: N_("Support and hours"),
    SectionKind.TRACKS: N_("Tracks"),
    SectionKind.SESSIONS: N_("Sessions"),
    SectionKind.OFFERS: N_("Offers in use"),
    SectionKind.CATALOGUE: N_("Offers"),
    SectionKind.MONEY: N_("Money"),
    SectionKind.INSTRUMENTS: N_("Other instruments"),
    SectionKind.COOPERATION: N_("Cooperation"),
    SectionKind.TARGET_VALUES: N_("Target values per government"),
    SectionKind.STIMULI: N_("Stimuli"),
    SectionKind.ANCHORING: N_("Anchoring"),
    SectionKind.AGREEMENTS: N_("Agreements"),
    SectionKind.CONTACTS: N_("Contacts"),
    SectionKind.REGIONS: N_("Per region"),
    SectionKind.GOVERNMENTS: N_("Per government"),
    SectionKind.TARGETS: N_("Every target"),
    SectionKind.MENTORS: N_("Mentor governments"),
    SectionKind.EXAMPLES: N_("Inspiring examples"),
    SectionKind.MONTHS: N_("Per month"),
    SectionKind.FORMS: N_("Per form"),
    SectionKind.OFFICERS: N_("Per coach"),
    SectionKind.LATE: N_("Late"),
    SectionKind.DAYS: N_("Day by day"),
    SectionKind.REPORT: N_("Report"),
    SectionKind.DISCUSSED: N_("Offers discussed"),
    SectionKind.ENTRIES: N_("KPI entries"),
    SectionKind.SOURCES: N_("Sources"),
    SectionKind.NOTES: N_("Notes"),
}


@dataclass(frozen=True)
class ReportKind:
    """`sections` are those the user may leave out; `left_out` are left out by default. `of_one`: for several
    governments it has a chapter for each. `of_a_period`: it is about days, in any project year. `whole`: it is never
    split into one report per government."""

    id: str
    title: str
    sections: tuple[SectionKind, ...] = ()
    left_out: frozenset[str] = frozenset()
    of_one: bool = False
    of_a_period: bool = False
    whole: bool = False
    own: bool = False
    """For the coach: handed over to nobody, so neither signed nor kept."""


REPORT_KINDS = {
    kind.id: kind
    for kind in (
        ReportKind(
            "coaching",
            N_("Coaching report"),
            (
                SectionKind.SUMMARY,
                SectionKind.AGREEMENTS,
                SectionKind.ACTIONS,
                SectionKind.NUMBERS,
                SectionKind.SUPPORT,
                SectionKind.SESSIONS,
                SectionKind.OFFERS,
                SectionKind.MONEY,
                SectionKind.INSTRUMENTS,
                SectionKind.COOPERATION,
                SectionKind.STIMULI,
                SectionKind.ANCHORING,
                SectionKind.CONTACTS,
            ),
            left_out=frozenset({SectionKind.CONTACTS}),
            of_one=True,
        ),
        ReportKind(
            "session",
            N_("Session report"),
            (SectionKind.REPORT, SectionKind.DISCUSSED, SectionKind.AGREEMENTS, SectionKind.ENTRIES),
            whole=True,
        ),
        ReportKind(
            "kpi",
            N_("KPI report"),
            (
                SectionKind.SUMMARY,
                SectionKind.ACTIONS,
                SectionKind.REGIONS,
                SectionKind.GOVERNMENTS,
                SectionKind.TARGET_VALUES,
                SectionKind.TARGETS,
            ),
        ),
        ReportKind("stimulus-overview", N_("Overview of stimuli")),
        ReportKind("stimulus-explanation", N_("Explanation of stimuli"), of_one=True),
        ReportKind(
            "offers",
            N_("Offers per action"),
            (SectionKind.SUMMARY, SectionKind.OFFERS, SectionKind.MENTORS, SectionKind.EXAMPLES),
        ),
        ReportKind(
            "action",
            N_("Action sheet"),
            (
                SectionKind.DEFINITION,
                SectionKind.TERMS,
                SectionKind.CATALOGUE,
                SectionKind.MENTORS,
                SectionKind.EXAMPLES,
                SectionKind.INSTRUMENTS,
                SectionKind.GOVERNMENTS,
                SectionKind.SESSIONS,
            ),
            whole=True,
        ),
        ReportKind(
            "activity",
            N_("Activity report"),
            (
                SectionKind.SUMMARY,
                SectionKind.MONTHS,
                SectionKind.FORMS,
                SectionKind.OFFICERS,
                SectionKind.REGIONS,
                SectionKind.GOVERNMENTS,
            ),
            of_a_period=True,
        ),
        ReportKind(
            "week",
            N_("Overview of the week"),
            (SectionKind.LATE, SectionKind.DAYS),
            of_a_period=True,
        ),
        ReportKind(
            "handover",
            N_("Hand-over dossier"),
            (
                SectionKind.AGREEMENTS,
                SectionKind.CONTACTS,
                SectionKind.ACTIONS,
                SectionKind.NUMBERS,
                SectionKind.TRACKS,
                SectionKind.OFFERS,
                SectionKind.INSTRUMENTS,
                SectionKind.COOPERATION,
                SectionKind.SESSIONS,
            ),
            of_one=True,
        ),
        ReportKind(
            "visit",
            N_("Visit sheet"),
            (
                SectionKind.AGREEMENTS,
                SectionKind.CONTACTS,
                SectionKind.REPORT,
                SectionKind.ACTIONS,
                SectionKind.NOTES,
            ),
            of_one=True,
            own=True,
        ),
        ReportKind("motivation", N_("Draft of the motivation"), of_one=True),
    )
}
