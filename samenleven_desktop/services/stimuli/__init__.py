"""Stimuli: candidacies, conditions and outcomes."""
