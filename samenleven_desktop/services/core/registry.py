"""Every command of the program by name, with its JSON form and its JSON Schema (docs/commands.schema.json).

The fields of a command are the fields of its JSON, with two exceptions: an action is identified by its id in JSON and
by its number in the command, because numbers have no meaning outside one plan; and a field edit has the type of the
edited field. `references` resolves the ids in the JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.field_declaration import FieldKind, RecordField
from samenleven_desktop.services.core.command import AnyCommand, FieldEdit
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.core.references import described, resolve
from samenleven_desktop.services.exchange.conflict_commands import ResolveConflicts
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments, HandOver
from samenleven_desktop.services.governments.partnership_commands import (
    AddMember,
    EndMembership,
    MakePartnership,
    NameApplicant,
    NoteOfficialFigure,
)
from samenleven_desktop.services.importing.commands import ImportRows
from samenleven_desktop.services.importing.open_data import TakeOpenData
from samenleven_desktop.services.instruments.commands import AddInstrument, ChangeInstrument, DeleteInstrument
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments, DeleteCommitment
from samenleven_desktop.services.offers.commands import (
    AddOffer,
    ChangeOffer,
    ChangeUses,
    DeleteOffer,
    DeleteUse,
    LinkOffer,
    UseOffer,
)
from samenleven_desktop.services.offers.mentor_and_example_commands import (
    AddExample,
    AddMentor,
    ChangeExample,
    ChangeMentor,
    DeleteKnowledge,
)
from samenleven_desktop.services.organisations.commands import (
    AddService,
    ChangeOrganisation,
    ChangeService,
    DeleteOrganisation,
    DeleteService,
    MakeOrganisation,
    TieOffer,
)
from samenleven_desktop.services.people.commands import (
    AddAttachment,
    AddContact,
    ChangeContact,
    DeleteAttachment,
    DeleteContact,
)
from samenleven_desktop.services.plans.commands import StopUsingPlan, UsePlan
from samenleven_desktop.services.plans.later_rules import TakeOverRules
from samenleven_desktop.services.reports.handed_over import KeepHandedOver
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact, EraseRows
from samenleven_desktop.services.safekeeping.restore_commands import PutDeletedBack, PutValueBack
from samenleven_desktop.services.sessions.commands import (
    ChangeSession,
    ChangeSessions,
    DeleteSession,
    RegisterSession,
)
from samenleven_desktop.services.sessions.entry_and_agreement_commands import (
    AddAgreement,
    AddKpiEntry,
    ChangeAgreement,
    CompleteAgreement,
    DeleteAgreement,
)
from samenleven_desktop.services.sessions.track_commands import AddTrack, ChangeTrack, DeleteTrack
from samenleven_desktop.services.stimuli.commands import (
    ChangeStimulus,
    DeleteStimulus,
    JudgeCondition,
    SetCallBudget,
    StartCandidacy,
)

COMMANDS: tuple[type[AnyCommand], ...] = (
    AddOfficer, ChooseGovernments, HandOver,
    MakePartnership, AddMember, EndMembership, NameApplicant, NoteOfficialFigure,
    MakeOrganisation, ChangeOrganisation, DeleteOrganisation, AddService, ChangeService, DeleteService, TieOffer,
    RegisterSession, ChangeSession, ChangeSessions, DeleteSession,
    AddTrack, ChangeTrack, DeleteTrack,
    AddAgreement, ChangeAgreement, CompleteAgreement, DeleteAgreement,
    AddCommitment, ChangeCommitments, DeleteCommitment, TakeOverRules, AddKpiEntry,
    AddOffer, ChangeOffer, LinkOffer, DeleteOffer, UseOffer, ChangeUses, DeleteUse,
    AddMentor, ChangeMentor, AddExample, ChangeExample, DeleteKnowledge,
    AddInstrument, ChangeInstrument, DeleteInstrument,
    StartCandidacy, ChangeStimulus, DeleteStimulus, SetCallBudget, JudgeCondition,
    UsePlan, StopUsingPlan,
    AddContact, ChangeContact, DeleteContact, AddAttachment, DeleteAttachment, KeepHandedOver,
    ResolveConflicts, EraseContact, EraseRows, PutValueBack, PutDeletedBack,
    ImportRows, TakeOpenData,
)  # fmt: skip

UNKNOWN = N_("There is no command {command}.")
MISSING = N_("This field is missing.")
NO_FIELD = N_("There is no such field.")
NOT_IN_SCHEMA = N_("This does not fit the schema of {command}: {reason}.")

Json = Mapping[str, Any]
# The JSON type of a record's field, by its kind; every other kind is a string.
_TYPES: Mapping[FieldKind, type] = {
    **dict.fromkeys((FieldKind.NUMBER, FieldKind.CENTS, FieldKind.MINUTES, FieldKind.HOURS, FieldKind.TIME), int),
    FieldKind.DAY: date,
    FieldKind.TRUTH: bool,
}


@dataclass(frozen=True)
class _Batch:
    """Several commands in one undo step: each is an object with the name of the command and, under it, its fields."""

    file: str
    commands: tuple[dict[str, Any], ...]


def command_name(kind: type[AnyCommand]) -> str:
    """RegisterSession -> register_session. Published: a command renamed in the code keeps its published name."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def commands_by_name() -> dict[str, type[AnyCommand]]:
    return {command_name(kind): kind for kind in COMMANDS}


def schema_of(name: str) -> dict[str, Any]:
    """Returns the JSON Schema of one command. Raises UserError for an unknown name."""
    kind = _kind(name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": f"#/$defs/{name}",
        "$defs": _defs([kind]),
    }


