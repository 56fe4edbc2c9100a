"""The open work file: opening, queries, commands, undo and drafts."""
