"""Dialogs of partnerships: create one, members who join and leave, another applicant, an official figure of origin."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.fields import FIGURE
from samenleven_desktop.domain.government import GovernmentKind
from samenleven_desktop.domain.plan_texts import leaving
from samenleven_desktop.domain.threshold import ThresholdResult
from samenleven_desktop.domain.typed_values import read_date
from samenleven_desktop.i18n.labels import threshold_text
from samenleven_desktop.i18n.plan_labels import rule_lines
from samenleven_desktop.readmodels.core import GovernmentChoice
from samenleven_desktop.services.governments.partnership_commands import (
    AddMember,
    EndMembership,
    MakePartnership,
    NameApplicant,
    NoteOfficialFigure,
)
from samenleven_desktop.services.governments.partnerships import MemberLine, PartnershipView, threshold_without
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.chips import ChipsEdit
from samenleven_desktop.ui.widgets.choice import Chooser, LateChooser
from samenleven_desktop.ui.widgets.day_edit import DayEdit

_NO_MEMBERS = (GovernmentKind.PARTNERSHIP, GovernmentKind.ORGANISATION)


class PartnershipDialog(FormDialog):
    """Name, code, members and applicant; the applicant is one of the members."""

    def __init__(self, context: UiContext, owner: QWidget) -> None:
        text = context.language.text
        super().__init__(context, text("New partnership"), owner)
        self.setMinimumWidth(540)
        self.name_edit, self.code = QLineEdit(), QLineEdit()
        self.code.setPlaceholderText("SW-RIV")
        self.members = ChipsEdit(context.theme, text("Add member"), text("Remove"))
        self.members.chips_changed.connect(self._on_members_changed)
        self.applicant = LateChooser()
        begin = context.plan.year_on(context.today).start
        self.first = DayEdit(context, day=begin)
        self.add("name", text("Name"), self.name_edit)
        self.add("code", text("Short code"), self.code)
        self.add("valid_from", text("From"), self.first, beside=True)
        self.add("members", text("Members"), self.members)
        self.add("applicant", text("Applicant: receives the money"), self.applicant)
        self._names: dict[str, str] = {}
        context.runner.query(choices, then=self._offer, owner=self)
        self.name_edit.setFocus()

    def _offer(self, found: list[GovernmentChoice]) -> None:
        self._names = {one.id: one.name for one in found if one.kind not in _NO_MEMBERS}
        self.members.set_choices(list(self._names.items()))
        self._on_members_changed()

    def _on_members_changed(self) -> None:
        self.applicant.offer([(id_, self._names[id_]) for id_ in self.members.chosen()])

    def command(self) -> MakePartnership:
        first = read_date(self.first.text(), self.context.today, "valid_from")
        members = self.members.chosen()
        if len(members) < 2:
            raise UserError(N_("A partnership has at least two members."), field="members")
        return MakePartnership(self.name_edit.text(), self.code.text(), self.applicant.currentData(), members, first)


class MemberDialog(FormDialog):
    """A government joins."""

    def __init__(self, context: UiContext, partnership: PartnershipView, owner: QWidget) -> None:
        text = context.language.text
        super().__init__(context, text("New member of {partnership}", partnership=partnership.name), owner)
        self._partnership = partnership
        self.member = LateChooser()
        self.first = DayEdit(context, day=context.today)
        self.kept = Chooser()
        self.kept.addItem(text("no"), None)
        rules = context.plan.partnership_rules
        self.add("members", text("Government"), self.member)
        self.add("valid_from", text("From"), self.first)
        if rules is not None and rules.kept_from_year is not None:
            self.kept.addItem(
                text("yes, kept from project year {n}", n=str(rules.kept_from_year)), rules.kept_from_year
            )
            self.add("kept", text("Stays in a second partnership"), self.kept, beside=True)
        context.runner.query(choices, then=self._offer, owner=self)
        self.member.setFocus()

    def _offer(self, found: list[GovernmentChoice]) -> None:
        inside = {line.government_id for line in self._partnership.members if line.present}
        outside = [one for one in found if one.kind not in _NO_MEMBERS and one.id not in inside]
        self.member.offer([(one.id, one.name) for one in outside])

    def command(self) -> AddMember:
        first = read_date(self.first.text(), self.context.today, "valid_from")
        return AddMember(self._partnership.id, self.member.currentData(), first, self.kept.currentData())


class LeaveDialog(FormDialog):
    """A member leaves; the consequences are shown before saving."""

    def __init__(
        self, context: UiContext, partnership: PartnershipView, line: MemberLine, year: str | int, owner: QWidget
    ) -> None:
        text = context.language.text
        super().__init__(
            context, text("{name} leaves {partnership}", name=line.name, partnership=partnership.name), owner
        )
        self._line = line
        self.last = DayEdit(context, day=context.today)
        self.add("last_day", text("Last day"), self.last)
        plan, _ = context.at(year)
        self.effects = [label(line, "muted", wrap=True) for line in rule_lines(context.language, leaving(plan))]
        self.rest = label("", "attention", wrap=True)
        for effect in self.effects:
            self.box.addWidget(effect)
        self.box.addWidget(self.rest)
        if plan.counts_inhabitants(GovernmentKind.PARTNERSHIP):
            context.runner.query(
                threshold_without, partnership.id, line.government_id, year, then=self._show_rest, owner=self
            )
        self.last.setFocus()

    def _show_rest(self, result: ThresholdResult) -> None:
        words = threshold_text(self.context.language, result)
        self.rest.setText(self.context.language.text("The others together: {words}", words=words))

    def command(self) -> EndMembership:
        return EndMembership(self._line.membership_id, read_date(self.last.text(), self.context.today, "last_day"))


class ApplicantDialog(FormDialog):
    """Another member applies and receives the money."""

    def __init__(self, context: UiContext, partnership: PartnershipView, owner: QWidget) -> None:
        text = context.language.text
        super().__init__(context, text("Applicant of {partnership}", partnership=partnership.name), owner)
        self._id = partnership.id
        self.applicant = Chooser()
        for line in partnership.members:
            if line.present:
                self.applicant.addItem(line.name, line.government_id)
        self.applicant.setCurrentIndex(max(self.applicant.findData(partnership.applicant_id), 0))
        self.add("applicant", text("Applicant: receives the money"), self.applicant)
        self.applicant.setFocus()

    def command(self) -> NameApplicant:
        return NameApplicant(self._id, self.applicant.currentData())


class FigureDialog(FormDialog):
    """The official number of inhabitants of the counted origin; overrides the shipped bounds."""

    def __init__(
        self,
        context: UiContext,
        governments: list[tuple[str, str]],
        year: str | int,
        population: str | None,
        owner: QWidget,
    ) -> None:
        text = context.language.text
        super().__init__(context, text("Note an official figure"), owner)
        self.government = Chooser()
        for id_, name in governments:
            self.government.addItem(name, id_)
        _, project_year = context.at(year)
        year_edit = QLineEdit(str(project_year.threshold_figures_year or project_year.start.year))
        source = QLineEdit()
        source.setPlaceholderText(text("for instance: mail of ABB of 3 October"))
        self.add("government", text("Government"), self.government)
        captions = {
            "value": population or text("Inhabitants of the counted origin"),
            "year": text("On 1 January of"),
            "source": text("Where does the figure come from?"),
        }
        self.add_fields(
            FIGURE, None, "value year", "source", captions=captions, editors={"year": year_edit, "source": source}
        )
        self.fields["value"].editor.setFocus()

    def command(self) -> NoteOfficialFigure:
        return NoteOfficialFigure(self.government.currentData(), **self.read())
