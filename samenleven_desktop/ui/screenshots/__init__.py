"""Pictures of every screen over a practice file, and a check of the language on them."""
