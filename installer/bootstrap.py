"""Makes the environment of a checkout: system libraries, `.venv`, locked dependencies, the program itself.

Standard library only; works with the bare Python of Debian 12 and with the one of Windows. Quick when nothing has
changed: a stamp holds the fingerprint of the lock file.

    python installer/bootstrap.py          everything to start the program
    python installer/bootstrap.py --tests  and what the tests draw with
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "stamp"
LOCK = ROOT / "requirements.lock"

# Debian package -> the library in it that Qt looks for.
DRAWING = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libx11-6": "libX11.so.6",
}
WINDOW = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - older Pythons do run this file, to be told so
        print("Python 3.11 or newer is needed; this is", sys.version.split()[0])
        return 1
    if sys.platform.startswith("linux"):
        has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
        install_libraries(DRAWING | (WINDOW if has_display else {}))
    if not STAMP.exists() or STAMP.read_text() != fingerprint():
        make_environment()
        STAMP.write_text(fingerprint())
    return 0


def fingerprint() -> str:
    content = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + Path(__file__).read_bytes()
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def make_environment() -> None:
    """A fresh `.venv` with exactly the locked files; fails with what to do when Python cannot make one."""
    print("Preparing the environment in .venv (once) ...", flush=True)
    if not python_of(VENV).exists() or not can_pip():
        shutil.rmtree(VENV, ignore_errors=True)
        if run([sys.executable, "-m", "venv", str(VENV)], quiet=True) or not can_pip():
            install_packages([f"python3.{sys.version_info.minor}-venv"], "Python cannot make an environment")
            shutil.rmtree(VENV, ignore_errors=True)
            must([sys.executable, "-m", "venv", str(VENV)])
    pip = [str(python_of(VENV)), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    must([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)])
    must([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])


def install_libraries(wanted: dict[str, str]) -> None:
    """The system libraries that are missing; only those."""
    missing = [package for package, library in wanted.items() if not loads(library)]
    if missing:
        install_packages(missing, "Some system libraries are missing")


def install_packages(packages: list[str], reason: str) -> None:
    """Through apt where we may; else says what to type and stops."""
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    before: list[str] = []
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        before = ["sudo", "-n"]
    allowed = shutil.which("apt-get") and (
        not before or (shutil.which("sudo") and not run(["sudo", "-n", "true"], quiet=True))
    )
    if not allowed:
        raise SystemExit(f"{reason}. Type this, then try again:\n  sudo apt-get install {' '.join(packages)}")
    print(f"{reason}; installing {', '.join(packages)} ...", flush=True)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run([*before, "apt-get", "update", "-qq"], quiet=True)
    must([*before, *command])


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_pip() -> bool:
    python = python_of(VENV)
    return python.exists() and not run([str(python), "-m", "pip", "--version"], quiet=True)


def python_of(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(command: list[str], *, quiet: bool = False) -> int:
    # The .pyc files must be written: without them the program starts two to four times slower.
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
    }
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, stdout=output, stderr=output, env=environment, check=False).returncode


def must(command: list[str]) -> None:
    if run(command):
        raise SystemExit(f"This did not work: {' '.join(command)}")


if __name__ == "__main__":
    raise SystemExit(main())
