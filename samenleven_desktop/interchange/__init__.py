"""Reads and writes external formats: plan files and shipped reference data, spreadsheets, KPI workbooks, calendars."""
