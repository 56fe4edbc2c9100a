"""Two coaches, two windows on one machine: make a file, give it, trust, look, decide, done; and the way back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.readmodels.exchange import Choice, PackRequest
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.exchange.apply_pack import preview_pack
from samenleven_desktop.services.exchange.colleagues import own_card, save_card
from samenleven_desktop.services.exchange.create_pack import make_pack
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.people.commands import AddContact, ContactContent
from samenleven_desktop.services.people.queries import list_attachments, list_contacts
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.sessions.queries import assigned_ids
from samenleven_desktop.services.workfile.opening import open_any
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.dialogs.card import CompareWordsDialog, OwnWordsDialog, RevokeDialog, TheirWordsDialog
from samenleven_desktop.ui.dialogs.field_history import FieldHistoryDialog
from samenleven_desktop.ui.dialogs.hand_over import HandOverDialog
from samenleven_desktop.ui.dialogs.make_pack import MakePackDialog, free_path
from samenleven_desktop.ui.dialogs.pack_erasures import ErasingDialog
from samenleven_desktop.ui.dialogs.undo_pack import UndoPackDialog
from samenleven_desktop.ui.screens.exchange.screen import COLLEAGUES, DECIDE, FILES, LOG, NUMBERS
from samenleven_desktop.ui.screens.start.screen import StartScreen
from tests.digest import content_digest
from tests.pages.dragging import Dragged
from tests.pages.exchange import SHIFT, ExchangePage
from tests.pages.window import CTRL, WindowPage
from tests.sync.colleagues import Colleague, all_know
from tests.ui.conftest import Open

pytestmark = pytest.mark.gui
MECHELEN, ZAVENTEM = "12025", "23094"


@pytest.fixture(scope="session")
def kempen_template(filled_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same past on another computer, with a coach of its own."""
    path = copy_to(filled_template, tmp_path_factory.mktemp("kempen") / "kempen.oefendb")
    workspace = open_any(path, Runtime())
    workspace.store.set_meta(device_id=new_id())
    with workspace.store.write_untracked() as connection:
        # Nobody yet: what she writes is not under the name of the coach of the other computer.
        connection.exec_driver_sql("DELETE FROM meta WHERE key = 'officer_id'")
    officer = workspace.run(AddOfficer("coach Kempen"), kind="setup").result
    workspace.choose_officer(officer)
    zaventem = workspace.query(government_by_code, ZAVENTEM).id
    workspace.run(ChooseGovernments(officer, (zaventem,)), kind="setup")
    workspace.close()
    return path


