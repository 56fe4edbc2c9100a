"""The page layout of PDF reports: A4 with its margins, in points."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

MARK = HexColor("#FFE615")
LEFT, RIGHT, TOP, BOTTOM = 20 * mm, 20 * mm, 18 * mm, 24 * mm
# The height of a logo, with the space below it.
LOGOS = 18 * mm
WIDTH = A4[0] - LEFT - RIGHT
