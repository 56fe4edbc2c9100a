"""The settings of GTK desktops, as the specification of XSETTINGS lays them out, and content that is cut off."""

from __future__ import annotations

import struct

import pytest

from samenleven_desktop.ui.theme.system import Desktop
from samenleven_desktop.ui.theme.xsettings import parsed, read_xsettings


def entry(order: str, kind: int, name: str, value: bytes) -> bytes:
    padded = name.encode().ljust(-(-len(name) // 4) * 4, b"\0")
    return struct.pack(f"{order}BBH", kind, 0, len(name)) + padded + struct.pack(f"{order}I", 1) + value


def words(order: str, text: str) -> bytes:
    raw = text.encode()
    return struct.pack(f"{order}I", len(raw)) + raw.ljust(-(-len(raw) // 4) * 4, b"\0")


@pytest.mark.parametrize(("order", "first"), [("<", 0), (">", 1)])
def test_words_among_numbers_and_colours(order: str, first: int) -> None:
    entries = [
        entry(order, 0, "Xft/DPI", struct.pack(f"{order}i", 98304)),
        entry(order, 1, "Gtk/FontName", words(order, "Sans 14")),
        entry(order, 2, "Kleur", b"12345678"),
        entry(order, 1, "Net/ThemeName", words(order, "HighContrast")),
    ]
    content = bytes([first, 0, 0, 0]) + struct.pack(f"{order}II", 7, len(entries)) + b"".join(entries)
    assert dict(parsed(content)) == {"Gtk/FontName": "Sans 14", "Net/ThemeName": "HighContrast"}
    with pytest.raises(struct.error):
        list(parsed(content[:30]))


def test_without_a_display_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert read_xsettings() == {}


def test_more_contrast_stays_with_a_chosen_mode() -> None:
    desktop = Desktop(dark=True, contrast=True, points=10)
    assert (desktop.mode("system"), desktop.mode("light")) == ("dark-contrast", "light-contrast")
    assert Desktop(dark=True, contrast=False, points=10).mode("light") == "light"
