"""An author, who passes their work on, and who gets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.services.exchange.apply_pack import apply_pack, preview_pack
from samenleven_desktop.services.governments.officer_commands import AddOfficer
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from tests.sync.colleagues import Colleague
from tests.sync.test_damaged_packs import everything

ENGLISH = Language("en")
People = tuple[Colleague, Colleague, Colleague]


def with_officer(who: Colleague, label: str) -> Colleague:
    who.workspace.choose_officer(who.workspace.run(AddOfficer(label, "regio")).result)
    return who


def agreement(who: Colleague, what: str, code: str = "12025") -> str:
    government = who.workspace.query(government_by_code, code).id
    return str(who.workspace.run(AddAgreement(government, Party.COACH, what, None)).result)


def refusal(who: Colleague, path: Path) -> str:
    """What is said; the file is refused whole, in the preview too."""
    before = everything(who)
    with pytest.raises(UserError) as seen:
        preview_pack(who.workspace, path)
    with pytest.raises(UserError):
        apply_pack(who.workspace, path, erase=True, unproven=True)
    assert everything(who) == before
    return ENGLISH.error(seen.value)
