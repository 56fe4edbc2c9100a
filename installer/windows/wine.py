"""A Windows interpreter under wine, to try on Linux what a release makes on Windows (see docs/release.md).

The wheel of panda3d carries CPython's own DLLs and extension modules for Windows; the pure-Python library comes from
the CPython that runs this. Three stand-ins for DLLs that wine lacks are test aids: they live in the system folder of
the trial's own wine, are never packed, and installer/contents.py refuses them.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from installer import closure, contents, freeze, trying  # noqa: E402

PLACE = ROOT / "build" / "wine"
INTERPRETER, SITE, PREFIX, AIDS = PLACE / "python", PLACE / "site", PLACE / "prefix", PLACE / "aids"
# The only wheel that carries an interpreter for Windows; used for the trial and for nothing else.
CARRIER = "panda3d==1.10.16"
CARRIER_HASH = "0e505261bb58d8402d0099c291f1a3459acfdd38f3e7d666e72aa2e1ea5dc46f"
# Of the free-threaded Python and of CPython's own tests, which the same wheel carries; and what asks Windows about the
# computer in a way that wine 8 does not know and ends the program for (`platform` then asks in another way).
_UNUSED = re.compile(r".*\.cp\d+t-win_amd64\.pyd|_test.*|_wmi\.pyd")
VERSION = ".".join(map(str, freeze.PYTHON))
CORE = f"python{VERSION.replace('.', '')}"
COMPILER = "x86_64-w64-mingw32-gcc"

_PYTHON_EXE = r"""
#include <windows.h>
typedef int (*M)(int, wchar_t **);
int wmain(int argc, wchar_t **argv) {{
  HMODULE h = LoadLibraryW(L"{core}.dll");
  if (!h) return 3;
  return ((M)GetProcAddress(h, "Py_Main"))(argc, argv);
}}
"""
_NOTHING = "__declspec(dllexport) void *{name}(void) {{ return 0; }}\n"
_ICU = """
ucnv_close ucnv_compareNames ucnv_countAliases ucnv_countAvailable ucnv_countStandards ucnv_fromUnicode ucnv_getAlias
ucnv_getAvailableName ucnv_getDefaultName ucnv_getInvalidChars ucnv_getMaxCharSize ucnv_getName ucnv_getStandard
ucnv_getStandardName ucnv_reset ucnv_setFromUCallBack ucnv_setSubstString ucnv_setToUCallBack ucnv_toUnicode
"""
_COLOUR = "WcsCreateIccProfile OpenColorProfileW CloseColorProfile GetColorProfileFromHandle"


def environment() -> dict[str, str]:
    """For programs under wine: a prefix of this trial alone, and the test aids before wine's own."""
    return freeze.clean_environment() | {
        "WINEPREFIX": str(PREFIX),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": ",".join(name.removesuffix(".dll") for name in contents.WINE_ONLY) + "=n,b;mscoree,mshtml=",
        "PYTHONHASHSEED": "1",
    }


def in_dutch() -> dict[str, str]:
    """What makes a program under wine speak Dutch, as on a Windows in Flanders."""
    place, name = PLACE / "locale", "nl_BE.UTF-8"
    if not (place / name).exists():
        place.mkdir(parents=True, exist_ok=True)
        freeze.must(["localedef", "-i", "nl_BE", "-f", "UTF-8", str(place / name)])
    return {"LOCPATH": str(place), "LC_ALL": name}


def windows_path(path: Path) -> str:
    """A path of this computer as programs under wine name it."""
    return "Z:" + str(path).replace("/", "\\")


