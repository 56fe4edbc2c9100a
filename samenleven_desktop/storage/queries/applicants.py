"""Who applies for whom: partnerships for their members, organisations for the governments that they serve."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from samenleven_desktop.storage.queries import organisations
from samenleven_desktop.storage.queries import sessions as work
from samenleven_desktop.storage.view import View


def applying_for(view: View, day: date) -> list[tuple[str, str]]:
    """Returns the (applicant, government) pairs on a day, without governments that apply for themselves."""
    return [*work.memberships(view, day), *organisations.serving(view, day)]


def around(view: View, governments: Iterable[str], day: date) -> set[str]:
    """Returns these governments and those that apply for them on a day."""
    own = set(governments)
    return own | {applicant for applicant, government in applying_for(view, day) if government in own}
