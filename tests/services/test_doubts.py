"""What is possible but seldom meant is asked, wherever in a command it is."""

from __future__ import annotations

from datetime import date

import pytest

from samenleven_desktop.domain.offer import OfferCost
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.core.command import AnyCommand, FieldEdit
from samenleven_desktop.services.core.doubts import ASKED, FAR_AHEAD, LONG_NIGHT, doubts
from samenleven_desktop.services.offers.commands import AddOffer, ChangeUses, OfferContent
from samenleven_desktop.services.sessions.commands import NewAgreement, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, CompleteAgreement

TODAY = date(2024, 2, 29)
FAR = date(2034, 3, 1)


def session(start: int, end: int, due: date | None = None) -> RegisterSession:
    content = SessionContent(TODAY, start, end, SessionMode.VISIT, ("a",))
    return RegisterSession(content, (NewAgreement(Party.COACH, "x", due),))


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (AddAgreement("a", Party.COACH, "x", FAR), [("due", FAR_AHEAD)]),
        (AddAgreement("a", Party.COACH, "x", date(2034, 2, 28)), []),
        (AddOffer(OfferContent("x", "y", OfferCost.FREE, valid_until=FAR)), [("valid_until", FAR_AHEAD)]),
        (ChangeUses((FieldEdit("a", "start", TODAY), FieldEdit("a", "end", FAR))), [("end", FAR_AHEAD)]),
        (CompleteAgreement("a", None), []),
        (session(540, 600, FAR), [("agreements", FAR_AHEAD)]),
        (session(1320, 60), []),
        (session(1320, 600), []),
        (session(1320, 601), [("times", LONG_NIGHT)]),
        (session(840, 780), [("times", LONG_NIGHT)]),
        (session(840, 2220), [("times", LONG_NIGHT)]),
        (session(0, 1440), []),
    ],
)
def test_what_is_asked_about_a_command(command: AnyCommand, expected: list[tuple[str, str]]) -> None:
    found = doubts(command, TODAY)
    assert [(one.field, one.sentence) for one in found] == expected
    assert all(one.sentence in ASKED for one in found)
