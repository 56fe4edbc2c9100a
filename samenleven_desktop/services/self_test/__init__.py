"""Self-test of an installation."""
