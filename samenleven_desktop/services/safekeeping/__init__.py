"""Backups, health check, bin, retention, erasure and restoring earlier values."""
