"""The head of a dossier, one row: the name, chips that say what one needs to know, the period and the buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Dossier
from samenleven_desktop.readmodels.visit import DossierPage
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.theme import tokens
from samenleven_desktop.ui.widgets.basic import PageHeader, button, pill
from samenleven_desktop.ui.widgets.responsive import FlowArea
from samenleven_desktop.ui.widgets.year_chooser import YearChooser


class DossierHead(PageHeader):
    """`chips` are filled by `show_page`; `more` is the menu of what has no button of its own."""

    def __init__(self, context: UiContext) -> None:
        super().__init__("")
        self._context = context
        text = context.language.text
        self.subtitle.hide()
        self.back = self.add_crumb(text("Governments"), lambda: context.navigator.open_page("governments"))
        # The stretch that `add_crumb` adds is last.
        self.crumbs.insertWidget(1, self.title)
        self.crumbs.insertSpacing(2, tokens.SPACE_2)
        self.chips = FlowArea()
        self.crumbs.insertWidget(3, self.chips, 1)
        self.crumbs.setStretch(4, 0)
        self.year = self.add_action(YearChooser(context))
        self.report = self.add_action(button(text("Coaching report")))
        self.more = self.add_action(_more_button(context))

    def add_entry(self, words: str, keys: str, on_click: Callable[[], object]) -> None:
        """Adds an entry to the menu; `keys` are shown only, the page binds them itself."""
        entry = self.more.menu().addAction(f"{words}\t{keys}" if keys else words)
        entry.triggered.connect(lambda _checked=False: on_click())

    def show_page(self, page: DossierPage) -> None:
        language, found = self._context.language, page.dossier
        self.title.setText(found.government.name)
        self.title.setToolTip("\n".join(facts(language, found)))
        self.title.setAccessibleDescription(", ".join(facts(language, found)))
        for old in self.chips.shown:
            old.hide()
            old.deleteLater()
        self.chips.arrange(self._chips(page))

    def _chips(self, page: DossierPage) -> list[QWidget]:
        language, navigator, found = self._context.language, self._context.navigator, page.dossier
        text, today = language.text, self._context.today
        government_id = found.government.id
        chips: list[QWidget] = []
        if found.successor_name and found.government.valid_until:
            day = language.day(found.government.valid_until)
            chips.append(pill(text("until {day}, now {name}", day=day, name=found.successor_name), "attention"))
        if found.government.kind is GovernmentKind.PARTNERSHIP:
            members = language.plural("{n} government", "{n} governments", len(found.member_names))
            made = pill(text("partnership of {governments}", governments=members))
            made.setToolTip(language.listing(found.member_names))
            chips.append(made)
        if found.government.kind is GovernmentKind.ORGANISATION:
            chips.append(pill(text("organisation")))
        if found.partnership_id and found.partnership_name:
            chips.append(
                _chip(
                    text("in {partnership}", partnership=found.partnership_name),
                    partial(navigator.open_dossier, found.partnership_id),
                )
            )
        if found.mentor_actions:
            numbers = language.listing([str(number) for number in found.mentor_actions])
            words = language.plural(
                "mentor for action {list}", "mentor for actions {list}", len(found.mentor_actions), list=numbers
            )
            chips.append(pill(words))
        held, planned = page.last_session, page.next_session
        if held is None:
            chips.append(pill(text("no session yet"), "attention"))
        else:
            day = language.day_month(held.day) if held.day.year == today.year else language.day_short(held.day)
            chips.append(
                _chip(text("last contact {day}", day=day), partial(navigator.open_session, held.id, government_id))
            )
        if planned is None:
            made_chip = _chip(text("no next session"), partial(navigator.open_session, None, government_id))
            made_chip.setProperty("tone", "attention")
            chips.append(made_chip)
        else:
            day = language.day_month(planned.day) if planned.day.year == today.year else language.day_short(planned.day)
            chips.append(
                _chip(text("next session {day}", day=day), partial(navigator.open_session, planned.id, government_id))
            )
        return chips

    def words_width(self) -> int:
        """The crumb, the name and the widest chip have to fit beside the buttons; more chips wrap."""
        around = self.back.sizeHint().width() + 3 * tokens.SPACE_2
        return super().words_width() + around + self.chips.minimumSizeHint().width()


def facts(language: Language, found: Dossier) -> list[str]:
    """Returns what stays the same from visit to visit: code, region, inhabitants, members, applicant."""
    text, government = language.text, found.government
    words = []
    if government.kind is GovernmentKind.PARTNERSHIP:
        words.append(text("partnership"))
        words.append(language.listing(found.member_names))
        if found.applicant_name:
            words.append(text("applicant: {name}", name=found.applicant_name))
    elif government.kind is GovernmentKind.ORGANISATION:
        words += [text("organisation"), government.code]
    elif government.code.isdigit():
        words.append(text("NIS {code}", code=government.code))
    if government.reference_region:
        words.append(text("reference region {region}", region=government.reference_region))
    if found.population and found.population_year:
        number, year = language.number(found.population), str(found.population_year)
        words.append(text("{n} inhabitants ({year})", n=number, year=year))
    return words


def _chip(words: str, on_click: Callable[[], object]) -> QWidget:
    made = button(words, on_click, kind="chip")
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def _more_button(context: UiContext) -> QToolButton:
    made = QToolButton()
    made.setObjectName("menubutton")
    context.theme.keep(made, lambda: made.setIcon(context.theme.icon("ellipsis", "text", 18)))
    made.setIconSize(QSize(18, 18))
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setToolTip(context.language.text("More"))
    made.setAccessibleName(context.language.text("More"))
    made.setMenu(QMenu(made))
    return made
