"""A record that a pack ties to another that is nowhere: what shows does not depend on the order of the packs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samenleven_desktop.domain.ids import new_id
from samenleven_desktop.readmodels.core import SessionMode
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.safekeeping.workspace_file import check_health
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from tests.builders import TODAY, action_ids
from tests.sync.forging import opened
from tests.sync.test_newer_versions import sql
from tests.sync.test_taking_back import newest, state, take_back
from tests.sync.three_colleagues import People, agreement


@pytest.mark.slow
def test_it_stays_where_it_was_whether_it_came_in_one_pack_or_two(three: People, tmp_path: Path) -> None:
    """The generator of packs found it: who had the row kept it, who got all at once had none."""
    author, middle, reader = three
    mechelen = author.workspace.query(government_by_code, "12025").id
    content = SessionContent(TODAY, 540, 600, SessionMode.VISIT, (mechelen,), "verslag", action_ids=action_ids(5))
    session = author.workspace.run(RegisterSession(content)).result
    middle.take(author.give(middle))
    link = sql(author, "SELECT id FROM session_action WHERE session_id = ?", session)[0][0]
    agreement(author, "wordt iets anders")
    inside = opened(author.give(middle), middle)
    inside.body["changes"][-1][5:] = ["session_action", link, "session_id", json.dumps(session), f'"{new_id()}"', None]
    before = state(middle)
    middle.take(inside.close(author, tmp_path / "elders.samenleven", middle))
    reader.take(middle.give(reader))
    query = "SELECT session_id FROM session_action WHERE id = ?"
    assert [sql(who, query, link) for who in (middle, reader)] == [[(session,)], [(session,)]]
    assert middle.digest == reader.digest
    assert check_health(reader.workspace) == check_health(middle.workspace) == []
    take_back(middle.workspace, newest(middle))
    assert state(middle)[0] == before[0]
