"""The screen *Plannen*: the plans of a work file and their versions."""
