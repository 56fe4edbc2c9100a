"""The rows of *Start* in words: what is late, what comes this week, which KPIs ask for attention, the last sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from samenleven_desktop.domain.government import Followed
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.i18n.government_labels import followed_words
from samenleven_desktop.i18n.labels import PARTIES, SESSION_MODES, STATES, TONES, near_day, session_times
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Party, SessionLine
from samenleven_desktop.readmodels.start import AttentionItem, FirstSteps, GovernmentAttention, StartSummary, WeekItem
from samenleven_desktop.ui.widgets.row_frame import GroupRow
from samenleven_desktop.ui.widgets.row_groups import Group

LATE, WEEK, ATTENTION, RECENT, STEPS = "late", "week", "attention", "recent", "steps"
STEP = "step:"
"""How the key of a first step begins; the page that it opens follows."""


def now_groups(language: Language, summary: StartSummary, no_attention: str) -> list[Group]:
    """Returns *Late*, *This week* and *Attention for KPIs*. `no_attention` is the sentence if no KPI asks for it."""
    text, number, today = language.text, language.number, summary.today

    def show_all(rows: Sequence[GroupRow]) -> str:
        return text("Show all {n}", n=number(len(rows)))

    late = tuple(_late_row(language, item, today) for item in summary.late)
    week = tuple(
        _week_row(language, item, today) if item.form is None else _session_row(language, item, today)
        for item in summary.week
    )
    attention = tuple(_attention_row(language, one) for one in summary.attention)
    governments = followed_words(language, Followed.of(one.kind for one in summary.attention))
    return [
        Group(LATE, text("Late"), late, number(len(late)), "bad", show_all=show_all(late)),
        Group(
            WEEK,
            text("This week"),
            week,
            number(len(week)) if week else "",
            nothing=text("Nothing is planned or due this week."),
            show_all=show_all(week),
        ),
        Group(
            ATTENTION,
            text("Attention for KPIs"),
            attention,
            governments if attention else "",
            nothing=no_attention,
            show_all=show_all(attention),
        ),
    ]


def first_steps(language: Language, steps: FirstSteps, *, recovery_sheet: bool) -> Group:
    """Returns the four steps of an empty file; those that are done say so."""
    text = language.text
    rows = tuple(
        GroupRow(
            f"{STEP}{page}",
            title,
            detail,
            (text("done"), "good") if done else None,
            "" if done else action,
            lead=str(number),
        )
        for number, (page, title, detail, action, done) in enumerate(
            (
                (
                    "who",
                    text("Choose your governments"),
                    text("Who you are, and which governments you follow. Or click them on the map."),
                    text("Choose"),
                    steps.governments,
                ),
                (
                    "settings",
                    text("Print the recovery sheet"),
                    text("Without one, a forgotten passphrase means that all work is lost."),
                    text("Print"),
                    recovery_sheet,
                ),
                (
                    "import",
                    text("Bring in your figures"),
                    text("A KPI document, a report of the portal, or your workbook in Excel."),
                    text("Bring in"),
                    steps.brought_in,
                ),
                (
                    "session",
                    text("Register the first session"),
                    text("From then on, what asks for work stands here."),
                    text("Register"),
                    False,
                ),
            ),
            1,
        )
    )
    return Group(STEPS, text("First steps"), rows)


def recent_group(language: Language, sessions: Sequence[SessionLine]) -> Group:
    """Returns the last sessions; one without a report offers to write it."""
    rows = tuple(_recent_row(language, line) for line in sessions)
    return Group(RECENT, "", rows, nothing=language.text("No sessions yet."))


def late_words(language: Language, day: date, today: date) -> str:
    """3 days late, or 7 weeks late from two weeks on."""
    days = (today - day).days
    if days < 14:
        return language.plural("{n} day late", "{n} days late", days)
    return language.plural("{n} week late", "{n} weeks late", round(days / 7))


def _for_whom(language: Language, item: WeekItem) -> str:
    names = language.listing(item.government_names)
    if item.who is None:
        return names
    who = language.text("you") if item.who is Party.COACH else language.text(PARTIES[item.who])
    return f"{names} · {who}"


def _late_row(language: Language, item: WeekItem, today: date) -> GroupRow:
    day = language.day_month(item.day) if item.day.year == today.year else language.day_short(item.day)
    return GroupRow(
        item.record_id,
        item.text,
        _for_whom(language, item),
        (f"{day} · {late_words(language, item.day, today)}", "bad"),
        tick=language.text("Done: {what}", what=item.text),
    )


def _week_row(language: Language, item: WeekItem, today: date) -> GroupRow:
    return GroupRow(
        item.record_id,
        item.text,
        _for_whom(language, item),
        (near_day(language, item.day, today), "attention" if item.day == today else "neutral"),
        tick=language.text("Done: {what}", what=item.text),
    )


def _session_row(language: Language, item: WeekItem, today: date) -> GroupRow:
    text = language.text
    form = text(SESSION_MODES[item.form]).lower() if item.form is not None else ""
    title = text("Session in {government}, {form}", government=language.listing(item.government_names), form=form)
    day = language.weekday_day(item.day)
    if item.day == today:
        day = text("today")
    elif item.day == today + timedelta(days=1):
        day = text("tomorrow, {day}", day=day)
    times = session_times(language, item.minute or 0, item.end_minute or 0)
    about = f" · {item.text}" if item.text else ""
    return GroupRow(item.record_id, title, f"{day} · {times}{about}", action=text("Prepare"))


def _attention_row(language: Language, one: GovernmentAttention) -> GroupRow:
    return GroupRow(
        one.government_id,
        one.government_name,
        attention_words(language, one.items),
        (language.text(STATES[one.worst.state]), TONES[one.worst.state]),
        language.text("What helps?"),
    )


def attention_words(language: Language, items: Sequence[AttentionItem]) -> str:
    """Says which action of a government is worst, and how many others ask for attention."""
    worst = items[0]
    same = sum(item.state is worst.state for item in items)
    values = {
        "action": f"{worst.action} {worst.action_title}",
        "percent": language.percent(worst.reached or 0, worst.confirmed or 0),
    }
    if worst.state is KpiState.AT_RISK:
        words = language.plural(
            "{action} ({percent}) at risk", "{n} KPIs at risk, the lowest: {action} ({percent})", same, **values
        )
    elif worst.state is KpiState.BEHIND:
        words = language.plural(
            "{action} ({percent}) behind", "{n} KPIs behind, the lowest: {action} ({percent})", same, **values
        )
    else:
        words = language.plural("{action} without entry", "{n} KPIs without entry, such as {action}", same, **values)
    behind = sum(item.state is KpiState.BEHIND for item in items)
    if worst.state is KpiState.AT_RISK and behind:
        words = f"{words} · {language.plural('{n} other is behind', '{n} others are behind', behind)}"
    none = sum(item.state is KpiState.NO_ENTRY for item in items)
    if worst.state is not KpiState.NO_ENTRY and none:
        words = f"{words} · {language.plural('{n} KPI without entry', '{n} KPIs without entry', none)}"
    return words


def _recent_row(language: Language, line: SessionLine) -> GroupRow:
    text = language.text
    day = f"{language.weekday_short(line.day)} {language.day_month(line.day)}"
    words = [day, language.listing(line.government_names), text(SESSION_MODES[line.form]).lower()]
    written = bool(line.report.strip())
    return GroupRow(
        line.id,
        " · ".join(filter(None, words)),
        pill=None if written else (text("no report yet"), "attention"),
        action=text("Read report") if written else text("Write"),
    )
