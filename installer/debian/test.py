"""Tries the .deb as a coach would, in a clean Debian of its own: install, prove, look, upgrade, break, remove.

    sudo make test-installer-deb
    sudo python installer/debian/test.py --from window     goes on in what the last trial left

Needs debootstrap, xvfb, openbox, xdotool and scrot, and root for the clean Debian (clean.py).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from installer import freeze, older, trying  # noqa: E402
from installer.debian import build, clean  # noqa: E402
from installer.trying import Failed, prove, until  # noqa: E402

CLEAN = clean.PLACE / "root"
PASSPHRASE = "een lange zin voor de proef"
HOME = Path("/home/coach")
# Colours of a picture with a page in it; an empty frame has some 600.
PAGE = 2000
PROGRAM = "/usr/lib/samenleven"


def main() -> int:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise SystemExit("A clean Debian can only be made by root: sudo make test-installer-deb")
    trying.need("debootstrap", "Xvfb", "openbox", "xdotool", "scrot", "unshare", "dpkg-deb")
    clean.in_own_namespace()
    package = newest()
    old = older_package()
    resumed = sys.argv[1:2] == ["--from"]
    if not resumed:
        make_clean()
    freeze.must(["mount", "-t", "proc", "proc", str(CLEAN / "proc")])
    with ExitStack() as stack:
        steps = Trial(package, old, stack).steps()
        names = [step.__name__ for step in steps]
        return trying.carry_out(steps[names.index(sys.argv[2]) if resumed else 0 :])


def newest() -> Path:
    package = ROOT / "dist" / f"samenleven_{freeze.version_of(ROOT)}_{build.architecture()}.deb"
    if not package.exists():
        raise SystemExit(f"There is no {package.name} yet: make installer-deb")
    return package


def older_package() -> Path:
    """The package of the program from before the newest migration; made anew when what makes it has changed."""
    frozen = older.frozen()
    package = older.OLDER / f"samenleven_{older.VERSION}_{build.architecture()}.deb"
    makers = [frozen.parent / "files.txt", *build.HERE.glob("*")]
    if package.exists() and package.stat().st_mtime > max(path.stat().st_mtime for path in makers if path.is_file()):
        return package
    return build.build(frozen, older.VERSION, older.OLDER, quick=True)


def make_clean() -> None:
    """A Debian with nothing but the base, and one person in it."""
    clean.copy_to(CLEAN)
    freeze.must(["chroot", str(CLEAN), "useradd", "--create-home", "coach"])


class Trial:
    """One clean Debian; each step leans on the ones before it."""

    def __init__(self, package: Path, old: Path, stack: ExitStack) -> None:
        self._stack = stack
        self._display = stack.enter_context(trying.display())
        shutil.copyfile(package, CLEAN / "tmp/new.deb")
        shutil.copyfile(old, CLEAN / "tmp/old.deb")
        self._before: dict[str, object] = {}

    def steps(self):
        return [
            self.full_disk,
            self.install_older,
            self.work_with_older,
            self.full_disk_at_upgrade,
            self.upgrade_refused_while_open,
            self.upgrade_waits,
            self.self_test,
            self.data_is_there,
            self.kept_files_open,
            self.every_page,
            self.desktop_knows,
            self.window,
            self.second_start,
            self.pack,
            self.remove_waits,
            self.remove,
        ]

    # The steps

    def full_disk(self) -> str:
        """A full disk leaves no half program."""
        freeze.must(["chroot", str(CLEAN), "apt-get", "-qq", "update"])
        place = self._small_disk(40)
        done = self.root("apt-get", "-y", "-qq", "install", "--no-install-recommends", "/tmp/new.deb")
        prove(done.returncode, "the installation says that it failed")
        freeze.must(["umount", str(place)])
        left = [path for path in self._ours() if (CLEAN / path).exists() or (CLEAN / path).is_symlink()]
        prove(not left, f"left behind: {left[:5]}")
        prove(self._state()[1:2] in ("", "n"), f"state {self._state()}")
        return "nothing of it is left, the package counts as not installed"

    def install_older(self) -> str:
        """The older version installs, with what it needs of Debian."""
        self.must("apt-get", "-y", "-qq", "install", "--no-install-recommends", "/tmp/old.deb")
        self.must(
            "apt-get", "-y", "-qq", "install", "--no-install-recommends", "shared-mime-info", "desktop-file-utils"
        )
        prove(self._state() == "ii", f"state {self._state()}")
        return self._version()

    def work_with_older(self) -> str:
        """A coach works with the older version."""
        self.coach("practice", "--store", f"{HOME}/werk.samenlevendb")
        self._before = self._content()
        prove(self._before["sessions"], "there are sessions")
        return f"{len(self._before['sessions'])} sessions, {len(self._before['commitments'])} commitments"

    def full_disk_at_upgrade(self) -> str:
        """A full disk during an upgrade leaves the older version whole."""
        used = sum(path.lstat().st_size for path in (CLEAN / PROGRAM[1:]).rglob("*")) >> 20
        aside = CLEAN / "tmp/aside"
        freeze.must(["cp", "-a", str(CLEAN / PROGRAM[1:]), str(aside)])
        place = self._small_disk(used + 40)
        freeze.must(["cp", "-a", f"{aside}/.", str(place)])
        prove(self.root("dpkg", "-i", "/tmp/new.deb").returncode, "the upgrade says that it failed")
        prove(self._version() == older.VERSION, f"version {self._version()}")
        self.coach("self-test")
        prove(self._content() == self._before, "the work is as it was")
        freeze.must(["umount", str(place)])
        shutil.rmtree(aside)
        self.must("dpkg", "-i", "/tmp/old.deb")
        return "it still proves itself and opens the work file"

    def upgrade_refused_while_open(self) -> str:
        """An upgrade does not start while the window is open."""
        self._window = self._start("--store", f"{HOME}/werk.samenlevendb")
        self._display.wait_for("Samenleven")
        done = self.root("env", "SAMENLEVEN_WAIT=2", "dpkg", "-i", "/tmp/new.deb")
        prove(done.returncode, "the upgrade gives up")
        prove(self._version() == older.VERSION and self._window.poll() is None, "nothing has changed")
        return (done.stdout.strip().splitlines() or [""])[-1]

    def upgrade_waits(self) -> str:
        """It goes on by itself once the window is closed."""
        command = ["chroot", str(CLEAN), "dpkg", "-i", "/tmp/new.deb"]
        heard = CLEAN / "tmp/heard"
        with heard.open("w") as out:
            waiting = subprocess.Popen(command, stdout=out, stderr=out, text=True, env=self._environment())
            until(lambda: "sluit het venster" in heard.read_text(), "the request to close the window")
            prove(self._version() == older.VERSION, "the older version stands there while it waits")
            trying.stop(self._window)
            code = waiting.wait(300)
        prove(code == 0, heard.read_text())
        return self._version()

    def self_test(self) -> str:
        """The installed program proves itself."""
        lines = self.coach("self-test").splitlines()
        prove(len(lines) >= 8 and all(line.endswith(": in orde") for line in lines), "\n".join(lines))
        return f"{len(lines)} steps in order"

    def data_is_there(self) -> str:
        """The work of the older version is there, whole, after its migration."""
        now = self._content()
        prove(now == self._before, "lists of sessions, commitments and agreements are the same")
        backups = list((CLEAN / str(HOME)[1:] / "werk.samenlevendb-backups").iterdir())
        prove(backups, "a backup was made before the migration")
        return f"{len(now['sessions'])} sessions, {len(backups)} files of backups"

    def kept_files_open(self) -> str:
        """Work files of every earlier version open."""
        kept = sorted((ROOT / "tests" / "data" / "released").iterdir())
        for folder in kept:
            target = CLEAN / str(HOME)[1:] / folder.name
            shutil.copytree(folder, target)
            self.must("chown", "-R", "coach:coach", f"{HOME}/{folder.name}")
            store = f"{HOME}/{folder.name}/werk.samenlevendb"
            found = json.loads(self.coach("list", "sessions", "--store", store, "--json", passphrase=RELEASED))
            prove(found["sessions"], f"sessions in {folder.name}")
        return ", ".join(folder.name for folder in kept)

    def every_page(self) -> str:
        """Every page, dialog and report of the installed program opens."""
        self.coach("tour", "--out", f"{HOME}/rondleiding")
        pictures = list((CLEAN / str(HOME)[1:] / "rondleiding").glob("*.png"))
        prove(len(pictures) > 100, f"{len(pictures)} pictures")
        return f"{len(pictures)} pictures"

    def desktop_knows(self) -> str:
        """The desktop knows program and files."""
        globs = (CLEAN / "usr/share/mime/globs2").read_text()
        cache = (CLEAN / "usr/share/applications/mimeinfo.cache").read_text()
        for kind, ending in (("", "samenleven"), ("-card", "samenlevenkaart"), ("-workfile", "samenlevendb")):
            prove(f"application/x-samenleven{kind}:*.{ending}" in globs, f"kind of *.{ending}")
            prove(f"application/x-samenleven{kind}=samenleven.desktop" in cache, f"which program opens *.{ending}")
        told = self.root("desktop-file-validate", "/usr/share/applications/samenleven.desktop")
        prove(told.returncode == 0, told.stdout + told.stderr)
        for name in ("usr/share/man/man1/samenleven.1.gz", "usr/share/man/nl/man1/samenleven.1.gz"):
            prove((CLEAN / name).exists(), name)
        return "menu entry valid; packs, cards and work files open in it"

    def window(self) -> str:
        """The window opens."""
        self._window = self._start("--store", f"{HOME}/werk.samenlevendb")
        self._display.wait_for("Samenleven")
        return str(self._display.picture("debian-window", PAGE))

    def second_start(self) -> str:
        """A second start brings it to the front."""
        window = self._display.windows("Samenleven")[-1]
        self._display.tool("xdotool", "windowminimize", window)
        until(lambda: not self._display.windows("Samenleven"), "a minimised window")
        second = self._start()
        prove(second.wait(60) == 0, "the second start ends by itself")
        until(lambda: self._display.windows("Samenleven") == [window], "the first window in front")
        return "and ends by itself"

    def pack(self) -> str:
        """The file of a colleague, as a double click opens it, reaches that window."""
        target = CLEAN / str(HOME)[1:] / "van een collega.samenleven"
        target.write_bytes(b"geen pakket")
        before = trying.pixels(self._display.picture("debian-voor-pakket", PAGE))
        prove(self._start(f"{HOME}/{target.name}").wait(60) == 0, "the second start ends by itself")
        until(lambda: trying.pixels(self._display.picture("debian-pakket")) != before, "the window to show it")
        return str(trying.PICTURES / "debian-pakket.png")

    def remove_waits(self) -> str:
        """It is not removed while the window is open."""
        done = self.root("env", "SAMENLEVEN_WAIT=1", "dpkg", "-r", "samenleven")
        prove(done.returncode and self._window.poll() is None, "the removal gives up")
        trying.stop(self._window)
        self.coach("self-test")
        return "and still proves itself"

    def remove(self) -> str:
        """Removing leaves nothing of the program and everything of the work."""
        ours = self._ours()
        self.must("dpkg", "--purge", "samenleven")
        left = [path for path in ours if (CLEAN / path).exists() or (CLEAN / path).is_symlink()]
        prove(not left, f"left behind: {left[:5]}")
        home = CLEAN / str(HOME)[1:]
        for name in ("werk.samenlevendb", "werk.samenlevendb.key", "werk.samenlevendb-backups"):
            prove((home / name).exists(), name)
        return "work file, key and backups stand where they stood"

    # How it is done

    def _small_disk(self, megabytes: int) -> Path:
        place = CLEAN / PROGRAM[1:]
        place.mkdir(parents=True, exist_ok=True)
        freeze.must(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)])
        return place

    def _ours(self) -> list[str]:
        """What the package puts on the disk, folders that only it has included."""
        done = subprocess.run(
            ["dpkg-deb", "--fsys-tarfile", str(CLEAN / "tmp/new.deb")], capture_output=True, check=True
        )
        listed = subprocess.run(["tar", "-t"], input=done.stdout, capture_output=True, check=True)
        names = [line.removeprefix("./") for line in listed.stdout.decode().splitlines()]
        return [name for name in names if "samenleven" in name and not name.endswith("/")]

    def _environment(self) -> dict[str, str]:
        return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}

    def root(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = ["chroot", str(CLEAN), *words]
        return subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=False)

    def must(self, *words: str) -> str:
        done = self.root(*words)
        prove(done.returncode == 0, f"{' '.join(words)}\n{done.stdout}{done.stderr}")
        return done.stdout

    def _as_coach(self, *words: str) -> list[str]:
        return ["chroot", "--userspec=coach:coach", str(CLEAN), "/usr/bin/samenleven", *words]

    def _of_coach(self, passphrase: str) -> dict[str, str]:
        return self._environment() | {
            "HOME": str(HOME),
            "DISPLAY": self._display.name,
            "SAMENLEVEN_PASSPHRASE": passphrase,
        }

    def coach(self, *words: str, passphrase: str = PASSPHRASE) -> str:
        done = subprocess.run(
            self._as_coach(*words), env=self._of_coach(passphrase), capture_output=True, text=True, check=False
        )
        prove(done.returncode == 0, f"samenleven {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def _start(self, *words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(self._as_coach(*words), env=self._of_coach(PASSPHRASE), text=True)
        self._stack.callback(trying.stop, process)
        return process

    def _content(self) -> dict[str, object]:
        """The work as the command line tells it, without what a newer version adds to a row."""
        found = {}
        for kind in ("sessions", "commitments", "follow-ups", "entries"):
            told = json.loads(self.coach("list", kind, "--store", f"{HOME}/werk.samenlevendb", "--json"))
            rows = next(value for value in told.values() if isinstance(value, list))
            found[kind] = [
                {key: row[key] for key in ("id", "date", "confirmed", "what", "value") if key in row} for row in rows
            ]
        return found

    def _version(self) -> str:
        return self.root("dpkg-query", "-W", "-f", "${Version}", "samenleven").stdout

    def _state(self) -> str:
        return self.root("dpkg-query", "-W", "-f", "${db:Status-Abbrev}", "samenleven").stdout.strip()


RELEASED = "een lange zin om te testen"

if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except Failed as failed:
        raise SystemExit(str(failed)) from None
