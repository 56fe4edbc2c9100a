"""The window: screens ask queries and run commands, and touch nothing else."""

from samenleven_desktop.ui.pyside_refcount_workaround import make_constants_immortal

make_constants_immortal()
