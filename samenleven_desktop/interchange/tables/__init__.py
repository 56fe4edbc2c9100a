"""Reads users' tables from xlsx, xls, ods and csv; writes xlsx, ods and csv."""
