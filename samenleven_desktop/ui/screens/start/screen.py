"""*Start*: the current state of the officer's governments, and what needs attention first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.i18n.labels import DEADLINES, near_day, states_text
from samenleven_desktop.readmodels.core import SessionLine
from samenleven_desktop.readmodels.map import AreaMap, Outline
from samenleven_desktop.readmodels.start import AttentionItem, StartSummary, WeekItem
from samenleven_desktop.services.governments.map import area_map, outlines, with_stimuli
from samenleven_desktop.services.sessions.queries import start_summary
from samenleven_desktop.services.stimuli.queries import StimulusLine, stimuli
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.folder_watcher import FolderWatch
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.start.layout import RECENT, StartLayout
from samenleven_desktop.ui.screens.start.map_colours import COLOURINGS, legend, map_areas
from samenleven_desktop.ui.widgets.responsive import FOLD_BELOW


class StartScreen(Screen):
    """One query for the numbers and lists; the map is loaded after these are shown."""

    def __init__(self, context: UiContext, watch: FolderWatch) -> None:
        super().__init__(context)
        self.ui = ui = StartLayout(self, context)
        self._watch = watch
        watch.looked.connect(self._show_exchange)
        self._summary: StartSummary | None = None
        self._area: AreaMap | None = None
        self._stimuli: list[StimulusLine] = []
        self._outlines: dict[str, Outline] | None = None
        self._folded = False
        navigator = context.navigator
        ui.changed.clicked.connect(lambda: navigator.open_page("stimuli"))
        ui.exchange.clicked.connect(lambda: navigator.open_page("exchange"))
        ui.open_governments.clicked.connect(lambda: navigator.open_page("governments"))
        ui.map_card.choose.clicked.connect(lambda: navigator.open_page("who"))
        ui.map_card.map.area_activated.connect(navigator.open_dossier)
        ui.map_card.colour.choice_changed.connect(self._colour)
        ui.tabs.currentChanged.connect(self._show_lists)
        ui.week.row_activated.connect(self._on_week_activated)
        ui.attention.row_activated.connect(self._on_attention_activated)
        ui.recent.row_activated.connect(self._on_session_activated)

    def reload(self) -> None:
        self._show_exchange()
        self.context.runner.query(start_summary, then=self._show, owner=self, latest="start")

    def minimumSizeHint(self) -> QSize:
        """Returns the height that the texts need at the current width; the layout would use their narrowest width and
        scroll too early."""
        least, box = super().minimumSizeHint(), self.layout()
        wide = max(self.width(), least.width())
        return least if box is None else QSize(least.width(), box.minimumHeightForWidth(wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = event.size().width() < FOLD_BELOW
        if folded != self._folded:
            self._folded = folded
            self.ui.place_map(under_lists=folded)

    def _show(self, summary: StartSummary) -> None:
        language, ui = self.context.language, self.ui
        text, number = language.text, language.number
        self._summary = summary
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
            language.plural("{n} late", "{n} late", summary.late_agreements) if summary.late_agreements else "",
            text("Next one: {day}", day=due) if summary.next_due else "",
        )
        ui.contact.show_values(
            number(summary.without_contact),
            text("government") if summary.without_contact == 1 else text("governments"),
            text("no session in the last {n} days", n=number(summary.without_contact_days)),
        )
        ui.week_model.set_rows(summary.week)
        ui.recent_model.set_rows(summary.recent_sessions)
        ui.terms_card.show_terms(summary.terms, self._no_terms(summary))
        ui.attention_card.empty.set_words(self._no_attention(summary))
        self.context.runner.query(stimuli, then=self._show_stimuli, owner=self, latest="start-stimuli")
        ui.attention_model.set_rows(summary.attention)
        self._show_lists()
        self.context.runner.query(
            area_map, then=self._show_area, failed=self._show_fault, owner=self, latest="start-map"
        )

    def _no_terms(self, summary: StartSummary) -> str:
        text = self.context.language.text
        if not summary.plan_name:
            return text("No plan is in use, so there are no dates.")
        if not summary.dates_known:
            return text("No source gives dates of {plan} yet.", plan=summary.plan_name)
        return text("No dates ahead in the plans in use.")

    def _no_attention(self, summary: StartSummary) -> str:
        """All on course only if there is something that can be on course."""
        text = self.context.language.text
        if not summary.plan_name:
            return text("No plan is in use.")
        if not summary.taken_up:
            return text("No targets are taken up yet in {year}.", year=f"{summary.plan_name} {summary.year_label}")
        if not summary.plan_runs:
            return text("{plan} does not run today: nothing asks for attention.", plan=summary.plan_name)
        return text("All KPIs are on course.")

    def _show_lists(self) -> None:
        ui = self.ui
        recent = ui.tabs.currentIndex() == RECENT
        found = self._summary is not None and bool(self._summary.week)
        ui.recent.setVisible(recent)
        ui.week.setVisible(not recent and found)
        ui.week_empty.setVisible(not recent and not found)

    # The map

    def _show_area(self, area: AreaMap) -> None:
        self._area = area
        if self._outlines is None:
            # The outlines are not in the work file, so the file worker reads them while other queries run.
            read = partial(outlines, area.today)
            self.context.runner.free(read, then=self._show_outlines, failed=self._show_fault, owner=self)
        else:
            self._colour()

    def _show_outlines(self, found: dict[str, Outline]) -> None:
        self._outlines = found
        self.ui.map_card.map.show_outlines(found)
        self._colour()

    def _colour(self) -> None:
        if self._area is None or self._outlines is None:
            return
        language, card = self.context.language, self.ui.map_card
        colouring = COLOURINGS[card.colour.choice()]
        area = with_stimuli(self._area, self._stimuli)
        card.map.show_areas(map_areas(language, area, colouring))
        card.legend.show_entries(legend(language, area, colouring))
        missing = "" if self._area.governments else language.text("You have no governments yet.")
        card.show_fault(missing, choose=not self._area.governments)

    def _show_fault(self, error: SamenlevenError) -> None:
        self.ui.map_card.show_fault(self.context.language.error(error))

    # Navigation

    def _show_stimuli(self, lines: list[StimulusLine]) -> None:
        """Colours the map, and shows the outcomes changed since they were last seen; the tool tip lists them."""
        language, ui = self.context.language, self.ui
        changed = [line for line in lines if line.changed_from is not None]
        ui.changed.setText(language.plural("{n} outcome changed", "{n} outcomes changed", len(changed)))
        ui.changed.setToolTip("\n".join(f"{line.government_name}: {line.kind_name}" for line in changed))
        ui.changed.setVisible(bool(changed))
        self._stimuli = lines
        self._colour()

    def _show_exchange(self) -> None:
        """Shows new files of colleagues and the number of conflicts; low priority."""
        language, watch = self.context.language, self._watch
        parts = []
        if watch.new:
            parts.append(language.plural("{n} file of a colleague", "{n} files of colleagues", len(watch.new)))
        if watch.open_conflicts:
            parts.append(language.plural("{n} to decide", "{n} to decide", watch.open_conflicts))
        self.ui.exchange.setText(" · ".join(parts))
        self.ui.exchange.setVisible(bool(parts))

    def _on_week_activated(self, item: WeekItem) -> None:
        if item.form is not None:
            self.context.navigator.open_session(item.record_id, None)
        else:
            self.context.navigator.open_dossier(item.government_id)

    def _on_attention_activated(self, item: AttentionItem) -> None:
        self.context.navigator.open_dossier(item.government_id)

    def _on_session_activated(self, line: SessionLine) -> None:
        self.context.navigator.open_session(line.id, None)
