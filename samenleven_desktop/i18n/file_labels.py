"""Labels for backups, the recycle bin and earlier values."""

from __future__ import annotations

from collections.abc import Mapping

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.i18n.labels import TABLES
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.history import Comparison

_LINKS = {"session_government", "session_action", "session_offer", "session_contact", "session_officer"}
BACKUP_REASONS = {
    "manual": N_("by hand"),
    "daily": N_("daily"),
    "migration": N_("before a new version"),
    "plan": N_("before another plan"),
    "restore": N_("before a backup was put back"),
    "key": N_("after another passphrase"),
    "repair": N_("before a repair"),
    "import": N_("before an import"),
    "exchange": N_("before an exchange"),
    "erasing": N_("before a file that erased"),
}
# Where a backup holds what a colleague's file erased since.
RETURNS = N_("What the file of your colleague erased since then comes back too, until it is erased again.")
RETENTION_KINDS = {
    "contact": N_("Contacts"),
    "report": N_("Reports of sessions"),
    "agreement": N_("Agreements that are done"),
    "attachment": N_("Attachments"),
}


def comparison_sentences(language: Language, comparison: Comparison) -> list[str]:
    """Describes the effect of restoring a backup: records by kind, and how many steps would be lost."""
    text = language.text
    if comparison.is_same:
        return [text("This backup holds the same as the work file.")]
    found = []
    for sentence, counts in (
        (N_("Comes back: {what}."), comparison.comes_back),
        (N_("Disappears: {what}."), comparison.goes),
        (N_("Becomes as it was: {what}."), comparison.becomes_other),
    ):
        what = record_counts(language, counts)
        if what:
            found.append(text(sentence, what=what))
    steps = len(comparison.steps_lost)
    if steps:
        found.append(language.plural("{n} step since then is gone.", "{n} steps since then are gone.", steps))
    return found


def record_counts(language: Language, counts: Mapping[str, int]) -> str:
    """Returns the numbers of records by kind, largest first; links between records are omitted."""
    counted = [(n, TABLES[name]) for name, n in counts.items() if n and name in TABLES and name not in _LINKS]
    return language.listing(
        [f"{language.number(n)} × {language.text(word)}" for n, word in sorted(counted, reverse=True)]
    )
