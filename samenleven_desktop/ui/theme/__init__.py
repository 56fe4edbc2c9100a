"""Colours, type, spacing, icons and style sheet: the whole look of the window lives here."""
