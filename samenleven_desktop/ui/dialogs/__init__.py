"""Dialogs: short questions that belong to no single screen."""
