"""Commitments, readings and the KPI matrix."""
