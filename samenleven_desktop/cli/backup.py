"""`samenleven backup` and `samenleven check`: verified copies, restoring one, and the health of the work file."""

from __future__ import annotations

from pathlib import Path

from samenleven_desktop.cli import column_types
from samenleven_desktop.cli.invocation import Call, passphrase_given
from samenleven_desktop.cli.output import TextColumn, print_error, print_json, print_table, print_text
from samenleven_desktop.domain.errors import N_, EnvironmentFault, UserError
from samenleven_desktop.i18n.file_labels import BACKUP_REASONS, RETURNS, comparison_sentences
from samenleven_desktop.services.core import output_files
from samenleven_desktop.services.core.output_files import Backup
from samenleven_desktop.services.safekeeping.workspace_file import (
    back_up,
    check_health,
    compare_with,
    let_backup_go,
    list_backups,
    put_back,
    repair_file,
)

NOT_SOUND = N_("{file} is not sound, for {n} reasons. Nothing was changed.")
_COLUMNS: list[TextColumn] = [
    TextColumn(
        N_("moment"),
        lambda lang, one: f"{lang.day_short(one.made_at.astimezone().date())} {lang.clock(one.made_at.astimezone())}",
    ),
    TextColumn(N_("reason"), lambda lang, one: lang.text(BACKUP_REASONS.get(one.reason, one.reason))),
    TextColumn(
        N_("opens with"),
        lambda lang, one: (
            lang.text("the passphrase of that day") if one.older_passphrase else lang.text("your passphrase")
        ),
    ),
    TextColumn(N_("size"), lambda lang, one: f"{lang.number(round(one.size / 1000))} kB", right=True),
    TextColumn(
        N_("holds what was erased"),
        lambda lang, one: (
            ""
            if one.kept_until is None
            else lang.text("until {day}", day=lang.day_short(one.kept_until.astimezone().date()))
        ),
    ),
    column_types.free(N_("file"), lambda one: str(one.path)),
]
NONE_KEPT = N_("No backup still holds what a colleague's file erased.")
SEVERAL_KEPT = N_("{n} backups still hold what a colleague's file erased. Name one; see samenleven backup list.")
WRITTEN_WITH_REMARK = 4


def check(call: Call) -> int:
    """Checks pages, parents, log, attachments, search, key and backups; with --repair fixes what can be fixed.

    A damaged file is a runtime error (3); findings that are only informative exit with 0.
    """
    from samenleven_desktop.services.safekeeping.health import Remedy

    with call.workspace() as workspace:
        repaired = repair_file(workspace) if call.options.repair else 0
        found = check_health(workspace)
    language = call.language
    wrong = [one for one in found if one.remedy in (Remedy.REPAIR, Remedy.RESTORE) or one.code == "key"]
    advice = [one for one in found if one not in wrong]
    if call.json:
        print_json(
            {
                "file": call.store,
                "sound": not wrong,
                "findings": [language.text(one.sentence, **one.values) for one in wrong],
                "advice": [language.text(one.sentence, **one.values) for one in advice],
                "repaired": repaired,
            }
        )
    else:
        if call.options.repair:
            print_text(language.plural("{n} thing put right.", "{n} things put right.", repaired))
        for one in found:
            print_text(language.text(one.sentence, **one.values))
    if wrong:
        raise EnvironmentFault(NOT_SOUND, file=str(call.store), n=len(wrong))
    if not call.json:
        print_text(language.text("{file} is sound.", file=str(call.store)))
    return 0


def backup(call: Call) -> int:
    """Makes a verified copy, lists the existing ones, restores one, or lets one go that holds what was erased."""
    return {"make": _make, "list": _list, "restore": _restore, "let-go": _let_go}[call.options.what](call)


def _make(call: Call) -> int:
    with call.workspace() as workspace:
        made = back_up(workspace)
    if call.json:
        print_json({"backup": _backup_json(made.backup), "second": made.second})
    else:
        print_text(call.language.text("Backup made and proven good: {file}", file=str(made.backup.path)))
        if made.second is not None:
            print_text(call.language.text("And a copy of it: {file}", file=str(made.second)))
    if made.problem is not None:
        print_error(call.language.error(made.problem))
        return WRITTEN_WITH_REMARK
    return 0


