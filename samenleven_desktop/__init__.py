"""Samenleven Desktop: offline work file for the coaches of the Flemish Plan Samenleven."""

__version__ = "0.1.0"
