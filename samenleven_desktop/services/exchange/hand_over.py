"""Hands a government over: moves the assignment and makes the pack for the colleague, both or neither."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.exchange import MadePack, PackRequest
from samenleven_desktop.services.core.command import Done
from samenleven_desktop.services.core.output_files import check_target
from samenleven_desktop.services.exchange.create_pack import ONE_RECIPIENT, make_pack
from samenleven_desktop.services.governments.officer_commands import HandOver
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.exchange.peers import Colleague

NO_COACH = N_(
    "The card of {label} does not say which coach this is. Ask for a new card, made after choosing who works there."
)


def hand_over(
    workspace: Workspace, government_id: str, to: Sequence[Colleague], target: Path, report_in: Language | None = None
) -> Done[MadePack]:
    """One undo step, and one pack with the whole dossier. If the pack cannot be made, the step is undone.

    With `report_in` the hand-over report in that language is included as an attachment of the dossier: encrypted, never
    as a separate file. Raises UserError or EnvironmentFault.
    """
    check_target(target, workspace.path)
    if len(to) != 1:
        raise UserError(ONE_RECIPIENT, field="to")
    (colleague,) = to
    if colleague.officer_id is None:
        raise UserError(NO_COACH, field="to", label=colleague.label)
    report = None if report_in is None else _report(workspace, government_id, report_in)
    done = workspace.run(HandOver(government_id, colleague.officer_id, colleague.label, report))
    request = PackRequest(Profile.CHOICE, (colleague.fingerprint,), (government_id,), handover=government_id)
    try:
        made = make_pack(workspace, request, target)
    except BaseException:
        workspace.undo()
        raise
    return Done(done.command_id, made, done.changes)


def _report(workspace: Workspace, government_id: str, language: Language) -> tuple[str, bytes]:
    """Returns name and content: everything from the first project year of any plan in use until today."""
    from samenleven_desktop.services.reports.kinds import report_file
    from samenleven_desktop.services.reports.request import ReportRequest

    today = workspace.today
    period = min(workspace.plans.first_day() or today, today.replace(month=1, day=1)), today
    request = ReportRequest("handover", (government_id,), period=period)
    name = language.text("Hand-over dossier")
    return f"{name} {workspace.today.isoformat()}.pdf", report_file(workspace, request, language)
