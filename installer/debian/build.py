"""Packs the frozen program as a .deb: menu entry, icons, kind of file, man pages, and what Debian itself must have.

python installer/debian/build.py                                     dist/samenleven_VERSION_amd64.deb
python installer/debian/build.py --frozen DIR --version V --out DIR  another tree, for the test of an upgrade
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from installer import freeze, icons  # noqa: E402

HERE = Path(__file__).resolve().parent
PROGRAM = "usr/lib/samenleven"
# Of Debian 12: a Python built on a newer system would not start there.
NEWEST_GLIBC = (2, 36)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frozen", type=Path)
    parser.add_argument("--version")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    folder = options.frozen or freeze.freeze(ROOT, freeze.FROZEN)
    version = options.version or freeze.version_of(ROOT)
    package = build(folder, version, options.out)
    installed = freeze.size_of(layout(version) / "usr")
    print(f"{package.name}: {package.stat().st_size / 1e6:.1f} MB, {installed / 1e6:.0f} MB installed")
    return 0


def build(frozen: Path, version: str, out: Path, *, quick: bool = False) -> Path:
    """The package of a frozen program. The same program gives the same package, byte for byte.

    `quick` packs less tightly, for a trial.
    """
    moment = freeze.time_of(ROOT)
    tree = layout(version)
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(frozen, tree / PROGRAM, symlinks=True)
    strip(tree / PROGRAM)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/samenleven").symlink_to("../lib/samenleven/samenleven")
    add_desktop(tree)
    add_documents(tree, version, moment)
    add_control(tree, version)
    set_modes(tree)
    out.mkdir(parents=True, exist_ok=True)
    package = out / f"samenleven_{version}_{architecture()}.deb"
    command = ["dpkg-deb", "--build", "--root-owner-group", "-Zxz", f"-z{1 if quick else 4}", str(tree), str(package)]
    freeze.must(command, {**os.environ, "SOURCE_DATE_EPOCH": str(moment)})
    (out / f"{package.name}.files.txt").write_text("\n".join(freeze.file_list(tree)) + "\n", encoding="utf-8")
    return package


def layout(version: str) -> Path:
    """Where the files of a package are laid out as they will stand on the disk."""
    return ROOT / "build" / f"deb-{version}"


def strip(folder: Path) -> None:
    """Without names for debuggers. What Qt and the wheels' own tools laid out is left as it is: it can break."""
    chosen = [
        path
        for path in libraries(folder)
        if "PySide6" not in path.parts
        and not any(part.endswith(".libs") for part in path.parts)
        and path.parent != folder
    ]
    freeze.must(["strip", "--strip-unneeded", *map(str, chosen)])


def libraries(folder: Path) -> list[Path]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return [path for path in files if path.read_bytes()[:4] == b"\x7fELF"]


def add_desktop(tree: Path) -> None:
    share = tree / "usr/share"
    put(HERE / "samenleven.desktop", share / "applications/samenleven.desktop")
    put(HERE / "samenleven.xml", share / "mime/packages/samenleven.xml")
    pictures = ROOT / "build" / "icons"
    icons.write(pictures)
    for name, kind, icon in (
        ("samenleven", "apps", "samenleven"),
        ("pakket", "mimetypes", "application-x-samenleven"),
        ("kaart", "mimetypes", "application-x-samenleven-card"),
        ("werkbestand", "mimetypes", "application-x-samenleven-workfile"),
    ):
        for size in icons.SIZES:
            put(pictures / f"{name}-{size}.png", share / f"icons/hicolor/{size}x{size}/{kind}/{icon}.png")
        put(ROOT / "resources" / "brand" / f"{name}.svg", share / f"icons/hicolor/scalable/{kind}/{icon}.svg")


def add_documents(tree: Path, version: str, moment: int) -> None:
    share = tree / "usr/share"
    date = time.strftime("%Y-%m-%d", time.gmtime(moment))
    for source, folder in (("samenleven.1", "man/man1"), ("samenleven.nl.1", "man/nl/man1")):
        text = (HERE / source).read_text(encoding="utf-8").replace("{date}", date).replace("{version}", version)
        put_packed(text, share / folder / "samenleven.1.gz")
    put_packed((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), share / "doc/samenleven/changelog.gz")
    put(HERE / "copyright", share / "doc/samenleven/copyright")
    put(ROOT / "LICENSE", share / "doc/samenleven/LICENSE")


def add_control(tree: Path, version: str) -> None:
    control = tree / "DEBIAN"
    control.mkdir()
    kilobytes = sum(-(-path.lstat().st_size // 1024) for path in tree.rglob("*") if not path.is_dir())
    text = (HERE / "control.in").read_text(encoding="utf-8")
    fields = {
        "version": version,
        "architecture": architecture(),
        "kilobytes": kilobytes,
        "depends": ", ".join(depends(tree / PROGRAM)),
    }
    (control / "control").write_text(text.format(**fields), encoding="utf-8")
    waiting = (HERE / "waiting.sh").read_text(encoding="utf-8")
    for name in ("preinst", "prerm"):
        script = control / name
        script.write_text((HERE / f"{name}.in").read_text(encoding="utf-8").replace("{waiting}", waiting))
    sums = [
        subprocess.run(["md5sum", path.relative_to(tree)], cwd=tree, capture_output=True, text=True, check=True).stdout
        for path in sorted((tree / "usr").rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")


def depends(program: Path) -> list[str]:
    """The packages of Debian that hold the libraries which the program does not carry itself."""
    work = ROOT / "build" / "shlibdeps"
    (work / "debian").mkdir(parents=True, exist_ok=True)
    (work / "debian" / "control").write_text("Source: samenleven\n\nPackage: samenleven\nArchitecture: any\n")
    own = sorted({str(path.parent) for path in libraries(program)})
    command = ["dpkg-shlibdeps", "-O", "--warnings=0", *(f"-l{folder}" for folder in own)]
    command += ["-xsamenleven", *(f"-e{path}" for path in libraries(program))]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    found = re.search(r"^shlibs:Depends=(.*)$", done.stdout, re.MULTILINE)
    if done.returncode or found is None:
        raise SystemExit(f"The needs of the package are not known:\n{done.stderr}")
    return runs_on_debian_12(sorted(one.strip() for one in found[1].split(",")))


def runs_on_debian_12(needs: list[str]) -> list[str]:
    """The same needs; ends the build when they ask for a newer glibc."""
    for need in needs:
        asked = re.fullmatch(r"libc6 \(>= (\d+)\.(\d+)\S*\)", need)
        if asked and (int(asked[1]), int(asked[2])) > NEWEST_GLIBC:
            raise SystemExit(f"The package needs {need}, which Debian 12 has not: build its Python on Debian 12.")
    return needs


def set_modes(tree: Path) -> None:
    for path in tree.rglob("*"):
        if path.is_symlink():
            continue
        runs = path.is_dir() or path.name in ("samenleven", "preinst", "prerm")
        path.chmod(0o755 if runs else 0o644)


def architecture() -> str:
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def put_packed(text: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    raise SystemExit(main())
