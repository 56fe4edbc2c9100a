"""The answer about a stimulus in one sentence: the same on screen, on paper and on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.stimulus import RENEWAL, ConditionResult, Outcome, StimulusState
from samenleven_desktop.domain.threshold import ThresholdFact
from samenleven_desktop.i18n.labels import OUTCOMES, STIMULUS_STATES, fact_text
from samenleven_desktop.i18n.language import Language

_RENEWABLE = {
    ThresholdFact.MET: N_("renewal: there is budget"),
    ThresholdFact.NOT_MET: N_("renewal not possible"),
    ThresholdFact.NOT_KNOWN: N_("renewal not known yet"),
}


class JudgedStimulus(Protocol):
    """A kind of stimulus for one government, or a candidacy for it, with its outcome and the facts behind it."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def state(self) -> StimulusState | None: ...
    @property
    def amount_cents(self) -> int | None: ...
    @property
    def amount_typed(self) -> bool: ...
    @property
    def received_before(self) -> int: ...
    @property
    def renewable(self) -> ThresholdFact: ...
    @property
    def conditions(self) -> tuple[ConditionResult, ...]: ...


def condition_text(language: Language, one: ConditionResult) -> str:
    """Returns the condition: that of the plan file as it stands there, that of a renewal in the language at hand."""
    return language.text(one.condition.text) if one.condition.code == RENEWAL else one.condition.text


def reasons(language: Language, line: JudgedStimulus) -> str:
    """Returns the facts that decide: what is not met, or what is not known yet; empty if it is possible."""
    if line.outcome is Outcome.POSSIBLE:
        return ""
    wanted = ThresholdFact.NOT_MET if line.outcome is Outcome.NOT_POSSIBLE else ThresholdFact.NOT_KNOWN
    return "; ".join(dict.fromkeys(fact_text(language, one.fact) for one in line.conditions if one.state is wanted))


def stimulus_sentence(language: Language, line: JudgedStimulus) -> str:
    """Returns outcome with its reasons, state, amount (of what is or may be received) and renewal."""
    text = language.text
    answer, why = text(OUTCOMES[line.outcome]).capitalize(), reasons(language, line)
    words = [f"{answer}: {why}" if why else answer]
    if line.state is not None:
        words.append(text(STIMULUS_STATES[line.state]))
    if line.outcome is not Outcome.NOT_POSSIBLE or line.state is not None:
        if line.amount_cents is None:
            words.append(text("no source gives the amount"))
        else:
            typed = f" ({text('typed by the coach')})" if line.amount_typed else ""
            words.append(text("amount {amount}", amount=language.money(line.amount_cents)) + typed)
    if line.received_before:
        words.append(text(_RENEWABLE[line.renewable]))
    return " · ".join(words)


def states_words(language: Language, lines: Sequence[JudgedStimulus]) -> str:
    """Returns the states of all candidacies of one kind, or the outcome where there is none: granted (2), candidate."""
    words = [
        language.text(STIMULUS_STATES[line.state] if line.state is not None else OUTCOMES[line.outcome])
        for line in lines
    ]
    return ", ".join(_counted(words))


def _counted(words: Iterable[str]) -> Iterable[str]:
    found = list(words)
    for one in dict.fromkeys(found):
        number = found.count(one)
        yield one if number == 1 else f"{one} ({number})"