def _list(call: Call) -> int:
    found = output_files.list_backups(call.store)
    if call.json:
        print_json({"count": len(found), "backups": [_backup_json(one) for one in found]})
        return 0
    if found:
        print_table(call.language, _COLUMNS, found)
    print_text(call.language.plural("{n} line", "{n} lines", len(found)))
    return 0


def _let_go(call: Call) -> int:
    """Removes the named backup that still holds what a colleague's file erased, or the only one."""
    chosen: Path | None = call.options.file
    kept = [one.path for one in output_files.list_backups(call.store) if one.kept_until is not None]
    if chosen is None:
        if not kept:
            raise UserError(NONE_KEPT, field="backup")
        if len(kept) > 1:
            raise UserError(SEVERAL_KEPT, field="backup", n=len(kept))
        chosen = kept[0]
    with call.workspace() as workspace:
        let_backup_go(workspace, chosen)
    if call.json:
        print_json({"backup": chosen, "removed": True})
    else:
        print_text(call.language.text("Removed: {file}", file=str(chosen)))
    return 0


def _restore(call: Call) -> int:
    """Restores the named backup, or the newest.

    If the current file still opens, a backup of it is made first; a damaged one is moved aside.
    """
    try:
        with call.workspace() as workspace:
            chosen = _chosen(call)
            comparison = compare_with(workspace, chosen)
            sentences = comparison_sentences(call.language, comparison)
            returns = any(one.path.samefile(chosen) for one in list_backups(workspace) if one.kept_until is not None)
            if returns:
                sentences.append(call.language.text(RETURNS))
            if not call.options.preview:
                put_back(workspace, chosen)
    except EnvironmentFault as fault:
        if fault.field == "passphrase" or fault.message in _NOT_FOR_RESCUE:
            raise
        return _rescue(call)
    if call.json:
        numbers = {"comes_back": comparison.comes_back, "goes": comparison.goes, "changes": comparison.becomes_other}
        print_json({"backup": chosen, "done": not call.options.preview, **numbers, "erased_comes_back": returns})
        return 0
    for sentence in sentences:
        print_text(sentence)
    if not call.options.preview:
        print_text(call.language.text("Put back: {file}", file=str(chosen)))
    return 0


def _rescue(call: Call) -> int:
    from samenleven_desktop.services.practice.constants import PRACTICE_PASSPHRASE
    from samenleven_desktop.services.safekeeping.backups import rescue

    if call.options.preview:
        raise UserError(N_("{file} does not open: there is nothing to compare with."), file=str(call.store))
    given = passphrase_given() or PRACTICE_PASSPHRASE
    rescued = rescue(call.store, call.runtime, given, chosen=call.options.file)
    if call.json:
        print_json({"backup": rescued.backup.path, "done": True, "kept_aside": rescued.kept_aside})
        return 0
    print_text(call.language.text("Put back: {file}", file=str(rescued.backup.path)))
    if rescued.kept_aside is not None:
        print_text(call.language.text("The damaged file was kept: {file}", file=str(rescued.kept_aside)))
    return 0


def _chosen(call: Call) -> Path:
    if call.options.file is not None:
        path: Path = call.options.file
        if not path.is_file():
            raise UserError(N_("There is no backup {file}."), field="backup", file=str(path))
        return path
    found = output_files.list_backups(call.store)
    if not found:
        raise UserError(N_("There is no backup of {file} yet."), field="backup", file=str(call.store))
    return found[0].path


def _backup_json(one: Backup) -> dict[str, object]:
    return {
        "file": one.path,
        "made_at": one.made_at,
        "reason": one.reason,
        "size": one.size,
        "older_passphrase": one.older_passphrase,
        "kept_until": one.kept_until,
    }


_NOT_FOR_RESCUE = (output_files.OPEN_ELSEWHERE, output_files.READ_ONLY, output_files.NEWER)
