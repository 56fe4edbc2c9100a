"""What a coach hands over can be read at a council table: sizes of text, properties, durations in one form."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.reports.document import Heading, texts
from samenleven_desktop.reports.pdf import write_pdf
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.services.governments.queries import dossier, government_by_code
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.reports.kinds import document_of
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile

DUTCH = Language("nl")
KINDS = [kind for kind in REPORT_KINDS if kind != "session"]


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def request(workspace: Workspace, kind: str, code: str = "12025") -> ReportRequest:
    one = (workspace.query(government_by_code, code).id,) if REPORT_KINDS[kind].of_one else ()
    return ReportRequest(kind, one, 2 if kind != "action" else None)


def sizes(pdf: bytes) -> set[float]:
    """The sizes, in points, of all text that is drawn."""
    found: set[float] = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for part in pikepdf.parse_content_stream(page):
                if str(part.operator) == "Tf":
                    found.add(round(float(part.operands[1]), 1))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_is_smaller_than_a_footer_and_properties_are_filled(workspace: Workspace, kind: str) -> None:
    document = workspace.query(document_of, request(workspace, kind), DUTCH)
    pdf = write_pdf(document)
    # ReportLab announces its default of 12 points on each page.
    assert min(sizes(pdf)) >= 8.5
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert str(file.docinfo["/Author"]) == "Agentschap Integratie en Inburgering"
        assert str(file.docinfo["/Title"]) == document.title
        assert str(file.docinfo["/Creator"]) == "Samenleven Desktop"
        with file.open_metadata() as metadata:
            assert list(metadata["dc:creator"]) == ["Agentschap Integratie en Inburgering"]
            assert metadata["dc:description"] == document.subtitle


@pytest.mark.parametrize("kind", KINDS)
def test_durations_have_one_form(workspace: Workspace, kind: str) -> None:
    """Hours were 4:00 in one table and 5 u in the next. A time of day has a range: 09:00-10:30."""
    for words in texts(workspace.query(document_of, request(workspace, kind), DUTCH)):
        assert not re.fullmatch(r"\d{1,3}:\d\d", words.strip()), words


def test_open_agreements_come_first(workspace: Workspace) -> None:
    document = workspace.query(document_of, request(workspace, "coaching"), DUTCH)
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert headings[:3] == ["1 Afspraken", "Nog open", "Gedaan in deze periode"]


def test_a_member_has_the_targets_of_its_partnership_as_in_its_dossier(workspace: Workspace) -> None:
    """Its dossier showed the partnership's KPIs, its report said that there were none."""
    duffel = workspace.query(government_by_code, "12009").id
    shown = workspace.query(dossier, duffel, 2)
    assert shown.partnership_commitments
    document = workspace.query(document_of, request(workspace, "coaching", "12009"), DUTCH)
    paper = texts(document)
    assert f"Via {shown.partnership_name}" in paper
    lines = workspace.query(list_commitments, 2, [shown.partnership_id or ""])
    assert sum(any(line.action_title in words for words in paper) for line in lines) == len(lines)
