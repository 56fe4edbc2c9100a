"""Reports over several governments and for who takes over: each kind, both languages, every ending, the same numbers
as the lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.kpi import KpiState
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.document import Document, Heading, KeyFigures, Table
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.governments.queries import government_by_code, list_governments
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.reports.kinds import document_of, report_bytes
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace, open_workspace
from tests.builders import CHEAP, PASSPHRASE, TODAY, WorkFile

BEGINNINGS = {".pdf": b"%PDF-", ".xlsx": b"PK", ".ods": b"PK"}

OF_ONE = [kind.id for kind in REPORT_KINDS.values() if kind.of_one]


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def made(workspace: Workspace, kind: str, code: str | None = None, language: str = "en") -> Document:
    id_ = workspace.query(government_by_code, code).id if code else None
    if kind == "session":
        held = workspace.query(support.list_sessions, id_)[0].id
        return workspace.query(document_of, ReportRequest(kind, session_id=held), Language(language))
    return workspace.query(document_of, ReportRequest(kind, (id_,) if id_ else (), year=2), Language(language))


def number(words: str) -> int:
    return 0 if words == "–" else int(words.replace(",", "").replace(".", ""))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", REPORT_KINDS)
def test_each_kind_says_its_period_and_source_and_has_every_format(
    workspace: Workspace, kind: str, language: str
) -> None:
    document = made(workspace, kind, "12025" if REPORT_KINDS[kind].of_one else None, language)
    assert str(TODAY.year) in document.source
    assert document.language == language
    for ending, beginning in BEGINNINGS.items():
        assert report_bytes(document, ending).startswith(beginning)
    rows = list(csv.reader(io.StringIO(report_bytes(document, ".csv").decode("utf-8-sig")), delimiter=";"))
    assert len(rows) > 1


def test_the_sums_of_the_kpi_report_are_those_of_the_list(workspace: Workspace) -> None:
    per_action = next(block for block in made(workspace, "kpi").blocks if isinstance(block, Table))
    mine = sorted(workspace.query(support.assigned_ids))
    lines = workspace.query(kpi.list_commitments, 2, mine)
    counted = [line for line in lines if line.state is not KpiState.JURY]
    columns = [[number(str(row[place])) for row in per_action.rows] for place in (2, 3, 4)]
    assert sum(columns[0]) == len(lines)
    assert sum(columns[1]) == sum(line.confirmed or 0 for line in counted)
    assert sum(columns[2]) == sum(line.reached_to_date or 0 for line in counted)


def test_a_session_with_two_governments_is_counted_once_in_the_activity_report(workspace: Workspace) -> None:
    figures = next(block for block in made(workspace, "activity").blocks if isinstance(block, KeyFigures))
    held = {
        line.id
        for id_ in workspace.query(support.assigned_ids)
        for line in workspace.query(support.list_sessions, id_, date(2023, 10, 1), TODAY)
    }
    assert number(figures.figures[0][1]) == len(held)


@pytest.mark.parametrize("kind", OF_ONE)
def test_without_a_government_each_of_mine_has_its_chapter(workspace: Workspace, kind: str) -> None:
    document = made(workspace, kind)
    mine = {line.name for line in workspace.query(list_governments)}
    assert {block.text for block in document.blocks if isinstance(block, Heading) and block.chapter} == mine
    assert document.contents == "Contents"


def test_a_coach_without_governments_is_asked_which(tmp_path: Path) -> None:
    empty = create_workspace(tmp_path / "leeg.samenlevendb", PASSPHRASE, Runtime(day=TODAY), CHEAP)
    try:
        for kind in OF_ONE:
            with pytest.raises(UserError):
                made(empty, kind)
    finally:
        empty.close()


def test_without_personal_data_no_contact_and_no_report_text_is_in_a_hand_over(workspace: Workspace) -> None:
    id_ = workspace.query(government_by_code, "12025").id
    with_names = workspace.query(document_of, ReportRequest("handover", (id_,), 2), Language("en"))
    without = workspace.query(document_of, ReportRequest("handover", (id_,), 2, personal=False), Language("en"))
    assert "Contacts" in str(with_names.blocks)
    assert "Contacts" not in str(without.blocks)