def schema_of_all() -> dict[str, Any]:
    """Returns the schema of an object with one command in it, by its name: `import_rows` takes a list of these."""
    names = commands_by_name()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Commands of Samenleven",
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": {name: {"$ref": f"#/$defs/{name}"} for name in names},
        "$defs": _defs(COMMANDS),
    }


def command_from(context: QueryContext, name: str, data: object) -> AnyCommand:
    """Builds the command in a JSON document. Raises UserError naming the invalid field."""
    return _Reader(context).command(name, data, "")


class _Reader:
    """Reads the commands of one document; the schema of each command is built once."""

    def __init__(self, context: QueryContext) -> None:
        self._context = context
        self._defs: dict[str, Json] = {}

    def command(self, name: str, data: object, place: str) -> AnyCommand:
        kind = _kind(name)
        if name not in self._defs:
            self._defs[name] = _defs([kind])
        defs = self._defs[name]
        checked = self._resolved(data, defs[name], defs, place)
        if kind is ImportRows:
            batch = _convert(name, checked, _Batch, place)
            return ImportRows(batch.file, tuple(self._batched(one, n) for n, one in enumerate(batch.commands)))
        made: AnyCommand = _convert(name, checked, kind, place)
        fields = getattr(kind, "FIELDS", None)
        if fields is None:
            return made
        return replace(made, edits=tuple(_typed(name, edit, fields) for edit in made.edits))  # type: ignore[type-var, attr-defined]

    def _batched(self, one: Mapping[str, Any], number: int) -> AnyCommand:
        place = f"commands[{number}]"
        if len(one) != 1:
            raise UserError(MISSING, field=place)
        ((name, data),) = one.items()
        return self.command(name, data, place)

    def _resolved(self, value: object, schema: Json, defs: Json, place: str) -> Any:
        """Returns the document with all references resolved. Raises UserError for a field missing from the schema."""
        schema = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
        if "$ref" in schema:
            schema = defs[schema["$ref"].rpartition("/")[2]]
        if isinstance(value, dict) and "properties" in schema:
            found = {}
            for key, one in value.items():
                inner = f"{place}.{key}".lstrip(".")
                if key not in schema["properties"]:
                    raise UserError(NO_FIELD, field=inner)
                inside = self._resolved(one, schema["properties"][key], defs, inner)
                found[key] = resolve(self._context, key, inside, inner)
            return found
        if isinstance(value, list) and isinstance(schema.get("items"), dict):
            return [self._resolved(one, schema["items"], defs, f"{place}[{n}]") for n, one in enumerate(value)]
        return value


def _kind(name: str) -> type[AnyCommand]:
    found = commands_by_name().get(name)
    if found is None:
        raise UserError(UNKNOWN, field="command", command=name)
    return found


def _typed(name: str, edit: FieldEdit, fields: Mapping[str, RecordField]) -> FieldEdit:
    """Converts the value to the type of its field, such as a day; the command refuses an unknown field."""
    if edit.field not in fields:
        return edit
    return FieldEdit(edit.row_id, edit.field, _convert(name, edit.value, _type(fields[edit.field]), edit.field))


def _type(field: RecordField) -> Any:
    return _TYPES.get(field.kind, str) | None


def _convert(name: str, data: object, kind: Any, place: str = "") -> Any:
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        words, _, path = str(error).partition(" - at `$")
        field = (place + path.rstrip("`")).lstrip(".")
        missing = re.fullmatch(r"Object missing required field `(\w+)`", words)
        if missing:
            raise UserError(MISSING, field=".".join(filter(None, (field, missing[1])))) from None
        raise UserError(NOT_IN_SCHEMA, field=field or name, command=name, reason=words) from None


def _defs(kinds: Iterable[type[AnyCommand]]) -> dict[str, Any]:
    """Returns the schemas of commands under their names, and of their parts under the class name."""
    wanted = list(kinds)
    _, found = msgspec.json.schema_components(
        [_Batch if kind is ImportRows else kind for kind in wanted],
        schema_hook=lambda _: {"description": "A value of the field."},
        ref_template="#/$defs/{name}",
    )
    titles = {("_Batch" if kind is ImportRows else kind.__name__): command_name(kind) for kind in wanted}
    defs = {titles.get(key, key): _published(key, schema, titles) for key, schema in found.items()}
    for kind in wanted:
        fields = getattr(kind, "FIELDS", None)
        if fields is not None:
            defs.pop("FieldEdit", None)
            defs[command_name(kind)]["properties"]["edits"]["items"] = _edit_schema(fields)
    if ImportRows in wanted and len(wanted) > 1:
        defs["import_rows"]["properties"]["commands"]["items"] = {"$ref": "#"}
    return dict(sorted(defs.items()))


def _published(key: str, schema: Json, titles: Mapping[str, str]) -> dict[str, Any]:
    """Returns the msgspec schema of a class, with the names of the JSON form and a one-line description."""
    found: dict[str, Any] = {**schema, "title": titles.get(key, key)}
    if "description" in found:
        found["description"] = " ".join(found["description"].split())
    if "properties" in found:
        found["properties"] = dict(described(name, one) for name, one in found["properties"].items())
        found["required"] = list(found.get("required", ()))
        found["additionalProperties"] = False
    return found


def _edit_schema(fields: Mapping[str, RecordField]) -> dict[str, Any]:
    by_type = msgspec.json.schema_components([_type(one) for one in fields.values()])[0]
    return {
        "anyOf": [
            {
                "type": "object",
                "required": ["row_id", "field", "value"],
                "properties": {"row_id": {"type": "string"}, "field": {"const": name}, "value": value},
                "additionalProperties": False,
            }
            for name, value in zip(fields, by_type, strict=True)
        ]
    }
