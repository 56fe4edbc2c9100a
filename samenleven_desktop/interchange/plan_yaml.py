"""Writes a plan as a plan file in YAML; `read_plan` of that file gives an equal plan."""

from __future__ import annotations

from decimal import Decimal

import yaml

from samenleven_desktop.domain.plan import Plan
from samenleven_desktop.interchange.plan_tables import days_as_text, plan_tables

_WIDTH = 116


class _Dumper(yaml.SafeDumper):
    """No aliases, and numbers without exponent: the reader accepts neither."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.Node:
    words = format(Decimal(repr(value)), "f")
    return dumper.represent_scalar("tag:yaml.org,2002:float", words if "." in words else f"{words}.0")


_Dumper.add_representer(float, _number)


def plan_to_yaml(plan: Plan) -> bytes:
    """Returns the file as bytes."""
    content = days_as_text(plan_tables(plan))
    text = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text.encode("utf-8")
