"""Table models for lists: ids first, rows in blocks."""
