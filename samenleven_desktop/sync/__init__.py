"""Exchange with colleagues by file: keys, cards and packs.

Independent of `storage`, which in turn does not read these files.
"""
