"""Sessions, agreements, entries, tracks and the agenda."""
