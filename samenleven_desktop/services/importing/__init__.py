"""Imports spreadsheet rows as records: maps columns, parses values, plans rows, writes them in one step."""
