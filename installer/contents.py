"""What may be inside the frozen program and what may not: one list, for the freeze spec and for the tests.

Names are paths inside the bundle with forward slashes; sources are the files they were copied from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

# Stand-ins that only make Qt start under wine. Real Windows has its own; ours must never reach a coach.
WINE_ONLY = ("icuuc.dll", "mscms.dll", "bcryptprimitives.dll")

# Parts of Qt that this program has no use for: it never opens a network connection, a data base or a 3D scene.
_UNUSED_PLUGINS = (
    "assetimporters",
    "egldeviceintegrations",
    "generic",
    "networkinformation",
    "qmllint",
    "qmltooling",
    "sqldrivers",
    "tls",
    "vectorimageformats",
    # On Wayland the window goes through X, which is what is tested.
    "wayland-decoration-client",
    "wayland-graphics-integration-client",
    "wayland-graphics-integration-server",
    "wayland-shell-integration",
)
_KEPT_PLATFORMS = ("qxcb", "qoffscreen", "qwindows", "qminimal")
_KEPT_IMAGES = ("qsvg", "qico", "qjpeg")
_UNUSED_LIBRARIES = re.compile(
    r"(lib)?Qt6?(Qml|Quick|Virtual|Sql|Test|Designer|Help|3D|Charts|Concurrent|UiTools|WebEngine|OpenGLWidgets"
    r"|EglFS|Labs|Wayland|WlShell)",
    re.IGNORECASE,
)
_TOOLKITS_OF_OTHERS = re.compile(r"(lib)?q?(gtk|gdk|pango|cairo|atk-|atspi|harfbuzz-gobject)", re.IGNORECASE)
_SOFTWARE_GL = re.compile(r"(opengl32sw|d3dcompiler_\d+)\.dll", re.IGNORECASE)
_OTHER_DICTIONARIES = re.compile(r"(.*/)?pyphen/dictionaries/(?!(README_)?hyph_(nl_NL|en_GB)\.)[^/]+")
_OTHER_LOCALES = re.compile(r"(.*/)?babel/locale-data/(?!(root|nl|en)[_.])[^/]+")
_OTHER_HOLIDAYS = re.compile(r"(.*/)?holidays/locale/(?!(nl|en\w*)/)[^/]+")
_TOOLS = re.compile(r"(.*/)?(pytest|_pytest|mypy|ruff|hypothesis|pip|setuptools|PyInstaller|wheel)/")
_SYSTEM = re.compile(r"(/usr)?/lib/[\w-]+-linux-gnu/")


def belongs(name: str, source: str = "") -> bool:
    """Whether a file that the freezer found may go into the program."""
    return reason_to_leave_out(name, source) is None


def reason_to_leave_out(name: str, source: str = "") -> str | None:
    """Why a file stays out, in a few words; None when it may go in."""
    path = PurePosixPath(name.replace("\\", "/"))
    file = path.name
    if file.lower() in WINE_ONLY:
        return "only wine needs it"
    if _TOOLKITS_OF_OTHERS.match(file):
        return "toolkit of another desktop"
    if _SOFTWARE_GL.fullmatch(file):
        return "drawing in software, unused without OpenGL widgets"
    if _OTHER_DICTIONARIES.match(str(path)):
        return "breaks the words of a language that no report is in"
    if _OTHER_LOCALES.match(str(path)):
        return "dates and numbers of a language that the program does not speak"
    if _OTHER_HOLIDAYS.match(str(path)):
        return "names of holidays in a language that the program does not speak"
    if _TOOLS.match(str(path)):
        return "a tool of developers"
    if "PySide6" in path.parts:
        return _reason_of_qt(path)
    if _SYSTEM.match(source) and not file.startswith("libpython"):
        return "Debian has it; the package depends on it"
    return None


def _reason_of_qt(path: PurePosixPath) -> str | None:
    file = path.name.lower()
    stem = file.removeprefix("lib")
    if "qml" in path.parts:
        return "no QML in this program"
    if "translations" in path.parts:
        return None if re.fullmatch(r"qt(base)?_(nl|en)\.qm", file) else "a language that the program does not speak"
    if "plugins" in path.parts:
        kind = path.parts[path.parts.index("plugins") + 1]
        if kind in _UNUSED_PLUGINS:
            return f"unused plugins: {kind}"
        if kind == "platforms" and not stem.startswith(_KEPT_PLATFORMS):
            return "a platform that no coach has"
        if kind == "imageformats" and not stem.startswith(_KEPT_IMAGES):
            return "a kind of picture that does not occur"
        if kind == "platforminputcontexts" and "virtualkeyboard" in file:
            return "needs QML"
    if _UNUSED_LIBRARIES.match(path.name):
        return "a part of Qt that is not used"
    return None


def strangers(names: Iterable[str]) -> list[str]:
    """What stands in a finished program and has no business there, with the reason."""
    found = ((name, reason_to_leave_out(name)) for name in sorted(names))
    return [f"{name}: {reason}" for name, reason in found if reason is not None]


MUST_BE_INSIDE = (
    "samenleven_desktop/_shipped/db/migrations/versions/",
    "samenleven_desktop/_shipped/released/0001/",
    "samenleven_desktop/_shipped/resources/plans/plan-samenleven.yaml",
    "samenleven_desktop/_shipped/resources/reference/CREDITS.md",
    "samenleven_desktop/_shipped/resources/translations/nl/LC_MESSAGES/samenleven.mo",
    "samenleven_desktop/_shipped/resources/fonts/OFL.txt",
    "samenleven_desktop/_shipped/resources/handbook/nl/start.md",
    "samenleven_desktop/_shipped/about/components.json",
    "samenleven_desktop/_shipped/about/sbom.cdx.json",
    "samenleven_desktop/_shipped/about/texts/",
    "translations/qtbase_nl.qm",
    "pyphen/dictionaries/hyph_nl_NL.dic",
    "pyphen/dictionaries/hyph_en_GB.dic",
    "bidi/bidi.",
    "holidays/locale/nl/LC_MESSAGES/BE.mo",
    "odfdo-",
    "babel/global.dat",
    "babel/locale-data/root.dat",
    "babel/locale-data/nl_BE.dat",
    "babel/locale-data/en_GB.dat",
)


def missing(names: Iterable[str]) -> list[str]:
    """What every finished program needs and this one lacks."""
    all_names = [name.replace("\\", "/") for name in names]
    return [wanted for wanted in MUST_BE_INSIDE if not any(wanted in name for name in all_names)]
