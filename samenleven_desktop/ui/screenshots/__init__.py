"""Screenshots of every screen with a practice file, and a check of their language."""
