"""The commands, one module per subject; each is one transaction and one undo step."""
