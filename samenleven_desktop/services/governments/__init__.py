"""Municipalities: lists, dossiers, the map, partnerships and diversity officers."""
