"""Tries the installer for Windows as a coach would: install, prove, look, upgrade, break, remove.

    make test-installer-windows       under wine, with xvfb, openbox, xdotool, scrot, locales, openssl, osslsigncode
    python installer\\windows\\test.py   on a real Windows: the steps that need no screen of Linux

Under wine the older version is the same program packed under an older number, with a file that the newer one lacks.
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

from installer import contents, freeze, trying  # noqa: E402
from installer.trying import prove, until  # noqa: E402
from installer.windows import build, sign, wine  # noqa: E402

REAL = sys.platform == "win32"
OLDER = "0.0.9"
RELEASED = "een lange zin om te testen"
KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Samenleven"
CLASSES = r"HKCU\Software\Classes"
STILL_OPEN = 3
STALE = "van-vroeger.txt"
# Colours of a picture with a page in it; an empty frame has some 600.
PAGE = 2000
APART = "SAMENLEVEN_TRIAL_APART"


def main() -> int:
    if not REAL:
        trying.need("wine", "Xvfb", "openbox", "xdotool", "scrot", "makensis", "localedef")
        if os.geteuid() == 0 and not os.environ.get(APART):
            # Small disks are mounted where only this trial sees them.
            words = ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv]
            os.execvpe("unshare", words, {**os.environ, APART: "1"})
    installer = ROOT / "dist" / f"Samenleven-{freeze.version_of(ROOT)}-setup.exe"
    if not installer.exists():
        raise SystemExit(f"There is no {installer.name} yet: make installer-windows")
    with ExitStack() as stack:
        trial = Trial(installer, stack)
        steps = trial.steps()
        names = [step.__name__ for step in steps]
        # For who works on a step: goes on in what the last trial left.
        start = names.index(sys.argv[2]) if sys.argv[1:2] == ["--from"] else 0
        return trying.carry_out(steps[start:])


class Trial:
    """One person on one Windows; each step leans on the ones before it."""

    def __init__(self, installer: Path, stack: ExitStack) -> None:
        self._installer, self._stack = installer, stack
        if REAL:
            self._display = None
            self._local = Path(os.environ["LOCALAPPDATA"])
            self._menu = Path(os.environ["APPDATA"]) / "Microsoft/Windows/Start Menu/Programs"
        else:
            wine.prepare()
            self._display = stack.enter_context(trying.display())
            person = wine.PREFIX / "drive_c" / "users" / os.environ.get("USER", "root")
            self._local = person / "AppData/Local"
            self._menu = person / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
        self._program = self._local / "Programs" / "Samenleven"
        self._data = self._local / "Samenleven"
        self._older = self._make_older()
        if sys.argv[1:2] == ["--from"]:
            return
        prove(not self._program.exists() or not REAL, f"{self._program} is there already: remove Samenleven first")
        shutil.rmtree(self._program, ignore_errors=True)
        if not REAL:
            shutil.rmtree(self._data, ignore_errors=True)
            # What a trial that failed half-way left.
            (self._menu / "Samenleven.lnk").unlink(missing_ok=True)
            shutil.rmtree(self._local / "aside", ignore_errors=True)
            self.run("reg", "delete", KEY, "/f")

    def steps(self):
        steps = [self.bundle, self.signing]
        if not REAL and os.geteuid() == 0:
            steps += [self.full_disk, self.full_disk_half_way]
        steps += [self.install_older, self.work, self.upgrade_refused_while_open, self.upgrade_waits]
        if not REAL and os.geteuid() == 0:
            steps.append(self.full_disk_at_upgrade)
        steps += [self.self_test, self.data_is_there]
        if not REAL:
            steps += [self.window, self.second_start, self.pack, self.installer_window]
        return [*steps, self.remove_waits, self.remove]

    # The steps

    def bundle(self) -> str:
        """Nothing that only wine needs is in the program."""
        names = [line.split(maxsplit=2)[2] for line in self._list().read_text(encoding="utf-8").splitlines()]
        prove(len(names) > 300, f"{len(names)} files")
        prove(not contents.strangers(names), "\n".join(contents.strangers(names)))
        prove(not contents.missing(names), "\n".join(contents.missing(names)))
        return f"{len(names)} files"

    def signing(self) -> str:
        """The step that signs works, tried with a certificate of our own making."""
        if sign.wanted():
            return "signed for real when it was built"
        if REAL or not shutil.which("osslsigncode") or not shutil.which("openssl"):
            return "left out: needs osslsigncode and openssl"
        work = ROOT / "build" / "signing"
        work.mkdir(parents=True, exist_ok=True)
        key, certificate, both = work / "key.pem", work / "certificate.pem", work / "both.pfx"
        words = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=Samenleven proef",
        ]
        words += ["-addext", "extendedKeyUsage=codeSigning", "-keyout", str(key), "-out", str(certificate)]
        sign.run(words)
        words = ["openssl", "pkcs12", "-export", "-inkey", str(key), "-in", str(certificate)]
        sign.run([*words, "-passout", "pass:proef", "-out", str(both)])
        copy = work / "setup.exe"
        shutil.copyfile(self._installer, copy)
        os.environ[sign.CERTIFICATE], os.environ[sign.PASSWORD] = str(both), "proef"
        try:
            sign.sign(copy)
        finally:
            del os.environ[sign.CERTIFICATE], os.environ[sign.PASSWORD]
        words = ["osslsigncode", "verify", "-CAfile", str(certificate), "-in", str(copy)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        prove(done.returncode == 0, done.stdout + done.stderr)
        key.unlink()
        return "osslsigncode finds the signature good"

    def full_disk(self) -> str:
        """A disk with too little room: nothing is put on it."""
        return self._on_small_disk("size=40m")

    def full_disk_half_way(self) -> str:
        """A disk that takes no more half-way: what was unpacked is gone again."""
        return self._on_small_disk("size=2g,nr_inodes=150")

    def install_older(self) -> str:
        """The older version installs without a question and without administrator rights."""
        prove(self.run_installer(self._older) == 0, "exit code")
        prove(self._registered("DisplayVersion") == OLDER, "registered")
        prove((self._menu / "Samenleven.lnk").exists(), "start menu")
        return str(self._size(self._program)) + " MB"

    def work(self) -> str:
        """A coach has a work file of an older version of the store."""
        self._data.mkdir(parents=True, exist_ok=True)
        oldest = sorted((ROOT / "tests" / "data" / "released").iterdir())[0]
        for path in oldest.iterdir():
            shutil.copyfile(path, self._data / path.name)
        return f"version {oldest.name}"

    def upgrade_refused_while_open(self) -> str:
        """An upgrade does not start while the program runs."""
        self._window = self._start("practice.oefendb")
        code = self.run_installer(self._installer, "/WAIT=3")
        prove(code == STILL_OPEN, f"exit code {code}")
        prove(self._registered("DisplayVersion") == OLDER and self._window.poll() is None, "nothing has changed")
        return f"exit code {code}, the older version goes on"

    def upgrade_waits(self) -> str:
        """It goes on by itself once the program is closed; files of the older version are gone."""
        waiting = self._popen(self._environment(), str(self._installer), "/S")
        time_to_notice = self._program / "samenleven.exe"
        for _ in range(30):
            prove(waiting.poll() is None and time_to_notice.exists(), "it waits while the program runs")
            trying.time.sleep(0.1)
        self._close(self._window)
        prove(waiting.wait(900) == 0, "exit code")
        prove(self._registered("DisplayVersion") == freeze.version_of(ROOT), "registered")
        there = {path.relative_to(self._program).as_posix() for path in self._program.rglob("*") if path.is_file()}
        wanted = {line.split(maxsplit=2)[2] for line in self._list().read_text(encoding="utf-8").splitlines()}
        prove(
            there == wanted | {"pakket.ico", "kaart.ico", "werkbestand.ico", "verwijderen.exe"},
            sorted(there ^ wanted)[:5],
        )
        left = [path.name for path in self._program.parent.iterdir() if path != self._program]
        prove(not [name for name in left if name.startswith("Samenleven")], left)
        return f"{len(there)} files, exactly those of the list"

    def full_disk_at_upgrade(self) -> str:
        """A full disk during an upgrade leaves the program that was there."""
        place = self._local / "Programs"
        used = self._size(place)
        aside = self._local / "aside"
        shutil.copytree(place, aside)
        with ExitStack() as mounted:
            self._mount(place, f"size={used + 60}m", mounted)
            shutil.copytree(aside, place, dirs_exist_ok=True)
            code = self.run_installer(self._installer)
            prove(code != 0, "it says that it failed")
            prove([one.name for one in place.iterdir()] == ["Samenleven"], "nothing half stands there")
            prove(len(self.cli("self-test").splitlines()) >= 8, "it proves itself")
        shutil.rmtree(aside)
        return f"exit code {code}, and it proves itself"

    def self_test(self) -> str:
        """The installed program proves itself."""
        lines = self.cli("self-test").splitlines()
        prove(len(lines) >= 8 and all(line.endswith(": in orde") for line in lines), "\n".join(lines))
        return f"{len(lines)} steps in order"

    def data_is_there(self) -> str:
        """The work file opens, is brought up to date, and holds its work."""
        found = json.loads(self.cli("list", "sessions", "--json", passphrase=RELEASED))
        prove(found["sessions"], "sessions")
        prove(any(self._data.glob("werk.samenlevendb-backups/*")), "a backup from before")
        return f"{len(found['sessions'])} sessions"

    def window(self) -> str:
        """The window opens."""
        self._window = self._start("practice.oefendb")
        self._display.wait_for("Samenleven", 180)
        return str(self._display.picture("windows-window", PAGE))

    def second_start(self) -> str:
        """A second start brings it to the front."""
        window = self._display.windows("Samenleven")[-1]
        self._display.tool("xdotool", "windowminimize", window)
        until(lambda: not self._display.windows("Samenleven"), "a minimised window")
        second = self._popen(self._environment(), str(self._program / "samenleven.exe"))
        self._ends(second, "the second start, which ends by itself")
        until(lambda: self._display.windows("Samenleven"), "the first window in front")
        return "and ends by itself"

    def pack(self) -> str:
        """The file of a colleague, opened by the command that is registered for it, reaches that window."""
        # The registry of this wine does not merge a person's own kinds of file; Windows does, and the explorer follows.
        prove(self._value(CLASSES + r"\.samenleven") == "Samenleven.Pakket", "kind of file")
        command = self._value(CLASSES + r"\Samenleven.Pakket\shell\open\command") or ""
        program, _, rest = command.removeprefix('"').partition('"')
        prove(rest.strip() == '"%1"', command)
        path = self._data / "van een collega.samenleven"
        path.write_bytes(b"geen pakket")
        before = trying.pixels(self._display.picture("windows-voor-pakket", PAGE))
        opened = self._popen(self._environment(), program, wine.windows_path(path))
        self._ends(opened, "the second start, which ends by itself")
        until(lambda: trying.pixels(self._display.picture("windows-pakket")) != before, "the window to show it")
        return str(trying.PICTURES / "windows-pakket.png")

    def installer_window(self) -> str:
        """The installer by hand, in Dutch and in English, opens the program at the end."""
        self._close(self._window)
        english = self._popen(self._environment(), str(self._installer))
        self._display.wait_for("Install Samenleven", 120)
        self._display.picture("windows-installer-en")
        trying.stop(english)
        self.run("reg", "delete", KEY, "/v", "DisplayVersion", "/f")
        by_hand = self._popen(self._without_passphrase() | wine.in_dutch(), str(self._installer))
        self._display.wait_for("Samenleven installeren", 120)
        self._display.picture("windows-installer")
        self._display.tool("xdotool", "key", "Return")
        until(lambda: self._registered("DisplayVersion"), "the end of unpacking", 300)
        self._display.picture("windows-installer-klaar")
        self._display.tool("xdotool", "key", "Return")
        until(lambda: by_hand.poll() is not None, "the end of the installer")
        prove(by_hand.returncode == 0, f"exit code {by_hand.returncode}")
        window = self._display.wait_for("Samenleven", 180)
        picture = self._display.picture("windows-eerste-start", PAGE)
        self._display.tool("xdotool", "windowactivate", "--sync", window, "key", "alt+F4")
        until(lambda: not (self._data / "venster.lock").exists(), "the end of the program")
        return str(picture)

    def remove_waits(self) -> str:
        """It is not removed while it runs."""
        self._window = self._start("practice.oefendb")
        code = self.run(str(self._program / "verwijderen.exe"), "/S", "/WAIT=1", f"_?={self._named(self._program)}")
        prove(code.returncode == STILL_OPEN and (self._program / "samenleven.exe").exists(), f"{code.returncode}")
        self._close(self._window)
        return "the program stands there whole"

    def remove(self) -> str:
        """Removing leaves nothing of the program, everything of the work, and what is not ours."""
        stranger = self._program / "een eigen nota.txt"
        stranger.write_text("van de coach", encoding="utf-8")
        self.run(str(self._program / "verwijderen.exe"), "/S")
        until(lambda: self._registered("DisplayVersion") is None, "the end of the removal", 120)
        until(lambda: not (self._program / "verwijderen.exe").exists(), "the end of the remover", 60)
        prove([one.name for one in self._program.iterdir()] == [stranger.name], "only what was not ours is left")
        prove(not (self._menu / "Samenleven.lnk").exists(), "start menu")
        prove(self._value(CLASSES + r"\.samenleven") is None, "kind of file")
        for name in ("werk.samenlevendb", "werk.samenlevendb.key", "werk.samenlevendb-backups"):
            prove((self._data / name).exists(), name)
        shutil.rmtree(self._program)
        return "work file, key and backups stand where they stood"

    # How it is done

    def _make_older(self) -> Path:
        older = ROOT / "build" / "older-windows"
        made = older / f"Samenleven-{OLDER}-setup.exe"
        if made.exists() and made.stat().st_mtime > (build.FROZEN / "files.txt").stat().st_mtime:
            return made
        folder = older / "samenleven"
        shutil.rmtree(older, ignore_errors=True)
        shutil.copytree(build.FROZEN / "samenleven", folder)
        (folder / STALE).write_text("hoort niet meer bij het programma", encoding="utf-8")
        return build.build(folder, OLDER, older, quick=True)

    def _list(self) -> Path:
        return self._installer.with_name(self._installer.name + ".files.txt")

    def _named(self, path: Path) -> str:
        return str(path) if REAL else wine.windows_path(path)

    def _words(self, *words: str) -> list[str]:
        return list(words) if REAL else ["wine", *words]

    def _environment(self, passphrase: str = RELEASED) -> dict[str, str]:
        given = freeze.clean_environment() if REAL else wine.environment() | {"DISPLAY": self._display.name}
        return given | {"SAMENLEVEN_PASSPHRASE": passphrase}

    def _without_passphrase(self) -> dict[str, str]:
        return {key: value for key, value in self._environment().items() if key != "SAMENLEVEN_PASSPHRASE"}

    def run(self, *words: str, passphrase: str = RELEASED) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._words(*words),
            env=self._environment(passphrase),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=900,
        )

    def _popen(self, environment: dict[str, str], *words: str) -> subprocess.Popen[bytes]:
        """A program that goes on; under wine an interpreter only starts with pipes for its output."""
        process = subprocess.Popen(
            self._words(*words),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._stack.callback(trying.stop, process)
        return process

    def run_installer(self, installer: Path, *words: str) -> int:
        return self.run(str(installer), "/S", *words).returncode

    def cli(self, *words: str, passphrase: str = RELEASED) -> str:
        done = self.run(str(self._program / "samenleven-cli.exe"), *words, passphrase=passphrase)
        prove(done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}{done.stderr[-2000:]}")
        return done.stdout

    def _start(self, store: str) -> subprocess.Popen[bytes]:
        """The window over a practice file, running for certain."""
        path = self._data / store
        if not path.exists():
            self.cli("practice", "--store", self._named(path), passphrase="")
        program = str(self._program / "samenleven.exe")
        process = self._popen(self._without_passphrase(), program, "--store", self._named(path))
        until(lambda: (self._data / "venster.lock").exists(), "the running program", 120)
        if self._display is not None:
            self._display.wait_for("Samenleven", 180)
        return process

    def _close(self, process: subprocess.Popen[bytes]) -> None:
        if self._display is None:
            trying.stop(process)
            return
        for window in self._display.windows("Samenleven"):
            # As a person would: what is killed leaves its lock.
            self._display.tool("xdotool", "windowactivate", "--sync", window, "key", "alt+F4")
        until(lambda: process.poll() is not None, "the end of the program")

    def _ends(self, process: subprocess.Popen[bytes], what: str) -> None:
        """The program ends well; what it shows instead is kept as a picture."""
        try:
            until(lambda: process.poll() is not None, what, 120)
        except trying.Failed:
            self._display.picture("windows-blijft-open")
            raise
        prove(process.returncode == 0, f"{what}: exit code {process.returncode}")

    def _value(self, key: str, name: str | None = None) -> str | None:
        done = self.run("reg", "query", key, *(["/v", name] if name else ["/ve"]))
        if done.returncode:
            return None
        lines = [line for line in done.stdout.splitlines() if "REG_" in line]
        return lines[0].split("REG_", 1)[1].partition(" ")[2].strip() if lines else None

    def _registered(self, name: str) -> str | None:
        return self._value(KEY, name)

    def _size(self, folder: Path) -> int:
        return freeze.size_of(folder) >> 20

    def _mount(self, place: Path, options: str, stack: ExitStack) -> None:
        place.mkdir(parents=True, exist_ok=True)
        freeze.must(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)])
        stack.callback(freeze.must, ["umount", "-l", str(place)])

    def _on_small_disk(self, options: str) -> str:
        place = wine.PLACE / "small-disk"
        with ExitStack() as mounted:
            self._mount(place, options, mounted)
            code = self.run_installer(self._installer, f"/D={wine.windows_path(place)}\\Samenleven")
            prove(code != 0, "it says that it failed")
            prove(not list(place.iterdir()), f"left behind: {[one.name for one in place.iterdir()]}")
        prove(self._registered("DisplayVersion") is None, "not registered")
        prove(not (self._menu / "Samenleven.lnk").exists(), "not in the start menu")
        return f"exit code {code}, nothing is left"


if __name__ == "__main__":
    raise SystemExit(main())
