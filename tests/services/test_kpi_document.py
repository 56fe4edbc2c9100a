"""The KPI document out, edited as governments edit it, and in: exactly the edits."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.interchange.kpi_document import COLUMNS
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.importing.import_plan import ImportPlan
from samenleven_desktop.services.importing.kpi_document import kpi_document
from samenleven_desktop.services.importing.run import preview_document, read_workbook, take_document_over
from samenleven_desktop.services.kpi.commands import ChangeCommitments
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import TODAY, WorkFile

HEADER = 6
NUMBERS = ("interim_reached", "final_reached")


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def written(workspace: Workspace) -> bytes:
    mechelen = workspace.query(government_by_code, "12025").id
    return workspace.query(kpi_document, mechelen, 2).content


def planned(workspace: Workspace, content: bytes, folder: Path, name: str = "kpi.xlsx") -> ImportPlan:
    (folder / name).write_bytes(content)
    plan = preview_document(workspace, read_workbook(folder / name))
    assert plan is not None
    return plan


def column(sheet: Worksheet, field: str) -> int:
    row = next(row for row in sheet.iter_rows() if any(cell.value == COLUMNS["code"] for cell in row))
    return next(cell.column for cell in row if cell.value == COLUMNS[field])


def first_row(sheet: Worksheet) -> int:
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == COLUMNS["code"]) + 1


def saved(book: object) -> bytes:
    stream = io.BytesIO()
    book.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def test_out_and_in_without_edits_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    plan = planned(workspace, written(workspace), tmp_path)
    assert plan.commands == ()
    assert not plan.rejected()
    assert len(plan.rows) == len(
        workspace.query(list_commitments, 2, [workspace.query(government_by_code, "12025").id])
    )


def test_only_the_cells_to_fill_in_are_open(workspace: Workspace) -> None:
    sheet = load_workbook(io.BytesIO(written(workspace)))["KPI-rapport"]
    assert sheet.protection.sheet
    row = first_row(sheet)
    for field in COLUMNS:
        locked = sheet.cell(row, column(sheet, field)).protection.locked
        assert locked == (field not in (*NUMBERS, "motivation", "anchor_moments")), field


edits = st.dictionaries(
    st.tuples(st.integers(0, 7), st.sampled_from([*NUMBERS, "motivation", "anchor_moments"])),
    st.integers(0, 5000),
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=edits, moved=st.booleans(), inserted=st.integers(0, 3))
def test_exactly_the_edits_come_in(
    work_file: WorkFile, edits: dict[tuple[int, str], int], moved: bool, inserted: int
) -> None:
    """Also when columns were put elsewhere and rows inserted above and between."""
    with TemporaryDirectory() as folder:
        file = work_file.copy_to(Path(folder))
        workspace = open_workspace(file.path, Runtime(day=TODAY), file.passphrase)
        try:
            mechelen = workspace.query(government_by_code, "12025").id
            lines = workspace.query(list_commitments, 2, [mechelen])
            book = load_workbook(io.BytesIO(written(workspace)))
            sheet = book["KPI-rapport"]
            start = first_row(sheet)
            by_code = {line.target_code: line for line in lines}
            wanted: dict[tuple[str, str], object] = {}
            for (place, field), number in edits.items():
                code = sheet.cell(start + place, column(sheet, "code")).value
                value: object = number if field in NUMBERS else f"tekst {number} <é&>"
                sheet.cell(start + place, column(sheet, field)).value = value  # type: ignore[assignment]
                if getattr(by_code[str(code)], field) != value:
                    wanted[by_code[str(code)].id, field] = value
            if moved:
                sheet.insert_cols(1, 2)
            for _ in range(inserted):
                sheet.insert_rows(start + 2)
                sheet.insert_rows(1)
            plan = planned(workspace, saved(book), Path(folder))
            found = {
                (edit.row_id, edit.field): edit.value
                for command in plan.commands
                if isinstance(command, ChangeCommitments)
                for edit in command.edits
            }
            assert found == wanted
            assert not plan.rejected()
            if wanted:
                take_document_over(workspace, plan)
                after = {line.id: line for line in workspace.query(list_commitments, 2, [mechelen])}
                assert all(getattr(after[row], field) == value for (row, field), value in wanted.items())
        finally:
            workspace.close()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_edited_by_libreoffice_gives_exactly_the_edits(workspace: Workspace, tmp_path: Path) -> None:
    """LibreOffice opens the workbook, its cells are edited in its own format, and it writes xlsx and ods again."""
    mechelen = workspace.query(government_by_code, "12025").id
    lines = workspace.query(list_commitments, 2, [mechelen])
    workspace.run(
        ChangeCommitments(
            (FieldEdit(lines[0].id, "final_reached", 123457), FieldEdit(lines[1].id, "motivation", "vroegere woorden"))
        )
    )
    (tmp_path / "kpi.xlsx").write_bytes(written(workspace))

    def convert(source: str, ending: str) -> Path:
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", ending]
        subprocess.run(
            [*command, "--outdir", str(tmp_path / "uit"), str(tmp_path / source)],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return tmp_path / "uit" / f"{Path(source).stem}.{ending}"

    flat = convert("kpi.xlsx", "fods")
    text = flat.read_text(encoding="utf-8").replace("123457", "234568").replace("vroegere woorden", "nieuwe woorden")
    (tmp_path / "bewerkt.fods").write_text(text, encoding="utf-8")
    for ending in ("xlsx", "ods", "xls"):
        plan = planned(workspace, convert("bewerkt.fods", ending).read_bytes(), tmp_path, f"terug.{ending}")
        found = {
            (edit.row_id, edit.field): edit.value
            for command in plan.commands
            if isinstance(command, ChangeCommitments)
            for edit in command.edits
        }
        assert found == {
            (lines[0].id, "final_reached"): 234568,
            (lines[1].id, "motivation"): "nieuwe woorden",
        }, ending


def test_what_was_agreed_is_not_changed_and_unknown_rows_are_told(workspace: Workspace, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(written(workspace)))
    sheet = book["KPI-rapport"]
    start = first_row(sheet)
    sheet.cell(start, column(sheet, "confirmed")).value = 999_999
    sheet.cell(start + 1, column(sheet, "code")).value = "A99"
    sheet.cell(start + 2, column(sheet, "final_reached")).value = "veel"
    sheet.cell(start + 3, column(sheet, "interim_reached")).value = -4
    plan = planned(workspace, saved(book), tmp_path)
    columns = [row.fault.column for row in plan.rejected() if row.fault]
    assert columns == ["Bevestigd", "Code", "Finaal behaald", "Tussentijds behaald"]


def test_without_its_names_or_of_a_newer_version_it_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(written(workspace)))
    book["KPI-rapport"].delete_rows(HEADER)
    with pytest.raises(UserError, match="names of the columns"):
        planned(workspace, saved(book), tmp_path)
    book = load_workbook(io.BytesIO(written(workspace)))
    book["_samenleven"]["B1"] = "9"
    with pytest.raises(UserError, match="newer version"):
        planned(workspace, saved(book), tmp_path)
    duffel = workspace.query(government_by_code, "11001").id
    with pytest.raises(UserError, match="no commitments"):
        workspace.query(kpi_document, duffel, 2)
