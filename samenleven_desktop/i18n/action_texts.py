"""The texts about an action that its page and its sheet share."""

from __future__ import annotations

from collections.abc import Mapping

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.plan_rules import PublishedFigure
from samenleven_desktop.domain.source_names import with_source_names
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.action_page import ActionPage

FINANCED: Mapping[bool | None, str] = {
    True: N_("in the call"),
    False: N_("another instrument"),
    None: N_("not known"),
}
FINANCED_TONES: Mapping[bool | None, str] = {True: "good", False: "attention", None: "neutral"}


def financed_words(language: Language, financed: bool | None) -> str:
    """Returns whether the call of a period finances an action, or that another instrument has to."""
    return language.text(FINANCED[financed])


def definition_lines(language: Language, page: ActionPage, *, published: bool = True) -> list[tuple[str, str]]:
    """Returns (caption, text) of what the plan says of an action; what it does not say is left out.

    Without `published` the published figures are left to a table.
    """
    text, action = language.text, page.action
    units = dict.fromkeys(one.unit for one in page.terms if one.unit)
    contacts = age = ""
    if action.min_contact_moments is not None:
        contacts = text("at least {n} before a person counts", n=str(action.min_contact_moments))
    if action.age_limit is not None:
        age = text("younger than {n}", n=str(action.age_limit))
    most = action.max_subsidy_page_cents or action.max_subsidy_form_cents
    lines = (
        (text("Title"), action.title if action.title_certain else text("{title} (working title)", title=action.title)),
        (text("Objective"), page.objective or ""),
        (text("KPI"), action.kpi or text("no KPI in the plan")),
        (text("Unit"), language.listing(list(units))),
        (text("Contact moments"), contacts),
        (text("Age"), age),
        (text("Parts of the plan"), language.listing(list(action.plan_parts))),
        (text("Highest subsidy"), "" if most is None else language.money(most)),
        (text("Investment costs"), text("may be paid from the subsidy") if action.investment_costs_eligible else ""),
        (text("Support"), language.listing(list(action.support))),
        (text("Earlier names"), language.listing(list(action.earlier_names))),
        (text("Remark"), action.note or ""),
        *(
            (text("In all Flanders {period}", period=period), _published(language, one))
            for period, one in (page.published if published else ())
        ),
        (text("Rules of the plan"), "\n".join(page.rules)),
    )
    return [(caption, with_source_names(words, page.pages)) for caption, words in lines if words]


def _published(language: Language, figure: PublishedFigure) -> str:
    """Returns the published figures of a period: money, governments, committed and reached units."""
    text, number = language.text, language.number
    parts = [
        "" if figure.budget_cents is None else language.money(figure.budget_cents),
        "" if figure.governments is None else language.plural("{n} government", "{n} governments", figure.governments),
        "" if figure.committed is None else text("{n} committed", n=number(figure.committed)),
        "" if figure.reached is None else text("{n} reached", n=number(figure.reached)),
    ]
    return " · ".join(filter(None, parts))
