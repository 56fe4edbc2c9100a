"""`samenleven import FILE`: imports rows of a spreadsheet as one step; --preview is a dry run."""

from __future__ import annotations

from dataclasses import replace

from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import print_json, print_text
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.import_preview import RowState
from samenleven_desktop.services.core.output_files import check_target, write_file
from samenleven_desktop.services.importing.import_plan import ImportPlan
from samenleven_desktop.services.importing.kinds import KINDS
from samenleven_desktop.services.importing.open_data import (
    WOULD_COME,
    import_all,
    looks_like,
    preview_all,
    read_open_data,
)
from samenleven_desktop.services.importing.preview import NO_COLUMN, NO_KIND, SheetMapping, header_of, missing_fields
from samenleven_desktop.services.importing.run import (
    Sheet,
    Workbook,
    fault_words,
    preview,
    preview_document,
    read_file,
    rejected_file,
    take_document_over,
    take_over,
    wish_for,
)

NO_SHEET = N_("{file} has no sheet {sheet}. It has: {sheets}.")
BAD_MAP = N_("--map: {part} is not understood. Write field=column, for instance {example}.")
NO_SUCH_COLUMN = N_("--map: {file} has no column {column}.")
PORTAL = N_("Report of the portal")
SHOWN = 20
WRITTEN_WITH_REMARK = 4


def import_file(call: Call) -> int:
    """Returns 4 if rows were rejected: the others are imported, these are left to correct."""
    options, language = call.options, call.language
    if options.rejected is not None:
        check_target(options.rejected, call.store)
    is_json = options.file.is_file() and options.file.suffix.lower() == ".json"
    content = read_open_data(options.file) if is_json else b""
    if looks_like(content):
        return _open_data(call, content)
    book = read_file(options.file)
    with call.workspace() as workspace:
        found = preview_document(workspace, book, options.year)
        if found is not None:
            written = 0 if options.preview or not found.commands else take_document_over(workspace, found).result
            _print_result(call, found, SheetMapping(found.kind, 1, {}), written)
            return WRITTEN_WITH_REMARK if found.rejected() and not options.preview else 0
        assert isinstance(book, Workbook)
        sheet = _sheet(book, options.sheet)
        mapping = wish_for(workspace, sheet, options.kind)
        if mapping is None:
            raise UserError(NO_KIND, field="--as", file=book.file)
        mapping = replace(_mapped(call, book.file, sheet, mapping), all_sure=options.sure)
        plan = preview(workspace, book.file, sheet, mapping)
        written = 0
        if not options.preview and plan.commands:
            written = take_over(workspace, plan, sheet, mapping).result
    if options.rejected is not None and plan.rejected():
        content = rejected_file(plan, sheet, language, options.rejected.suffix.lower())
        write_file(options.rejected, content, call.store)
    _print_result(call, plan, mapping, written)
    return WRITTEN_WITH_REMARK if plan.rejected() and not options.preview else 0


def _open_data(call: Call, content: bytes) -> int:
    """Imports a file written by `export all`."""
    name, preview_only = call.options.file.name, call.options.preview
    with call.workspace() as workspace:
        shown = preview_all(workspace, name, content) if preview_only else None
        done = shown or import_all(workspace, name, content).result
    if call.json:
        written = 0 if preview_only else done.added + done.changed
        numbers = {"new": done.added, "changed": done.changed, "written": written}
        print_json({"file": call.options.file, "kind": "all", **numbers})
    else:
        sentence = WOULD_COME if preview_only else N_("{new} records added, {changed} changed.")
        print_text(call.language.text(sentence, new=done.added, changed=done.changed))
    return 0


def _sheet(book: Workbook, wanted: str | None) -> Sheet:
    """Returns the named sheet, otherwise the first with rows."""
    for sheet in book.sheets:
        if sheet.name == wanted or (wanted is None and sheet.rows):
            return sheet
    names = ", ".join(sheet.name for sheet in book.sheets)
    raise UserError(NO_SHEET, field="--sheet", file=book.file, sheet=wanted or "", sheets=names)


def _mapped(call: Call, file: str, sheet: Sheet, mapping: SheetMapping) -> SheetMapping:
    """Applies the columns of --map; raises UserError if a required column is not mapped."""
    columns, spec = dict(mapping.columns), KINDS[mapping.kind]
    header_row = call.options.header or mapping.header_row
    header = header_of(sheet.rows[header_row - 1]) if header_row <= len(sheet.rows) else ()
    for part in filter(None, (call.options.map or "").split(",")):
        key, equals, column = part.partition("=")
        if not equals or key.strip() not in {one.key for one in spec.fields}:
            raise UserError(BAD_MAP, field="--map", part=part, example=f"{spec.fields[0].key}=Gemeente")
        if column.strip() not in header:
            raise UserError(NO_SUCH_COLUMN, field="--map", file=file, column=column.strip())
        columns[key.strip()] = header.index(column.strip())
    mapping = SheetMapping(mapping.kind, header_row, columns, mapping.accepted)
    missing = missing_fields(mapping)
    if missing:
        fields = call.language.listing([call.language.text(one.caption) for one in missing])
        raise UserError(NO_COLUMN, field="--map", fields=fields)
    return mapping


def _print_result(call: Call, plan: ImportPlan, mapping: SheetMapping, written: int) -> None:
    language, counts = call.language, plan.counts()
    if call.json:
        rejected = [
            {
                "row": row.number,
                "column": row.fault.column,
                "reason": language.fault(row.fault.sentence, row.fault.values),
                "asks": row.fault.asks,
                "proposal": row.fault.proposal[0] if row.fault.proposal else None,
            }
            for row in plan.rejected()
            if row.fault is not None
        ]
        print_json(
            {
                "file": plan.file,
                "kind": plan.kind,
                "header_row": mapping.header_row,
                "columns": {
                    key: plan.header[place] for key, place in mapping.columns.items() if place < len(plan.header)
                },
                **{state.value: number for state, number in counts.items()},
                "written": written,
                "rejected_rows": rejected,
            }
        )
        return
    words = language.text(
        "{kind}: {new} new, {changed} changed, {same} the same, {rejected} rejected.",
        kind=language.text(KINDS[plan.kind].caption if plan.kind in KINDS else PORTAL),
        **{state.value: language.number(counts[state]) for state in RowState},
    )
    print_text(words)
    for row in plan.rejected()[:SHOWN]:
        why = fault_words(row, language)
        print_text(language.text("row {row}: {why}", row=language.number(row.number), why=why))
    rest = len(plan.rejected()) - SHOWN
    if rest > 0:
        print_text(language.plural("and {n} more", "and {n} more", rest))
    if any(row.fault is not None and row.fault.asks for row in plan.rejected()):
        print_text(language.text("If these rows are right, add --sure."))
    if not call.options.preview:
        print_text(language.plural("{n} record written.", "{n} records written.", written))
