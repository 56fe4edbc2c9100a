"""Entry point: the window without a subcommand, otherwise the command line. Imports only what the choice needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from samenleven_desktop.technical_log import start_log

if TYPE_CHECKING:
    from samenleven_desktop.i18n.language import Language


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program; returns its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    # The usual start, by double click or with one work file, needs no argument parser.
    store = Path(words[1]) if len(words) == 2 and words[0] == "--store" else None
    if not words or store:
        start_log()
        try:
            return _window(store, None, None, None)
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the user never sees a traceback
            from samenleven_desktop.cli.run import complain
            from samenleven_desktop.i18n.language import Language

            return complain(error, Language())
    from samenleven_desktop.cli.run import run

    return run(words, _window, _tour)


def _window(store: Path | None, language: str | None, today: date | None, pack: Path | None) -> int:
    from samenleven_desktop.bootstrap import run_window

    return run_window(store, language, today, pack)


def _tour(out: Path, theme: str | None, language: Language) -> int:
    from samenleven_desktop.ui.screenshots.tour import run_tour

    return run_tour(out, theme, language)


if __name__ == "__main__":
    sys.exit(main())