@pytest.fixture(scope="session")
def acquainted(
    filled_template: Path, kempen_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Both files after they compared words and gave one another everything."""
    folder = tmp_path_factory.mktemp("acquainted")
    paths = copy_to(filled_template, folder / "oefen.oefendb"), copy_to(kempen_template, folder / "kempen.oefendb")
    people = [Colleague(path.stem, folder, open_any(path, Runtime())) for path in paths]
    all_know(*people)
    for giver, taker in (people, people[::-1]):
        taker.take(giver.give(taker))
    for one in people:
        one.close()
    return paths


def copy_to(source: Path, target: Path) -> Path:
    for ending in ("", ".key"):
        shutil.copyfile(f"{source}{ending}", f"{target}{ending}")
    return target


@pytest.fixture
def team(tmp_path: Path) -> Path:
    made = tmp_path / "team"
    made.mkdir()
    return made


@pytest.fixture
def one(open_window: Open, acquainted: tuple[Path, Path], tmp_path: Path, team: Path) -> ExchangePage:
    """The window of the first coach, on Uitwisselen, with the team folder watched."""
    page = ExchangePage(open_window(copy_to(acquainted[0], tmp_path / "oefen.oefendb")))
    page.watch(team)
    return page


@pytest.fixture
def two(acquainted: tuple[Path, Path], tmp_path: Path) -> Iterator[Colleague]:
    """The second coach, without a window."""
    path = copy_to(acquainted[1], tmp_path / "kempen.oefendb")
    made = Colleague("kempen", tmp_path, open_any(path, Runtime()))
    yield made
    made.close()


@pytest.fixture
def strangers(
    open_window: Open, filled: Path, kempen_template: Path, tmp_path: Path
) -> tuple[ExchangePage, ExchangePage]:
    """Two windows of coaches who never exchanged anything."""
    other = copy_to(kempen_template, tmp_path / "kempen.oefendb")
    return ExchangePage(open_window(filled)), ExchangePage(open_window(other))


def front(page: ExchangePage) -> ExchangePage:
    """The other window comes to the front, as a person who changes seats."""
    page.window.application.shell.activateWindow()
    page.window.until(page.window.application.shell.isActiveWindow)
    return page


def share(one: ExchangePage, two: ExchangePage, folder: Path, team: Path) -> None:
    """They compare words, watch one folder, and give one another everything; all through their windows."""
    cards = {page: folder / f"{name}.samenlevenkaart" for name, page in (("een", one), ("twee", two))}
    words = {page: front(page).save_card(card) for page, card in cards.items()}
    front(one).trust(cards[two], words[two])
    front(two).trust(cards[one], words[one])
    for page in (one, two):
        front(page).watch(team)
    for giver, taker in ((one, two), (two, one)):
        made = front(giver).make(Profile.EVERYTHING.value)
        front(taker).look_at(made.name)
        taker.take_over()


def given(two: Colleague, one: ExchangePage, team: Path, profile: Profile = Profile.EVERYTHING) -> Path:
    """A file of the second coach for the first, in the team folder."""
    print_ = own_card(one.window.workspace).fingerprint
    path = team / f"van-{two.name}-{new_id()[-6:]}.samenleven"
    make_pack(two.workspace, PackRequest(profile, (print_,)), path)
    return path


def writes(two: Colleague, **values: object) -> None:
    row = first_of(two.workspace)
    two.workspace.run(ChangeCommitments(tuple(FieldEdit(row, field, value) for field, value in values.items())))


def first_of(workspace: Workspace) -> str:
    mechelen = workspace.query(government_by_code, MECHELEN).id
    return min(line.id for line in workspace.query(list_commitments, 2, [mechelen]))


def first(page: ExchangePage) -> str:
    return first_of(page.window.workspace)


def write(page: ExchangePage, **values: object) -> None:
    """What another screen of this window writes."""
    row = first(page)
    done: list[object] = []
    edits = tuple(FieldEdit(row, field, value) for field, value in values.items())
    page.window.application.runner.run(
        ChangeCommitments(edits), initiator=page.window.application, then=lambda _: done.append(1)
    )
    page.window.until(lambda: bool(done))
    page.window.settle()


def kept(page: ExchangePage, field: str) -> object:
    row = first(page)
    return next(getattr(one, field) for one in page.window.workspace.query(list_commitments, 2, None) if one.id == row)


def digest(page: ExchangePage) -> str:
    return page.window.workspace.query(lambda reading: content_digest(reading.view))


def badge(page: ExchangePage) -> str:
    entry = page.window.application.shell.sidebar.entry("exchange")
    assert entry is not None
    return entry.accessibleName()


def start_chip(page: ExchangePage) -> QPushButton:
    """The line on Start about what waits."""
    page.window.open_page("start")
    screen = page.window.screen("start", StartScreen)
    return screen.ui.exchange


def test_two_colleagues_make_give_trust_look_decide_and_are_done(
    strangers: tuple[ExchangePage, ExchangePage], tmp_path: Path, team: Path
) -> None:
    one, two = strangers
    share(one, two, tmp_path, team)
    assert digest(one) == digest(two)
    front(one)
    write(one, note="telling klopt met de lijst", motivation="de zaal was dicht", confirmed=1204)
    front(two)
    write(two, note="telling volgt in april", motivation="de zaal was vol", confirmed=1180)
    made = two.make(Profile.EVERYTHING.value)

    front(one)
    one.window.until(lambda: one.files().get(made.name) == "nieuw voor jou")
    assert badge(one) == "Uitwisselen, 1"
    assert one.look_at(made.name)["both"] == "3"
    panel = one.screen.files.pack.conflicts
    assert ("motivering", "de zaal was dicht", "de zaal was vol") in one.questions(panel)
    before = digest(one)
    one.choose(panel, "motivering", Choice.BOTH)
    assert digest(one) == before, "a choice in the preview writes nothing"
    one.take_over()
    assert kept(one, "motivation") == "de zaal was dicht\n\nde zaal was vol"
    one.window.until(lambda: badge(one) == "Uitwisselen, 2")

    one.decide("opmerking", Choice.THEIRS)
    assert kept(one, "note") == "telling volgt in april"
    one.decide("bevestigd", Choice.MINE)
    assert kept(one, "confirmed") == 1204
    assert one.questions() == []
    one.window.until(lambda: badge(one) == "Uitwisselen")

    answer = one.make(Profile.EVERYTHING.value)
    front(two).look_at(answer.name)
    two.take_over()
    assert two.questions() == []
    assert digest(two) == digest(one)
    two.part(COLLEAGUES)
    assert "wachten" not in "".join(two.colleagues())


def test_a_file_is_taken_back_at_once_or_after_looking_when_something_was_built_on_it(
    one: ExchangePage, two: Colleague, team: Path
) -> None:
    writes(two, note="eerste nota")
    made = given(two, one, team)
    before = digest(one)
    one.look_at(made.name)
    one.take_over()
    after = digest(one)
    one.window.press(Qt.Key.Key_Z, CTRL)
    one.window.until(lambda: digest(one) == before)
    one.window.until(lambda: one.files()[made.name] == "nieuw voor jou")

    one.look_at(made.name)
    one.take_over()
    assert digest(one) == after
    write(one, motivation="verder gewerkt", note="ander woord")
    one.part(LOG)
    assert one.screen.log.model.rows[0].standing
    one.screen.log.undo.click()
    dialog = one.window.dialog(UndoPackDialog)
    assert "Je werkte verder" in one.window.texts(dialog)
    one.window.focus(dialog.act)
    one.window.press(Qt.Key.Key_Return)
    one.window.closed()
    assert kept(one, "motivation") == "verder gewerkt"
    assert not one.screen.log.model.rows[0].standing


def test_undo_by_key_shows_first_what_goes_when_something_was_built_on_it(
    one: ExchangePage, two: Colleague, team: Path
) -> None:
    writes(two, note="eerste nota", motivation="tweede veld")
    one.look_at(given(two, one, team).name)
    one.take_over()
    write(one, note="verder gewerkt")
    one.window.press(Qt.Key.Key_Z, CTRL)
    one.window.until(lambda: kept(one, "note") == "eerste nota")
    one.window.press(Qt.Key.Key_Z, CTRL)
    one.window.dialog(UndoPackDialog)
    assert kept(one, "note") == "eerste nota"
    one.window.press(Qt.Key.Key_Escape)
    one.window.closed()
    assert kept(one, "motivation") == "tweede veld"


def test_a_government_is_handed_over_with_its_report(one: ExchangePage, two: Colleague) -> None:
    mechelen = one.window.workspace.query(government_by_code, MECHELEN).id
    one.window.press(Qt.Key.Key_O, CTRL | SHIFT)
    dialog = one.window.dialog(HandOverDialog)
    one.window.until(lambda: dialog.government.count() > 0 and dialog.to.count() > 0)
    dialog.government.setCurrentIndex(dialog.government.findData(mechelen))
    one.window.settle()
    assert "Het hele dossier gaat mee" in dialog.moves.text()
    path = free_path(*dialog.place())
    one.window.focus(dialog.keep)
    one.window.press(Qt.Key.Key_Return)
    one.window.closed()
    assert mechelen not in one.window.workspace.query(assigned_ids)

    assert mechelen not in two.workspace.query(assigned_ids)
    assert preview_pack(two.workspace, path).handover == "Mechelen"
    two.take(path)
    assert mechelen in two.workspace.query(assigned_ids)
    names = [one.name for one in two.workspace.query(list_attachments, mechelen)]
    assert any(name.startswith("Overdrachtsdossier") for name in names)
    assert two.digest == digest(one)


def test_team_numbers_are_looked_at_and_never_merged(one: ExchangePage, two: Colleague, team: Path) -> None:
    before = digest(one)
    one.look_at(given(two, one, team, Profile.NUMBERS).name)
    one.take_over()
    assert digest(one) == before
    one.part(NUMBERS)
    rows = one.screen.numbers.model.rows
    assert {row.government for row in rows} == {"Zaventem"}
    zaventem = two.workspace.query(government_by_code, ZAVENTEM).id
    lines = two.workspace.query(list_commitments, 2, [zaventem])
    assert sorted(row.reached for row in rows) == sorted(line.reached_to_date for line in lines)


def test_only_the_right_words_make_a_colleague_and_trust_can_be_taken_back(
    window: WindowPage, two: Colleague, tmp_path: Path
) -> None:
    card = tmp_path / "twee.samenlevenkaart"
    heard = save_card(two.workspace, card).words
    window.open_page("governments")
    drop(window, card)
    window.dialog(CompareWordsDialog)
    assert window.application.shell.current == "exchange"
    window.press(Qt.Key.Key_Escape)
    window.closed()
    page = ExchangePage(window)
    page.part(COLLEAGUES)
    assert page.colleagues() == []
    page.trust(card, heard)
    assert page.colleagues() == ["coach Kempen, Nog niets van gehoord: in het eerste bestand zit alles."]
    window.focus(page.screen.colleagues.table)
    window.press(Qt.Key.Key_Delete)
    dialog = window.dialog(RevokeDialog)
    window.focus(dialog.act)
    window.press(Qt.Key.Key_Space)
    window.closed()
    assert "Niet meer vertrouwd" in page.colleagues()[0]


def drop(window: WindowPage, path: Path) -> None:
    """As the mouse of a person who drags a file from a folder to the window."""
    dragged = Dragged(window.application.shell, path)
    assert dragged.over(QPointF(400, 300))
    dragged.drop()


def test_what_is_no_file_of_a_colleague_or_still_coming_is_said_so(
    one: ExchangePage, two: Colleague, tmp_path: Path, team: Path
) -> None:
    path = tmp_path / "kapot.samenleven"
    path.write_bytes(b"half")
    drop(one.window, path)
    pack = one.screen.files.pack
    one.window.until(lambda: pack.problem.isVisible())
    assert "kapot.samenleven" in pack.problem.text()
    assert not pack.take.isVisible()
    one.window.press(Qt.Key.Key_Space)
    one.window.until(lambda: one.screen.files.stack.currentIndex() == 0)

    whole = given(two, one, tmp_path)
    content, half = whole.read_bytes(), team / whole.name
    half.write_bytes(content[: len(content) // 2])
    one.window.until(lambda: one.files().get(whole.name) == "komt nog binnen")
    assert badge(one) == "Uitwisselen"
    half.write_bytes(content)
    one.window.until(lambda: one.files().get(whole.name) == "nieuw voor jou")
    assert badge(one) == "Uitwisselen, 1"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_dialog_opens_in_both_languages_and_by_keyboard_alone(
    open_window: Open, filled: Path, two: Colleague, tmp_path: Path, language: str
) -> None:
    card = tmp_path / "twee.samenlevenkaart"
    heard = save_card(two.workspace, card).words
    page = ExchangePage(open_window(filled, language))
    page.trust(card, heard)
    window, screen = page.window, page.screen
    page.part(COLLEAGUES)

    def opened(kind: type[QDialog], dutch: str) -> None:
        dialog = window.dialog(kind)
        assert (dutch in window.texts(dialog)) == (language == "nl")
        window.press(Qt.Key.Key_Escape)
        window.closed()

    window.focus(screen.colleagues.table)
    window.press(Qt.Key.Key_Return)
    opened(TheirWordsDialog, "Woorden van")
    window.focus(screen.colleagues.table)
    window.press(Qt.Key.Key_Delete)
    opened(RevokeDialog, "niet meer vertrouwen")
    window.focus(screen.colleagues.show_words)
    window.press(Qt.Key.Key_Space)
    opened(OwnWordsDialog, "Woorden van")
    window.press(Qt.Key.Key_M, CTRL | SHIFT)
    making = window.dialog(MakePackDialog)
    for field, folder, name in (("folder", "", "naam"), ("out", str(tmp_path), "../elders")):
        making.folder.edit.setText(folder)
        making.file_name.setText(name)
        window.focus(making.keep)
        window.press(Qt.Key.Key_Return)
        assert making.fields[field].error.text()
    opened(MakePackDialog, "Bestand voor een collega")
    window.press(Qt.Key.Key_O, CTRL | SHIFT)
    opened(HandOverDialog, "Bestuur overdragen")
    screen.open_path(card)
    opened(CompareWordsDialog, "Woorden vergelijken")


def test_a_disputed_field_has_its_history_and_stopping_leaves_everything_as_it_was(
    one: ExchangePage, two: Colleague, team: Path
) -> None:
    write(one, note="van een")
    writes(two, note="van twee")
    made = given(two, one, team)
    one.look_at(made.name)
    before, pack = digest(one), one.screen.files.pack
    pack.take.click()
    pack.stop.click()
    one.window.until(lambda: pack.problem.isVisible())
    assert pack.problem.text() == "Gestopt. Er werd niets overgenomen."
    assert digest(one) == before
    assert one.files()[made.name] == "nieuw voor jou"
    one.take_over()
    chip = start_chip(one)
    one.window.until(lambda: chip.text() == "1 te beslissen" and chip.width() >= chip.sizeHint().width())
    chip.click()
    assert one.window.application.shell.current == "exchange"
    one.part(DECIDE)
    one.window.focus(one.screen.decide.conflicts.table)
    one.window.press(Qt.Key.Key_H, CTRL | SHIFT)
    dialog = one.window.dialog(FieldHistoryDialog)
    assert [value.value for value in dialog.model.rows[:2]] == ["van twee", "van een"]
    one.window.press(Qt.Key.Key_Escape)
    one.window.closed()
    for part in (COLLEAGUES, NUMBERS, LOG, FILES):
        one.part(part)
        assert one.screen.stack.currentWidget() is one.screen._part(part)


def test_what_the_file_erases_is_agreed_to_apart(one: ExchangePage, two: Colleague, team: Path) -> None:
    mechelen = two.workspace.query(government_by_code, MECHELEN).id
    contact = two.workspace.run(AddContact(ContactContent("Zxqw Vwrst", mechelen))).result
    one.look_at(given(two, one, team).name)
    one.take_over()
    two.workspace.run(EraseContact(contact))
    one.look_at(given(two, one, team).name)
    pack = one.screen.files.pack
    one.window.until(lambda: pack.shown is not None and not pack.shown.applied)
    assert "Zxqw Vwrst (Mechelen)" in pack.notes.text()
    one.window.press(Qt.Key.Key_Return, CTRL)
    dialog = one.window.dialog(ErasingDialog)
    assert pack.shown is not None
    assert not pack.shown.applied
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    one.window.closed()
    one.window.until(lambda: pack.shown is not None and pack.shown.applied)
    assert "Zxqw" not in str(one.window.workspace.query(list_contacts, [mechelen]))
