"""The command line: parses, asks services, prints tables or one JSON document, gives the exit code."""
