"""Which attachments open at once, which after a question, and which never: judged by the name of the copy.

A list of what is harmless, not of what harms: what is not listed is asked about. Programs, scripts, links and disk
images are never opened from the program, whoever sent them.
"""

from __future__ import annotations

from enum import Enum, auto

from samenleven_desktop.domain import typed_text
from samenleven_desktop.domain.text_output import on_terminal


class OpenRule(Enum):
    """How an attachment is opened in the default program of the computer."""

    AT_ONCE = auto()
    ASK = auto()
    NEVER = auto()


# Documents without macros, pictures, and plain text.
_HARMLESS = "pdf txt csv docx xlsx pptx odt ods odp png jpg jpeg gif bmp tif tiff webp heic"
# Programs, scripts, links, disk images, and documents with macros.
_PROGRAMS = (
    "exe com bat cmd scr pif msi msp mst msix appx application gadget cpl dll sys drv ocx hta jar jse js mjs vbs vbe "
    "vb wsf wsh wsc sct ps1 psm1 psd1 ps1xml ps2 msh reg inf ins isp scf lnk url website webloc desktop appref-ms "
    "settingcontent-ms library-ms search-ms searchconnector-ms theme themepack diagcab msc chm hlp xll xla wll docm "
    "dotm xlsm xltm xlam pptm potm ppam ppsm sldm iso img vhd vhdx dmg apk app appimage deb rpm run bin sh bash zsh "
    "csh fish py pyw pyz pl rb php command workflow action scpt osx pkg ade adp mde accde"
)
_AT_ONCE, _NEVER = frozenset(_HARMLESS.split()), frozenset(_PROGRAMS.split())

_PARTS = str.maketrans({":": " ", "/": " ", "\\": " "})


def plain_file_name(name: str) -> str:
    """A name as it is kept and shown: on one line, without characters that turn, hide or divide it.

    What stands behind a colon is a second file inside the first, for Windows.
    """
    return " ".join(on_terminal(typed_text.line(name)).translate(_PARTS).split())


def open_rule(name: str) -> OpenRule:
    """`name` is that of the copy: already cleaned of the characters that turn or hide its end."""
    _, dot, ending = name.rpartition(".")
    kind = ending.strip().casefold() if dot else ""
    if kind in _NEVER:
        return OpenRule.NEVER
    return OpenRule.AT_ONCE if kind in _AT_ONCE else OpenRule.ASK
