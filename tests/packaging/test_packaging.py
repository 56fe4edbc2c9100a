"""What a checkout and a wheel hold: the top level, the shipped files, and no address of anywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP = {
    "pyproject.toml",
    "samenleven_desktop",
    "resources",
    "db",
    "tests",
    "installer",
    "README.md",
    "CONTRIBUTING.md",
    "Makefile",
    "CHANGELOG.md",
    "LICENSE",
    "requirements.lock",
    "docs",
}


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in done.stdout.split("\0") if name]


def test_the_top_level_is_what_was_agreed() -> None:
    top = {name.split("/")[0] for name in tracked()}
    assert {name for name in top if not name.startswith(".")} == TOP
    assert "ci/run" in {name.removeprefix(".") for name in tracked()}


def test_each_test_file_has_a_name_of_its_own() -> None:
    """The folders of the tests are no packages: pytest refuses a second file of the same name."""
    names = [Path(name).name for name in tracked() if name.startswith("tests/") and Path(name).name.startswith("test_")]
    assert sorted(names) == sorted(set(names))


def test_the_lock_file_pins_with_hashes_and_names_no_address() -> None:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    pins = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert pins
    assert all(re.match(r"^[\w.\-\[\]]+==[\w.]+", pin) and pin.endswith("\\") for pin in pins)


def test_every_direct_dependency_is_in_the_lock() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[<>=;\s\[]", one)[0].lower().replace("_", "-") for one in wanted}
    locked = {line.split("==")[0] for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line}
    assert names <= {name.lower().replace("_", "-") for name in locked}


def test_nothing_committed_names_this_machine_or_a_registry() -> None:
    home = re.escape(str(ROOT)) + "/"
    hosts = "files" + r"\.pythonhosted|pypi" + r"\.org|registry" + r"\.npmjs|deb" + r"\.debian\.org"
    pattern = re.compile(rf"{home}|{hosts}")
    found = []
    for name in tracked():
        path = ROOT / name
        if path.suffix not in {".png", ".ttf", ".mo", ".samenlevendb", ".svg"} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{name}: {hit}" for hit in pattern.findall(text)]
    assert found == []


def test_what_is_shipped_has_its_licence_beside_it() -> None:
    for folder, licence in (("fonts", "OFL.txt"), ("icons", "LICENSE"), ("reference", "CREDITS.md")):
        assert (ROOT / "resources" / folder / licence).stat().st_size > 200


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, unpacked where nothing else of it can be found."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_carries_migrations_and_resources(installed: Path) -> None:
    shipped = installed / "samenleven_desktop" / "_shipped"
    assert list((shipped / "db" / "migrations" / "versions").glob("0004_*.py"))
    assert (shipped / "resources" / "plans" / "plan-samenleven.yaml").exists()
    assert (shipped / "resources" / "translations" / "nl" / "LC_MESSAGES" / "samenleven.mo").exists()
    assert list(installed.glob("*.dist-info/entry_points.txt"))


@pytest.mark.slow
def test_the_installed_program_proves_itself(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "HOME": str(tmp_path)}
    code = "import sys, samenleven_desktop; print(samenleven_desktop.__file__, file=sys.stderr)\n"
    code += "from samenleven_desktop.__main__ import main; sys.exit(main(['self-test']))"
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert str(installed) in done.stderr
