"""`samenleven do NAME JSON`: runs any command of the program as one undo step; prints the result as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from samenleven_desktop.cli.import_rows import WRITTEN_WITH_REMARK
from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import print_error, print_json, print_lines
from samenleven_desktop.cli.parser import WrongUsage
from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.registry import command_from, commands_by_name, schema_of
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.importing.open_data import BROKEN, read_open_data
from samenleven_desktop.services.workfile.workspace import Workspace

AT_FIELD = N_("{place}: {sentence}")
NO_FILE = N_("There is no file {file}.")
NOT_TEXT = N_("{file} is no text in UTF-8.")
# So many characters of a document in an error message.
_SHOWN = 40
USAGE = N_("do needs a command and its fields as JSON, or --list. See {command} --help.")
UNKNOWN = N_("There is no command {name}. See {command} --list.")


def do(call: Call) -> int:
    """Returns 4 if the command succeeded but something is left to do, such as a backup that could not be reached."""
    options, text = call.options, call.language.text
    if options.list:
        _list(call)
        return 0
    if options.name is None or (options.data is None and not options.schema):
        raise WrongUsage(text(USAGE, command="samenleven do"))
    if options.name not in commands_by_name():
        raise WrongUsage(text(UNKNOWN, name=options.name, command="samenleven do"))
    if options.schema:
        print_json(schema_of(options.name))
        return 0
    data = _read(options.data)
    with call.workspace() as workspace:
        if call.plan is not None:
            workspace.named_plan = workspace.query(lookup.in_plan, call.plan).plan
        try:
            document, problem = _run(workspace, options.name, data)
        except UserError as error:
            if error.field is None:
                raise
            raise UserError(AT_FIELD, place=error.field, sentence=call.language.error(error)) from None
    print_json(document)
    if problem is None:
        return 0
    print_error(call.language.error(problem))
    return WRITTEN_WITH_REMARK


def _run(workspace: Workspace, name: str, data: object) -> tuple[dict[str, object], EnvironmentFault | None]:
    command = workspace.query(command_from, name, data)
    done = workspace.run(command)
    if isinstance(command, AddOfficer) and workspace.officer_id is None:
        # As in the window: the first officer added to a file becomes its current officer.
        workspace.choose_officer(done.result)
    rows = dict.fromkeys((change.table, change.row_id) for change in done.changes)
    document = {
        "command": name,
        "command_id": done.command_id,
        "result": done.result,
        "rows": [{"table": table, "id": row_id} for table, row_id in rows],
    }
    return document, done.problem


def _list(call: Call) -> None:
    commands = {name: call.language.text(kind.name) for name, kind in commands_by_name().items()}
    if call.json:
        print_json({"commands": [{"name": name, "history": words} for name, words in commands.items()]})
        return
    width = max(map(len, commands))
    print_lines(f"{name:<{width}}  {words}" for name, words in commands.items())


def _read(words: str) -> object:
    """Reads the document from the command line, a file (@name) or standard input (-)."""
    name = " ".join(words.split())[:_SHOWN]
    if words == "-":
        content = sys.stdin.buffer.read()
    elif words.startswith("@"):
        path = Path(words[1:])
        name = path.name
        if not path.is_file():
            raise UserError(NO_FILE, field="JSON", file=str(path))
        content = read_open_data(path)
    else:
        content = words.encode(errors="surrogateescape")
    try:
        return json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise UserError(BROKEN, file=name, line=error.lineno, column=error.colno) from None
    except UnicodeDecodeError:
        raise UserError(NOT_TEXT, file=name) from None
    except RecursionError:
        raise UserError(BROKEN, file=name, line=1, column=1) from None
