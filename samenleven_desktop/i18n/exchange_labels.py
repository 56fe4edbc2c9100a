"""Labels for exchange, shared by window and command line: packs, colleagues, conflicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.domain.field_merge import DELETED
from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.i18n.labels import FIELDS, TABLES, field_value
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.exchange import (
    AuthorLine,
    Choice,
    ColleagueLine,
    ConflictKind,
    ConflictLine,
    ErasingLine,
    FolderState,
    PackPreview,
    PackUndo,
    Side,
    WaitingLine,
)

_MOST_NAMED = 20
KEPT_BEFORE = N_(
    "Only the backup of just before still holds it, for at most 30 days. In Keeping and restoring you can let it go "
    "sooner."
)
PROFILES = {
    Profile.MINE: N_("my governments"),
    Profile.CHOICE: N_("a choice of governments"),
    Profile.EVERYTHING: N_("everything"),
    Profile.NUMBERS: N_("team numbers"),
}
FOLDER_STATES = {
    FolderState.NEW: N_("new for you"),
    FolderState.KNOWN: N_("taken over"),
    FolderState.OWN: N_("made by you"),
    FolderState.OTHERS: N_("for others"),
    FolderState.REFUSED: N_("not good"),
    FolderState.COPYING: N_("being copied"),
    FolderState.NOT_READ: N_("not looked at yet"),
}
FOLDER_TONES = {
    FolderState.NEW: "accent",
    FolderState.KNOWN: "good",
    FolderState.OWN: "neutral",
    FolderState.OTHERS: "neutral",
    FolderState.REFUSED: "bad",
    FolderState.COPYING: "attention",
    FolderState.NOT_READ: "neutral",
}
CHOICES = {Choice.MINE: N_("yours"), Choice.THEIRS: N_("theirs"), Choice.BOTH: N_("both")}


def colleague_state(language: Language, line: ColleagueLine) -> str:
    """Returns one sentence on how much of my work a colleague has received."""
    text = language.text
    if line.revoked:
        return text("No longer trusted: nothing goes there or comes from there.")
    if not line.heard:
        return text("Nothing heard yet: the first file holds everything.")
    if line.has_until is None:
        return text("Has nothing of yours yet.")
    until = language.day(line.has_until.astimezone())
    if not line.waiting:
        return text("Has everything until {day}.", day=until)
    return language.plural(
        "Has everything until {day}; {n} change waits.",
        "Has everything until {day}; {n} changes wait.",
        line.waiting,
        day=until,
    )


def moment_text(language: Language, moment: datetime | None) -> str:
    """11-03-2024 14:02, or a dash."""
    if moment is None:
        return "–"
    here = moment.astimezone()
    return f"{language.day_short(here)} {language.clock(here)}"


def size_text(language: Language, size: int) -> str:
    """18 kB"""
    return language.text("{n} kB", n=language.number(max(size // 1024, 1)))


# Conflicts


def target_titles(plans: Iterable[Plan]) -> dict[str, str]:
    """Returns the action of each target, by the id of the target, and by its code if only one plan has it."""
    by_id: dict[str, str] = {}
    by_code: dict[str, list[str]] = defaultdict(list)
    for plan in plans:
        for action in plan.actions:
            for target in action.targets:
                words = f"{action.number} {action.short_title}"
                by_id[target.id] = words
                by_code[target.code].append(words)
    return by_id | {code: words[0] for code, words in by_code.items() if len(words) == 1}


def conflict_where(language: Language, line: ConflictLine, titles: Mapping[str, str]) -> str:
    """Mechelen · sessie · 04-03-2024: the record with the conflict; `titles` is the result of target_titles."""
    record = language.text(TABLES.get(line.table_name, line.table_name))
    parts = [language.listing(line.governments), titles.get(line.target_id or line.about, line.about) or record]
    if line.day is not None:
        parts.append(language.day_short(line.day))
    words = " · ".join(filter(None, parts))
    return words[:1].upper() + words[1:]


def conflict_field(language: Language, line: ConflictLine) -> str:
    if line.kind is ConflictKind.DELETED or line.field == DELETED:
        return language.text("deleted or kept")
    if line.kind is ConflictKind.DOUBLE:
        return language.text("taken up twice")
    return language.text(FIELDS.get(line.field, line.field))


def side_text(language: Language, line: ConflictLine, side: Side) -> str:
    """Returns the value of one side in readable form."""
    text = language.text
    if side.words is not None:
        return side.words
    if line.kind is ConflictKind.DELETED and _is_deletion(side):
        return text("deleted")
    if line.kind is ConflictKind.DELETED:
        return text("changed: {value}", value=field_value(language, "", side.value))
    if line.kind is ConflictKind.DOUBLE:
        return text("confirmed: {value}", value=field_value(language, "confirmed", side.value))
    return field_value(language, line.field, side.value)


def choice_text(language: Language, line: ConflictLine, choice: Choice) -> str:
    """Returns the meaning of a choice for this conflict."""
    text = language.text
    if line.kind is ConflictKind.DELETED and choice is not Choice.BOTH:
        side = line.mine if choice is Choice.MINE else line.theirs
        return text("Leave it deleted") if _is_deletion(side) else text("Keep it")
    if choice is Choice.BOTH:
        return text("Keep both") if line.kind is ConflictKind.DOUBLE else text("Both")
    return text("Yours") if choice is Choice.MINE else text("Your colleague's")


def side_head(language: Language, side: Side, who: str) -> str:
    """Returns the author and time of a value."""
    parts = [who, side.officer or "", moment_text(language, side.made_at) if side.made_at else ""]
    return " · ".join(filter(None, parts))


def waiting_sentence(language: Language, line: WaitingLine) -> str:
    """Returns what waits and for what; for rows of a plan that is not here, which plan, and where it comes in."""
    if line.needs_plan:
        names = [language.text("“{name}”", name=name) for name in line.plans]
        return language.plural(
            "{n} record ({what}) waits for a plan that is not here: {plan}. Load it in the settings.",
            "{n} records ({what}) wait for a plan that is not here: {plan}. Load it in the settings.",
            line.rows,
            what=language.text(TABLES.get(line.table_name, line.table_name)),
            plan=language.listing(names) or language.text("ask your colleague which one"),
        )
    return language.plural(
        "{n} record ({what}) waits for a {needed} that has not come yet.",
        "{n} records ({what}) wait for a {needed} that has not come yet.",
        line.rows,
        what=language.text(TABLES.get(line.table_name, line.table_name)),
        needed=language.text(TABLES.get(line.needs_table, line.needs_table)),
    )


def ahead_sentence(language: Language, changes: int, until: date) -> str:
    return language.plural(
        "{n} change is dated in the future, until {day}: the clock of a colleague's computer is wrong.",
        "{n} changes are dated in the future, until {day}: the clock of a colleague's computer is wrong.",
        changes,
        day=language.day(until),
    )


def _is_deletion(side: Side) -> bool:
    """In a conflict about a deletion, the value of the deleting side is the time of the deletion."""
    try:
        return bool(side.value) and datetime.fromisoformat(str(side.value)) is not None and "T" in str(side.value)
    except ValueError:
        return False


# Packs


def since_text(language: Language, found: PackPreview) -> str:
    """412 changes since 26 February"""
    number = found.changes + found.known
    if found.since is None:
        return language.plural("{n} change", "{n} changes", number)
    day: date = found.since.astimezone().date()
    return language.plural("{n} change since {day}", "{n} changes since {day}", number, day=language.day(day))


def preview_notes(language: Language, found: PackPreview) -> list[str]:
    """Returns what the user should know about a pack besides the numbers, one sentence each."""
    text, notes = language.text, []
    if found.handover:
        words = text("{colleague} hands {name} over to you.", colleague=found.sender, name=found.handover)
        notes.append(words)
    if found.missing_packs:
        numbers = language.listing([language.number(one) for one in found.missing_packs])
        notes.append(
            language.plural(
                "Of {colleague} file {numbers} is missing. Ask for it; what depends on it waits.",
                "Of {colleague} files {numbers} are missing. Ask for them; what depends on them waits.",
                len(found.missing_packs),
                colleague=found.sender,
                numbers=numbers,
            )
        )
    notes += [
        text(
            "It brings {name}, version {version}: you take it in use yourself, on the page Plans.",
            name=name,
            version=one,
        )
        for name, one in found.plans
    ]
    notes += [waiting_sentence(language, one) for one in found.waiting]
    if found.ahead and found.ahead_until is not None:
        notes.append(ahead_sentence(language, found.ahead, found.ahead_until))
    if found.not_understood:
        notes.append(
            language.plural(
                "{n} change comes from a newer version of the program: it is kept and passed on, not shown.",
                "{n} changes come from a newer version of the program: they are kept and passed on, not shown.",
                found.not_understood,
            )
        )
    if found.erased and not (found.erasing and not found.applied):
        notes.append(
            language.plural(
                "{n} person or record was erased for good at your colleague's, and goes here too.",
                "{n} persons or records were erased for good at your colleague's, and go here too.",
                found.erased,
            )
        )
    if found.erasing and not found.applied:
        notes.append(text("Erased here for good: {names}.", names=erasing_text(language, found)))
        notes.append(text(KEPT_BEFORE))
    if found.outside:
        notes.append(outside_text(language, found))
    if found.no_longer_mine:
        notes.append(no_longer_mine_text(language, found))
    notes += author_sentences(language, found.authors, found.sender)
    notes += [text("Together this offer costs more than the subsidy: {offer}.", offer=one) for one in found.overspent]
    notes += [
        text("The dossier of {name} is not the same as at your colleague's. Ask for a file with everything.", name=one)
        for one in found.different
    ]
    return notes


def erasing_text(language: Language, found: PackPreview) -> str:
    """Returns what a pack erases here, by name: contact Jan Peeters (Mechelen); session ..."""
    return _erasing_names(language, found.erasing)


def stays_erased_text(language: Language, found: PackUndo) -> str:
    """Returns what does not come back when a pack is taken back."""
    if not found.erased:
        return language.text("What this file erased stays erased.")
    return language.text("Stays erased: {names}.", names=_erasing_names(language, found.erased))


def _erasing_names(language: Language, erasing: Sequence[ErasingLine]) -> str:
    lines = [erasing_line(language, one) for one in erasing[:_MOST_NAMED]]
    more = len(erasing) - _MOST_NAMED
    return "; ".join([*lines, *([language.plural("{n} more", "{n} more", more)] if more > 0 else [])])


def erasing_line(language: Language, one: ErasingLine) -> str:
    day = None if one.day is None else language.day_short(one.day)
    around = ", ".join(filter(None, (one.governments, day)))
    words = f"{language.text(TABLES.get(one.table_name, one.table_name))} {one.words}".strip()
    return f"{words} ({around})" if around else words


def outside_text(language: Language, found: PackPreview) -> str:
    names = language.listing(found.outside)
    return language.text("Not among the governments of {colleague}: {names}.", colleague=found.sender, names=names)


def no_longer_mine_text(language: Language, found: PackPreview) -> str:
    return language.text("No longer among your governments: {names}.", names=language.listing(found.no_longer_mine))


def author_sentences(language: Language, authors: Sequence[AuthorLine], colleague: str) -> list[str]:
    """Returns whose work a colleague passed on, one sentence for each, and whether it is proven to be theirs."""
    found = []
    for one in authors:
        names = {"author": language.text(one.label), "colleague": colleague}
        if not one.proven:
            found.append(
                language.plural(
                    "{n} change under the name of {author}, passed on by {colleague}: not proven to be theirs.",
                    "{n} changes under the name of {author}, passed on by {colleague}: not proven to be theirs.",
                    one.changes,
                    **names,
                )
            )
            continue
        words = language.plural(
            "{n} change of {author}, passed on by {colleague}.",
            "{n} changes of {author}, passed on by {colleague}.",
            one.changes,
            **names,
        )
        if not one.compared:
            words += " " + language.text("You did not compare the card of {author}.", author=names["author"])
        if one.worn:
            words += " " + language.plural(
                "Something was erased from {n}: what is left of its texts is not proven.",
                "Something was erased from {n}: what is left of their texts is not proven.",
                one.worn,
            )
        found.append(words)
    return found


def authors_text(language: Language, authors: Sequence[AuthorLine]) -> str:
    """Returns whose work came along in a file, for the list of files: of coach A; of coach B (not proven)."""
    text = language.text
    return "; ".join(
        text("of {author}", author=text(one.label))
        if one.proven
        else text("under the name of {author}, not proven", author=text(one.label))
        for one in authors
    )


def brought_text(language: Language, found: PackPreview) -> str:
    """Returns one sentence on what was applied."""
    text = language.text
    if found.profile is Profile.NUMBERS:
        return text("The team numbers of {colleague} are in.", colleague=found.sender)
    if not (found.new or found.changed or found.deleted or found.conflicts or found.erased):
        return text("The file of {colleague} brought nothing new.", colleague=found.sender)
    return text(
        "Taken over from {colleague}: {new} new, {changed} changed, {deleted} deleted.",
        colleague=found.sender,
        new=language.number(found.new),
        changed=language.number(found.changed),
        deleted=language.number(found.deleted),
    )
