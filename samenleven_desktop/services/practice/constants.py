"""Public constants of practice files: passphrase and fixed date.

Separate from the code that makes practice files, which would slow down the start of the window.
"""

from __future__ import annotations

from datetime import date

PRACTICE_PASSPHRASE = "oefenen mag altijd"
PRACTICE_DATE = date(2024, 3, 11)
