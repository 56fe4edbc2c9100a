"""An organisation among the governments of a coach is counted, and never called a government."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.government import Followed, GovernmentKind
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.i18n.government_labels import followed_noun, followed_words
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.offers.commands import AddOffer, OfferContent, UseOffer
from samenleven_desktop.services.offers.queries import catalogue
from samenleven_desktop.services.organisations.commands import MakeOrganisation, OrganisationContent
from samenleven_desktop.services.sessions.agenda import without_contact
from samenleven_desktop.services.start.start_summary import start_summary
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=date(2026, 11, 27)), empty_file.passphrase)
    officer = opened.run(AddOfficer("coach A")).result
    opened.choose_officer(officer)
    codes = ("12025", "12021", "44021")
    opened.run(ChooseGovernments(officer, tuple(opened.query(government_by_code, code).id for code in codes)))
    opened.run(MakeOrganisation(OrganisationContent("De Brug", "VZW-BRUG"), mine=True))
    yield opened
    opened.close()


def test_start_counts_governments_and_organisations_apart(workspace: Workspace) -> None:
    start = workspace.query(start_summary)
    assert start.followed == Followed(governments=3, organisations=1)
    assert start.without_contact == start.followed
    kinds = [one.kind for one in workspace.query(without_contact, start.without_contact_days)]
    assert Followed.of(kinds) == start.without_contact


@pytest.mark.parametrize(
    ("found", "words", "noun"),
    [
        (Followed(), "0 besturen", "besturen"),
        (Followed(1), "1 bestuur", "bestuur"),
        (Followed(4), "4 besturen", "besturen"),
        (Followed(0, 1), "1 organisatie", "organisatie"),
        (Followed(0, 2), "2 organisaties", "organisaties"),
        (Followed(3, 1), "3 besturen en 1 organisatie", "dossiers"),
        (Followed(1, 2), "1 bestuur en 2 organisaties", "dossiers"),
    ],
)
def test_numbers_agree_with_their_nouns(found: Followed, words: str, noun: str) -> None:
    assert followed_words(Language("nl"), found) == words
    assert followed_noun(Language("nl"), found) == noun
    assert (
        Followed.of([GovernmentKind.RAND] * found.governments + [GovernmentKind.ORGANISATION] * found.organisations)
        == found
    )


def test_an_offer_is_used_by_governments_and_organisations_apart(workspace: Workspace) -> None:
    offer = workspace.run(AddOffer(OfferContent("Oefenen", "vzw", OfferCost.FREE))).result
    for code in ("12025", "VZW-BRUG"):
        workspace.run(UseOffer(offer, workspace.query(government_by_code, code).id, date(2025, 3, 3)))
    (line,) = [one for one in workspace.query(catalogue) if one.offer.id == offer]
    assert line.usage is not None
    assert (line.usage.governments, line.usage.used_by) == (2, Followed(governments=1, organisations=1))
