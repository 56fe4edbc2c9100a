"""Complete lists of records, for the command line, files and imports."""