def run(*words: str, extra: dict[str, str] | None = None, limit: float = 1800) -> subprocess.CompletedProcess[str]:
    """A program under wine. Its output goes to a pipe and its input is empty, else the interpreter does not start."""
    return subprocess.run(
        ["wine", *words],
        env=environment() | (extra or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=limit,
    )


def prepare() -> Path:
    """The interpreter with the packages of the program and the tools that freeze it; gives python.exe."""
    freeze.require_python()
    trying.need("wine", COMPILER, "x86_64-w64-mingw32-objdump")
    wanted = closure.lines(closure.WINDOWS, tools=True)
    stamp, python = PLACE / "stamp", INTERPRETER / "python.exe"
    fingerprint = hashlib.sha256(
        (wanted + CARRIER_HASH + _UNUSED.pattern + _PYTHON_EXE + sys.version).encode()
    ).hexdigest()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return python
    print("Preparing a Windows interpreter under wine (once) ...", flush=True)
    shutil.rmtree(PLACE, ignore_errors=True)
    for folder in (INTERPRETER, SITE, AIDS):
        folder.mkdir(parents=True)
    take_interpreter()
    make_aids()
    install_packages(wanted)
    freeze.must(["wineboot", "--init"], environment() | {"DISPLAY": ""})
    freeze.must(["wineserver", "--wait"], environment())
    # Python looks for the DLLs of a module in the system's folder, not along the path.
    for aid in AIDS.glob("*.dll"):
        shutil.copyfile(aid, PREFIX / "drive_c/windows/system32" / aid.name)
    stamp.write_text(fingerprint)
    return python


def take_interpreter() -> None:
    lock = PLACE / "carrier.lock"
    lock.write_text(f"{CARRIER} --hash=sha256:{CARRIER_HASH}\n")
    download(PLACE, lock)
    (wheel,) = PLACE.glob("panda3d-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            file = Path(name).name
            if name.startswith("deploy_libs/") and not name.endswith("/") and not _UNUSED.fullmatch(file):
                (INTERPRETER / file).write_bytes(archive.read(name))
    wheel.unlink()
    library = Path(os.__file__).parent
    unwanted = shutil.ignore_patterns(
        "site-packages", "lib-dynload", "test", "tests", "__pycache__", "idlelib", "tkinter"
    )
    shutil.copytree(library, INTERPRETER / "Lib", ignore=unwanted)
    source = PLACE / "python.c"
    source.write_text(_PYTHON_EXE.format(core=CORE))
    freeze.must([COMPILER, "-O2", "-municode", "-s", str(source), "-o", str(INTERPRETER / "python.exe")])
    forward_stable_abi()


def forward_stable_abi() -> None:
    """python3.dll, which the carrier lacks: every name leads to the DLL of this version."""
    told = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(INTERPRETER / f"{CORE}.dll")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    table = re.split(r"\[Ordinal/Name Pointer\][^\n]*\n", told, maxsplit=1)[1]
    names = [line.split()[-1] for line in table.split("\n\n", 1)[0].splitlines() if len(line.split()) >= 2]
    definition = PLACE / "python3.def"
    definition.write_text("LIBRARY python3.dll\nEXPORTS\n" + "".join(f"{one}={CORE}.{one}\n" for one in names))
    target = str(INTERPRETER / "python3.dll")
    flags = ["-shared", "-nostdlib", "-Wl,--enable-auto-image-base", "-e", "0"]
    freeze.must([COMPILER, *flags, "-o", target, str(definition)])


def make_aids() -> None:
    """The stand-ins; wine alone needs them."""
    icu = "__declspec(dllexport) void *ucnv_open(const char *name, int *err) { *err = 16; return 0; }\n"
    compile_dll("icuuc", icu + "".join(_NOTHING.format(name=name) for name in _ICU.split()))
    compile_dll("mscms", "".join(_NOTHING.format(name=name) for name in _COLOUR.split()))
    random = (
        "#include <windows.h>\nBOOLEAN NTAPI SystemFunction036(PVOID, ULONG);\n"
        "__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE b, SIZE_T n) { return SystemFunction036(b, (ULONG)n); }\n"
    )
    compile_dll("bcryptprimitives", random, "-ladvapi32")


def compile_dll(name: str, text: str, *libraries: str) -> None:
    source = PLACE / f"{name}.c"
    source.write_text(text)
    freeze.must([COMPILER, "-shared", "-O2", "-s", str(source), "-o", str(AIDS / f"{name}.dll"), *libraries])


def install_packages(wanted: str) -> None:
    lock = PLACE / "wanted.lock"
    lock.write_text(wanted)
    wheels = PLACE / "wheels"
    download(wheels, lock)
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(SITE)
    shutil.rmtree(wheels)
    for data in list(SITE.glob("*.data")):
        for part in ("purelib", "platlib"):
            if (data / part).is_dir():
                shutil.copytree(data / part, SITE, dirs_exist_ok=True)
        shutil.rmtree(data)


def download(target: Path, lock: Path) -> None:
    """The wheels for Windows that a lock file names, proven by their hashes."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download", "--no-deps"]
    command += ["--require-hashes", "--platform", "win_amd64", "--python-version", VERSION, "--only-binary", ":all:"]
    environment = freeze.clean_environment()
    freeze.must([*command, "-d", str(target), "-r", str(lock)], environment)
