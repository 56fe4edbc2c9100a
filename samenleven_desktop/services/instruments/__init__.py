"""Subsidies and calls besides the plan's that pay for an action of a government."""
