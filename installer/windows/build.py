"""Makes the installer for Windows: freezes the program, signs it when there is a certificate, packs it with NSIS.

On Windows with the Python that runs this; elsewhere under wine, as a proof (docs/release.md tells what that is worth).
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from installer import freeze, icons  # noqa: E402
from installer.windows import sign, wine  # noqa: E402

HERE = Path(__file__).resolve().parent
FROZEN = ROOT / "build" / "frozen-windows"
REAL = sys.platform == "win32"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    folder = freeze.freeze(ROOT, FROZEN) if REAL else freeze_under_wine()
    installer = build(folder, freeze.version_of(ROOT), options.out)
    sizes = f"{installer.stat().st_size / 1e6:.1f} MB, {freeze.size_of(folder) / 1e6:.0f} MB installed"
    print(f"{installer.name}: {sizes}{'' if REAL else ' (made under wine: for a trial, not for a release)'}")
    return 0


def freeze_under_wine() -> Path:
    """What freeze.freeze does, with the interpreter of the trial."""
    python = wine.prepare()
    work = FROZEN / "work"
    about = work / "about"
    shutil.rmtree(about, ignore_errors=True)
    about.mkdir(parents=True)
    icons.write(work)
    site = {"PYTHONPATH": wine.windows_path(wine.SITE)}
    versions = work / "versions.json"
    asking = [wine.windows_path(path) for path in (ROOT / "installer" / "versions.py", versions)]
    asked = wine.run(str(python), *asking, extra=site)
    if asked.returncode:
        raise SystemExit(f"The libraries do not tell their versions: {(asked.stdout + asked.stderr)[-3000:]}")
    inventory = [str(freeze.environment()), str(ROOT / "installer" / "inventory.py")]
    freeze.must([*inventory, str(about), str(versions), "--site", str(wine.SITE)])
    runtime = freeze.runtime(ROOT, FROZEN)
    for name in ("SAMENLEVEN_SOURCE", "SAMENLEVEN_ABOUT", "SAMENLEVEN_ICON", "SAMENLEVEN_LEFT_OUT"):
        runtime[name] = wine.windows_path(Path(runtime[name]))
    words = [wine.windows_path(Path(word)) if word.startswith("/") else word for word in freeze.command(FROZEN)]
    done = wine.run(str(python), *words, extra=runtime | site)
    (FROZEN / "pyinstaller.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"PyInstaller under wine: {done.returncode}\n{(done.stdout + done.stderr)[-3000:]}")
    return freeze.proven(FROZEN)


def build(folder: Path, version: str, out: Path, *, quick: bool = False) -> Path:
    """The installer of a frozen program. `quick` packs less tightly, for a trial."""
    out.mkdir(parents=True, exist_ok=True)
    work = ROOT / "build" / f"nsis-{version}"
    shutil.rmtree(work, ignore_errors=True)
    icons.write(work)
    if sign.wanted():
        for name in ("samenleven.exe", "samenleven-cli.exe"):
            sign.sign(folder / name)
    removal = work / "removal.nsh"
    removal.write_text(removal_of(folder), encoding="utf-8")
    installer = out / f"Samenleven-{version}-setup.exe"
    defines = {"VERSION": version, "FOLDER": folder, "OUT": installer, "ICONS": work, "REMOVAL": removal}
    if sign.wanted():
        defines["SIGN"] = f"{sys.executable} {HERE / 'sign.py'}"
    words = ["makensis", "-V2", "-INPUTCHARSET", "UTF8", *(f"-D{name}={value}" for name, value in defines.items())]
    words += ["-DQUICK=1"] if quick else []
    freeze.must([*words, str(HERE / "samenleven.nsi")], {**os.environ, "SOURCE_DATE_EPOCH": str(freeze.time_of(ROOT))})
    (out / f"{installer.name}.files.txt").write_text("\n".join(freeze.file_list(folder)) + "\n", encoding="utf-8")
    return installer


def removal_of(folder: Path) -> str:
    """NSIS lines that take away the installed files and then the folders that are empty."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    folders = {parent for name in files for parent in PurePosixPath(name).parents if str(parent) != "."}
    lines = [f'Delete "$INSTDIR\\{windows(name)}"' for name in files]
    lines += [f'RMDir "$INSTDIR\\{windows(str(one))}"' for one in sorted(folders, key=str, reverse=True)]
    return "\n".join(lines) + "\n"


def windows(name: str) -> str:
    """As NSIS writes a path; a dollar sign of its own is doubled."""
    return name.replace("/", "\\").replace("$", "$$")


if __name__ == "__main__":
    raise SystemExit(main())
