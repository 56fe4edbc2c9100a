"""Functions that write records inside a unit of work."""
