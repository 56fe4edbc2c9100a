"""The command line `samenleven`."""
