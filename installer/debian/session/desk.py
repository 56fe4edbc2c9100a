"""A Debian with a whole desktop in it: XFCE, a message bus, a keyring, CUPS with a PDF printer, in Dutch.

Made once from the clean Debian of `clean.py` and kept in build/session/base; each trial works in a copy. Needs root.
The desktop itself runs as the ordinary user `coach`.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

from installer import freeze
from installer.debian import clean
from installer.trying import prove, stop, until

PLACE = clean.PLACE.parent / "session"
BASE, ROOT, LOG = PLACE / "base", PLACE / "root", PLACE / "log.txt"
USER, NUMBER = "coach", 1000
HOME = Path("/home") / USER
CHROOT = "/usr/sbin/chroot"
LOCALE = "nl_BE.UTF-8"
PRINTER = "PDF"
PACKAGES = (Path(__file__).parent / "packages.txt").read_text(encoding="utf-8").split()
# The port of every desktop: on another one `lpoptions` does not find the printer.
_PORT = 631
_CUPS = f"""Listen localhost:{_PORT}
Listen /run/cups/cups.sock
DefaultAuthType None
PreserveJobFiles Yes
<Location />
Order allow,deny
</Location>
<Location /admin>
Order allow,deny
</Location>
"""
_NEEDED_MOUNTS = (("proc", "proc"), ("tmpfs", "dev/shm"), ("tmpfs", "run"))


def prepare() -> None:
    """A fresh copy of the desktop's Debian at ROOT."""
    PLACE.mkdir(parents=True, exist_ok=True)
    LOG.write_text("")
    stamp = BASE / "etc/samenleven-trial"
    if not stamp.exists() or stamp.read_text() != " ".join(PACKAGES):
        print("Making a Debian with a desktop (once) ...", flush=True)
        clean.copy_to(ROOT)
        _install_desktop()
        (ROOT / "etc/samenleven-trial").write_text(" ".join(PACKAGES))
        shutil.rmtree(BASE, ignore_errors=True)
        ROOT.rename(BASE)
    shutil.rmtree(ROOT, ignore_errors=True)
    freeze.must(["cp", "-a", "--reflink=auto", str(BASE), str(ROOT)])


def mount() -> None:
    """What a running system mounts; gone with the process (`clean.in_own_namespace`)."""
    # Where there is none, CUPS finds no printer on this computer.
    (ROOT / "etc/hosts").write_text("127.0.0.1 localhost\n")
    for kind, place in _NEEDED_MOUNTS:
        (ROOT / place).mkdir(parents=True, exist_ok=True)
        freeze.must(["mount", "-t", kind, kind, str(ROOT / place)])
    for folder, mode in (
        ("run/cups", 0o755),
        ("run/dbus", 0o755),
        ("run/lock", 0o1777),
        ("tmp/.X11-unix", 0o1777),
        ("tmp/.ICE-unix", 0o1777),
    ):
        (ROOT / folder).mkdir(parents=True, exist_ok=True)
        (ROOT / folder).chmod(mode)
    own = ROOT / "run/user" / str(NUMBER)
    own.mkdir(parents=True)
    own.chmod(0o700)
    os.chown(own, NUMBER, NUMBER)


def _install_desktop() -> None:
    freeze.must(["mount", "-t", "proc", "proc", str(ROOT / "proc")])
    try:
        must("apt-get", "-qq", "update")
        must("apt-get", "-qq", "-y", "install", "--no-install-recommends", *PACKAGES)
        (ROOT / "etc/locale.gen").write_text(f"{LOCALE} UTF-8\n")
        must("locale-gen")
        must("useradd", "--create-home", "--uid", str(NUMBER), "--shell", "/bin/sh", USER)
    finally:
        freeze.must(["umount", str(ROOT / "proc")])


def start_services(processes: list[subprocess.Popen[str]]) -> None:
    """The system bus and CUPS with one printer; `processes` gets what has to be stopped."""
    with socket.socket() as attempt:
        prove(attempt.connect_ex(("localhost", _PORT)), f"stop the CUPS of this computer: it has port {_PORT}")
    (ROOT / "etc/cups/cupsd.conf").write_text(_CUPS)
    with LOG.open("a") as log:
        bus = ["dbus-daemon", "--system", "--nofork", "--nopidfile"]
        for command in (bus, ["/usr/sbin/cupsd", "-f"]):
            words = [CHROOT, str(ROOT), *command]
            processes.append(subprocess.Popen(words, env=environment(), stdout=log, stderr=log, text=True))
    until(lambda: (ROOT / "run/cups/cups.sock").exists(), "CUPS")
    must("lpadmin", "-p", PRINTER, "-E", "-v", "cups-pdf:/", "-m", "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd")
    must("lpadmin", "-d", PRINTER)


def stop_services(processes: list[subprocess.Popen[str]]) -> None:
    for process in reversed(processes):
        stop(process)


def environment() -> dict[str, str]:
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}


def of_coach() -> dict[str, str]:
    """What a login gives the user of the desktop."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": LOCALE,
        "HOME": str(HOME),
        "USER": USER,
        "LOGNAME": USER,
        "SHELL": "/bin/sh",
        "XDG_RUNTIME_DIR": f"/run/user/{NUMBER}",
        "XDG_CURRENT_DESKTOP": "XFCE",
        "XDG_SESSION_TYPE": "x11",
        "XDG_CONFIG_DIRS": "/etc/xdg",
        # The panel asks at its first start which layout is wanted.
        "XFCE_PANEL_MIGRATE_DEFAULT": "1",
    }


def must(*words: str) -> str:
    """Runs a command of that Debian as root; gives what it said, and keeps it in the log."""
    done = subprocess.run([CHROOT, str(ROOT), *words], env=environment(), capture_output=True, text=True, check=False)
    with LOG.open("a") as log:
        log.write(f"$ {' '.join(words)}\n{done.stdout}{done.stderr}")
    prove(done.returncode == 0, f"{' '.join(words)}\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
    return done.stdout


def coach(*words: str, more: dict[str, str], quiet: bool = False) -> subprocess.Popen[str]:
    """Starts a command as the user of the desktop. Its errors go to the log, and with `quiet` all that it says."""
    command = [CHROOT, f"--userspec={USER}:{USER}", str(ROOT), *words]
    with LOG.open("a") as log:
        return subprocess.Popen(command, env=of_coach() | more, stdout=log if quiet else None, stderr=log, text=True)
