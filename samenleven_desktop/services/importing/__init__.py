"""Rows of a spreadsheet become records: fields by their names, values read, rows planned, everything in one step."""
