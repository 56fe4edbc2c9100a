"""Runs inside the program of before (tests/sync/test_earlier_program.py): a JSON order and answer, each on a line.

Its imports are those of commit 87fd8750, which wrote and read packs of format 1.
"""

import json
import sys
from pathlib import Path

from samenleven_desktop.domain.exchange_rows import Choice, PackWish
from samenleven_desktop.domain.rows import Party
from samenleven_desktop.services.commands.conflicts import ResolveConflicts
from samenleven_desktop.services.commands.dossier import AddAgreement, ChangeAgreement, DeleteAgreement
from samenleven_desktop.services.commands.erasing import EraseContact
from samenleven_desktop.services.commands.officers import AddOfficer
from samenleven_desktop.services.commands.people import AddContact, ContactContent
from samenleven_desktop.services.health import examine
from samenleven_desktop.services.workspace import create_workspace, open_workspace

from samenleven_desktop.domain.clock import Surroundings
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.services.governments import government_by_code
from samenleven_desktop.storage.queries.conflicts import conflicts
from tests.builders import CHEAP, PASSPHRASE, TODAY, make_work_file


class Earlier:
    def __init__(self, folder, label, filled):
        path = Path(folder) / "werk.samenlevendb"
        if filled:
            make_work_file(path)
            self.workspace = open_workspace(path, Surroundings(day=TODAY), PASSPHRASE)
        else:
            self.workspace = create_workspace(path, PASSPHRASE, Surroundings(day=TODAY), CHEAP)
        if label:
            self.workspace.choose_officer(self.workspace.run(AddOfficer(label)).result)

    def card(self, out):
        self.workspace.exchange.save_card(Path(out))
        return self.workspace.exchange.own_card().fingerprint

    def trust(self, card):
        self.workspace.exchange.trust(self.workspace.exchange.look_at_card(Path(card)))

    def give(self, to, out):
        self.workspace.exchange.make(PackWish(Profile.EVERYTHING, tuple(to), ()), Path(out))

    def take(self, path):
        got = self.workspace.exchange.apply(Path(path))[0]
        return {
            "changes": got.changes,
            "not_understood": got.not_understood,
            "waiting": len(got.waiting),
            "different": list(got.different),
        }

    def agree(self, what):
        mechelen = self.workspace.query(government_by_code, "12025").id
        return self.workspace.run(AddAgreement(mechelen, Party.COACH, what)).result

    def change(self, row, what):
        self.workspace.run(ChangeAgreement(row, Party.COACH, what, None))

    def delete(self, row):
        self.workspace.run(DeleteAgreement(row))

    def meet(self, name):
        mechelen = self.workspace.query(government_by_code, "12025").id
        return self.workspace.run(AddContact(ContactContent(name, mechelen))).result

    def erase(self, row):
        self.workspace.run(EraseContact(row))

    def asked(self):
        found = self.workspace.query(lambda reading: conflicts(reading.view))
        return sorted([one.table_name, one.row_id, one.field] for one in found)

    def decide(self, choice):
        found = self.workspace.query(lambda reading: conflicts(reading.view))
        self.workspace.run(ResolveConflicts({one.id: Choice(choice) for one in found}))

    def rows(self, tables):
        def ask(reading):
            connection = reading.view.connection
            found = {}
            for table, columns in tables.items():
                query = f"SELECT {', '.join(columns)} FROM {table} WHERE substr(id, 15, 1) = '7' ORDER BY id"
                found[table] = [
                    [None if v is None else str(v) for v in row] for row in connection.exec_driver_sql(query)
                ]
            return found

        return self.workspace.query(ask)

    def check(self):
        return [problem.code for problem in examine(self.workspace._store)]


def answer_with(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main():
    one = Earlier(*json.loads(sys.stdin.readline()))
    answer_with(None)
    for line in sys.stdin:
        order, *values = json.loads(line)
        try:
            answer = {"answer": getattr(one, order)(*values)}
        except Exception as error:  # noqa: BLE001 - told to the test
            answer = {"error": repr(error)}
        answer_with(answer)
    one.workspace.close()


main()
