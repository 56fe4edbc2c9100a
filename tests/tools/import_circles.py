"""Fails when files of the package import one another in a circle, type-only imports included.

`from package import module` counts as an import of the module. Prints one circle and where each import stands.
"""

from __future__ import annotations

import sys
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import grimp

PACKAGE = "samenleven_desktop"


def find_circle(graph: grimp.ImportGraph) -> list[str]:
    """The modules of one circle, the first one again at the end; empty when there is none."""
    imports = {module: graph.find_modules_directly_imported_by(module) for module in sorted(graph.modules)}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def main() -> int:
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    circle = find_circle(graph)
    if not circle:
        print("imports: no circle")
        return 0
    print("imports: a circle of files", file=sys.stderr)
    for importer, imported in pairwise(circle):
        for place in graph.get_import_details(importer=importer, imported=imported)[:1]:
            print(f"  {importer}, line {place['line_number']}: {place['line_contents']}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
