"""Visible text: the catalogue, formats of dates and numbers, and labels of records and fields."""
