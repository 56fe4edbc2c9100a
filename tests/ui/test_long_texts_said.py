"""A text that no cell can hold is named in the message, whichever file the window writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.ui.screens.dossier.document import save_document
from samenleven_desktop.ui.screens.reports.layout import EACH
from tests.builders import TODAY
from tests.pages.screens import ImportPage, ReportsPage
from tests.pages.window import WindowPage

pytestmark = pytest.mark.gui
LONG = "verslag " * 5_000


def said(window: WindowPage) -> None:
    window.until(lambda: any("Lange teksten" in words for words in window.notices()))


def test_the_kpi_document(window: WindowPage, tmp_path: Path) -> None:
    mechelen = window.workspace.query(government_by_code, "12025").id
    row = window.workspace.query(list_commitments, 2, [mechelen])[0].id
    window.run(ChangeCommitments((FieldEdit(row, "motivation", LONG),)))
    window.search("mechelen")
    page = window.dossier.screen
    save_document(page, page.context, page.government_id or "", 2, tmp_path / "kpi.xlsx")
    said(window)


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_one_report_and_a_folder_of_reports(window: WindowPage, tmp_path: Path, ending: str) -> None:
    mechelen = window.workspace.query(government_by_code, "12025").id
    window.run(RegisterSession(SessionContent(TODAY, 540, 600, SessionMode.VISIT, (mechelen,), LONG)))
    reports = ReportsPage(window)
    reports.ui.governments.set_chosen([mechelen])
    reports.choose(reports.ui.kind, "handover")
    reports.screen.save_to(tmp_path / f"verslag{ending}")
    said(window)
    reports.choose(reports.ui.form, EACH)
    (tmp_path / "map").mkdir()
    before = len(window.notices())
    reports.screen.save_each(tmp_path / "map", ending)
    window.until(lambda: any("map" in words and "Lange teksten" in words for words in window.notices()[before - 1 :]))


def test_rejected_rows(window: WindowPage, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"Gemeente;Actie;Datum;Aantal;Opmerking\nNergensland;5;08/03/2024;12;{LONG}\n", encoding="utf-8")
    page = ImportPage(window, path).screen
    window.until(lambda: page.plan is not None)
    page.save_rejected(tmp_path / "afgekeurd.xlsx")
    said(window)
