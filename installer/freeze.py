"""Freezes the program into one folder: an environment with only what is needed, licences and SBOM, PyInstaller, proof.

python installer/freeze.py                        build/frozen/samenleven, of this tree
python installer/freeze.py --source TREE --out DIR   of another tree, with these tools (an older version for tests)
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from installer import closure, contents, icons  # noqa: E402

TOOLS = ROOT / "build" / "freeze-env"
# The Python inside both installers: one for all, so that what was tried is what coaches get.
PYTHON = (3, 13)
FROZEN = ROOT / "build" / "frozen"
NAME = "samenleven"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, default=ROOT)
    parser.add_argument("--out", type=Path, default=FROZEN)
    options = parser.parse_args()
    folder = freeze(options.source.resolve(), options.out.resolve())
    print(f"{folder}: {size_of(folder) / 1e6:.0f} MB in {len(file_list(folder))} files")
    return 0


def freeze(source: Path, out: Path) -> Path:
    """The frozen program of a tree; fails when something in it has no business there, or is missing."""
    require_python()
    python = environment()
    out.mkdir(parents=True, exist_ok=True)
    work = out / "work"
    about = work / "about"
    shutil.rmtree(about, ignore_errors=True)
    about.mkdir(parents=True)
    icons.write(work)
    must([str(python), str(ROOT / "installer" / "versions.py"), str(work / "versions.json")])
    must([str(python), str(ROOT / "installer" / "inventory.py"), str(about), str(work / "versions.json")])
    must([str(python), *command(out)], clean_environment() | runtime(source, out))
    return proven(out, of_today=source == ROOT)


def runtime(source: Path, out: Path) -> dict[str, str]:
    """What the freeze spec is told."""
    work = out / "work"
    return {
        "SAMENLEVEN_SOURCE": str(source),
        "SAMENLEVEN_ABOUT": str(work / "about"),
        "SAMENLEVEN_ICON": str(work / "samenleven.ico"),
        "SAMENLEVEN_VERSION": version_of(source),
        "SAMENLEVEN_LEFT_OUT": str(out / "left-out.txt"),
        # The same tree gives the same files: no order of sets, no time of day.
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": str(time_of(source)),
    }


def command(out: Path) -> list[str]:
    """PyInstaller, as arguments of a Python."""
    words = ["-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    words += ["--distpath", str(out), "--workpath", str(out / "work" / "pyinstaller")]
    return [*words, str(ROOT / "installer" / "samenleven.spec")]


def proven(out: Path, *, of_today: bool = True) -> Path:
    """The finished folder with the list of its files; fails when a stranger is in it, or when something lacks that the
    program `of_today` needs: an older one, which a trial upgrades from, need not have it."""
    folder = out / NAME
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    faults = contents.strangers(names)
    if of_today:
        faults += [f"missing: {one}" for one in contents.missing(names)]
    if faults:
        raise SystemExit("The frozen program is not what it must be:\n" + "\n".join(faults))
    (out / "files.txt").write_text("\n".join(file_list(folder)) + "\n", encoding="utf-8")
    return folder


def require_python(running: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Ends the build when another Python than that of the installers runs it."""
    if running[:2] != PYTHON:
        wanted, found = (".".join(map(str, version)) for version in (PYTHON, running))
        raise SystemExit(
            f"The installers are frozen with Python {wanted}; this is {found}. Type:\n"
            f"  make FREEZER=/path/to/python{wanted} installer-deb"
        )


def environment() -> Path:
    """An environment with the locked packages of the program and the tools that freeze it, and nothing else."""
    platform = closure.WINDOWS if os.name == "nt" else closure.LINUX
    wanted = closure.lines(platform, tools=True)
    python = TOOLS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = TOOLS / "stamp"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted + sys.version:
        return python
    print("Preparing the environment that freezes the program (once) ...", flush=True)
    shutil.rmtree(TOOLS, ignore_errors=True)
    venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(TOOLS)
    lock = TOOLS / "wanted.lock"
    lock.write_text(wanted, encoding="utf-8")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    must([*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock)], clean_environment())
    stamp.write_text(wanted + sys.version, encoding="utf-8")
    return python


def version_of(source: Path) -> str:
    text = (source / "samenleven_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    if found is None:
        raise SystemExit(f"{source}: no version")
    return found[1]


def time_of(source: Path) -> int:
    """The time that all files of a build carry: that of the newest commit of the tree."""
    done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=source, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else 1_700_000_000


def file_list(folder: Path) -> list[str]:
    """Hash, size and name of every file, in the order of their names: two builds can be compared by it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [f"{fingerprint(path)}  {path.stat().st_size:>10}  {path.relative_to(folder).as_posix()}" for path in files]


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def clean_environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")}


def must(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"This did not work: {' '.join(command)}")


if __name__ == "__main__":
    raise SystemExit(main())
