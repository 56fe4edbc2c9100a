"""Commands and queries: the one way in and the one way out for screens and command line."""
