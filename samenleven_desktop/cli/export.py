"""`samenleven export`: a list as a spreadsheet, or all data as open data."""

from __future__ import annotations

from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.lists import KINDS, rows_of
from samenleven_desktop.cli.output import print_error, print_json, print_text
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.interchange.tables.writer import ENDINGS, NO_ENDING, note_of, write_table
from samenleven_desktop.services.core.lookup import governments_with_code
from samenleven_desktop.services.core.output_files import check_target, write_file
from samenleven_desktop.services.importing.kpi_document import kpi_document
from samenleven_desktop.services.importing.open_data import export_all
from samenleven_desktop.services.lists.files import record_table

DOCUMENT = "kpi-document"
WHOSE = N_("Say of which government with --government.")
ONLY_JSON = N_("{file}: all data goes out as .json. Choose a name that ends in it.")
PERSONAL = N_(
    "{file} holds personal data and is not encrypted. Keep it safe, and delete it when you no longer need it."
)


def export(call: Call) -> int:
    """Exports: `all` writes open data; a kind writes its list with the same filter as `list`."""
    path = call.options.out
    check_target(path, call.store)
    everything, ending = call.options.kind == "all", path.suffix.lower()
    if everything and ending != ".json":
        raise UserError(ONLY_JSON, field="out", file=path.name)
    if not everything and ending not in ENDINGS:
        raise UserError(NO_ENDING, field="out", file=path.name, endings=", ".join(ENDINGS))
    note: str | None = None
    if everything:
        content, number = _everything(call)
    elif call.options.kind == DOCUMENT:
        content, number = _document(call)
    else:
        content, number, note = _list(call, ending)
    write_file(path, content, call.store)
    if call.json:
        print_json({"file": path, "kind": call.options.kind, "rows": number})
    else:
        print_text(call.language.text("Written: {file}", file=str(path)))
        print_text(call.language.plural("{n} line", "{n} lines", number))
    if note is not None:
        print_error(note)
    if everything:
        print_error(call.language.text(PERSONAL, file=path.name))
    return 0


def _everything(call: Call) -> tuple[bytes, int]:
    with call.workspace() as workspace:
        content = export_all(workspace)
    return content, content.count(b'\n    "id": ')


def _document(call: Call) -> tuple[bytes, int]:
    """Returns the KPI document of one applicant, xlsx only because its cells are locked."""
    options = call.options
    if options.government is None:
        raise UserError(WHOSE, field="government")
    if options.out.suffix.lower() != ".xlsx":
        raise UserError(NO_ENDING, field="out", file=options.out.name, endings=".xlsx")
    with call.workspace() as workspace:
        government = workspace.query(governments_with_code, options.government)[0]
        return workspace.query(kpi_document, government.id, options.year), 1


def _list(call: Call, ending: str) -> tuple[bytes, int, str | None]:
    language, kind = call.language, KINDS[call.options.kind]
    found = rows_of(call, kind)
    title = language.text(kind.records.title)
    about = [
        (language.text("List"), title),
        (language.text("Made by"), found.officer or "–"),
        (language.text("Made on"), language.day(found.today)),
        (language.text("Filter"), call.options.filter or language.text("none")),
        (language.text("Work file"), call.store.name),
    ]
    if found.practice:
        about.append((language.text("Mark"), language.text("Practice file, invented figures")))
    table = record_table(kind.records, found.rows, language, about)
    return write_table(table, ending), len(found.rows), note_of(table, ending)
