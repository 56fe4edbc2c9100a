"""Shared by all capabilities: commands, query context, search, saved filters, output files."""
