"""The window: screens ask queries and run commands, and touch nothing else."""
