"""Exchange with colleagues, for the window and the command line."""
