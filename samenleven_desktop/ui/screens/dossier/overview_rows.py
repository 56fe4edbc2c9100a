"""The rows of the first page of a dossier in words: actions in groups, other work, agreements, contacts, time line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.instrument import OPEN_STATES
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.i18n.coverage_texts import coverage_words
from samenleven_desktop.i18n.labels import COSTS, INSTRUMENT_STATES, JURY_RESULTS, PARTIES, STATES, TONES, action_name
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.i18n.unit_words import unit_words
from samenleven_desktop.readmodels.core import AgreementLine, CommitmentLine, OfferUseLine, Party, TimelineItem
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.readmodels.visit import ContactCard, DossierPage, PlanWork, UnplannedWork
from samenleven_desktop.ui.screens.columns import progress_of
from samenleven_desktop.ui.screens.dossier.timeline_texts import timeline_words
from samenleven_desktop.ui.screens.start.rows import late_words
from samenleven_desktop.ui.widgets.bars import ProgressBarData
from samenleven_desktop.ui.widgets.row_frame import GroupRow
from samenleven_desktop.ui.widgets.row_groups import Group

ACTIONS, INSTRUMENTS, USES, AGREEMENTS, CONTACTS, TIMELINE = (
    "actions",
    "instruments",
    "uses",
    "agreements",
    "contacts",
    "timeline",
)
TARGET, TAKE, INSTRUMENT, PLAN, NO_PLAN, USE = "target:", "take:", "instrument:", "plan:", "none:", "use:"
"""How the keys of rows and groups begin, by what they are."""
CALL, MAIL = "call", "mail"
_SMALL_PLAN = 6
"""A plan with so few actions shows each of them, also what was not taken up, in one group with its name."""
_ROOM_FOR_USES = 8
_SOON_DAYS = 60
_STATE_GROUPS = (
    ("attention", N_("Asks for attention"), (KpiState.AT_RISK, KpiState.BEHIND, KpiState.NO_ENTRY)),
    ("on_course", N_("On course"), (KpiState.ON_COURSE,)),
    ("reached", N_("Reached"), (KpiState.REACHED,)),
    ("jury", N_("Judged by a jury"), (KpiState.JURY,)),
    ("not_granted", N_("Not granted"), (KpiState.NOT_GRANTED,)),
)


def work_groups(language: Language, page: DossierPage, today: date) -> list[Group]:
    """Returns the work of every plan, the one at hand first, then other means, other plans and work without a plan."""
    lines = _lines(page)
    groups = _actions(language, page, lines)
    groups += _instruments(language, page.instruments, today)
    groups += [_other_plan(language, one, today) for one in page.other_plans]
    groups += [_without_plan(language, one) for one in page.without_plan]
    if page.dossier.offer_uses and len(lines) <= _ROOM_FOR_USES:
        groups.append(_uses(language, page.dossier.offer_uses))
    return groups


def money_words(language: Language, page: DossierPage) -> tuple[str, str, str, str]:
    """Returns the subsidy in bold, the words before and after it, and the paid offers; empty without any money."""
    money = page.dossier.money
    paid = language.money(money.paid_offers_cents) if money.paid_offers_cents else ""
    if money.granted_cents is None:
        return "", "", "", paid
    words = coverage_words(language, money.coverage)
    if not words:
        words = language.plural("for {n} action", "for {n} actions", money.coverage.actions)
    if money.drawing_right_cents is not None:
        words = language.text("of a drawing right of {right}", right=language.money(money.drawing_right_cents))
    return language.text("Subsidy"), language.money(money.granted_cents), words, paid


def agreements_group(language: Language, lines: Sequence[AgreementLine], today: date) -> Group:
    text = language.text
    late = sum(line.late for line in lines)
    note = language.plural("{n} open", "{n} open", len(lines)) if lines else ""
    if late:
        note = f"{note}, {language.plural('{n} late', '{n} late', late)}"
    return Group(
        AGREEMENTS,
        text("Agreements"),
        tuple(_agreement(language, line, today) for line in lines),
        note,
        nothing=text("No open agreements."),
        show_all=text("Show all {n}", n=language.number(len(lines))),
        action=text("+ agreement"),
    )


def contacts_group(language: Language, contacts: Sequence[ContactCard]) -> Group:
    text = language.text
    return Group(
        CONTACTS,
        text("Contacts"),
        tuple(
            GroupRow(
                one.id,
                " · ".join(dict.fromkeys(filter(None, [one.name, one.role]))),
                more=tuple(
                    (key, words)
                    for key, words, there in (
                        (CALL, text("call"), one.phone),
                        (MAIL, text("mail"), one.email),
                    )
                    if there
                ),
                tip="\n".join(filter(None, [one.phone, one.email])),
            )
            for one in contacts
        ),
        language.number(len(contacts)) if contacts else "",
        nothing=text("No contacts yet."),
        show_all=text("Show all {n}", n=language.number(len(contacts))),
        action=text("+ contact"),
    )


def timeline_group(language: Language, items: Sequence[TimelineItem], today: date) -> Group:
    rows = tuple(
        GroupRow(
            f"{item.kind}:{item.record_id}",
            timeline_words(language, item),
            lead=language.day_month(item.day) if item.day.year == today.year else language.day_short(item.day),
            tip=item.text,
        )
        for item in items
        if item.day <= today
    )
    text = language.text
    return Group(TIMELINE, text("Timeline"), rows, nothing=text("Nothing happened yet."), action=text("Everything"))


def _lines(page: DossierPage) -> tuple[CommitmentLine, ...]:
    return page.dossier.commitments + page.dossier.partnership_commitments


# Actions


def _actions(language: Language, page: DossierPage, lines: Sequence[CommitmentLine]) -> list[Group]:
    text = language.text
    if not page.plan_actions:
        return [] if lines else [Group(ACTIONS, text("Plans"), (), nothing=text("No plan is in use."))]
    if page.plan_actions <= _SMALL_PLAN:
        return [_whole_plan(language, page, lines)]
    if not lines:
        words = f"{page.plan_name} {page.year_label}"
        nothing = text("No targets are taken up yet in {year}.", year=words)
        return [Group(ACTIONS, text("Actions and KPIs"), (), nothing=nothing, action=text("+ take up"))]
    groups = []
    for key, title, states in _STATE_GROUPS:
        found = [line for line in lines if line.state in states]
        groups.append(_state_group(language, key, text(title), sorted(found, key=_urgency)))
    return _with_source(language, page, groups)


def _with_source(language: Language, page: DossierPage, groups: list[Group]) -> list[Group]:
    """Says in the first heading of which plan the actions are, where there are others, and who applied."""
    words = [page.plan_name] if page.other_plans else []
    through = page.dossier.partnership_name
    if page.dossier.partnership_commitments and not page.dossier.commitments and through:
        words.append(language.text("through {partnership}", partnership=through))
    first = next(place for place, group in enumerate(groups) if group.rows)
    groups[first] = replace(groups[first], note=" · ".join([groups[first].note, *words]))
    return groups


def _urgency(line: CommitmentLine) -> tuple[int, int, str]:
    worst = _STATE_GROUPS[0][2]
    return worst.index(line.state) if line.state in worst else len(worst), line.action_number, line.target_code


def _state_group(language: Language, key: str, title: str, lines: Sequence[CommitmentLine]) -> Group:
    several = len({line.state for line in lines}) > 1 or key == "attention"
    rows = tuple(_target(language, line, pill=several) for line in lines)
    return Group(
        key,
        title,
        rows,
        language.number(len(rows)),
        show_all=language.text("Show all {n}", n=language.number(len(rows))),
        aligned=True,
        one_line=True,
    )


def _whole_plan(language: Language, page: DossierPage, lines: Sequence[CommitmentLine]) -> Group:
    """One group with every action of a small plan: what was taken up first, then what was not."""
    text = language.text
    marked = (KpiState.AT_RISK, KpiState.BEHIND, KpiState.NOT_GRANTED)
    rows = [_target(language, line, pill=line.state in marked) for line in lines]
    rows += [
        GroupRow(
            f"{TAKE}{one.target_id}",
            one.action_title,
            lead=str(one.action_number),
            figure=("", text("not taken up yet")),
            action=text("Take up"),
        )
        for one in page.untaken
    ]
    note = language.plural("{n} action", "{n} actions", page.plan_actions)
    return Group(ACTIONS, page.plan_name, tuple(rows), note, aligned=True, one_line=True)


def _target(language: Language, line: CommitmentLine, *, pill: bool) -> GroupRow:
    text = language.text
    state = text(STATES[line.state]), TONES[line.state]
    row = GroupRow(
        f"{TARGET}{line.id}",
        action_name(line),
        lead=str(line.action_number),
        pill=state if pill else None,
        figure=_figure(language, line),
        bar=_bar(line),
    )
    if line.state in (KpiState.JURY, KpiState.NOT_GRANTED):
        return row
    if line.confirmed is None:
        return replace(row, action=text("Fill in"))
    if line.state in (KpiState.AT_RISK, KpiState.BEHIND):
        return replace(row, action=text("What helps?"))
    return replace(
        row,
        action=text("+ entry"),
        typed=text("The total of today for {action}; +5 adds five. Enter saves.", action=action_name(line)),
    )


def _figure(language: Language, line: CommitmentLine) -> tuple[str, str]:
    text, number = language.text, language.number
    if line.state is KpiState.JURY:
        if line.jury_result is not None:
            return "", text("jury: {result}", result=text(JURY_RESULTS[line.jury_result]))
        asked = line.requested if line.requested is not None else line.confirmed
        if asked is None:
            return "", text("not judged yet")
        return "", text("{n} {unit} asked for", n=number(asked), unit=unit_words(asked, line.unit))
    if line.confirmed is None:
        reached = line.reached_to_date
        known = "" if reached is None else f"{number(reached)} {unit_words(reached, line.unit)}".strip()
        return known, text("target not known")
    unit = unit_words(line.confirmed, line.unit)
    if line.reached_to_date is None:
        return "", text("target {n} {unit}", n=number(line.confirmed), unit=unit).strip()
    return number(line.reached_to_date), text("of {n} {unit}", n=number(line.confirmed), unit=unit).strip()


def _bar(line: CommitmentLine) -> ProgressBarData | None:
    data = progress_of(line)
    return replace(data, share=0.0) if data is not None and line.state is KpiState.NO_ENTRY else data


# Work around the plan at hand


def _instruments(language: Language, lines: Sequence[InstrumentLine], today: date) -> list[Group]:
    text = language.text
    if not lines:
        return []
    rows = tuple(_instrument(language, line, today) for line in lines)
    return [
        Group(
            INSTRUMENTS,
            text("Other means"),
            rows,
            language.number(len(rows)),
            show_all=text("Show all {n}", n=language.number(len(rows))),
            action=text("+ instrument"),
            one_line=True,
        )
    ]


def _instrument(language: Language, line: InstrumentLine, today: date) -> GroupRow:
    text = language.text
    amount = "" if line.amount_cents is None else language.money(line.amount_cents)
    words = " · ".join(filter(None, [amount, text(INSTRUMENT_STATES[line.instrument_state])]))
    due = None
    if line.deadline is not None and line.instrument_state in OPEN_STATES:
        near = (line.deadline - today).days <= _SOON_DAYS
        day = language.day_month(line.deadline) if line.deadline.year == today.year else language.day(line.deadline)
        due = (
            text("hand in by {day}", day=day),
            ("bad" if line.deadline < today else "attention" if near else "neutral"),
        )
    return GroupRow(f"{INSTRUMENT}{line.id}", line.name, figure=("", words), pill=due, tip=line.note or "")


def _other_plan(language: Language, one: PlanWork, today: date) -> Group:
    text = language.text
    if one.last < today:
        note = text("ended on {day}", day=language.day(one.last))
    elif one.first > today:
        note = text("begins on {day}", day=language.day(one.first))
    else:
        note = text("runs until {day}", day=language.day(one.last))
    if one.year is None:
        words, show = text("Nothing taken up yet."), text("Show")
    else:
        show = language.plural("Show the action", "Show the {n} actions", one.actions)
        words = language.plural(
            "{reached} of {n} target reached", "{reached} of {n} targets reached", one.counted, reached=one.reached
        )
        if one.years > 1:
            words = f"{text('Project year {n}', n=one.year)}: {words}"
    amount = "" if one.amount_cents is None else text("subsidy {amount}", amount=language.money(one.amount_cents))
    key = f"{PLAN}{one.year_id}"
    row = GroupRow(f"{key}:{one.plan_id}", words, figure=("", amount) if amount else None)
    return Group(key, one.plan_name, (row,), note, action=show if one.year_id else "", one_line=True)


def _without_plan(language: Language, one: UnplannedWork) -> Group:
    text = language.text
    if one.first == date.min:
        note = text("until {day}", day=language.day(one.last))
    else:
        note = text("{first} to {last}", first=language.day(one.first), last=language.day(one.last))
    words = []
    if one.sessions:
        sessions = language.plural("{n} session", "{n} sessions", one.sessions)
        words += [sessions, language.duration(one.minutes)]
    if one.agreements_done:
        words.append(language.plural("{n} agreement done", "{n} agreements done", one.agreements_done))
    row = GroupRow(f"{NO_PLAN}{one.first.isoformat()}", ", ".join(words), action=text("Show"))
    return Group(f"{NO_PLAN}{one.first.isoformat()}", text("Without plan"), (row,), note, one_line=True)


def _uses(language: Language, uses: Sequence[OfferUseLine]) -> Group:
    text = language.text
    return Group(
        USES,
        text("Offers in use"),
        tuple(_use(language, use) for use in uses),
        language.number(len(uses)),
        show_all=text("Show all {n}", n=language.number(len(uses))),
        action=text("Find offers"),
    )


def _use(language: Language, use: OfferUseLine) -> GroupRow:
    text = language.text
    about = text("action {action} {target}", action=use.action, target=use.target_label or "") if use.action else ""
    detail = [text(COSTS[use.cost]), text("since {day}", day=language.day(use.start)), about.strip()]
    unit = unit_words(use.expected_units or 0, use.unit)
    mark = None
    if use.expected_units and use.real_units is not None:
        words = text("{n} of {all} {unit}", n=use.real_units, all=use.expected_units, unit=unit).strip()
        mark = words, "good" if use.real_units >= use.expected_units else "neutral"
    elif use.expected_units:
        mark = text("{n} expected", n=f"{language.number(use.expected_units)} {unit}".strip()), "neutral"
    return GroupRow(f"{USE}{use.id}", use.offer_title, " · ".join(filter(None, detail)), mark)


def _agreement(language: Language, line: AgreementLine, today: date) -> GroupRow:
    text = language.text
    who = text("you") if line.who is Party.COACH else text(PARTIES[line.who])
    day = "" if line.due is None else language.day_month(line.due)
    if line.due is not None and line.due.year != today.year:
        day = language.day_short(line.due)
    late = late_words(language, line.due, today) if line.late and line.due is not None else ""
    detail = " · ".join(filter(None, [who, day]))
    return GroupRow(line.id, line.what, detail, late=late, tick=text("Done: {what}", what=line.what))
