"""Rows that screens, reports and the command line are given; plain frozen dataclasses."""
