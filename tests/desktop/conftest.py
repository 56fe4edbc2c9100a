"""The desktop lane: the real window on a display of its own, with a window manager and a D-Bus session."""

from tests.desktop.display import display as display
