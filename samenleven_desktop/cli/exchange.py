"""`samenleven identity`, `pack` and `conflicts`: cards, files for and from colleagues, and conflicts."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samenleven_desktop.cli import column_types
from samenleven_desktop.cli.invocation import Call
from samenleven_desktop.cli.output import TextColumn, print_error, print_json, print_table, print_text
from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.i18n.exchange_labels import (
    KEPT_BEFORE,
    PROFILES,
    ahead_sentence,
    author_sentences,
    erasing_line,
    no_longer_mine_text,
    outside_text,
    waiting_sentence,
)
from samenleven_desktop.i18n.labels import FIELDS, TABLES, field_value
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.exchange import (
    Choice,
    ColleagueLine,
    ConflictKind,
    ConflictLine,
    MadePack,
    PackFacts,
    PackPreview,
    PackRequest,
    Side,
    WaitingLine,
)
from samenleven_desktop.services.core import lookup
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.exchange.colleagues import (
    find_colleague,
    list_colleagues,
    look_at_card,
    own_card,
    revoke,
    save_card,
    trust,
)
from samenleven_desktop.services.exchange.conflict_commands import ResolveConflicts
from samenleven_desktop.services.exchange.create_pack import make_pack
from samenleven_desktop.services.exchange.pack_facts import pack_facts
from samenleven_desktop.services.exchange.received_packs import list_conflicts, list_waiting

if TYPE_CHECKING:
    from samenleven_desktop.services.workfile.workspace import Workspace
    from samenleven_desktop.sync.card import Card

COMPARE = N_("Read these words aloud with {label}: {words}. When theirs are the same, say --yes.")
NOT_COMPARED = N_("The card of {label} is not trusted: without the same words it may be of somebody else.")
ONLY_FOR_CHOICE = N_("--government goes with --profile choice only.")
ONE_GOVERNMENT = N_("A hand-over is of one government: leave out --profile, --government and --for-older.")
NO_SUCH_CONFLICT = N_("There is no conflict {id} to decide. See samenleven conflicts list.")
CHOICES = {Choice.MINE: N_("Yours"), Choice.THEIRS: N_("Your colleague's"), Choice.BOTH: N_("Both")}
_COUNTED = (N_("{n} new"), N_("{n} changed"), N_("{n} deleted"))
YES = ("j", "ja", "y", "yes")
LEFT_TO_DECIDE = 4
_CODE = 8


def identity(call: Call) -> int:
    """Manages the officer's own card, and the cards of colleagues."""
    with call.workspace() as workspace:
        match call.options.what:
            case "show":
                return _print_card(call, own_card(workspace), {})
            case "card":
                made = save_card(workspace, call.options.out)
                return _print_card(call, made, {"file": call.options.out})
            case "trust":
                return _trust(call, workspace)
            case "revoke":
                return _revoke(call, workspace)
        lines = list_colleagues(workspace)
    if call.json:
        print_json({"count": len(lines), "colleagues": lines})
        return 0
    if lines:
        print_table(call.language, _COLLEAGUES, lines)
    print_text(call.language.plural("{n} line", "{n} lines", len(lines)))
    return 0


def pack(call: Call) -> int:
    """Makes, previews or applies a file."""
    with call.workspace() as workspace:
        return {"make": _make, "show": _show, "apply": _apply}[call.options.what](call, workspace)


def conflicts(call: Call) -> int:
    """Lists the open conflicts, or decides one."""
    with call.workspace() as workspace:
        if call.options.what == "resolve":
            return _resolve(call, workspace)
        lines, waiting = workspace.query(list_conflicts), workspace.query(list_waiting)
    if call.json:
        print_json({"count": len(lines), "conflicts": lines, "waiting": waiting})
        return 0
    if lines:
        print_table(call.language, _CONFLICTS, lines)
    print_text(call.language.plural("{n} line", "{n} lines", len(lines)))
    _print_waiting(call.language, waiting)
    return 0


# Identity


def _print_card(call: Call, card: Card, more: dict[str, object]) -> int:
    language, path = call.language, more.get("file")
    if call.json:
        print_json(_card_json(card) | more)
        return 0
    if path is not None:
        print_text(language.text("Written: {file}", file=str(path)))
    print_text(language.text("{label}, code {code}", label=card.label, code=card.fingerprint[:_CODE]))
    print_text(language.text("The words to read aloud: {words}", words=" ".join(card.words)))
    return 0


def _card_json(card: Card) -> dict[str, object]:
    return {
        "label": card.label,
        "officer_id": card.officer_id,
        "fingerprint": card.fingerprint,
        "words": list(card.words),
    }


def _trust(call: Call, workspace: Workspace) -> int:
    language = call.language
    card = look_at_card(workspace, call.options.card)
    if not call.options.yes:
        words = " ".join(card.words)
        if call.json or not sys.stdin.isatty():
            raise UserError(COMPARE, field="--yes", label=card.label, words=words)
        print_text(language.text("Read these words aloud with {label}: {words}", label=card.label, words=words))
        if input(language.text("Are theirs the same? (yes/no) ")).strip().casefold() not in YES:
            raise UserError(NOT_COMPARED, field="card", label=card.label)
    trust(workspace, card)
    if call.json:
        print_json(_card_json(card) | {"trusted": True})
    else:
        print_text(language.text("Files from and for {label} are trusted from now on.", label=card.label))
    return 0


