"""Finding by beginnings of words, without accents, over all kinds of records; never what was deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.comparison import tokens
from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.readmodels.search import snippet
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.core.search import search
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments
from samenleven_desktop.services.offers.commands import AddOffer, ChangeOffer, ChangeUses, OfferContent, UseOffer
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.services.sessions.commands import ChangeSession, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, DeleteAgreement
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile

TODAY = date(2024, 3, 11)


@pytest.fixture
def workspace(empty_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(empty_file.path, Runtime(day=TODAY), empty_file.passphrase)
    yield opened
    opened.close()


def found(workspace: Workspace, words: str) -> list[tuple[str, str]]:
    """What fits as typed."""
    return [(one.kind, one.title) for one in workspace.query(search, words) if not one.resembles]


def mechelen(workspace: Workspace) -> str:
    return workspace.query(government_by_code, "12025").id


def register(workspace: Workspace, report: str) -> str:
    content = SessionContent(TODAY, 600, 660, SessionMode.VISIT, (mechelen(workspace),), report)
    return workspace.run(RegisterSession(content)).result


def test_each_kind_is_found_by_its_words(workspace: Workspace) -> None:
    government = mechelen(workspace)
    register(workspace, "De bibliothéék start met oefenkansen.")
    workspace.run(AddAgreement(government, Party.COACH, "Contract bibliotheek nalezen"))
    offer = workspace.run(AddOffer(OfferContent("Bibliotheek op wielen", "Zeldzaam vzw", OfferCost.FREE))).result
    use = workspace.run(UseOffer(offer, government, TODAY)).result
    workspace.run(ChangeUses((FieldEdit(use, "evaluation", "de bibliotheek was tevreden"),)))
    target = workspace.plan.action(5).targets[0].id
    commitment = workspace.run(AddCommitment(government, 2, target)).result
    workspace.run(ChangeCommitments((FieldEdit(commitment, "motivation", "te weinig bibliotheken"),)))
    kinds = {kind for kind, _ in found(workspace, "biblio")}
    assert kinds == {"session", "agreement", "offer", "use", "commitment"}
    assert found(workspace, "zeldz wiel") == [("offer", "Bibliotheek op wielen")]
    assert found(workspace, "iblio") == []


def test_names_with_typing_errors_are_found_where_nothing_fits_as_typed(workspace: Workspace) -> None:
    workspace.run(AddOffer(OfferContent("Bibliotheek op wielen", "Zeldzaam vzw", OfferCost.FREE)))
    for words, title in (
        ("mehcelen", "Mechelen"),
        ("iblioth", "Bibliotheek op wielen"),
        ("biblotheek weilen", "Bibliotheek op wielen"),
        ("zeldzaan", "Bibliotheek op wielen"),
        ("straatintimdatie", "16 Lokaal actieplan straatintimidatie"),
    ):
        hits = workspace.query(search, words)
        assert hits[0].title == title, words
        assert all(one.resembles for one in hits)
    assert not any(one.resembles for one in workspace.query(search, "mechelen"))
    assert workspace.query(search, "qqqzzz") == []


def test_governments_come_first_by_name_and_code(workspace: Workspace) -> None:
    register(workspace, "In Mechelen start een groep.")
    assert found(workspace, "mechel")[0] == ("government", "Mechelen")
    assert ("session", "Mechelen") in found(workspace, "mechel")
    assert found(workspace, "12025") == [("government", "Mechelen")]


def test_accents_and_capitals_do_not_matter(workspace: Workspace) -> None:
    register(workspace, "Café Brüssel: één afspraak")
    for words in ("cafe", "CAFÉ", "brussel een", "één"):
        assert ("session", "Mechelen") in found(workspace, words)


def test_changed_deleted_and_undone_texts(workspace: Workspace) -> None:
    session = register(workspace, "xylofoon woorden")
    content = SessionContent(TODAY, 600, 660, SessionMode.VISIT, (mechelen(workspace),), "verse woorden")
    workspace.run(ChangeSession(session, content))
    assert (found(workspace, "xylofoon"), len(found(workspace, "verse"))) == ([], 1)
    workspace.undo()
    assert (len(found(workspace, "xylofoon")), found(workspace, "verse")) == (1, [])
    agreement = workspace.run(AddAgreement(mechelen(workspace), Party.COACH, "zeldzaamheid")).result
    workspace.run(DeleteAgreement(agreement))
    assert found(workspace, "zeldzaamheid") == []
    workspace.undo()
    assert len(found(workspace, "zeldzaamheid")) == 1


def test_an_offer_with_values_over_it_is_one_offer(workspace: Workspace) -> None:
    shipped = next(
        line for line in workspace.query(list_offers) if line.shipped and line.title == "Handreiking polarisatie"
    )
    workspace.run(ChangeOffer(shipped.id, OfferContent("Handreiking van ons", "Zeldzaam vzw", OfferCost.FREE)))
    hits = [one for one in workspace.query(search, "handreiking") if one.kind == "offer"]
    assert [(one.record_id, one.title) for one in hits] == [(shipped.id, "Handreiking van ons")]


@pytest.mark.parametrize(
    "words", ['"', "AND", "OR NOT", "a*", "-", ":", "(", "NEAR(", "words:x", "'; DROP", "%", "_", "\\", "^a"]
)
def test_no_typed_sign_is_an_operator(workspace: Workspace, words: str) -> None:
    workspace.query(search, words)


def test_a_file_of_the_first_version_has_its_texts_indexed(tmp_path: Path) -> None:
    import shutil

    folder = Path(__file__).parents[1] / "data" / "released" / "0001"
    for path in folder.iterdir():
        shutil.copyfile(path, tmp_path / path.name)
    from tests.builders import PASSPHRASE

    opened = open_workspace(tmp_path / "werk.samenlevendb", Runtime(day=TODAY), PASSPHRASE)
    try:
        from samenleven_desktop.services.sessions.queries import list_sessions

        report = next(line.report for line in opened.query(list_sessions) if line.report.strip())
        word = max(tokens(report), key=len)
        assert any(one.kind == "session" for one in opened.query(search, word))
    finally:
        opened.close()


@given(st.text(max_size=200), st.lists(st.text(alphabet="abcdeé", min_size=1, max_size=4), max_size=3))
def test_a_snippet_is_part_of_its_text(text: str, sought: list[str]) -> None:
    made = snippet(text, [token for one in sought for token in tokens(one)])
    assert "\n" not in made
    inside = made.removeprefix("… ").removesuffix(" …")
    assert inside in " ".join(text.split())
