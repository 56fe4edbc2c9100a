"""Whatever is entered, corrected, undone and redone: the total is that of the rows that stand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.kpi import EntryKind, LedgerEntry, reached_to_date
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment
from samenleven_desktop.services.kpi.queries import list_commitments
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddKpiEntry
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import WorkFile

TODAY = date(2024, 3, 11)
START = date(2023, 10, 1)
EXISTING = 7

entry = st.tuples(st.just("entry"), st.sampled_from(EntryKind), st.integers(0, 160), st.integers(0, 90))
correction = st.tuples(st.just("correct"), st.integers(0, 9), st.integers(0, 160), st.integers(0, 90))
steps = st.lists(st.one_of(entry, correction, st.tuples(st.just("undo")), st.tuples(st.just("redo"))), max_size=14)


@pytest.mark.slow
@given(steps)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_totals_are_those_of_the_rows_that_stand(
    empty_template: WorkFile, tmp_path_factory: pytest.TempPathFactory, todo: list[tuple[object, ...]]
) -> None:
    file = empty_template.copy_to(tmp_path_factory.mktemp("ledger"))
    workspace = open_workspace(file.path, Runtime(day=TODAY), file.passphrase)
    try:
        government = workspace.query(government_by_code, "12025").id
        target = workspace.plan.action(5).targets[0].id
        commitment = workspace.run(
            AddCommitment(government, 2, target, existing_reach=EXISTING, confirmed=400), kind="setup"
        ).result
        done: list[LedgerEntry] = []
        undone: list[LedgerEntry] = []
        for step in todo:
            if step[0] == "undo" and done:
                workspace.undo()
                undone.append(done.pop())
            elif step[0] == "redo" and undone:
                workspace.redo()
                done.append(undone.pop())
            elif step[0] in ("entry", "correct"):
                made = _enter(workspace, commitment, step, done)
                if made is not None:
                    done.append(made)
                    undone.clear()
            (line,) = workspace.query(list_commitments, 2)
            expected = reached_to_date(done, EXISTING, TODAY)
            assert (line.reached_to_date, line.conflict_day) == (expected.known, expected.conflict_day)
            assert (line.last_entry is not None) == expected.has_entry
    finally:
        workspace.close()


def _enter(
    workspace: Workspace, commitment: str, step: tuple[object, ...], done: list[LedgerEntry]
) -> LedgerEntry | None:
    day, units = START + timedelta(days=int(str(step[2]))), int(str(step[3]))
    if step[0] == "entry":
        kind, corrects = EntryKind(str(step[1])), None
    else:
        if not done:
            return None
        wrong = done[int(str(step[1])) % len(done)]
        kind, corrects = wrong.kind, wrong.id
    try:
        made = workspace.run(AddKpiEntry(commitment, day, kind, units, corrects_id=corrects)).result
    except UserError:
        assert any(one.corrects == corrects for one in done)
        return None
    return LedgerEntry(day, kind, units, id=made, corrects=corrects)
