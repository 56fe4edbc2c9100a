"""Dialogs that do not belong to a single screen."""
