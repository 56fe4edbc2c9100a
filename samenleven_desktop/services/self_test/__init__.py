"""Proves an installation."""
