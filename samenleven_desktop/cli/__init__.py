"""The command line: parses arguments, calls services, prints tables or one JSON document, returns the exit code."""
