"""The icons of program and files in the forms that the systems want, made from the drawings in resources/brand."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (16, 24, 32, 48, 64, 128, 256)
NAMES = ("samenleven", "pakket", "kaart", "werkbestand")
# The side of the Windows installer, twice the size it has at 100 %, so that it stays sharp on a laptop.
SIDE, SIDE_SIZE, SIDE_LETTER, SIDE_COLOUR = "side.bmp", (328, 628), 280, "#FFE615"


def write(folder: Path) -> None:
    """NAME.ico with every size, NAME-SIZE.png each, and the side of the installer, in `folder`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        renderer = QSvgRenderer(str(ROOT / "resources" / "brand" / f"{name}.svg"))
        pictures = []
        for size in SIZES:
            image = QImage(size, size, QImage.Format.Format_ARGB32)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            path = folder / f"{name}-{size}.png"
            image.save(str(path))
            pictures.append(Image.open(path))
        pictures[-1].save(folder / f"{name}.ico", sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])
    width, height = SIDE_SIZE
    side = QImage(width, height, QImage.Format.Format_RGB888)
    # The colour of the drawing itself, whose letter then stands free.
    side.fill(QColor(SIDE_COLOUR))
    painter = QPainter(side)
    middle = QRectF((width - SIDE_LETTER) / 2, (height - SIDE_LETTER) / 2, SIDE_LETTER, SIDE_LETTER)
    QSvgRenderer(str(ROOT / "resources" / "brand" / f"{NAMES[0]}.svg")).render(painter, middle)
    painter.end()
    side.save(str(folder / SIDE))
    del application
