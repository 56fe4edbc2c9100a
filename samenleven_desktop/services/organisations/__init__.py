"""Organisations: what they are, which governments they serve, and what they offer."""
