"""A plan file loaded from Instellingen, after a look at what it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from samenleven_desktop.paths import resources_dir
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.ui.dialogs.later_rules import LaterRulesDialog
from samenleven_desktop.ui.screens.settings.plan import PlanPreview
from tests.pages.screens import SettingsPage
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui


def test_a_newer_plan_is_shown_before_it_is_kept(window: WindowPage, tmp_path: Path) -> None:
    text = (resources_dir() / "plans" / "plan-samenleven.yaml").read_text(encoding="utf-8")
    version = window.application.runner.workspace.plan.version  # type: ignore[union-attr]
    path = tmp_path / "nieuw.yaml"
    path.write_text(
        text.replace(f"version: {version}", "version: 2027-01-01").replace("rate_eur: 60,", "rate_eur: 65,"),
        encoding="utf-8",
    )
    SettingsPage(window).plan.examine(path)
    dialog = window.dialog(PlanPreview)
    shown = [
        str(dialog.model.index(row, column).data()).replace("\N{NO-BREAK SPACE}", " ")
        for row in range(3)
        for column in range(4)
    ]
    assert shown[:4] == ["doelgroep A5, projectjaar 1", "tarief", "€ 60", "€ 65"]
    window.focus(dialog.keep)
    window.press(Qt.Key.Key_Return)
    window.until(lambda: "is in gebruik" in " ".join(window.notices()))
    assert "2027-01-01" in SettingsPage(window).plan.facts.text()


def test_a_broken_file_says_where_and_keeps_nothing(window: WindowPage, tmp_path: Path) -> None:
    path = tmp_path / "stuk.yaml"
    path.write_text("format: 1\ncode: x\n", encoding="utf-8")
    card = SettingsPage(window).plan
    card.examine(path)
    window.until(lambda: not card.problem.isHidden())
    assert "stuk.yaml" in card.problem.text()


def test_newer_rules_are_taken_over_together(window: WindowPage, tmp_path: Path) -> None:
    text = (resources_dir() / "plans" / "plan-samenleven.yaml").read_text(encoding="utf-8")
    version = window.application.runner.workspace.plan.version  # type: ignore[union-attr]
    path = tmp_path / "nieuw.yaml"
    path.write_text(
        text.replace(f"version: {version}", "version: 2027-01-01").replace("rate_eur: 650,", "rate_eur: 700,"),
        encoding="utf-8",
    )
    workspace = window.application.runner.workspace
    assert workspace is not None
    mechelen = workspace.query(government_by_code, "12025").id
    target = workspace.plan.action(7).targets[0]
    lier = workspace.query(government_by_code, "12021").id
    before = {line.id for line in workspace.query(list_commitments, 2) if line.target_id == target.id}
    for government in (mechelen, lier):
        if not any(line.government_id == government for line in workspace.query(list_commitments, 2, [government], 7)):
            workspace.run(AddCommitment(government, 2, target.id, confirmed=10))
    made = {line.id for line in workspace.query(list_commitments, 2) if line.target_id == target.id} - before
    SettingsPage(window).plan.examine(path)
    dialog = window.dialog(PlanPreview)
    window.focus(dialog.keep)
    window.press(Qt.Key.Key_Return)
    window.until(lambda: "is in gebruik" in " ".join(window.notices()))
    card = SettingsPage(window).plan
    window.until(lambda: not card.later.isHidden())
    window.focus(card.later)
    window.press(Qt.Key.Key_Space)
    older = window.dialog(LaterRulesDialog)
    window.focus(older.every)
    window.press(Qt.Key.Key_Return)
    window.until(lambda: card.later.isHidden())
    workspace = window.application.runner.workspace
    assert workspace is not None
    amounts = {line.amount_cents for line in workspace.query(list_commitments, 2) if line.id in made}
    assert amounts == {700_000}
