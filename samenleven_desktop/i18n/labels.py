"""Labels for the codes of the domain: states, forms, parties, tables, fields; for screens and reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from samenleven_desktop.domain.advice import Advice, AdviceKind, AdviceReason
from samenleven_desktop.domain.agenda import AgendaKind
from samenleven_desktop.domain.commitment_notes import CommitmentNote, JuryResult
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField
from samenleven_desktop.domain.fields import RECORDS
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.domain.instrument import InstrumentState
from samenleven_desktop.domain.kpi import EntryKind, KpiState, Uncounted
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.offer_use import Payer, UseWarning
from samenleven_desktop.domain.plan import Plan, ProjectYear
from samenleven_desktop.domain.plans import Plans
from samenleven_desktop.domain.sentences import names_in
from samenleven_desktop.domain.stimulus import Fact, Outcome, StimulusState
from samenleven_desktop.domain.text_output import on_terminal
from samenleven_desktop.domain.threshold import ThresholdFact, ThresholdResult
from samenleven_desktop.domain.typed_values import MINUTES_IN_DAY
from samenleven_desktop.i18n.government_labels import ORGANISATION_KINDS
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import (
    CommitmentLine,
    HistoryLine,
    Party,
    SessionMode,
    StateCounts,
)
from samenleven_desktop.readmodels.history import FieldValue

STATES = {
    KpiState.REACHED: N_("reached"),
    KpiState.ON_COURSE: N_("on course"),
    KpiState.BEHIND: N_("behind"),
    KpiState.AT_RISK: N_("at risk"),
    KpiState.NO_ENTRY: N_("no entry yet"),
    KpiState.JURY: N_("jury"),
    KpiState.NOT_GRANTED: N_("not granted"),
}
TONES = {
    KpiState.REACHED: "good",
    KpiState.ON_COURSE: "good",
    KpiState.BEHIND: "attention",
    KpiState.AT_RISK: "bad",
    KpiState.NO_ENTRY: "neutral",
    KpiState.JURY: "accent",
    KpiState.NOT_GRANTED: "neutral",
}
SESSION_MODES = {
    SessionMode.VISIT: N_("Visit"),
    SessionMode.ONLINE: N_("Online"),
    SessionMode.PHONE: N_("Phone"),
    SessionMode.TRAINING: N_("Training"),
    SessionMode.INTERVISION: N_("Intervision"),
    SessionMode.LEARNING_NETWORK: N_("Learning network"),
}
PARTIES = {Party.GOVERNMENT: N_("government"), Party.COACH: N_("coach"), Party.PARTNER: N_("partner")}
COSTS: dict[str, str] = {
    OfferCost.AGENCY: N_("agency"),
    OfferCost.PAID: N_("paid"),
    OfferCost.FREE: N_("free"),
    OfferCost.UNKNOWN: N_("not known"),
}
PAYERS: dict[str, str] = {
    Payer.SUBSIDY: N_("subsidy"),
    Payer.OWN_CONTRIBUTION: N_("own contribution"),
    Payer.OTHER_INSTRUMENT: N_("another instrument"),
}
ENTRY_KINDS = {EntryKind.INCREMENT: N_("added"), EntryKind.READING: N_("total on that day")}
COST_TONES = {"agency": "accent", "paid": "attention", "free": "good", "unknown": "neutral"}
USE_WARNINGS = {
    UseWarning.NOT_FINANCED: N_("The call does not finance this action: the subsidy may not pay for it."),
    UseWarning.NO_TARGET: N_("Paid from the subsidy, but toward no target."),
    UseWarning.ABOVE_GRANTED: N_("Together with what was paid before, this is more than the subsidy of this target."),
    UseWarning.OUTSIDE_YEAR: N_("The period lies outside the project year of this target."),
    UseWarning.DOUBLE: N_("The same offer counts for two actions: that takes an investment twice as large."),
    UseWarning.NOT_VALID: N_("The offer does not hold on that day."),
}
USE_WARNINGS_SHORT = {
    UseWarning.NOT_FINANCED: N_("not financed"),
    UseWarning.NO_TARGET: N_("no target"),
    UseWarning.ABOVE_GRANTED: N_("above the subsidy"),
    UseWarning.OUTSIDE_YEAR: N_("outside the year"),
    UseWarning.DOUBLE: N_("counted twice"),
    UseWarning.NOT_VALID: N_("not valid"),
}
COMMITMENT_NOTES = {
    CommitmentNote.ABOVE_CAP: N_("More units than one application could plan."),
    CommitmentNote.ROUNDED_CAP: N_("Above the highest amount of the action's page by the known rounding."),
    CommitmentNote.ABOVE_MAXIMUM: N_("Above the highest amount of the action."),
    CommitmentNote.OTHER_AMOUNT: N_("The granted amount is not units x rate."),
    CommitmentNote.NOT_FINANCED: N_("The call does not finance this action; money comes from another instrument."),
    CommitmentNote.MOTIVATION_ASKED: N_("Below the confirmed number: write a motivation with anchor moments."),
    CommitmentNote.ENTRIES_OUTSIDE: N_("KPI entries outside the project year do not count: see the last rows."),
    CommitmentNote.REPORT_DAY_ASKED: N_(
        "A total after the project year does not count yet: fill in the last day of the final report in the plan."
    ),
}
JURY_RESULTS = {JuryResult.POSITIVE: N_("positive"), JuryResult.NEGATIVE: N_("negative")}
IMPORT_STATES = {
    RowState.NEW: N_("new"),
    RowState.CHANGED: N_("changed"),
    RowState.SAME: N_("the same"),
    RowState.REJECTED: N_("rejected"),
}
OUTCOMES = {
    Outcome.POSSIBLE: N_("possible"),
    Outcome.INCOMPLETE: N_("incomplete"),
    Outcome.NOT_POSSIBLE: N_("not possible"),
}
OUTCOME_TONES = {Outcome.POSSIBLE: "accent", Outcome.INCOMPLETE: "attention", Outcome.NOT_POSSIBLE: "neutral"}
STIMULUS_STATES = {
    StimulusState.CANDIDATE: N_("candidate"),
    StimulusState.SUBMITTED: N_("submitted"),
    StimulusState.GRANTED: N_("granted"),
    StimulusState.REFUSED: N_("refused"),
    StimulusState.RENEWED: N_("renewed"),
    StimulusState.ENDED: N_("ended"),
}
STIMULUS_TONES = {
    StimulusState.CANDIDATE: "attention",
    StimulusState.SUBMITTED: "attention",
    StimulusState.GRANTED: "good",
    StimulusState.REFUSED: "bad",
    StimulusState.RENEWED: "good",
    StimulusState.ENDED: "neutral",
}
INSTRUMENT_STATES = {
    InstrumentState.CONSIDERED: N_("considered"),
    InstrumentState.APPLIED: N_("applied for"),
    InstrumentState.GRANTED: N_("granted"),
    InstrumentState.REFUSED: N_("refused"),
    InstrumentState.ENDED: N_("ended"),
}
INSTRUMENT_TONES = {
    InstrumentState.CONSIDERED: "neutral",
    InstrumentState.APPLIED: "attention",
    InstrumentState.GRANTED: "good",
    InstrumentState.REFUSED: "bad",
    InstrumentState.ENDED: "neutral",
}
FINDING_TONES = {ThresholdFact.MET: "good", ThresholdFact.NOT_MET: "bad", ThresholdFact.NOT_KNOWN: "attention"}
FINDINGS = {
    ThresholdFact.MET: N_("met"),
    ThresholdFact.NOT_MET: N_("not met"),
    ThresholdFact.NOT_KNOWN: N_("not known"),
}
ADVICE_KINDS = {
    AdviceKind.OWN_AGENCY: N_("own agency"),
    AdviceKind.AGENCY: N_("agency"),
    AdviceKind.FREE: N_("free"),
    AdviceKind.PAID: N_("paid"),
    AdviceKind.MENTOR: N_("mentor"),
    AdviceKind.UNKNOWN: N_("cost not known"),
    AdviceKind.EXAMPLE: N_("example"),
}
ADVICE_TONES = {
    AdviceKind.OWN_AGENCY: "mark",
    AdviceKind.AGENCY: "accent",
    AdviceKind.FREE: "good",
    AdviceKind.PAID: "attention",
    AdviceKind.MENTOR: "accent",
    AdviceKind.UNKNOWN: "neutral",
    AdviceKind.EXAMPLE: "neutral",
}
_REASONS = {
    AdviceReason.HAS_OWN_AGENCY: N_("this government has an agency of its own; you may support it all the same"),
    AdviceReason.FOR_EVERY_ACTION: N_("for every action"),
    AdviceReason.FOR_THIS_ACTION: N_("for this action"),
    AdviceReason.NO_ROOM_IN_SUBSIDY: N_("the subsidy of this target is used up"),
    AdviceReason.SUBSIDY_NOT_KNOWN: N_("the subsidy of this target is not known"),
    AdviceReason.NOT_FINANCED: N_("the call does not finance this action: pay from another instrument"),
    AdviceReason.FINANCED_NOT_KNOWN: N_("no source says whether the call finances this action"),
    AdviceReason.LEARNING_NETWORK: N_("runs a learning network"),
    AdviceReason.MENTOR: N_("mentor government"),
    AdviceReason.EXAMPLE: N_("inspiring example"),
}
PLAN_DAYS = {
    "submission_opens": N_("Applications for project year {n} open"),
    "submission": N_("Applications for project year {n} close"),
    "interim": N_("Interim report of project year {n}"),
    "final": N_("Final report of project year {n}"),
    "other": N_("Report of project year {n}"),
}
AGENDA_KINDS = {
    AgendaKind.SESSION: N_("session"),
    AgendaKind.AGREEMENT: N_("agreement"),
    AgendaKind.DEADLINE: N_("term"),
    AgendaKind.INSTRUMENT: N_("deadline of a subsidy"),
    AgendaKind.HOLIDAY: N_("public holiday"),
}
# Used with its first and last day on one line.
TERMS = {
    **PLAN_DAYS,
    "submission": N_("Applications for project year {n}"),
    "instrument": N_("Deadline of another instrument"),
}
TABLES = {
    "support_session": N_("session"),
    "session_government": N_("government of the session"),
    "session_action": N_("action of the session"),
    "session_offer": N_("offer of the session"),
    "follow_up": N_("agreement"),
    "kpi_entry": N_("KPI entry"),
    "commitment": N_("commitment"),
    "officer": N_("coach"),
    "assignment": N_("assignment"),
    "offer": N_("offer"),
    "offer_use": N_("offer in use"),
    "support_track": N_("track"),
    "government": N_("government"),
    "partnership_member": N_("member of a partnership"),
    "organisation_service": N_("government served by an organisation"),
    "official_figure": N_("official figure"),
    "contact": N_("contact"),
    "session_contact": N_("contact at the session"),
    "session_officer": N_("coach at the session"),
    "attachment": N_("attachment"),
    "handed_over": N_("report handed over"),
    "mentor": N_("mentor government"),
    "example": N_("example"),
    "instrument": N_("other instrument"),
    "stimulus": N_("stimulus"),
    "stimulus_text": N_("text of a stimulus"),
    "call_budget": N_("budget of the stimuli"),
    "condition_judgement": N_("judgement of a condition"),
}
# Where a person may be named: records, and what is kept beside them.
PLACES = TABLES | {
    "draft": N_("draft"),
    "saved_filter": N_("saved filter"),
    "command_log": N_("step in the history"),
}
# The name of a field within a sentence, whatever its record: the same name always has the same meaning
# (tests/domain/test_fields.py).
FIELDS = {
    "deleted_at": N_("deleted"),
    # Retired fields of stimuli, in the history of earlier work.
    "action_number": N_("action"),
    "linked_actions": N_("actions"),
    **{field.key: field.label for record in RECORDS for field in record.values() if field.label},
}
_KINDS = {field.key: field.kind for record in RECORDS for field in record.values()}
SOON = 14


def clock(minute: int) -> str:
    """13:30 from minutes since midnight; beyond 24:00 the time of the next day."""
    if minute > MINUTES_IN_DAY:
        minute -= MINUTES_IN_DAY
    return f"{minute // 60:02d}:{minute % 60:02d}"


def session_times(language: Language, start: int, end: int) -> str:
    """13:30–15:00; says so if the end is on the next day."""
    times = f"{clock(start)}–{clock(end)}"
    return language.text("{times} (the next day)", times=times) if end > MINUTES_IN_DAY else times


def near_day(language: Language, day: date | None, today: date) -> str:
    """Returns today, tomorrow, a weekday within a week, else day and month (with the year if it is another one)."""
    if day is None:
        return "–"
    if day == today:
        return language.text("today")
    if day == today + timedelta(days=1):
        return language.text("tomorrow")
    if today < day < today + timedelta(days=7):
        return f"{language.weekday_short(day)} {language.day_month(day)}"
    return language.day_month(day) if day.year == today.year else language.day_short(day)


UNCOUNTED: dict[str, str] = {
    Uncounted.CORRECTED: N_("corrected"),
    Uncounted.BEFORE_YEAR: N_("before the project year"),
    Uncounted.AFTER_YEAR: N_("after the project year"),
    Uncounted.AFTER_REPORT: N_("after the final report"),
    Uncounted.REPORT_DAY_UNKNOWN: N_("last day of the final report not known"),
    Uncounted.AFTER_TODAY: N_("in the future"),
    Uncounted.IN_READING: N_("part of the total of that day"),
}


def action_name(line: CommitmentLine) -> str:
    """Returns the title of the action, with the target group if the action has several."""
    same = line.target_code == f"A{line.action_number}"
    return line.action_title if same else f"{line.action_title} · {line.target_label}"


def states_text(language: Language, counts: StateCounts) -> str:
    """3 op koers, 1 achter, ...: without the states that do not occur."""
    parts = [
        (counts.reached, language.text("reached")),
        (counts.on_course, language.text("on course")),
        (counts.behind, language.text("behind")),
        (counts.at_risk, language.text("at risk")),
        (counts.no_entry, language.text("no entry yet")),
        (counts.jury, language.text("jury")),
        (counts.not_granted, language.text("not granted")),
    ]
    return ", ".join(f"{number} {word}" for number, word in parts if number) or "–"


def advice_reason(language: Language, advice: Advice) -> str:
    """Returns the reason for an advice; for a paid offer also the remaining budget."""
    if advice.reason is AdviceReason.ROOM_IN_SUBSIDY:
        return language.text("{room} of the subsidy is left", room=language.money(advice.room_cents or 0))
    return language.text(_REASONS[advice.reason])


def fact_text(language: Language, fact: Fact) -> str:
    """Returns the fact on which a condition is based, as text."""
    return language.text(fact.message, **{name: language.value(value) for name, value in fact.values.items()})


def threshold_text(language: Language, result: ThresholdResult, population: str | None = None) -> str:
    """Returns the count compared with the threshold, and what to do if the result is unknown."""
    text = language.text
    if result.threshold is None:
        return text("No source gives the threshold of this project year.")
    if result.lower is None:
        return text("No figures: note the official figure.")
    if result.upper is None:
        counted = text("at least {low}", low=language.number(result.lower))
    elif result.lower == result.upper:
        counted = language.number(result.lower)
    else:
        counted = text(
            "between {low} and {high}", low=language.number(result.lower), high=language.number(result.upper)
        )
    words = text(
        "{counted} counted ({who}); more than {threshold} are needed.",
        counted=counted,
        who=population or text("counted origin"),
        threshold=language.number(result.threshold),
    )
    if result.finding is ThresholdFact.NOT_KNOWN:
        words += " " + text("The shipped figures do not decide: note the official figure.")
    return words


def command_name(language: Language, name: str, details: Mapping[str, object], kind: str = "do") -> str:
    """Returns the name of an undo step, with its dates written out, marked as an undo if it is one.

    The name may come from a colleague's file: a sentence that the catalogue lacks, or whose values are lacking, is
    shown as the plain text that it is.
    """
    values = {key: _plain(_day(language, value)) for key, value in details.items()}
    known = language.knows(name) and names_in(name) <= values.keys()
    words = language.text(name, **values) if known else _plain(name)
    if kind == "undo":
        return language.text("Undone: {step}", step=words)
    if kind == "redo":
        return language.text("Redone: {step}", step=words)
    return words


def step_of(language: Language, line: HistoryLine | FieldValue) -> str:
    """Returns the step and, if it was not done here, the colleague whose file contained it."""
    words = command_name(language, line.name, line.details, line.kind)
    if line.came_from is None:
        return words
    return language.text("{step} · file of {colleague}", step=words, colleague=line.came_from)


def _plain(words: str) -> str:
    """One line of printable text, not too long for a row of a list."""
    line = " ".join(on_terminal(words).split())
    return line if len(line) <= _LONGEST_VALUE else f"{line[: _LONGEST_VALUE - 1]}…"


def _day(language: Language, value: object) -> str:
    try:
        return language.day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


CHOICES: dict[str, Mapping[Any, str]] = {
    "form": SESSION_MODES,
    "who": PARTIES,
    "paid_from": PAYERS,
    "cost": COSTS,
    "jury_result": JURY_RESULTS,
    "instrument_state": INSTRUMENT_STATES,
    "organisation_kind": ORGANISATION_KINDS,
    "finding": FINDINGS,
}
_SHORT, _LONGEST_VALUE = 40, 300


def field_value(language: Language, field: str, value: object, *, short: bool = False) -> str:
    """Formats a logged value for display: clock times, euros, dates, labels for codes; `short` truncates texts."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return language.text("yes") if value else language.text("no")
    if isinstance(value, int):
        kind = _KINDS.get(field)
        if kind is FieldKind.TIME:
            return language.text("{time} (the next day)", time=clock(value)) if value > MINUTES_IN_DAY else clock(value)
        return language.money(value) if kind is FieldKind.CENTS else language.number(value)
    if isinstance(value, date):
        return language.day(value)
    words = str(value)
    if field in CHOICES:
        return language.text(CHOICES[field].get(words, words))
    if field == "deleted_at":
        return language.day(date.fromisoformat(words[:10]))
    try:
        return language.day(date.fromisoformat(words))
    except ValueError:
        return words if not short or len(words) <= _SHORT else words[: _SHORT - 1] + "…"


def typed_text(language: Language, field: RecordField, value: Any) -> str:
    """Returns a value as it appears in the editor of its field."""
    if value is None:
        return ""
    match field.kind:
        case FieldKind.DAY:
            return language.day_short(value)
        case FieldKind.TIME:
            return clock(value)
        case FieldKind.CENTS:
            return language.money(value)
        case FieldKind.HOURS:
            return language.number(value // 60)
        case FieldKind.MINUTES:
            return str(value or "")
        case FieldKind.NUMBER:
            return language.number(value)
    return str(value)


def year_words(language: Language, plans: Plans, plan: Plan, year: ProjectYear) -> str:
    """Returns Project year 2 · 2023-2024, with the plan if several are in use."""
    if len(plan.years) == 1:
        words = year.label
    else:
        words = language.text("Project year {n} · {years}", n=year.number, years=year.label)
    return f"{plan.short_name} · {words}" if len(plans.in_use) > 1 or len(plan.years) == 1 else words
