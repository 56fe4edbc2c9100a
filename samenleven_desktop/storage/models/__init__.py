"""The tables of the work file, one module per subject."""
