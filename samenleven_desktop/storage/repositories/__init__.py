"""Writing helpers that work inside one unit of work."""
