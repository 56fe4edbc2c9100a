"""Samenleven Desktop: the offline work file of the coaches behind the Flemish Plan Samenleven."""

__version__ = "0.1.0"
