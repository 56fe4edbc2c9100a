"""Plan files, reference data and the calendar of a plan."""
