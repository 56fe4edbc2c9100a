"""Queries for lists: one function per list, returning small row dataclasses."""
