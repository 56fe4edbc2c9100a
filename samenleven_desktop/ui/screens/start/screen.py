"""*Start*: what asks for work now, and the current state of the officer's governments."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from samenleven_desktop.domain.errors import SamenlevenError
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.i18n.government_labels import followed_noun, followed_words
from samenleven_desktop.i18n.labels import states_text
from samenleven_desktop.readmodels.core import GovernmentChoice
from samenleven_desktop.readmodels.map import AreaMap, Outline
from samenleven_desktop.readmodels.start import StartSummary, WeekItem
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.governments.map import area_map, outlines, with_stimuli
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.safekeeping.workspace_file import FileFacts, file_facts
from samenleven_desktop.services.sessions.entry_and_agreement_commands import CompleteAgreement
from samenleven_desktop.services.start.start_summary import start_summary
from samenleven_desktop.services.stimuli.queries import StimulusLine, stimuli
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.folder_watcher import FolderWatch
from samenleven_desktop.ui.screens.base import Screen
from samenleven_desktop.ui.screens.start.layout import StartLayout
from samenleven_desktop.ui.screens.start.map_colours import COLOURINGS, legend, map_areas
from samenleven_desktop.ui.screens.start.rows import ATTENTION, LATE, STEP, first_steps, now_groups, recent_group
from samenleven_desktop.ui.widgets.map import MapArea
from samenleven_desktop.ui.widgets.map_looks import Look
from samenleven_desktop.ui.widgets.responsive import FOLD_BELOW

_KPIS_PART = 1
"""The tab of a dossier with its KPIs and what helps."""


class StartScreen(Screen):
    """One query for the numbers and lists; the map is loaded after these are shown."""

    def __init__(self, context: UiContext, watch: FolderWatch) -> None:
        super().__init__(context)
        self.ui = ui = StartLayout(self, context)
        self._watch = watch
        watch.looked.connect(self._show_exchange)
        self._items: dict[str, WeekItem] = {}
        self._area: AreaMap | None = None
        self._stimuli: list[StimulusLine] = []
        self._outlines: dict[str, Outline] | None = None
        navigator = context.navigator
        ui.changed.clicked.connect(lambda: navigator.open_page("stimuli"))
        ui.exchange.clicked.connect(lambda: navigator.open_page("exchange"))
        ui.map_card.map.area_activated.connect(self._on_area_activated)
        ui.map_card.colour.choice_changed.connect(self._colour)
        ui.now.row_opened.connect(self._on_row_opened)
        ui.now.action_pressed.connect(self._on_row_action)
        ui.now.ticked.connect(self._on_ticked)
        ui.now.all_wanted.connect(self._on_all_wanted)
        for opened in (ui.recent.row_opened, ui.recent.action_pressed):
            opened.connect(lambda key: navigator.open_session(key, None))

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
        self.ui.fold(folded=event.size().width() < FOLD_BELOW)

    def _show(self, summary: StartSummary) -> None:
        language, ui = self.context.language, self.ui
        text, number = language.text, language.number
        ui.header.title.setText(language.weekday_date(summary.today))
        ui.header.subtitle.setText(
            text("{governments} in your area", governments=followed_words(language, summary.followed))
        )
        states = summary.states
        ui.kpis.show_value(
            number(states.good),
            text("of {n}", n=number(states.counted)),
            states_text(language, states),
        )
        ui.sessions.show_value(
            number(summary.session_count),
            language.duration(summary.session_minutes),
            text("Sessions this project year"),
        )
        ui.contact.show_value(
            number(summary.without_contact.total),
            followed_noun(language, summary.without_contact),
            text("no session in the last {n} days", n=number(summary.without_contact_days)),
        )
        # Nothing to count and nothing to colour yet: the right side is the map.
        begun = summary.first_steps is None or summary.first_steps.governments
        for part in (ui.numbers, ui.recent_card, ui.map_card.colouring):
            part.setVisible(begun)
        self._items = {item.record_id: item for item in (*summary.late, *summary.week)}
        if summary.first_steps is None:
            ui.now.show_groups(now_groups(language, summary, self._no_attention(summary)))
        else:
            self._show_steps(summary)
        if self.isVisible() and self.window().focusWidget() is None:
            ui.now.focus_first()
        ui.recent.show_groups([recent_group(language, summary.recent_sessions)])
        ui.terms.show_terms(summary.terms, self._no_terms(summary))
        self.context.runner.query(stimuli, then=self._show_stimuli, owner=self, latest="start-stimuli")
        self.context.runner.query(
            area_map, then=self._show_area, failed=self._show_fault, owner=self, latest="start-map"
        )

    def _show_steps(self, summary: StartSummary) -> None:
        """The first steps in a file without any session, and below them only what there is."""
        language, steps = self.context.language, summary.first_steps
        assert steps is not None
        below = [one for one in now_groups(language, summary, "") if one.rows]

        def show(facts: FileFacts) -> None:
            self.ui.now.show_groups([first_steps(language, steps, recovery_sheet=facts.has_recovery), *below])
            if self.isVisible() and self.window().focusWidget() is None:
                self.ui.now.focus_first()

        self.context.runner.on_read(file_facts, then=show, owner=self)

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
        if not area.governments:
            self.context.runner.query(choices, then=self._show_choices, owner=self, latest="start-choices")
            return
        card.hint = language.text("Point at a government for its numbers, click for its dossier.")
        card.map.show_areas(map_areas(language, area, colouring))
        card.legend.show_entries(legend(language, area, colouring))
        card.show_fault("")

    def _show_choices(self, found: list[GovernmentChoice]) -> None:
        """Without governments the map is that of Flanders: a click chooses."""
        language, card = self.context.language, self.ui.map_card
        if self._area is None or self._area.governments or self._outlines is None:
            return
        words, card.hint = language.text("click to choose"), ""
        card.map.show_areas(
            [
                MapArea(one.id, one.name, words, Look("accent_tint"), (one.code,))
                for one in found
                if one.code in self._outlines and one.kind is not GovernmentKind.PARTNERSHIP
            ]
        )
        card.legend.show_entries([])
        card.show_fault(language.text("You have no governments yet. Click the ones that you follow."))

    def _on_area_activated(self, government_id: str) -> None:
        if self._area is not None and self._area.governments:
            self.context.navigator.open_dossier(government_id)
        else:
            self.context.navigator.choose_government(government_id)

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

    def _on_row_opened(self, key: str) -> None:
        """Opens the session of a row, else the dossier of its government."""
        item = self._items.get(key)
        if key.startswith(STEP):
            self._on_row_action(key)
        elif item is not None and item.form is not None:
            self.context.navigator.open_session(item.record_id, None)
        else:
            self.context.navigator.open_dossier(item.government_id if item is not None else key)

    def _on_row_action(self, key: str) -> None:
        """*Prepare* opens the dossier, *What helps?* its KPIs."""
        item, page = self._items.get(key), key.removeprefix(STEP)
        if key == f"{STEP}session":
            self.context.navigator.open_session(None)
        elif page != key:
            self.context.navigator.open_page(page)
        elif item is not None:
            self.context.navigator.open_dossier(item.government_id)
        else:
            self.context.navigator.open_dossier(key, _KPIS_PART)

    def _on_ticked(self, key: str) -> None:
        item = self._items[key]
        words = self.context.language.text("Done: {what}", what=item.text)

        def told(done: Done[None]) -> None:
            self.context.navigator.offer_undo(words, done.command_id)
            self.reload()

        self.context.runner.run(
            CompleteAgreement(key, self.context.today), initiator=self, then=told, failed=self._not_ticked
        )

    def _not_ticked(self, error: SamenlevenError) -> None:
        self.context.runner.failed.emit(error)
        self.reload()

    def _on_all_wanted(self, group: str) -> None:
        if group == ATTENTION:
            self.context.navigator.open_page("kpis")
        else:
            self.context.navigator.open_support("late" if group == LATE else "agenda")
