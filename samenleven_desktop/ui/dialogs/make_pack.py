"""Makes a file for colleagues: recipients, content and folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QCheckBox, QLineEdit, QProgressBar, QWidget

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.domain.exchange import Profile
from samenleven_desktop.readmodels.core import GovernmentChoice
from samenleven_desktop.readmodels.exchange import ColleagueLine, MadePack, PackRequest
from samenleven_desktop.services.core.output_files import offered_name
from samenleven_desktop.services.exchange.colleagues import list_colleagues, own_card
from samenleven_desktop.services.exchange.create_pack import make_pack
from samenleven_desktop.services.exchange.status import watched_folder
from samenleven_desktop.services.governments.queries import choices
from samenleven_desktop.services.workfile.workspace import Workspace
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.chips import ChipsEdit
from samenleven_desktop.ui.widgets.choice import Segmented
from samenleven_desktop.ui.widgets.path_field import FolderEdit

PACK_ENDING = ".samenleven"
NO_NAME = N_("Give the file a name, without a folder in it.")
NO_PLACE = N_("Choose a folder for the file.")


@dataclass(frozen=True)
class PackChoices:
    """The choices of the dialog: trusted colleagues, the watched folder if it exists, the own role, governments."""

    colleagues: tuple[ColleagueLine, ...]
    folder: Path | None
    label: str
    governments: tuple[GovernmentChoice, ...]


def possible(file: Workspace) -> PackChoices:
    known = tuple(one for one in list_colleagues(file) if not one.revoked)
    folder = watched_folder(file)
    return PackChoices(
        known,
        folder if folder is not None and folder.is_dir() else None,
        own_card(file).label,
        tuple(file.query(choices)),
    )


def pack_name(context: UiContext, label_: str) -> str:
    """coach-rivierenland-2024-03-11"""
    words = "-".join("".join(ch if ch.isalnum() else " " for ch in label_.casefold()).split())
    return offered_name(f"{words}-{context.today.isoformat()}")


def free_path(folder: Path, name: str) -> Path:
    """Returns a path in the folder that does not exist yet: a second file on the same day gets a number."""
    stem = name.removesuffix(PACK_ENDING)
    path, number = folder / f"{stem}{PACK_ENDING}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{PACK_ENDING}"
    return path


class PackDialog(FormDialog):
    """Shared by making a pack and handing over: a colleague, a folder, and work that takes some time."""

    keeps_draft = False

    def __init__(self, context: UiContext, title: str, action: str, owner: QWidget) -> None:
        super().__init__(context, title, owner)
        self.setMinimumWidth(600)
        self.keep.setText(action)
        self.working = QProgressBar()
        self.working.setRange(0, 0)
        self.working.setTextVisible(False)
        self.working.setAccessibleName(title)
        self.working.hide()

    def add_place(self) -> None:
        """Adds the last fields of the form."""
        text = self.context.language.text
        self.folder = FolderEdit(text("Folder"), text("Choose ..."))
        self.file_name = QLineEdit()
        self.add("folder", text("Folder"), self.folder)
        self.add("out", text("Name of the file"), self.file_name)
        self.box.addWidget(self.working)

    def ask(self) -> None:
        self.context.runner.on_store(possible, then=self.offer, owner=self, failed=self._show)

    def offer(self, found: PackChoices) -> None:
        folder = found.folder
        if folder is None:
            folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or ".")
        self.folder.set_path(folder)
        self.file_name.setText(pack_name(self.context, found.label))

    def place(self) -> tuple[Path, str]:
        """Returns folder and name; the worker determines which path is free. Raises UserError if one is missing."""
        folder, name = self.folder.edit.text().strip(), self.file_name.text().strip()
        if not folder:
            raise UserError(NO_PLACE, field="folder")
        if not name or Path(name).name != name:
            raise UserError(NO_NAME, field="out")
        return Path(folder), name

    def save(self) -> None:
        """Makes the file; the dialog closes when it is complete."""
        for field in self.fields.values():
            field.show_error("")
        self.problem.hide()
        try:
            self.make()
        except UserError as error:
            self._show(error)
            return
        self.keep.setEnabled(False)
        self.working.show()

    def make(self) -> None:
        raise NotImplementedError

    def _show(self, error: object) -> None:
        self.working.hide()
        super()._show(error)  # type: ignore[arg-type]

    def tell(self, made: MadePack) -> None:
        language = self.context.language
        words = [
            language.plural("{file} is made, with {n} change.", "{file} is made, with {n} changes.", made.changes,
                            file=made.path.name)
        ]  # fmt: skip
        if made.newcomers:
            names = language.listing(made.newcomers)
            words.append(language.text("Nothing was heard of {names} yet, so it holds everything.", names=names))
        self.context.navigator.notify("good", " ".join(words))


class MakePackDialog(PackDialog):
    def __init__(self, context: UiContext, owner: QWidget, then: Callable[[], None]) -> None:
        text = context.language.text
        super().__init__(context, text("File for a colleague"), text("Make file"), owner)
        self._then = then
        self.to = ChipsEdit(context.theme, text("Add colleague"), text("Remove"))
        self.profile = Segmented(
            text("What"),
            [
                (Profile.MINE.value, text("My governments")),
                (Profile.CHOICE.value, text("A choice")),
                (Profile.EVERYTHING.value, text("Everything")),
                (Profile.NUMBERS.value, text("Team numbers")),
            ],
        )
        self.governments = ChipsEdit(context.theme, text("Add government"), text("Remove"))
        self.add("to", text("For"), self.to)
        self.add("profile", text("What"), self.profile)
        self.explained = label("", "muted", wrap=True)
        self.box.addWidget(self.explained)
        self.add("governments", text("Governments"), self.governments)
        self.older = QCheckBox(text("For an earlier version"))
        self.older.setToolTip(text("For colleagues who did not update yet: without proof of who wrote what."))
        self.add("older", text("Program of your colleague"), self.older)
        self.add_place()
        self.profile.choice_changed.connect(lambda _: self._show_profile())
        self._show_profile()
        self.ask()
        self.to.setFocus()

    def offer(self, found: PackChoices) -> None:
        super().offer(found)
        self.to.set_choices([(one.fingerprint, one.label) for one in found.colleagues])
        self.governments.set_choices([(one.id, one.name) for one in found.governments])
        if len(found.colleagues) == 1:
            self.to.set_chosen([found.colleagues[0].fingerprint])
        if not found.colleagues:
            self.fields["to"].show_error(
                self.context.language.text("You trust no colleague yet. Add a card under 'Colleagues' first.")
            )

    def _show_profile(self) -> None:
        text, profile = self.context.language.text, Profile(self.profile.choice())
        self.fields["governments"].setVisible(profile is Profile.CHOICE)
        self.fields["older"].setVisible(profile is not Profile.NUMBERS)
        self.explained.setText(
            {
                Profile.MINE: text(
                    "The dossiers of your governments, as far as your colleague does not have them yet."
                ),
                Profile.CHOICE: text("The dossiers of the governments you choose, and what belongs to no government."),
                Profile.EVERYTHING: text("All dossiers in this work file: to stand in for you, or for a new computer."),
                Profile.NUMBERS: text(
                    "Only the numbers per government and target: no names, no reports. To look at, never merged."
                ),
            }[profile]
        )
        self.fit()

    def make(self) -> None:
        place = self.place()
        profile = Profile(self.profile.choice())
        governments = self.governments.chosen() if profile is Profile.CHOICE else ()
        older = self.older.isChecked() and profile is not Profile.NUMBERS
        request = PackRequest(profile, self.to.chosen(), governments, older=older)
        self.context.runner.on_store(
            lambda file: make_pack(file, request, free_path(*place)),
            then=self._made,
            owner=self,
            failed=self._show,
            noted=True,
        )

    def _made(self, made: MadePack) -> None:
        self.accept()
        self.tell(made)
        self._then()
