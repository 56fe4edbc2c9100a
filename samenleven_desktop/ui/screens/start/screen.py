"""*Start*: how things stand for my governments today, and what comes first."""

from __future__ import annotations

from samenleven_desktop.domain.rows import AgreementLine, AttentionItem, SessionLine, StartSummary
from samenleven_desktop.services.support import start_summary
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.start.layout import StartLayout
from samenleven_desktop.words import DEADLINES, near_day, states_text


class StartScreen(Screen):
    """One query, one look."""

    concerns = ("support_session", "follow_up", "kpi_entry", "commitment", "assignment", "session_government")

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.ui = StartLayout(self, context)
        self.ui.open_governments.clicked.connect(lambda: context.wishes.page_requested.emit("governments"))
        self.ui.due.row_activated.connect(self._on_agreement_activated)
        self.ui.attention.row_activated.connect(self._on_attention_activated)
        self.ui.recent.row_activated.connect(self._on_session_activated)

    def reload(self) -> None:
        self.context.runner.query(start_summary, then=self._show, owner=self, turn="start")

    def _show(self, summary: StartSummary) -> None:
        language, ui = self.context.language, self.ui
        text, number = language.text, language.number
        parts = [
            language.weekday_date(summary.today),
            language.plural("{n} government in your area", "{n} governments in your area", summary.government_count),
        ]
        if summary.deadline is not None and summary.deadline_kind is not None:
            parts.append(text(DEADLINES[summary.deadline_kind], day=language.day(summary.deadline)))
        ui.header.subtitle.setText(" · ".join(parts))
        states = summary.states
        ui.kpis.show_values(
            number(states.reached + states.on_course),
            text("of {n}", n=number(states.counted)),
            text(
                "{behind} behind · {risk} at risk · {none} without entry",
                behind=number(states.behind),
                risk=number(states.at_risk),
                none=number(states.no_entry),
            ),
        )
        ui.bar.show_counts(states, states_text(language, states))
        months = " · ".join(
            f"{language.day_month(month).split()[-1]} {count}" for month, count in summary.sessions_per_month[-4:]
        )
        ui.sessions.show_values(number(summary.session_count), language.duration(summary.session_minutes), months)
        due = near_day(language, summary.next_due, summary.today)
        ui.agreements.show_values(
            number(summary.open_agreements),
            text("{n} late", n=number(summary.late_agreements)) if summary.late_agreements else "",
            text("Next one: {day}", day=due) if summary.next_due else "",
        )
        ui.contact.show_values(
            number(summary.without_contact),
            language.plural("government", "governments", summary.without_contact),
            text("no session in the last {n} days", n=number(summary.without_contact_days)),
        )
        ui.due_model.set_rows(summary.upcoming)
        ui.due.setVisible(bool(summary.upcoming))
        ui.due_empty.setVisible(not summary.upcoming)
        ui.attention_model.set_rows(summary.attention)
        ui.attention.setVisible(bool(summary.attention))
        ui.attention_empty.setVisible(not summary.attention)
        ui.recent_model.set_rows(summary.recent_sessions)

    def _on_agreement_activated(self, line: AgreementLine) -> None:
        self.context.wishes.dossier_requested.emit(line.government_id)

    def _on_attention_activated(self, item: AttentionItem) -> None:
        self.context.wishes.dossier_requested.emit(item.government_id)

    def _on_session_activated(self, line: SessionLine) -> None:
        self.context.wishes.session_form_requested.emit(line.id, None)
