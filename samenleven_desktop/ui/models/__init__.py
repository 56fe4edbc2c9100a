"""Table models for lists: rows, columns, filters and editing."""