def _revoke(call: Call, workspace: Workspace) -> int:
    found = find_colleague(workspace, call.options.card)
    revoke(workspace, found.fingerprint)
    if call.json:
        print_json({"label": found.label, "fingerprint": found.fingerprint, "trusted": False})
    else:
        print_text(call.language.text("{label} is no longer trusted. What came stays.", label=found.label))
    return 0


def _has(language: Language, line: ColleagueLine) -> str:
    if line.revoked:
        return language.text("no longer trusted")
    if not line.heard:
        return language.text("nothing heard yet")
    changes = language.plural("{n} change waits", "{n} changes wait", line.waiting)
    if line.has_until is None:
        return changes
    until = language.day_short(line.has_until.astimezone().date())
    return language.text("everything until {day}; {changes}", day=until, changes=changes)


_COLLEAGUES: list[TextColumn] = [
    column_types.free(N_("colleague"), lambda line: line.label),
    column_types.free(N_("code"), lambda line: line.fingerprint[:_CODE]),
    column_types.free(N_("words"), lambda line: " ".join(line.words)),
    TextColumn(N_("has of mine"), _has),
    column_types.day(
        N_("last file from there"), lambda line: line.last_received and line.last_received.astimezone().date()
    ),
]


# Packs


def _make(call: Call, workspace: Workspace) -> int:
    options = call.options
    colleagues = [find_colleague(workspace, named) for named in options.to]
    if options.handover is not None:
        made = _hand_over(call, workspace, colleagues)
    else:
        named = options.government or []
        profile = Profile(options.profile) if options.profile else Profile.CHOICE if named else Profile.MINE
        if named and profile is not Profile.CHOICE:
            raise UserError(ONLY_FOR_CHOICE, field="--government")
        governments = tuple(dict.fromkeys(id_ for code in named for id_ in workspace.query(_ids_of, code)))
        prints = tuple(one.fingerprint for one in colleagues)
        made = make_pack(workspace, PackRequest(profile, prints, governments, older=options.for_older), options.out)
    _print_made(call, made, [one.label for one in colleagues])
    return 0


def _hand_over(call: Call, workspace: Workspace, colleagues: list[Any]) -> MadePack:
    from samenleven_desktop.services.exchange.hand_over import hand_over

    options = call.options
    if options.government or options.profile or options.for_older:
        raise UserError(ONE_GOVERNMENT, field="--handover")
    government = workspace.query(lookup.government_on, options.handover, workspace.today)
    return hand_over(workspace, government.id, colleagues, options.out, call.language).result


def _ids_of(context: QueryContext, code: str) -> list[str]:
    """A merged city may keep its code: both dossiers are included."""
    return [one.id for one in lookup.governments_with_code(context, code)]


def _print_made(call: Call, made: MadePack, labels: list[str]) -> None:
    language = call.language
    if call.json:
        print_json({"file": made.path, **{one.name: getattr(made, one.name) for one in fields(made)[1:]}, "to": labels})
        return
    print_text(language.text("Written: {file}", file=str(made.path)))
    print_text(language.plural("{n} change", "{n} changes", made.changes))
    for label in made.newcomers:
        print_text(language.text("{label} gets everything: nothing was heard from there yet.", label=label))


def _show(call: Call, workspace: Workspace) -> int:
    found, language = pack_facts(workspace, call.options.file), call.language
    if call.json:
        names = ("scope", "device_id", "first", "last")
        ranges = [dict(zip(names, one, strict=True)) for one in found.ranges]
        print_json({**_as_json(found), "ranges": ranges})
        return 0
    _print_head(language, found)
    print_text(language.plural("{n} change", "{n} changes", found.changes))
    if found.plans_lacking:
        lacking = N_("Works under a plan that is not here: {plan}. Load it; what belongs to it waits.")
        print_text(language.text(lacking, plan=language.listing(found.plans_lacking)))
    if found.applied:
        print_text(language.text("Taken over here already."))
    return 0


def _apply(call: Call, workspace: Workspace) -> int:
    path: Path = call.options.file
    if call.options.preview:
        found, problem = preview_pack(workspace, path), None
    else:
        options = call.options
        found, _, problem = apply_pack(workspace, path, erase=options.yes, unproven=options.unproven)
    if call.json:
        names = ("table", "new", "changed", "deleted")
        tables = [dict(zip(names, one, strict=True)) for one in found.by_table]
        print_json({**_as_json(found), "by_table": tables, "left_to_decide": found.left_to_decide})
    else:
        _print_preview(call.language, found)
    if problem is not None:
        print_error(call.language.error(problem))
    if call.options.preview:
        return 0
    return LEFT_TO_DECIDE if found.left_to_decide or problem is not None else 0


