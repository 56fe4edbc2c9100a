"""Exchange with colleagues by file: keys, cards and packs. Knows no store; the store knows no files of this kind."""
