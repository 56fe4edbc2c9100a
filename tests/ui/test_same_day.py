"""A day of core work through the window, and the same day by `samenleven do` alone: the same records."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from samenleven_desktop.__main__ import main
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.governments.queries import choices, government_by_code
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.offers.queries import list_offers
from samenleven_desktop.services.practice.public import PRACTICE_PASSPHRASE
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from samenleven_desktop.storage.models import TRACKED
from samenleven_desktop.ui.dialogs.candidacy import CandidacyDialog
from samenleven_desktop.ui.dialogs.commitment import TakeUpDialog
from samenleven_desktop.ui.dialogs.partnership import PartnershipDialog
from samenleven_desktop.ui.dialogs.use import UseDialog
from samenleven_desktop.ui.screens.dossier.screen import ACTIONS, OFFERS
from tests.pages.screens import StimuliPage, WhoPage
from tests.pages.window import CTRL, WindowPage
from tests.ui.conftest import Open
from tests.ui.test_content_journeys import SHIFT

pytestmark = pytest.mark.gui

WRITTEN = (
    "assignment",
    "government",
    "partnership_member",
    "commitment",
    "support_session",
    "session_government",
    "session_action",
    "follow_up",
    "kpi_entry",
    "offer_use",
    "stimulus",
    "stimulus_text",
)
REPORT = "De bibliotheek start een tweede groep."
NEW_GOVERNMENT, HOME = "41002", "12025"
ACTION = 12


def test_the_day_by_do_alone_equals_the_day_in_the_window(
    open_window: Open, filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "ook.oefendb"
    for ending in ("", ".key"):
        shutil.copyfile(f"{filled}{ending}", f"{copy}{ending}")
    known = ids_of(read(copy))
    window = open_window(filled)
    facts = in_the_window(window)
    with window.bot.waitSignal(window.application.finished, timeout=20_000):
        window.application.shell.close()

    monkeypatch.setenv("SAMENLEVEN_PASSPHRASE", PRACTICE_PASSPHRASE)

    def do(name: str, data: object) -> Any:
        code = main(["--store", str(copy), "do", name, json.dumps(data)])
        out, err = capsys.readouterr()
        assert (code, err) == (0, ""), (name, err)
        return json.loads(out)["result"]

    by_do(do, facts)
    expected, found = alike(read(filled), known), alike(read(copy), known)
    for table in expected:
        assert found[table] == expected[table], table
    assert set(WRITTEN) <= {
        name for name, rows in found.items() if any(str(row["id"]).startswith("new") for row in rows)
    }


def in_the_window(window: WindowPage) -> dict[str, Any]:
    """The day by keys; gives what the script of the same day has to name."""
    workspace = window.workspace
    facts: dict[str, Any] = {"mine": [one.id for one in workspace.query(choices) if one.mine]}
    choose_governments(window)
    facts |= make_partnership(window)
    facts |= take_up_a_target(window, workspace)
    facts |= register_a_session(window, workspace)
    facts |= use_an_offer(window, workspace)
    start_a_candidacy(window)
    return facts


def choose_governments(window: WindowPage) -> None:
    who = WhoPage(window)
    who.tick(NEW_GOVERNMENT)
    who.save()


def make_partnership(window: WindowPage) -> dict[str, Any]:
    window.go(2)
    window.press(Qt.Key.Key_N, CTRL | SHIFT)
    made = window.dialog(PartnershipDialog)
    window.keys("Samen langs de Zenne")
    window.press(Qt.Key.Key_Tab)
    window.keys("sw-zen")
    window.choose_chip(made.members, "Beersel")
    window.choose_chip(made.members, "Drogenbos")
    facts = {"members": list(made.members.chosen())}
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    return facts


def take_up_a_target(window: WindowPage, workspace: Workspace) -> dict[str, Any]:
    window.search("samen langs")
    window.until(lambda: window.dossier.title == "Samen langs de Zenne")
    window.dossier.tab(ACTIONS + 1)
    window.press(Qt.Key.Key_T, CTRL)
    taken = window.dialog(TakeUpDialog)
    window.keys(str(ACTION))
    window.type_into(taken.fields["requested"].editor, "60")
    window.type_into(taken.fields["confirmed"].editor, "1.050")
    facts = {"target": taken.target.currentData(), "rank": taken.read()["rank"]}
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    partnership = workspace.query(government_by_code, "SW-ZEN").id
    window.until(lambda: len(workspace.query(list_commitments, 2, [partnership])) == 1)
    return facts


def register_a_session(window: WindowPage, workspace: Workspace) -> dict[str, Any]:
    mechelen = workspace.query(government_by_code, HOME).id
    lines = workspace.query(list_commitments, 2, [mechelen])
    line = next(one for one in lines if one.action_number == 5)
    window.search("mechelen")
    page = window.dossier.register_session()
    page.fill(report=REPORT)
    page.choose_action("5 Oef")
    page.agree("Contract bezorgen", "22-03-2024")
    page.agree_more("Draaiboek delen")
    page.count(str(line.reached_to_date + 84))
    content = page.screen.fields.read()
    _, (entry,) = page.screen.ui.entries.read()
    page.save()
    window.until(lambda: window.application.shell.current == "dossier")
    window.settle()
    return {
        "commitment": entry.commitment_id,
        "kind": entry.kind.value,
        "units": entry.units,
        "travel": content.travel_minutes,
        "form": content.form.value,
        "present": (content.contact_ids, content.colleague_ids),
    }


def use_an_offer(window: WindowPage, workspace: Workspace) -> dict[str, Any]:
    window.search("mechelen")
    window.dossier.tab(OFFERS + 1)
    window.press(Qt.Key.Key_I, CTRL)
    used = window.dialog(UseDialog)
    window.until(lambda: used.target.count() > 1)
    window.type_into(used.price, "1.440,50")
    request = used.command()
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    assert any(one.id == request.offer_id for one in workspace.query(list_offers))
    return {"offer": request.offer_id, "offer_target": request.commitment_id, "offer_start": request.start.isoformat()}


def start_a_candidacy(window: WindowPage) -> None:
    stimuli = StimuliPage(window)
    stimuli.choose("Mechelen", "mentorrol")
    page = stimuli.screen
    window.focus(page.panel.start)
    window.press(Qt.Key.Key_Space)
    dialog = window.dialog(CandidacyDialog)
    window.focus(dialog.action)
    window.keys("9")
    window.focus(dialog.network)
    window.keys("ja")
    window.focus(dialog.texts["motivation"])
    window.keys("Veel ervaring.")
    window.press(Qt.Key.Key_S, CTRL)
    window.closed()
    window.until(lambda: page.panel.outcome.text() == "kandidaat")
    QApplication.processEvents()


def by_do(do: Callable[[str, object], Any], facts: dict[str, Any]) -> None:
    """The same day, with what a script knows: codes of governments and actions, and the ids that `list` shows."""
    do("choose_governments", {"officer_id": "me", "government_ids": [*facts["mine"], NEW_GOVERNMENT]})
    partnership = do(
        "make_partnership",
        {
            "name_of_it": "Samen langs de Zenne",
            "code": "sw-zen",
            "applicant_id": facts["members"][0],
            "member_ids": facts["members"],
            "valid_from": "2023-10-01",
        },
    )
    numbers = {"requested": 60, "confirmed": 1050, "rank": facts["rank"]}
    do("add_commitment", {"applicant_id": partnership, "year": 2, "target_id": facts["target"], **numbers})
    contacts, colleagues = facts["present"]
    content = {
        "day": "2024-03-11",
        "start_minute": 810,
        "end_minute": 960,
        "form": facts["form"],
        "travel_minutes": facts["travel"],
        "government_ids": [HOME],
        "action_ids": ["A5"],
        "contact_ids": contacts,
        "colleague_ids": colleagues,
        "report": REPORT,
    }
    agreements = [
        {"who": "government", "what": "Contract bezorgen", "due": "2024-03-22"},
        {"who": "government", "what": "Draaiboek delen"},
    ]
    entries = [{"commitment_id": facts["commitment"], "kind": facts["kind"], "units": facts["units"]}]
    do("register_session", {"content": content, "agreements": agreements, "entries": entries})
    do(
        "use_offer",
        {
            "offer_id": facts["offer"],
            "government_id": HOME,
            "commitment_id": facts["offer_target"],
            "start": facts["offer_start"],
            "price_cents": 144_050,
        },
    )
    do(
        "start_candidacy",
        {
            "government_id": HOME,
            "year": 2,
            "kind": "mentorrol",
            "content": {"action_id": "A9", "learning_network": True, "texts": {"motivation": "Veel ervaring."}},
        },
    )


Rows = dict[str, list[dict[str, Any]]]


def read(path: Path) -> Rows:
    """The rows of all tracked tables, in the order in which they were written, and the names of the undo steps."""
    tables = [*sorted(TRACKED), "command_log"]

    def ask(context: QueryContext) -> Rows:
        connection = context.view.connection
        return {
            name: [dict(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY rowid").mappings()]
            for name in tables
        }

    workspace = open_workspace(path, Runtime(), PRACTICE_PASSPHRASE)
    try:
        found = workspace.query(ask)
    finally:
        workspace.close()
    found["command_log"] = [
        {"id": row["id"], "kind": row["kind"], "name": row["name"], "details": row["details"]}
        for row in found["command_log"]
        if row["kind"] != "setup"
    ]
    return found


def ids_of(rows: Rows) -> set[str]:
    return {str(row["id"]) for table in rows.values() for row in table}


def alike(rows: Rows, known: set[str]) -> Rows:
    """New ids become their place in order of appearance; a moment of deletion becomes that there was one."""
    new: dict[str, str] = {}
    for table in rows.values():
        for row in table:
            if row["id"] not in known:
                new[str(row["id"])] = f"new {len(new)}"

    def plain(key: str, value: object) -> object:
        return bool(value) if key == "deleted_at" else new.get(str(value), value)

    return {name: [{key: plain(key, one) for key, one in row.items()} for row in table] for name, table in rows.items()}
