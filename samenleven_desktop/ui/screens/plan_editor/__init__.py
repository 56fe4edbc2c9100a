"""The editor of a draft plan: tabs with fields and grids, faults at the field while typing."""
