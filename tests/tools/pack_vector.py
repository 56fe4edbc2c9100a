"""Makes the test vector of a pack: a work file is filled, given to an invented recipient, and both are written down.

pack_vector.py FOLDER. What was published in tests/data/packs is never made anew: a newer format gets a folder of
its own beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.plan import TargetKind
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.services.core.command import FieldEdit
from samenleven_desktop.services.exchange.colleagues import own_card, save_card
from samenleven_desktop.services.governments.officer_commands import AddOfficer, ChooseGovernments
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.kpi.commands import AddCommitment, ChangeCommitments
from samenleven_desktop.services.people.commands import AddAttachment, AddContact, ContactContent
from samenleven_desktop.services.safekeeping.erasure_commands import EraseContact
from samenleven_desktop.services.sessions.commands import RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, AddKpiEntry, DeleteAgreement
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.storage.exchange.peers import own_keys
from tests.builders import TODAY, action_ids
from tests.sync import second_reader
from tests.sync.colleagues import Colleague, all_know, newcomer
from tests.sync.format_text import columns
from tests.sync.second_proof import proven_of
from tests.sync.second_rows import digests_of, rows_of

ROOT = Path(__file__).resolve().parents[2]
READER = ROOT / "tests" / "sync" / "second_reader.py"


def fill(workspace: Workspace) -> None:
    """A bit of everything: two dossiers, a session in both, a correction, a deletion, an attachment, an erasure."""
    mechelen, lier = (workspace.query(government_by_code, code).id for code in ("12025", "12021"))
    officer = workspace.run(AddOfficer("coach Rivierenland", "Rivierenland")).result
    workspace.choose_officer(officer)
    workspace.run(ChooseGovernments(officer, (mechelen, lier)))
    target = next(
        target.id
        for action in workspace.plan.actions
        for target in action.targets
        if target.kind is TargetKind.COUNT and target.in_year(2) is not None
    )
    commitment = workspace.run(AddCommitment(mechelen, 2, target, existing_reach=5, requested=50, confirmed=45)).result
    workspace.run(ChangeCommitments((FieldEdit(commitment, "note", "eerste opmerking"),)))
    workspace.run(ChangeCommitments((FieldEdit(commitment, "note", "coördinator belt terug"),)))
    workspace.run(AddKpiEntry(commitment, TODAY, EntryKind.INCREMENT, 12, "telling"))
    contact = workspace.run(AddContact(ContactContent("Vergeten Wordt", mechelen, role="diensthoofd"))).result
    report = "Gesprek met Vergeten Wordt over de praattafels."
    content = SessionContent(TODAY, 540, 600, SessionMode.VISIT, (mechelen, lier), report, action_ids=action_ids(5))
    workspace.run(RegisterSession(content))
    agreement = workspace.run(AddAgreement(lier, Party.GOVERNMENT, "stuurgroep samenroepen", TODAY)).result
    workspace.run(DeleteAgreement(agreement))
    workspace.run(AddAttachment(mechelen, "nota.txt", "Één bladzijde.\n".encode()))
    workspace.run(EraseContact(contact))


def pass_on(sender: Colleague, third: Colleague) -> None:
    """Work of a third person that the sender has to give, out of which the sender erased somebody."""
    third.take(sender.give(third))
    officer = third.workspace.run(AddOfficer("coach Kempen", "Kempen")).result
    third.workspace.choose_officer(officer)
    lier = third.workspace.query(government_by_code, "12021").id
    contact = third.workspace.run(AddContact(ContactContent("Gewist Gevraagd", lier, role="schepen"))).result
    for what in ("Gewist Gevraagd terugbellen", "zaal vastleggen"):
        third.workspace.run(AddAgreement(lier, Party.COACH, what, TODAY))
    sender.take(third.give(sender))
    sender.workspace.run(EraseContact(contact))


def main(folder: Path) -> int:
    if folder.exists():
        print(f"{folder} is there already and stays as it is")
        return 1
    start = datetime(2024, 3, 11, 9, 0, tzinfo=UTC)
    moments = (start + timedelta(seconds=number) for number in range(1 << 30))
    with tempfile.TemporaryDirectory() as place:
        around = Runtime(now=lambda: next(moments), day=TODAY)
        sender, recipient = newcomer(Path(place), "sender", around), newcomer(Path(place), "recipient", around)
        third = newcomer(Path(place), "third", around)
        all_know(sender, third)
        sender.knows(recipient)
        fill(sender.workspace)
        pass_on(sender, third)
        folder.mkdir(parents=True)
        made = sender.give(recipient)
        (folder / "werk.samenleven").write_bytes(made.read_bytes())
        save_card(sender.workspace, folder / "sender.samenlevenkaart")
        with recipient.workspace.store.read() as connection:
            keys = own_keys(connection)
        assert keys is not None
        (folder / "recipient.age").write_text(keys.age_identity + "\n", encoding="utf-8")
        (folder / "recipient.signing").write_text(keys.signing_key.hex() + "\n", encoding="utf-8")
        words = {"sender_words": list(own_card(sender.workspace).words)}
        sender.close()
        recipient.close()
        third.close()
    names = ("werk.samenleven", "sender.samenlevenkaart", "recipient.age")
    read = [sys.executable, str(READER), *(str(folder / name) for name in names)]
    found = json.loads(subprocess.run(read, capture_output=True, text=True, check=True).stdout)
    rows = rows_of(found["body"], columns())
    identity = (folder / "recipient.age").read_text("utf-8").strip()
    card = second_reader.read_card(folder / "sender.samenlevenkaart")
    body = second_reader.read_pack(folder / "werk.samenleven", card, identity)[1]
    assert len(proven_of(body)) == len(body["changes"])
    assert digests_of(found["manifest"], found["body"], rows) == found["manifest"]["digests"]
    whole = [{"table": table, "row": row} for (table, _), row in sorted(rows.items())]
    text = json.dumps(words | found | {"rows": whole}, ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
