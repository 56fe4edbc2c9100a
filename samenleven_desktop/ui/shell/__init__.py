"""The main window around the pages: top bar, navigation, notices, status line."""

from samenleven_desktop.ui.shell.window import Shell, ShellTexts

__all__ = ["Shell", "ShellTexts"]
