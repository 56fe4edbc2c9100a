"""The list of what is inside: components.json for the dialog *Over dit programma*, an SBOM (CycloneDX), licence texts.

python installer/inventory.py DIR VERSIONS                  of the packages of the Python that runs this
python installer/inventory.py DIR VERSIONS --site FOLDER    of packages for Windows, unpacked in FOLDER

VERSIONS is what installer/versions.py wrote in the Python that is frozen.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from collections.abc import Collection
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cyclonedx.contrib.license.factories import LicenseFactory  # noqa: E402
from cyclonedx.model.bom import Bom  # noqa: E402
from cyclonedx.model.component import Component as Entry  # noqa: E402
from cyclonedx.model.component import ComponentType  # noqa: E402
from cyclonedx.output.json import JsonV1Dot6  # noqa: E402
from packageurl import PackageURL  # noqa: E402

from installer import closure, versions  # noqa: E402
from samenleven_desktop import __version__  # noqa: E402
from samenleven_desktop.services.core.about import LICENCE, LIST, PROGRAM, SBOM, TEXTS, Component, installed_components  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("versions", type=Path)
    parser.add_argument("--site", type=Path)
    options = parser.parse_args()
    windows = options.site is not None or sys.platform == "win32"
    find = finder(options.site) if options.site else metadata.distribution
    names = closure.needed(closure.WINDOWS if windows else closure.LINUX)
    told = json.loads(options.versions.read_text(encoding="utf-8"))
    found = versions.filled_in(installed_components(names, find, "win32" if windows else sys.platform), told)
    without = [one.name for one in found if not one.licence]
    if without:
        raise SystemExit(f"No licence is known of {', '.join(without)}; see resources/about/parts.toml")
    write(found, options.out, carried=told.keys())
    return 0


def finder(site: Path):
    by_name = {closure.canonical(one.metadata["Name"]): one for one in metadata.distributions(path=[str(site)])}

    def find(name: str) -> metadata.Distribution:
        if name not in by_name:
            raise metadata.PackageNotFoundError(name)
        return by_name[name]

    return find


def write(found: list[Component], out: Path, carried: Collection[str]) -> None:
    """`carried` are the parts that travel inside a package or are the interpreter itself."""
    out.mkdir(parents=True, exist_ok=True)
    rows = [
        {
            "name": one.name,
            "version": one.version,
            "licence": one.licence,
            "kind": one.kind,
            "texts": copy_texts(one, out / TEXTS),
        }
        for one in found
    ]
    (out / LIST).write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / SBOM).write_text(sbom(found, carried), encoding="utf-8")


def copy_texts(one: Component, texts: Path) -> list[str]:
    names = []
    for number, path in enumerate(one.texts, 1):
        folder = plain(one.name)
        name = f"{folder}/{number}-{path.name if path.suffix else path.name + '.txt'}"
        (texts / folder).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, texts / name)
        names.append(name)
    return names


def sbom(found: list[Component], carried: Collection[str]) -> str:
    """CycloneDX 1.6 without time and serial number, so that the same parts give the same file."""
    licences = LicenseFactory()
    bom = Bom()
    program = Entry(
        name=PROGRAM,
        version=__version__,
        type=ComponentType.APPLICATION,
        bom_ref=PROGRAM,
        licenses=[licences.make_from_string(LICENCE)],
    )
    bom.metadata.component = program
    entries = []
    for one in found:
        kind = {"library": ComponentType.LIBRARY}.get(one.kind, ComponentType.DATA)
        entries.append(
            Entry(
                name=one.name,
                version=one.version or None,
                type=kind,
                bom_ref=plain(one.name),
                purl=address(one, carried),
                licenses=[licences.make_from_string(one.licence)],
            )
        )
    bom.components.update(entries)
    bom.register_dependency(program, entries)
    document = json.loads(JsonV1Dot6(bom).output_as_string())
    document.pop("serialNumber", None)
    document["metadata"].pop("timestamp", None)
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def plain(name: str) -> str:
    """A name that is safe in a path."""
    return closure.canonical(re.sub(r"[^\w.-]+", "-", name).strip("-"))


def address(one: Component, carried: Collection[str]) -> PackageURL | None:
    """What those who look up weaknesses know a library by; what is in brackets only tells where we have it from."""
    if one.kind != "library":
        return None
    kind = "generic" if one.name in carried else "pypi"
    return PackageURL(kind, None, closure.canonical(one.name.partition(" (")[0]), one.version)


if __name__ == "__main__":
    raise SystemExit(main())
