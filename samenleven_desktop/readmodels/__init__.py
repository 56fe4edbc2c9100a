"""Plain frozen dataclasses: the rows for screens, reports and the command line."""
