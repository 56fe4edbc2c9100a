"""Commands and queries: the only access to the work file for screens and command line."""
