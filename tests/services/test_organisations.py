"""Organisations: their record, whom they serve with which target values, and the offers that are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.ids import shipped_id
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.domain.organisation import OrganisationKind
from samenleven_desktop.domain.plan_rules import ApplicantKind
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.reports.document import texts
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.core.search import search
from samenleven_desktop.services.exchange.create_pack import scopes_of
from samenleven_desktop.services.governments.map import area_map
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.partnership_commands import MakePartnership
from samenleven_desktop.services.governments.partnerships import standing
from samenleven_desktop.services.governments.queries import (
    choices,
    dossier,
    find_governments,
    government_by_code,
    list_governments,
)
from samenleven_desktop.services.governments.whole_lists import totals_of
from samenleven_desktop.services.importing.government_match import Matcher
from samenleven_desktop.services.importing.import_plan import PlannedRow
from samenleven_desktop.services.importing.organisation_planners import Services
from samenleven_desktop.services.importing.row_cells import Cells, RowFault
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.offers.commands import AddOffer, ChangeOffer, OfferContent, UseOffer
from samenleven_desktop.services.offers.queries import catalogue, list_offers, organisation_costs, use_options
from samenleven_desktop.services.organisations.commands import (
    AddService,
    ChangeOrganisation,
    ChangeService,
    DeleteOrganisation,
    DeleteService,
    MakeOrganisation,
    OrganisationContent,
    ServiceContent,
    TieOffer,
)
from samenleven_desktop.services.organisations.queries import list_organisations, organisation, services
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.plans.commands import UsePlan
from samenleven_desktop.services.reports.kinds import document_of
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.safekeeping.history import field_history, list_bin, list_history
from samenleven_desktop.services.safekeeping.restore_commands import PutDeletedBack, PutValueBack
from samenleven_desktop.services.sessions.commands import NewKpiEntry, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.services.sessions.queries import session_options
from samenleven_desktop.services.stimuli.queries import stimuli
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile

TODAY = date(2024, 3, 11)


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    opened.choose_officer(opened.run(AddOfficer("coach A")).result)
    yield opened
    opened.close()


def government(workspace: Workspace, code: str) -> str:
    return workspace.query(government_by_code, code).id


def make(workspace: Workspace, name: str = "De Brug", code: str = "VZW-BRUG", *, mine: bool = False) -> str:
    content = OrganisationContent(name, code, OrganisationKind.ASSOCIATION, "Rivierenland", "https://debrug.example")
    return workspace.run(MakeOrganisation(content, mine)).result


def add_offer(workspace: Workspace, organisation: str, title: str = "Mentoring") -> str:
    return workspace.run(AddOffer(OfferContent(title, organisation, OfferCost.FREE))).result


def test_an_organisation_is_listed_with_what_it_serves_offers_and_whom_to_call(workspace: Workspace) -> None:
    made = make(workspace)
    mechelen, lier = government(workspace, "12025"), government(workspace, "12021")
    target = workspace.plan.action(9).targets[0]
    workspace.run(AddService(made, mechelen, ServiceContent(TODAY, None, target.id, 40)))
    workspace.run(AddService(made, lier, ServiceContent(date(2023, 1, 1), date(2023, 12, 31))))
    workspace.run(AddContact(ContactContent("coördinator", made)))
    add_offer(workspace, "de brug")
    (line,) = workspace.query(list_organisations)
    assert (line.code, line.organisation_kind, line.reference_region) == ("VZW-BRUG", "association", "Rivierenland")
    assert (line.served, line.contacts, line.offers, line.mine) == (("Mechelen",), 1, 1, False)
    here = {one.government_name: (one.present, one.target_code, one.target_value, one.unit) for one in line.services}
    assert here == {
        "Mechelen": (True, target.code, 40, target.terms[0].unit),
        "Lier": (False, "", None, None),
    }
    assert [one.organisation_name for one in workspace.query(services, [lier])] == ["De Brug"]
    assert government(workspace, "VZW-BRUG") == made


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (OrganisationContent("", "VZW"), "name"),
        (OrganisationContent("A", ""), "code"),
        (OrganisationContent("A", "123"), "code"),
        (OrganisationContent("A", "vzw-brug"), "code"),
        (OrganisationContent("A", "12025"), "code"),
        (OrganisationContent("A", "VZW", reference_region="Nergens"), "reference_region"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(workspace: Workspace, content: OrganisationContent, field: str) -> None:
    make(workspace)
    with pytest.raises(UserError) as found:
        workspace.run(MakeOrganisation(content))
    assert found.value.field == field


def test_one_service_at_a_time_for_a_target_and_only_to_a_government_of_that_day(workspace: Workspace) -> None:
    made, other = make(workspace), make(workspace, "De Poort", "VZW-POORT")
    mechelen = government(workspace, "12025")
    first, second = (workspace.plan.action(number).targets[0].id for number in (9, 5))
    until = ServiceContent(date(2023, 1, 1), date(2023, 12, 31), first, 10)
    service = workspace.run(AddService(made, mechelen, until)).result
    workspace.run(AddService(made, mechelen, ServiceContent(date(2023, 1, 1), None, second, 5)))
    workspace.run(AddService(made, mechelen, ServiceContent(date(2024, 1, 1), None, first, 12)))
    with pytest.raises(UserError, match="served already"):
        workspace.run(AddService(made, mechelen, ServiceContent(date(2023, 12, 31), None, first)))
    with pytest.raises(UserError, match="served already"):
        workspace.run(ChangeService(service, ServiceContent(date(2023, 1, 1), None, first, 10)))
    with pytest.raises(UserError, match="serves governments"):
        workspace.run(AddService(made, other, ServiceContent(TODAY)))
    with pytest.raises(UserError, match="did not exist"):
        workspace.run(AddService(made, government(workspace, "44021"), ServiceContent(date(1950, 1, 1))))
    with pytest.raises(UserError) as found:
        workspace.run(AddService(made, mechelen, ServiceContent(TODAY, target_value=4)))
    assert found.value.field == "target_id"
    workspace.run(ChangeService(service, ServiceContent(date(2023, 2, 1), date(2023, 12, 31), first, 11, "nota")))
    assert [one.target_value for one in workspace.query(services) if one.id == service] == [11]
    workspace.run(DeleteService(service))
    assert service not in {one.id for one in workspace.query(services)}


def test_a_renamed_organisation_keeps_its_offers_and_their_words(workspace: Workspace) -> None:
    made = make(workspace)
    named, other = add_offer(workspace, "De Brug"), add_offer(workspace, "De Poort", "Andere mentoring")
    shipped = next(one for one in workspace.query(list_offers) if one.shipped)
    workspace.run(TieOffer(shipped.id, made))
    assert {one.id for one in workspace.query(organisation, made).offers} == {named, shipped.id}
    workspace.run(ChangeOrganisation(made, OrganisationContent("De Brug en de Poort", "VZW-BRUG")))
    assert {one.id for one in workspace.query(organisation, made).offers} == {named, shipped.id}
    words = {one.id: one.organisation for one in workspace.query(list_offers)}
    assert (words[named], words[other], words[shipped.id]) == ("De Brug", "De Poort", shipped.organisation)
    workspace.run(TieOffer(named, None))
    assert named not in {one.id for one in workspace.query(organisation, made).offers}


def test_an_offer_that_names_another_organisation_is_no_longer_tied(workspace: Workspace) -> None:
    made, other = make(workspace), make(workspace, "De Poort", "VZW-POORT")
    offer = add_offer(workspace, "Iemand anders")
    workspace.run(TieOffer(offer, made))
    workspace.run(ChangeOffer(offer, OfferContent("Nieuwe titel", "Iemand anders", OfferCost.PAID)))
    assert [one.id for one in workspace.query(organisation, made).offers] == [offer]
    workspace.run(ChangeOffer(offer, OfferContent("Nieuwe titel", "De Poort", OfferCost.PAID)))
    assert workspace.query(organisation, made).offers == ()
    assert [one.id for one in workspace.query(organisation, other).offers] == [offer]


def test_work_keeps_an_organisation_and_undo_brings_it_back(workspace: Workspace) -> None:
    made = make(workspace, mine=True)
    contact = AddContact(ContactContent("coördinator", made))
    workspace.run(contact)
    with pytest.raises(UserError, match="Work hangs on De Brug"):
        workspace.run(DeleteOrganisation(made))
    workspace.undo()
    workspace.run(AddService(made, government(workspace, "12025"), ServiceContent(TODAY)))
    workspace.run(DeleteOrganisation(made))
    assert workspace.query(list_organisations) == []
    assert workspace.query(services) == []
    assert made not in {one.id for one in workspace.query(choices)}
    workspace.undo()
    (line,) = workspace.query(list_organisations)
    assert (line.served, line.mine) == (("Mechelen",), True)
    with pytest.raises(UserError):
        workspace.run(DeleteOrganisation(government(workspace, "12025")))


def test_mine_stands_among_my_governments_and_covers_what_it_serves_on_the_map(workspace: Workspace) -> None:
    made = make(workspace, mine=True)
    for code in ("12025", "12021"):
        workspace.run(AddService(made, government(workspace, code), ServiceContent(TODAY)))
    (line,) = workspace.query(list_governments)
    assert (line.id, line.kind, line.served_count) == (made, "organisation", 2)
    area = workspace.query(area_map)
    assert area.on_map() == {made: ("12021", "12025")}


def test_it_is_no_member_of_a_partnership_and_has_no_stimuli_or_threshold(workspace: Workspace) -> None:
    made, mechelen = make(workspace, mine=True), government(workspace, "12025")
    with pytest.raises(UserError, match="cannot be a member"):
        workspace.run(MakePartnership("Samen", "SW", mechelen, (mechelen, made), TODAY))
    assert workspace.query(stimuli) == []
    assert not workspace.plan.needs_threshold("organisation")


def test_its_dossier_goes_with_the_governments_it_serves_and_with_every_pack_if_it_serves_none(
    workspace: Workspace,
) -> None:
    made, idle = make(workspace), make(workspace, "De Poort", "VZW-POORT")
    mechelen, lier = government(workspace, "12025"), government(workspace, "12021")
    workspace.run(AddService(made, mechelen, ServiceContent(date(2023, 1, 1), date(2023, 6, 30))))
    assert set(workspace.query(scopes_of, [mechelen])) == {mechelen, made, idle, "catalogue"}
    assert set(workspace.query(scopes_of, [lier])) == {lier, idle, "catalogue"}


# As applicant under a call for organisations

LATER = date(2026, 11, 27)


@pytest.fixture
def later(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=LATER), empty_file.passphrase)
    opened.run(UsePlan(shipped_id("plan", "sociale-cohesie-2026")))
    opened.choose_officer(opened.run(AddOfficer("coach A")).result)
    yield opened
    opened.close()


def test_it_applies_and_the_governments_it_serves_count_toward_its_target(later: Workspace) -> None:
    made, poort = make(later), make(later, "De Poort", "VZW-POORT")
    mechelen, lier, gent = (government(later, code) for code in ("12025", "12021", "44021"))
    target = later.plan.actions[0].targets[0]
    commitment = later.run(AddCommitment(made, 1, target.id, confirmed=60)).result
    for code, value in ((mechelen, 40), (lier, 20)):
        later.run(AddService(made, code, ServiceContent(date(2026, 6, 15), None, target.id, value)))
    offer = add_offer(later, "De Brug")
    assert [one.id for one in later.query(use_options, mechelen)] == [commitment]
    assert [one.id for one in later.query(session_options, [lier], LATER).commitments] == [commitment]
    assert later.query(use_options, gent) == []
    later.run(UseOffer(offer, mechelen, LATER, commitment, expected_units=5))
    with pytest.raises(UserError, match="an organisation that serves it"):
        later.run(UseOffer(offer, gent, LATER, commitment))
    later.run(AddKpiEntry(commitment, LATER, EntryKind.INCREMENT, 7, member_id=mechelen))
    later.run(AddKpiEntry(commitment, LATER, EntryKind.INCREMENT, 2, member_id=lier))
    wrong = later.run(AddKpiEntry(commitment, LATER, EntryKind.INCREMENT, 100, member_id=lier)).result
    later.run(AddKpiEntry(commitment, LATER, EntryKind.INCREMENT, 1, member_id=lier, corrects_id=wrong))
    later.run(AddKpiEntry(commitment, LATER, EntryKind.INCREMENT, 4))
    there = {one.government_name: (one.reached, one.target_value) for one in later.query(services, [made])}
    assert there == {"Mechelen": (7, 40), "Lier": (3, 20)}
    (line,) = later.query(list_commitments, None, [made])
    assert (line.government_name, line.reached_to_date, line.confirmed) == ("De Brug", 14, 60)
    (total,) = later.query(lambda context: totals_of(context, [line]))
    assert total.governments == 2
    found = later.query(dossier, made)
    assert [one.id for one in found.commitments] == [commitment]
    assert not later.query(standing, made).counted
    assert later.query(dossier, poort).commitments == ()


@pytest.mark.parametrize(("kind", "counted"), [("municipality", True), ("vgc", False), ("organisation", False)])
def test_a_threshold_is_only_shown_to_who_needs_one(workspace: Workspace, kind: str, counted: bool) -> None:
    assert workspace.plan.counts_inhabitants(kind) is counted
    without = tuple(replace(one, threshold_inhabitants=None) for one in workspace.plan.years)
    bare = replace(workspace.plan, years=without)
    assert not bare.counts_inhabitants(kind)
    admitted = replace(workspace.plan, applicants=(ApplicantKind("organisation", "Een vzw.", True, "certain", "X"),))
    assert admitted.counts_inhabitants("organisation")


@pytest.mark.parametrize("kind", ["coaching", "kpi", "handover"])
def test_reports_give_the_target_value_in_each_government(later: Workspace, kind: str) -> None:
    made, mechelen = make(later), government(later, "12025")
    target = later.plan.actions[0].targets[0]
    commitment = later.run(AddCommitment(made, 1, target.id, confirmed=60)).result
    later.run(AddService(made, mechelen, ServiceContent(date(2026, 6, 15), None, target.id, 4321)))
    later.run(AddService(made, government(later, "12021"), ServiceContent(date(2020, 1, 1), date(2020, 12, 31))))
    later.run(AddKpiEntry(commitment, LATER, EntryKind.INCREMENT, 77, member_id=mechelen))
    for subject in (made, mechelen):
        words = texts(later.query(document_of, ReportRequest(kind, (subject,), 1), Language("nl")))
        assert {"4.321", "77"} <= set(words), subject
        assert "Lier" not in words
    bare = texts(later.query(document_of, ReportRequest(kind, (government(later, "44021"),), 1), Language("nl")))
    assert "Streefwaarde" not in bare


def test_the_search_box_finds_it_as_an_organisation(workspace: Workspace) -> None:
    made = make(workspace)
    for words in ("brug", "vzw-br"):
        (hit,) = [one for one in workspace.query(search, words) if one.record_id == made]
        assert (hit.kind, hit.title, hit.government_id) == ("organisation", "De Brug", made)


def test_the_search_box_finds_the_remark_of_a_served_government(workspace: Workspace) -> None:
    made = make(workspace)
    served = workspace.run(
        AddService(made, government(workspace, "12025"), ServiceContent(TODAY, note="Zit in het Predikherenklooster."))
    ).result
    for words in ("predikheren", "PRÉDIK", "zit mechelen", "predik brug"):
        (hit,) = [one for one in workspace.query(search, words) if one.kind == "service"]
        assert (hit.record_id, hit.government_id, hit.title) == (served, made, "De Brug · Mechelen")
    for words in ("brug", "mechelen", "predik lier", "kherenkl", '"', " "):
        assert not [one for one in workspace.query(search, words) if one.kind == "service"]
    workspace.run(DeleteService(served))
    assert not [one for one in workspace.query(search, "predik") if one.kind == "service"]


def test_it_comes_back_from_the_bin_with_whom_it_serves(workspace: Workspace) -> None:
    made = make(workspace, mine=True)
    workspace.run(AddService(made, government(workspace, "12025"), ServiceContent(TODAY)))
    gone = workspace.run(DeleteOrganisation(made)).command_id
    (line,) = [one for one in workspace.query(list_bin, workspace.now) if one.command_id == gone]
    assert line.records["government"] == 1
    workspace.run(PutDeletedBack(gone))
    assert workspace.query(list_organisations)[0].served == ("Mechelen",)


def test_a_former_name_put_back_is_found_again_and_a_code_only_if_it_is_free(workspace: Workspace) -> None:
    made = make(workspace)
    workspace.run(ChangeOrganisation(made, OrganisationContent("De Poort", "VZW-POORT")))
    workspace.run(PutValueBack("government", made, "name", "De Brug"))
    assert [one.name for one in workspace.query(find_governments, "de brug")] == ["De Brug"]
    assert workspace.query(find_governments, "de poort") == []
    make(workspace, "Een andere", "VZW-BRUG")
    with pytest.raises(UserError, match="taken its place"):
        workspace.run(PutValueBack("government", made, "code", "VZW-BRUG"))


def test_the_cost_of_an_organisation_counts_every_offer_of_its_record(workspace: Workspace) -> None:
    made, mechelen = make(workspace), government(workspace, "12025")
    other_name = add_offer(workspace, "vzw Brug", "Tweede aanbod")
    for offer in (add_offer(workspace, "De Brug"), other_name):
        workspace.run(UseOffer(offer, mechelen, TODAY, price_cents=1000))
    assert {one.organisation for one in workspace.query(organisation_costs)} == {"De Brug", "vzw Brug"}
    workspace.run(TieOffer(other_name, made))
    (cost,) = workspace.query(organisation_costs)
    assert (cost.organisation, cost.organisation_id, cost.offers, cost.price_cents) == ("De Brug", made, 2, 2000)
    owner = {one.offer.id: one.organisation_id for one in workspace.query(catalogue)}
    assert owner[other_name] == made


def test_the_history_names_organisation_and_target_instead_of_their_ids(workspace: Workspace) -> None:
    made, mechelen = make(workspace, mine=True), government(workspace, "12025")
    first, second = workspace.plan.action(9).targets[0], workspace.plan.action(5).targets[0]
    service = workspace.run(AddService(made, mechelen, ServiceContent(TODAY, None, first.id, 5))).result
    workspace.run(ChangeService(service, ServiceContent(TODAY, None, second.id, 5)))
    (change,) = workspace.query(list_history, made)[0].changes
    assert (change.field, change.old, change.new) == (
        "target_id",
        f"{first.code} {workspace.plan.action(9).short_title}",
        f"{second.code} {workspace.plan.action(5).short_title}",
    )
    offer = add_offer(workspace, "Iemand")
    workspace.run(TieOffer(offer, made))
    assert [one.value for one in workspace.query(field_history, "offer", offer, "organisation_id")] == ["De Brug", None]


def test_what_a_session_adds_for_an_organisation_counts_in_the_government_of_the_session(later: Workspace) -> None:
    made = make(later)
    mechelen, lier, gent = (government(later, code) for code in ("12025", "12021", "44021"))
    target = later.plan.actions[0].targets[0]
    commitment = later.run(AddCommitment(made, 1, target.id, confirmed=60)).result
    for code in (mechelen, lier):
        later.run(AddService(made, code, ServiceContent(date(2026, 6, 15), None, target.id, 30)))
    added = NewKpiEntry(commitment, EntryKind.INCREMENT, 5)
    for minute, governments in enumerate(((mechelen, gent), (mechelen, lier), (gent,), (made,))):
        content = SessionContent(LATER, minute, minute + 60, SessionMode.VISIT, governments)
        later.run(RegisterSession(content, entries=(added,)))
    there = {one.government_name: one.reached for one in later.query(services, [made])}
    assert there == {"Mechelen": 5, "Lier": 0}
    (line,) = later.query(list_commitments, None, [made])
    assert line.reached_to_date == 20


CAPTIONS = {
    "Organisatie": "organisation",
    "Bestuur": "government",
    "Actie": "action",
    "Doelgroep": "target",
    "Streefwaarde": "target_value",
    "Vanaf": "valid_from",
    "Tot": "valid_until",
}


def cells_of(**values: Any) -> Cells:
    places = {CAPTIONS[one]: at for at, one in enumerate(values)}
    return Cells(tuple(values.values()), places, {field: caption for caption, field in CAPTIONS.items()})


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"Organisatie": "Mechelen", "Bestuur": "Lier"}, "Organisatie"),
        ({"Organisatie": "De Brug", "Bestuur": "De Brug"}, "Bestuur"),
        ({"Organisatie": "De Brug", "Bestuur": "Mechelen"}, "Bestuur"),
        ({"Organisatie": "De Brug", "Bestuur": "Lier", "Actie": "99"}, "Actie"),
        ({"Organisatie": "De Brug", "Bestuur": "Lier", "Actie": "9"}, "Actie"),
        ({"Organisatie": "De Brug", "Bestuur": "Lier", "Actie": "9", "Doelgroep": "zz"}, "Doelgroep"),
        ({"Organisatie": "De Brug", "Bestuur": "Lier", "Streefwaarde": 5}, "Actie"),
    ],
)
def test_a_row_of_a_file_that_does_not_fit_is_refused_at_its_column(
    workspace: Workspace, values: dict[str, object], column: str
) -> None:
    made = make(workspace)
    workspace.run(AddService(made, government(workspace, "12025"), ServiceContent(date(2024, 1, 1))))
    with pytest.raises(RowFault) as found:
        workspace.query(lambda context: Services(context, Matcher(context)).plan(1, cells_of(**values, Vanaf=TODAY)))
    assert found.value.fault.column == column


def test_rows_of_a_file_that_overlap_are_refused_and_the_others_come_in(workspace: Workspace) -> None:
    make(workspace)
    rows = [
        cells_of(Organisatie="VZW-BRUG", Bestuur="Lier", Vanaf=date(2023, 1, 1), Tot=date(2023, 12, 31)),
        cells_of(Organisatie="De Brug", Bestuur="Lier", Vanaf=date(2023, 6, 1)),
        cells_of(Organisatie="De Brug", Bestuur="Lier", Vanaf=date(2024, 1, 1)),
    ]

    def planned(context: QueryContext) -> list[PlannedRow | None]:
        planner, found = Services(context, Matcher(context)), []
        for number, cells in enumerate(rows):
            try:
                found.append(planner.plan(number, cells))
            except RowFault:
                found.append(None)
        return found

    first, refused, last = workspace.query(planned)
    assert refused is None
    for row in (first, last):
        assert row is not None
        assert row.command is not None
        workspace.run(row.command)
    assert len(workspace.query(services)) == 2
