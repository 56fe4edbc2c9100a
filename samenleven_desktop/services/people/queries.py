"""Questions about contacts and attachments, and the copies of attachments that are opened outside the work file."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path

from samenleven_desktop.domain.errors import N_, UserError
from samenleven_desktop.readmodels.people import AttachmentLine, ContactLine
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.services.people.commands import MOST_BYTES, check_size
from samenleven_desktop.storage.file_writer import write_whole
from samenleven_desktop.storage.files import os_faults
from samenleven_desktop.storage.queries import people as stored
from samenleven_desktop.storage.queries import reference

_PREFIX = "samenleven-open-"
_LOCK = ".in-use"


def list_contacts(context: QueryContext, government_ids: list[str] | None = None) -> list[ContactLine]:
    """Contacts by name: of these governments and of organisations without one; None: all."""
    return stored.contacts(context.view, government_ids)


def present(context: QueryContext, session_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Contacts and colleagues who were at a session, by id."""
    return stored.present(context.view, session_id)


def present_options(
    context: QueryContext, government_ids: list[str]
) -> tuple[list[ContactLine], list[tuple[str, str]]]:
    """Who may have been at a session: contacts of these governments and of organisations; colleagues (id, label)."""
    colleagues = [(id_, label) for id_, label, _ in reference.officers(context.view) if id_ != context.officer_id]
    return stored.contacts(context.view, government_ids), colleagues


def list_attachments(context: QueryContext, government_id: str) -> list[AttachmentLine]:
    return stored.attachments(context.view, government_id)


def attachment_content(context: QueryContext, line: AttachmentLine) -> bytes:
    """Raises UserError when the content has not come along (it may still be with a colleague)."""
    found = stored.content(context.view, line.sha256)
    if found is None:
        raise UserError(N_("The content of {name} is not in this work file."), name=line.name)
    return found


def read_file(path: Path) -> bytes:
    """The content of a file that is to be kept, at most `MOST_BYTES`. Raises UserError or EnvironmentFault."""
    with os_faults(path):
        if not path.is_file():
            raise UserError(N_("{name} is not a file."), field="file", name=path.name)
        check_size(path.name, path.stat().st_size)
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    check_size(path.name, len(content))
    return content


class OpenCopies:
    """Readable copies of attachments while a person looks at them: in a folder for this user alone, away at the end.

    A folder that a killed process left behind is taken away at the next start; one that is in use stays.
    """

    def __init__(self, parent: Path | None = None) -> None:
        from filelock import FileLock

        self._parent = parent or Path(tempfile.gettempdir())
        self._clear_leftovers()
        self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._parent))
        self._lock = FileLock(self._folder / _LOCK, timeout=0)
        self._lock.acquire()

    @property
    def folder(self) -> Path:
        return self._folder

    def put(self, name: str, content: bytes) -> Path:
        """A read-only copy under a name without path; the same name twice gets a folder of its own."""
        plain = Path(name.replace("\\", "/")).name or "bijlage"
        path = Path(tempfile.mkdtemp(dir=self._folder)) / plain
        with os_faults(path):
            write_whole(path, content)
            path.chmod(stat.S_IRUSR)
        return path

    def close(self) -> None:
        """Everything away; what another program still holds open goes at the next start."""
        self._lock.release()
        _remove(self._folder)

    def _clear_leftovers(self) -> None:
        from filelock import FileLock, Timeout

        for folder in self._parent.glob(f"{_PREFIX}*"):
            if (
                not folder.is_dir()
                or folder.is_symlink()
                or (hasattr(os, "getuid") and folder.stat().st_uid != os.getuid())
            ):
                continue
            lock = FileLock(folder / _LOCK, timeout=0)
            try:
                lock.acquire()
            except (Timeout, OSError):
                continue
            lock.release()
            _remove(folder)


def _remove(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)
