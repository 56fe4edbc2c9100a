"""The coaching report of a government or partnership over a period."""

from __future__ import annotations

from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.language import Language
from samenleven_desktop.reports import parts
from samenleven_desktop.reports.data import CoachingReportData
from samenleven_desktop.reports.document import Block, Document, Heading, KeyFigures, MonthBars, Paragraph


def coaching_document(data: CoachingReportData, language: Language) -> Document:
    """State of the actions, support, offers, money, agreements; open agreements first."""
    text, number = language.text, language.number
    counted = [line for line in data.commitments if line.state is not KpiState.JURY]
    good = sum(line.state in (KpiState.REACHED, KpiState.ON_COURSE) for line in counted)
    open_agreements = [line for line in data.agreements if line.done_on is None]
    late = sum(line.late for line in open_agreements)
    blocks: list[Block] = [
        KeyFigures(
            (
                (
                    text("KPIs on course"),
                    text("{n} of {all}", n=number(good), all=number(len(counted))),
                    text(
                        "{behind} behind, {risk} at risk, {none} without entry",
                        behind=sum(line.state is KpiState.BEHIND for line in counted),
                        risk=sum(line.state is KpiState.AT_RISK for line in counted),
                        none=sum(line.state is KpiState.NO_ENTRY for line in counted),
                    ),
                ),
                (text("Sessions"), number(len(data.sessions)), language.duration(data.session_minutes)),
                (
                    text("Open agreements"),
                    number(len(open_agreements)),
                    text("{n} late", n=number(late)) if late else "",
                ),
            )
        ),
        Heading(text("1 State of the actions")),
        parts.targets_table(language, data.commitments),
        Paragraph(
            text(
                "Reached and expected on {day}. The dash in a bar is what is expected by then.",
                day=language.day(data.last),
            ),
            muted=True,
        ),
        Heading(text("The five numbers of each target"), 2),
        parts.numbers_table(language, data.commitments),
        Heading(text("2 Support")),
    ]
    months = tuple((language.day_month(month).split()[-1], count) for month, count in data.months)
    described = ", ".join(f"{label} {count}" for label, count in months)
    blocks.append(MonthBars(text("Sessions per month"), months, text("Sessions per month: {list}", list=described)))
    blocks += [
        parts.sessions_table(language, data.sessions),
        Heading(text("3 Offers in use")),
        parts.offers_table(language, data.offer_uses),
        Heading(text("4 Money")),
        _money(data, language),
        Heading(text("5 Agreements")),
        parts.agreements_list(language, [*open_agreements, *(a for a in data.agreements if a.done_on)]),
    ]
    period = text("{first} to {last}", first=language.day(data.first), last=language.day(data.last))
    return Document(
        title=text("Coaching report {name}", name=data.government_name),
        subtitle=text("Project year {n} · {period}", n=data.year_number, period=period),
        sender=parts.sender(data.plan_name),
        source=text(
            "Filter: {name} ({code}), sessions and entries of {period}. Source: work file of {day}.",
            name=data.government_name,
            code=data.government_code,
            period=period,
            day=language.day(data.today),
        ),
        language=language.code,
        mark=text(parts.PRACTICE) if data.practice else None,
        page_text=parts.page_text(language),
        blocks=tuple(blocks),
    )


def _money(data: CoachingReportData, language: Language) -> KeyFigures:
    text, money = language.text, data.money
    return KeyFigures(
        (
            (text("Subsidy"), language.money(money.granted_cents), ""),
            (text("Own contribution"), language.money(money.own_cents), ""),
            (
                text("Advance · balance"),
                language.money(money.advance_cents),
                language.money(money.balance_cents),
            ),
            (
                text("Paid offers"),
                language.money(money.paid_offers_cents),
                text("of which from the subsidy {amount}", amount=language.money(money.paid_from_subsidy_cents)),
            ),
        )
    )
