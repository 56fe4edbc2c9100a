"""The list of what is inside: components.json for the dialog *Over dit programma*, an SBOM (CycloneDX), licence texts.

python installer/inventory.py DIR                  of the packages of the Python that runs this
python installer/inventory.py DIR --site FOLDER    of packages for Windows, unpacked in FOLDER
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cyclonedx.factory.license import LicenseFactory  # noqa: E402
from cyclonedx.model.bom import Bom  # noqa: E402
from cyclonedx.model.component import Component as Entry  # noqa: E402
from cyclonedx.model.component import ComponentType  # noqa: E402
from cyclonedx.output.json import JsonV1Dot6  # noqa: E402
from packageurl import PackageURL  # noqa: E402

from installer import closure  # noqa: E402
from samenleven_desktop import __version__  # noqa: E402
from samenleven_desktop.services.about import (  # noqa: E402
    LICENCE,
    LIST,
    PROGRAM,
    SBOM,
    TEXTS,
    Component,
    installed_components,
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--site", type=Path)
    options = parser.parse_args()
    windows = options.site is not None or sys.platform == "win32"
    find = finder(options.site) if options.site else metadata.distribution
    names = closure.needed(closure.WINDOWS if windows else closure.LINUX)
    found = installed_components(names, find)
    without = [one.name for one in found if not one.licence]
    if without:
        raise SystemExit(f"No licence is known of {', '.join(without)}; see resources/about/parts.toml")
    write(found, options.out)
    return 0


def finder(site: Path):
    by_name = {closure.canonical(one.metadata["Name"]): one for one in metadata.distributions(path=[str(site)])}

    def find(name: str) -> metadata.Distribution:
        if name not in by_name:
            raise metadata.PackageNotFoundError(name)
        return by_name[name]

    return find


def write(found: list[Component], out: Path) -> None:
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
    (out / SBOM).write_text(sbom(found), encoding="utf-8")


def copy_texts(one: Component, texts: Path) -> list[str]:
    names = []
    for number, path in enumerate(one.texts, 1):
        folder = closure.canonical(one.name.split(",")[0].replace(" ", "-"))
        name = f"{folder}/{number}-{path.name if path.suffix else path.name + '.txt'}"
        (texts / folder).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, texts / name)
        names.append(name)
    return names


def sbom(found: list[Component]) -> str:
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
        python = one.kind == "library" and one.version != ""
        kind = {"library": ComponentType.LIBRARY}.get(one.kind, ComponentType.DATA)
        entries.append(
            Entry(
                name=one.name,
                version=one.version or None,
                type=kind,
                bom_ref=closure.canonical(one.name),
                purl=PackageURL("pypi", None, closure.canonical(one.name), one.version) if python else None,
                licenses=[licences.make_from_string(one.licence)],
            )
        )
    bom.components.update(entries)
    bom.register_dependency(program, entries)
    document = json.loads(JsonV1Dot6(bom).output_as_string())
    document.pop("serialNumber", None)
    document["metadata"].pop("timestamp", None)
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
