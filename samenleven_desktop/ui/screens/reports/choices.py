"""The choices of *Rapporten*: as they are stored, to be offered again the next time, and as they are called."""

from __future__ import annotations

from collections.abc import Mapping

from samenleven_desktop.i18n.labels import SESSION_MODES
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import SessionLine
from samenleven_desktop.ui.screens.reports.layout import ReportsLayout


def choices_now(ui: ReportsLayout, without: Mapping[str, frozenset[str]]) -> dict[str, object]:
    return {
        "kind": ui.kind.currentData(),
        "scope": ui.scope.choice(),
        "governments": list(ui.governments.chosen()),
        "language": ui.language.currentData(),
        "form": ui.form.currentData(),
        "personal": ui.personal.isChecked(),
        "without": {kind: sorted(parts) for kind, parts in without.items()},
    }


def session_words(language: Language, line: SessionLine) -> str:
    who = language.listing(line.government_names)
    return f"{language.day_short(line.day)} · {who} · {language.text(SESSION_MODES[line.form])}"