def _as_json(found: PackFacts | PackPreview) -> dict[str, object]:
    return {one.name: getattr(found, one.name) for one in fields(found)}


def _print_head(language: Language, found: PackFacts | PackPreview) -> None:
    made = found.made_at.astimezone()
    head = language.text(
        "File {number} from {sender}, made on {day} at {time}: {profile}",
        number=language.number(found.number),
        sender=found.sender,
        day=language.day(made.date()),
        time=language.clock(made),
        profile=language.text(PROFILES[found.profile]),
    )
    print_text(head)
    if found.governments:
        print_text(language.text("Governments: {names}", names=language.listing(found.governments)))


def _print_preview(language: Language, found: PackPreview) -> None:
    text, plural = language.text, language.plural
    _print_head(language, found)
    if found.profile is Profile.NUMBERS:
        print_text(text("Kept to read.") if found.applied else text("Team numbers are kept to read, never merged."))
        return
    for table_name, *counts in found.by_table:
        parts = zip(_COUNTED, counts, strict=True)
        words = ", ".join(text(part, n=language.number(n)) for part, n in parts if n)
        print_text(f"  {text(TABLES.get(table_name, table_name))}: {words}")
    if not found.changes and not (found.new or found.changed or found.deleted):
        print_text(text("Everything in it is known here already."))
    elif found.known:
        print_text(plural("{n} change was known here already", "{n} changes were known here already", found.known))
    if found.erased:
        print_text(plural("{n} record is erased for good", "{n} records are erased for good", found.erased))
    if found.erasing and not found.applied:
        for line in found.erasing:
            print_text(text("Erased here for good: {names}.", names=erasing_line(language, line)))
        print_text(text(KEPT_BEFORE))
    if found.outside:
        print_text(outside_text(language, found))
    if found.no_longer_mine:
        print_text(no_longer_mine_text(language, found))
    for sentence in author_sentences(language, found.authors, found.sender):
        print_text(sentence)
    if found.not_understood:
        print_text(
            plural(
                "{n} change is of a newer version: kept and passed on, not shown here",
                "{n} changes are of a newer version: kept and passed on, not shown here",
                found.not_understood,
            )
        )
    if found.missing_packs:
        numbers = language.listing([language.number(n) for n in found.missing_packs])
        print_text(text("Missing from {sender}: file {numbers}. Ask for it.", sender=found.sender, numbers=numbers))
    _print_waiting(language, found.waiting)
    if found.ahead and found.ahead_until is not None:
        print_text(ahead_sentence(language, found.ahead, found.ahead_until))
    for words in found.overspent:
        print_text(text("More than the subsidy of the target: {use}", use=words))
    for words in found.different:
        print_text(text("Not the same as with {sender}: {name}", sender=found.sender, name=words))
    if found.conflicts:
        print_text(plural("{n} conflict to decide:", "{n} conflicts to decide:", len(found.conflicts)))
        print_table(language, _CONFLICTS, found.conflicts)


def _print_waiting(language: Language, waiting: list[WaitingLine] | tuple[WaitingLine, ...]) -> None:
    for line in waiting:
        print_text(waiting_sentence(language, line))


# Conflicts


def _resolve(call: Call, workspace: Workspace) -> int:
    id_, choice = call.options.id, Choice(call.options.choice)
    if id_ not in {line.id for line in workspace.query(list_conflicts)}:
        raise UserError(NO_SUCH_CONFLICT, field="id", id=id_)
    workspace.run(ResolveConflicts({id_: choice}))
    left = len(workspace.query(list_conflicts))
    if call.json:
        print_json({"resolved": id_, "choice": choice, "left": left})
        return 0
    print_text(call.language.text("Decided: {choice}.", choice=call.language.text(CHOICES[choice])))
    print_text(call.language.plural("{n} conflict left", "{n} conflicts left", left))
    return 0


def _place_text(language: Language, line: ConflictLine) -> str:
    parts = [*line.governments[:2], language.text(TABLES.get(line.table_name, line.table_name))]
    if line.day is not None:
        parts.append(language.day_short(line.day))
    return ", ".join(parts)


def _kind_text(language: Language, line: ConflictLine) -> str:
    if line.kind is ConflictKind.DELETED:
        return language.text("deleted or kept")
    if line.kind is ConflictKind.DOUBLE:
        return language.text("entered twice")
    return language.text(FIELDS.get(line.field, line.field))


def _value(language: Language, line: ConflictLine, side: Side) -> str:
    return field_value(language, line.field, side.value, short=True)


_CONFLICTS: list[TextColumn] = [
    column_types.free(N_("id"), lambda line: line.id),
    TextColumn(N_("record"), _place_text),
    TextColumn(N_("what"), _kind_text),
    TextColumn(N_("Yours"), lambda language, line: _value(language, line, line.mine)),
    TextColumn(N_("Your colleague's"), lambda language, line: _value(language, line, line.theirs)),
    TextColumn(N_("shown now"), lambda language, line: language.text(CHOICES[line.shown])),
]
