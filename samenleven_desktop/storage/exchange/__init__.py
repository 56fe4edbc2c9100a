"""The storage side of exchange: collecting changes, merging those of colleagues, and the colleagues themselves."""
