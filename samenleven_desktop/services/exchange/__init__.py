"""Exchange with colleagues as the window and the command line know it."""
