"""What may be inside the installed program: the rules that the freeze spec and the trials of the installers use."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from installer import closure, contents, freeze, libraries, versions
from samenleven_desktop.services.core import about

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"


@pytest.mark.parametrize("name", contents.WINE_ONLY)
def test_what_only_wine_needs_is_never_packed(name: str) -> None:
    for place in ("", "_internal/", "_internal/PySide6/", "_internal\\PySide6\\"):
        for spelled in (name, name.upper()):
            assert not contents.belongs(place + spelled, "C:/aids/" + spelled)
    assert contents.strangers([f"_internal/{name}"])


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "libgtk-3.so.0",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/plugins/tls/qschannelbackend.dll",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt6Qml.dll",
        "PySide6/opengl32sw.dll",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
        "pyphen/dictionaries/hyph_de_DE.dic",
        "babel/locale-data/nds.dat",
        "holidays/locale/fr/LC_MESSAGES/BE.mo",
        "_internal/babel/locale-data/fr_BE.dat",
        "_internal/pyphen/dictionaries/README_hyph_sv.txt",
        "_pytest/main.py",
    ],
)
def test_what_the_program_does_not_use_stays_out(name: str) -> None:
    assert not contents.belongs(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/lib/libQt6Pdf.so.6",
        "PySide6/Qt6Core.dll",
        "PySide6/Qt/translations/qtbase_nl.qm",
        "sqlcipher3/_sqlite3.cp311-win_amd64.pyd",
        "pyphen/dictionaries/hyph_nl_NL.dic",
        "babel/locale-data/en_001.dat",
        "pyphen/dictionaries/hyph_en_GB.dic",
        "pyphen/dictionaries/README_hyph_en_GB.txt",
        "samenleven_desktop/_shipped/db/migrations/versions/0001_first_tables.py",
    ],
)
def test_what_it_uses_goes_in(name: str) -> None:
    assert contents.belongs(name)


def test_the_data_files_of_the_libraries_go_in() -> None:
    """The agenda of the installed program was dead: the calendars of *holidays* were not in it."""
    found = [name for _, name in libraries.data_files(closure.LINUX)]
    assert "holidays/locale/nl/LC_MESSAGES/BE.mo" in found
    assert {"babel/global.dat", "pyphen/dictionaries/hyph_nl_NL.dic"} <= set(found)
    assert any(name.startswith("reportlab/fonts/") for name in found)
    assert any(name.startswith("odfdo/templates/") for name in found)
    assert contents.strangers(found) == []
    spec = (INSTALLER / "samenleven.spec").read_text(encoding="utf-8")
    assert "data_files(" in spec


def test_the_package_leans_on_debian_for_libraries_of_debian() -> None:
    assert not contents.belongs("libX11.so.6", "/usr/lib/x86_64-linux-gnu/libX11.so.6")
    assert contents.belongs("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0")
    assert contents.belongs("lib-dynload/_ssl.so", "/usr/lib/python3.11/lib-dynload/_ssl.so")


def test_a_finished_program_that_lacks_something_is_noticed() -> None:
    whole = ["_internal/" + one + ("x" if one.endswith("/") else "") for one in contents.MUST_BE_INSIDE]
    assert contents.missing(whole) == []
    assert contents.missing([one.replace("/", "\\") for one in whole]) == []
    assert contents.missing(whole[1:]) == [contents.MUST_BE_INSIDE[0]]


@pytest.mark.parametrize("platform", [closure.LINUX, closure.WINDOWS], ids=["linux", "windows"])
def test_only_what_the_program_needs_is_frozen_and_every_package_is_locked(platform: dict[str, str]) -> None:
    names = closure.needed(platform)
    assert {"pyside6-essentials", "sqlcipher3", "reportlab", "lxml"} <= set(names)
    assert not {"pytest", "mypy", "ruff", "hypothesis", "openpyxl"} & set(names)
    assert ("pywin32-ctypes" in names) == (platform is closure.WINDOWS)
    assert ("secretstorage" in names) == (platform is closure.LINUX)
    lines = closure.lines(platform, tools=True)
    assert "pyinstaller==" in lines
    entries = closure.locked(ROOT / "requirements.lock") | closure.locked(INSTALLER / "requirements.lock")
    assert all("--hash=sha256:" in entry for entry in entries.values())
    assert set(names) <= set(entries)


def test_the_tools_that_freeze_are_locked_without_an_address() -> None:
    text = (INSTALLER / "requirements.lock").read_text()
    assert "://" not in text
    shared = closure.locked(ROOT / "requirements.lock").keys() & closure.locked(INSTALLER / "requirements.lock").keys()
    assert not shared


def test_every_part_has_a_licence_and_nearly_every_one_its_text() -> None:
    found = about.components()
    assert len(found) > 40
    assert [one.name for one in found if not one.licence] == []
    assert {one.kind for one in found} == {"library", "font", "icons", "data"}
    spdx = re.compile(r"[\w.+-]+( (AND|OR|WITH) [\w.+-]+)*")
    assert [one.licence for one in found if not spdx.fullmatch(one.licence)] == []
    without = {one.name for one in found if not one.read_texts()}
    assert without <= {"SQLite"}
    assert {row["name"] for row in json.loads(about.parts_list())} == {one.name for one in found}


def test_every_font_that_is_shipped_is_among_the_parts() -> None:
    shipped = {path.stem.partition("-")[0].lower() for path in (ROOT / "resources" / "fonts").glob("*.ttf")}
    named = {one.name.replace(" ", "").lower() for one in about.components() if one.kind == "font"}
    assert shipped == named


def test_the_list_of_a_build_has_the_version_of_every_library() -> None:
    told = versions.asked()
    parts = about.installed_components()
    assert {one.name for one in parts if one.kind == "library" and not one.version} == told.keys()
    whole = {one.name: one for one in versions.filled_in(parts, told)}
    assert all(re.fullmatch(r"\d[\w.+]*", one.version) for one in whole.values() if one.kind == "library")
    assert whole["Qt"].version == whole["PySide6_Essentials"].version
    with pytest.raises(SystemExit, match="SQLCipher"):
        versions.filled_in(parts, {name: number for name, number in told.items() if name != "SQLCipher"})
    with pytest.raises(SystemExit, match="Perl"):
        versions.filled_in(parts, {**told, "Perl": "5.40.0"})


def test_windows_carries_the_libraries_of_python_that_debian_has_itself() -> None:
    names = {
        system: {one.name for one in about.installed_components([], platform=system)} for system in ("linux", "win32")
    }
    assert names["win32"] - names["linux"] == {"OpenSSL (Python)"}


def test_a_frozen_program_tells_the_list_that_was_made_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"name": "A", "version": "1", "licence": "MIT", "kind": "library", "texts": ["a/1-LICENSE.txt"]}
    (tmp_path / about.LIST).write_text(json.dumps([row]))
    (tmp_path / about.SBOM).write_text("{}")
    (tmp_path / about.TEXTS / "a").mkdir(parents=True)
    (tmp_path / about.TEXTS / "a" / "1-LICENSE.txt").write_text("words")
    monkeypatch.setattr(about, "built_list_dir", lambda: tmp_path)
    (one,) = about.components()
    assert (one.name, one.licence, one.read_texts()) == ("A", "MIT", "words")
    assert about.parts_list() == "{}"


def test_a_pack_opens_in_the_program_on_both_systems() -> None:
    kinds = ElementTree.parse(INSTALLER / "debian" / "samenleven.xml")
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    assert "*.samenleven" in [one.get("pattern") for one in kinds.iter(f"{space}glob")]
    entry = (INSTALLER / "debian" / "samenleven.desktop").read_text()
    assert "MimeType=application/x-samenleven;" in entry
    assert "Exec=/usr/bin/samenleven %f" in entry
    script = (INSTALLER / "windows" / "samenleven.nsi").read_text()
    assert 'Opens ".samenleven" "${CLASS}"' in script
    assert "RequestExecutionLevel user" in script


def test_the_installer_speaks_dutch_and_english_alike() -> None:
    script = (INSTALLER / "windows" / "samenleven.nsi").read_text()
    said = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", script, re.MULTILINE)
    dutch, english = ({name for name, language in said if language == one} for one in ("DUTCH", "ENGLISH"))
    assert dutch == english
    assert len(dutch) >= 5


@pytest.mark.skipif(shutil.which("sh") is None or not Path("/proc/self/exe").exists(), reason="needs a shell and /proc")
def test_an_upgrade_goes_on_at_once_when_the_program_is_closed_and_gives_up_when_it_stays_open(tmp_path: Path) -> None:
    script = (INSTALLER / "debian" / "waiting.sh").read_text()
    closed = subprocess.run(["sh", "-ec", script + "\nwait_until_closed"], capture_output=True, text=True)
    assert (closed.returncode, closed.stdout) == (0, "")
    shell = os.path.realpath(shutil.which("sh") or "")
    open_now = script.replace("/usr/lib/samenleven/samenleven", shell) + "\nwait_until_closed"
    for language, word in (("nl_BE.UTF-8", "bleef open"), ("en_GB.UTF-8", "stayed open")):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": language, "SAMENLEVEN_WAIT": "0"}
        done = subprocess.run(["sh", "-ec", open_now], capture_output=True, text=True, env=environment)
        assert done.returncode == 1
        assert word in done.stderr


def test_the_remover_takes_away_file_by_file_and_folders_only_when_empty(tmp_path: Path) -> None:
    from installer.windows.build import removal_of

    (tmp_path / "_internal" / "a b").mkdir(parents=True)
    (tmp_path / "samenleven.exe").write_text("x")
    (tmp_path / "_internal" / "a b" / "kost$.txt").write_text("x")
    assert removal_of(tmp_path).splitlines() == [
        r'Delete "$INSTDIR\_internal\a b\kost$$.txt"',
        r'Delete "$INSTDIR\samenleven.exe"',
        r'RMDir "$INSTDIR\_internal\a b"',
        r'RMDir "$INSTDIR\_internal"',
    ]


def test_two_builds_can_be_compared_by_their_lists(tmp_path: Path) -> None:
    from installer.freeze import file_list

    for name in ("one", "other"):
        (tmp_path / name / "b").mkdir(parents=True)
        for file in ("b/2.txt", "a.txt") if name == "one" else ("a.txt", "b/2.txt"):
            (tmp_path / name / file).write_text(file)
    assert file_list(tmp_path / "one") == file_list(tmp_path / "other")
    assert [line.split()[-1] for line in file_list(tmp_path / "one")] == ["a.txt", "b/2.txt"]
    (tmp_path / "other" / "a.txt").write_text("changed")
    assert file_list(tmp_path / "one") != file_list(tmp_path / "other")


def test_without_a_certificate_nothing_is_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from installer.windows import sign

    monkeypatch.delenv(sign.CERTIFICATE, raising=False)
    assert not sign.wanted()
    program = tmp_path / "a.exe"
    program.write_bytes(b"MZ")
    done = subprocess.run([sys.executable, INSTALLER / "windows" / "sign.py", str(program)], check=False)
    assert (done.returncode, program.read_bytes()) == (0, b"MZ")


def test_an_older_program_need_not_have_what_came_later(tmp_path: Path) -> None:
    (tmp_path / freeze.NAME).mkdir()
    (tmp_path / freeze.NAME / "samenleven").write_bytes(b"")
    assert freeze.proven(tmp_path, of_today=False) == tmp_path / freeze.NAME
    with pytest.raises(SystemExit, match="missing"):
        freeze.proven(tmp_path)


def test_every_kind_of_file_has_a_type_an_icon_and_the_program() -> None:
    """A double click on a card opened its text in a word processor; on a work file it did nothing."""
    from installer.debian import build
    from samenleven_desktop.cli import parser

    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kinds = ElementTree.parse(INSTALLER / "debian" / "samenleven.xml").getroot().findall("m:mime-type", space)
    globs = {glob.attrib["pattern"].removeprefix("*") for kind in kinds for glob in kind.findall("m:glob", space)}
    assert globs == {*parser.EXCHANGED, *parser.WORK_FILES}
    entry = (INSTALLER / "debian" / "samenleven.desktop").read_text(encoding="utf-8")
    types = next(line for line in entry.splitlines() if line.startswith("MimeType=")).removeprefix("MimeType=")
    assert set(types.strip(";").split(";")) == {kind.attrib["type"] for kind in kinds}
    script = (INSTALLER / "windows" / "samenleven.nsi").read_text(encoding="utf-8")
    assert all(f'Opens "{ending}"' in script and f'OpensNoMore "{ending}"' in script for ending in globs)
    built = Path(build.__file__).read_text(encoding="utf-8")
    for kind in kinds:
        icon = kind.find("m:icon", space)
        assert icon is not None
        assert f'"{icon.attrib["name"]}"' in built


def test_a_plan_file_is_left_to_the_editor_of_the_person() -> None:
    entry = (INSTALLER / "debian" / "samenleven.desktop").read_text(encoding="utf-8")
    assert "yaml" not in entry
    script = (INSTALLER / "windows" / "samenleven.nsi").read_text(encoding="utf-8")
    assert 'SupportedTypes" ".yaml"' in script
    assert 'Opens ".yaml"' not in script


def test_the_installers_are_frozen_with_one_python_and_no_other() -> None:
    """Frozen with 3.11 the program needs the work-around for constants, which the installed program does without."""
    assert freeze.PYTHON == (3, 13)
    assert freeze.require_python((3, 13, 9)) is None
    for other in ((3, 11, 7), (3, 12, 1), (3, 14, 0)):
        with pytest.raises(SystemExit, match=r"Python 3\.13; this is 3\.\d+\.\d"):
            freeze.require_python(other)
    number = ".".join(map(str, freeze.PYTHON))
    assert f'"-{number}"' in (INSTALLER / "windows" / "build.ps1").read_text(encoding="utf-8")
    assert f"official Python {number}" in (ROOT / "docs" / "release.md").read_text(encoding="utf-8")
    making = (ROOT / "Makefile").read_text(encoding="utf-8")
    steps = re.findall(r"^((?:test-)?installer-\w+): (\S+) .*\n\t@(\S+)", making, re.MULTILINE)
    assert {need for _, need, _ in steps} == {"ready-freezer"}
    assert {program for _, _, program in steps} == {"$(FREEZING)/bin/python"}


def test_a_package_that_debian_12_cannot_run_ends_the_build() -> None:
    from installer.debian.build import runs_on_debian_12

    needs = ["libc6 (>= 2.36)", "libssl3 (>= 3.0.0)"]
    assert runs_on_debian_12(needs) == needs
    with pytest.raises(SystemExit, match=r"libc6 \(>= 2\.38\)"):
        runs_on_debian_12(["libc6 (>= 2.38)"])
