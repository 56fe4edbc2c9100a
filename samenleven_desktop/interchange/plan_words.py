"""The names of the parts of a plan file as people read them: in faults, in the Excel form, in the preview of a change.

Every field of `plan_structs` has a caption here (a test compares). Captions are catalogue sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

from samenleven_desktop.domain.errors import N_

Path = tuple[str | int, ...]
"""A place in a plan file: names of fields and positions in lists."""

_LONGEST = 40
CAPTIONS = {
    "action": N_("action"),
    "action_rules": N_("rules of the actions"),
    "actions": N_("actions"),
    "advance_certainty": N_("certainty of the advance"),
    "advance_share": N_("advance"),
    "age_limit": N_("age limit"),
    "agency": N_("agency"),
    "allowed": N_("allowed"),
    "also_below_share": N_("also below this share of the KPI"),
    "always": N_("always needed"),
    "amount_eur": N_("amount in euro"),
    "amounts": N_("amounts"),
    "any_of": N_("group of alternatives"),
    "applicants": N_("applicants"),
    "applications": N_("number of applications"),
    "approved": N_("approved on"),
    "at_risk_days_before": N_("days before the interim report"),
    "at_risk_share": N_("share below which a KPI is at risk"),
    "balance_share": N_("balance"),
    "budget_eur": N_("budget in euro"),
    "cap_units": N_("highest number"),
    "certainty": N_("certainty"),
    "check": N_("what the program looks at"),
    "closes": N_("closes on"),
    "code": N_("code"),
    "cofinancing_required": N_("co-financing needed"),
    "committed": N_("units committed"),
    "compared_with_confirmed": N_("compared with the confirmed number"),
    "conditions": N_("conditions"),
    "content_support": N_("support with content"),
    "cumulative": N_("cumulative"),
    "days_certainty": N_("certainty of the days"),
    "deadlines": N_("deadlines"),
    "documents": N_("documents"),
    "double_counting": N_("double counting"),
    "drawing_rights": N_("drawing rights"),
    "due": N_("due on"),
    "earlier_names": N_("earlier names"),
    "end": N_("until"),
    "examples": N_("examples"),
    "facts": N_("facts of the call"),
    "figures_year": N_("year of the figures"),
    "financed": N_("financed"),
    "first_announced_due": N_("first announced day"),
    "form_rules": N_("rules of the form"),
    "format": N_("format"),
    "government": N_("government (code)"),
    "governments": N_("number of governments"),
    "granted_eur": N_("granted in euro"),
    "granted_on": N_("granted on"),
    "granted_rounded": N_("granted amount is rounded"),
    "includes_existing_reach": N_("existing reach included"),
    "inhabitants": N_("inhabitants"),
    "investment_costs_eligible": N_("investments may be paid"),
    "jury": N_("jury"),
    "jury_result_from": N_("result of the jury from"),
    "kept_from_year": N_("second partnerships kept from year"),
    "kick_off": N_("kick-off on"),
    "kind": N_("kind"),
    "kpi": N_("what is counted (KPI)"),
    "kpi_rules": N_("KPI states"),
    "label": N_("label"),
    "learning_network": N_("learning network"),
    "leaver_loses_renewal": N_("who leaves loses the renewal"),
    "leaver_may_apply_above_threshold": N_("who leaves may apply if above the threshold"),
    "leaver_may_join_other": N_("who leaves may join another"),
    "leaver_takes_actions_along": N_("who leaves takes actions along"),
    "limit": N_("limit"),
    "lower_groups": N_("groups of the lower bound"),
    "mandatory": N_("needed when"),
    "max_chars": N_("most characters"),
    "max_per_government": N_("most partnerships per government"),
    "max_per_year": N_("most per project year"),
    "max_subsidy_form_eur": N_("highest amount of the form in euro"),
    "max_subsidy_page_eur": N_("highest amount of the page in euro"),
    "mentors": N_("mentor governments"),
    "min_contact_moments": N_("least contact moments"),
    "min_investment_factor": N_("investment at least times"),
    "min_share": N_("least share of the KPI"),
    "money_rules": N_("money"),
    "name": N_("name"),
    "needs_threshold": N_("needs the threshold"),
    "new_applicants_allowed": N_("new applicants allowed"),
    "note": N_("note"),
    "number": N_("no."),
    "objective": N_("objective"),
    "objectives": N_("objectives"),
    "opens": N_("opens on"),
    "other_applicants": N_("other applicants"),
    "own_contribution_ratio": N_("own contribution per euro of subsidy"),
    "own_support": N_("own agencies"),
    "owner": N_("owner"),
    "partnership_rules": N_("partnerships"),
    "per_action": N_("per action"),
    "period_end": N_("period until"),
    "period_start": N_("period from"),
    "plan_parts": N_("parts of the plan"),
    "population": N_("counted inhabitants"),
    "portal_rule": N_("row of the portal"),
    "published_figures": N_("published figures"),
    "rate_eur": N_("rate in euro"),
    "reached": N_("units reached"),
    "renewable": N_("renewable"),
    "renewable_subject_to_budget": N_("renewable if there is budget"),
    "renewal": N_("renewal"),
    "renewal_budget": N_("budget for renewal"),
    "reported_to": N_("reported to"),
    "reporting": N_("reporting"),
    "rest_must_exceed_threshold": N_("rest must stay above the threshold"),
    "risk": N_("risk"),
    "rules": N_("rules"),
    "same_reference_region": N_("one reference region"),
    "several_per_year": N_("several per project year"),
    "share_certainty": N_("certainty of the share"),
    "shares": N_("shares"),
    "short_name": N_("short name"),
    "short_title": N_("short title"),
    "shortfall_needs_motivation": N_("shortfall needs a motivation"),
    "source": N_("source"),
    "sources": N_("sources"),
    "start": N_("from"),
    "start_year": N_("starts in"),
    "stimuli": N_("stimuli"),
    "submission": N_("applications"),
    "successor": N_("successor"),
    "support": N_("support"),
    "targets": N_("targets"),
    "terms": N_("rates and caps"),
    "text": N_("text"),
    "texts": N_("texts"),
    "threshold": N_("threshold"),
    "title": N_("title"),
    "title_certain": N_("title is certain"),
    "unit": N_("unit"),
    "upper_groups": N_("groups of the upper bound"),
    "value": N_("financed by the call"),
    "version": N_("version"),
    "widened_from_year": N_("widened from year"),
    "year": N_("project year"),
    "years": N_("project years"),
}

# An element of a list: its words, and the field that names it.
_ELEMENTS = {
    "actions": (N_("action {n}"), "number"),
    "amounts": (N_("amount {n}"), ""),
    "action_rules": (N_("rule {n}"), "code"),
    "applicants": (N_("applicant {n}"), "kind"),
    "conditions": (N_("condition {n}"), "code"),
    "deadlines": (N_("deadline {n}"), ""),
    "documents": (N_("document {n}"), "code"),
    "drawing_rights": (N_("drawing right {n}"), ""),
    "examples": (N_("example {n}"), ""),
    "financed": (N_("financing {n}"), ""),
    "form_rules": (N_("rule {n}"), "code"),
    "kinds": (N_("stimulus {n}"), "kind"),
    "mentors": (N_("mentor {n}"), ""),
    "objectives": (N_("objective {n}"), "number"),
    "own_support": (N_("own agency {n}"), ""),
    "published_figures": (N_("figure {n}"), ""),
    "rules": (N_("rule {n}"), "code"),
    "targets": (N_("target {n}"), "code"),
    "terms": (N_("terms {n}"), ""),
    "texts": (N_("text {n}"), "code"),
    "years": (N_("project year {n}"), "number"),
}
_SOURCE, _UNNAMED = N_("source {n}"), N_("line {n}")


def path_words(content: object, path: Path) -> tuple[tuple[str, str], ...]:
    """Returns the steps of a path in words, for `FilePlace`: (action {n}, 5), (target {n}, A5), (rate in euro, '')."""
    steps: list[tuple[str, str]] = []
    for at, step in enumerate(path):
        inside = value_at(content, path[: at + 1])
        before = path[at - 1] if at else ""
        if isinstance(step, int):
            words, key = _ELEMENTS.get(str(before), (_UNNAMED, ""))
            name = inside.get(key) if isinstance(inside, dict) and key else None
            steps.append(
                (words, str(step + 1) if name is None or isinstance(name, dict | list) else shorten(str(name)))
            )
        elif at and before == "sources":
            steps.append((_SOURCE, shorten(str(step))))
        elif not _names_list(path, at):
            steps.append((CAPTIONS[step], "") if step in CAPTIONS else ("{n}", shorten(str(step))))
    return tuple(steps)


def shorten(words: str) -> str:
    """Returns a value of a file for use in a sentence."""
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _names_list(path: Sequence[str | int], at: int) -> bool:
    """Returns whether the step is a list or table whose element follows, which names itself."""
    after = path[at + 1] if at + 1 < len(path) else None
    if isinstance(after, int):
        return path[at] in _ELEMENTS
    return (path[at] == "sources" and after is not None) or (path[at] == "stimuli" and after == "kinds")


def value_at(content: object, path: Sequence[str | int]) -> object:
    """Returns the value at a path; None if there is none."""
    for step in path:
        if isinstance(content, dict):
            content = content.get(step)
        elif isinstance(content, list) and isinstance(step, int) and step < len(content):
            content = content[step]
        else:
            return None
    return content
