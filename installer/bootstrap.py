"""Makes the environment of a checkout: system libraries, `.venv`, locked dependencies, the program itself.

Standard library only; works with the bare Python of Debian 12 and with the one of Windows. Quick when nothing has
changed: a stamp holds the fingerprint of the lock file. Other programs' output is shown only when they fail.

    python installer/bootstrap.py              everything to start the program
    python installer/bootstrap.py --tests      and what the tests use: a screen without a monitor, keys, D-Bus
    python installer/bootstrap.py --venv DIR   the environment in DIR instead of .venv, as for a second Python
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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
# Debian package -> the program in it that the tests start.
TESTS = {
    "dbus-daemon": "dbus-run-session",
    "openbox": "openbox",
    "x11-xkb-utils": "setxkbmap",
    "x11-xserver-utils": "xmodmap",
    "xdotool": "xdotool",
    "xsettingsd": "xsettingsd",
    "xvfb": "Xvfb",
}


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - older Pythons do run this file, to be told so
        print("Python 3.11 or newer is needed; this is", sys.version.split()[0])
        return 1
    parser = argparse.ArgumentParser(description="Makes the environment of this checkout.")
    parser.add_argument("--tests", action="store_true", help="also what the tests use")
    parser.add_argument("--venv", type=Path, default=Path(".venv"), help="where the environment stands")
    options = parser.parse_args()
    if sys.platform.startswith("linux"):
        has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
        libraries = DRAWING | (WINDOW if has_display or options.tests else {})
        missing = [package for package, library in libraries.items() if not loads(library)]
        if options.tests:
            missing += [package for package, program in TESTS.items() if shutil.which(program) is None]
        if missing:
            install_packages(missing, "Some system packages are missing")
    venv = ROOT / options.venv
    stamp = venv / "stamp"
    if not stamp.exists() or stamp.read_text() != fingerprint():
        make_environment(venv)
        stamp.write_text(fingerprint())
    return 0


def fingerprint() -> str:
    content = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + Path(__file__).read_bytes()
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def make_environment(venv: Path) -> None:
    """A `.venv` with exactly the locked files; fails with what to do when Python cannot make one."""
    print(f"Preparing the environment in {venv.relative_to(ROOT)} (once) ...", flush=True)
    if not is_of_this_python(venv) or not can_pip(venv):
        shutil.rmtree(venv, ignore_errors=True)
        if fails([sys.executable, "-m", "venv", str(venv)]) or not can_pip(venv):
            install_packages([f"python3.{sys.version_info.minor}-venv"], "Python cannot make an environment")
            shutil.rmtree(venv, ignore_errors=True)
            must([sys.executable, "-m", "venv", str(venv)])
    pip = [str(python_of(venv)), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    must([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)])
    must([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])


def install_packages(packages: list[str], reason: str) -> None:
    """Through apt where we may; else says what to type and stops."""
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    before: list[str] = []
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        before = ["sudo", "-n"]
    allowed = shutil.which("apt-get") and (not before or (shutil.which("sudo") and not fails(["sudo", "-n", "true"])))
    if not allowed:
        raise SystemExit(f"{reason}. Type this, then try again:\n  sudo apt-get install {' '.join(packages)}")
    print(f"{reason}; installing {', '.join(packages)} ...", flush=True)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    fails([*before, "apt-get", "update", "-qq"])
    must([*before, *command])


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def is_of_this_python(venv: Path) -> bool:
    """Whether the environment was made by the Python that runs this file, and not by another version."""
    ask = [str(python_of(venv)), "-c", "import sys; print(sys.version)"]
    return python_of(venv).exists() and run(ask).stdout.strip() == sys.version.strip()


def can_pip(venv: Path) -> bool:
    return python_of(venv).exists() and not fails([str(python_of(venv)), "-m", "pip", "--version"])


def python_of(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """What the command said, standard error included; nothing of it is shown."""
    # The .pyc files must be written: without them the program starts two to four times slower.
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
    }
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=environment,
        check=False,
    )


def fails(command: list[str]) -> bool:
    return run(command).returncode != 0


def must(command: list[str]) -> None:
    done = run(command)
    if done.returncode:
        raise SystemExit(f"{done.stdout}\nThis did not work: {' '.join(command)}")


if __name__ == "__main__":
    raise SystemExit(main())
