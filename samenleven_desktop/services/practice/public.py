"""What everybody may know of a practice file: its passphrase, and the day that stands in for today.

Apart from the maker of practice files, which the start of the window has no time for.
"""

from __future__ import annotations

from datetime import date

PRACTICE_PASSPHRASE = "oefenen mag altijd"
PRACTICE_DATE = date(2024, 3, 11)
