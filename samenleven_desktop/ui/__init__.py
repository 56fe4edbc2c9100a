"""The window: screens run queries and commands of the services, and access nothing else."""

from samenleven_desktop.ui.pyside_refcount_workaround import make_constants_immortal

make_constants_immortal()
