"""Finds the person of an imported row among the contacts: by name, organisation and government together.

A mailbox can be shared and a name borne by two people, so neither is a match alone. What is left is a question; without
an answer the row is a new person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samenleven_desktop.domain.comparison import fold
from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.import_preview import PersonQuestion
from samenleven_desktop.services.core.query_context import QueryContext
from samenleven_desktop.storage.queries import import_keys as stored

SAME_MAILBOX = N_("{person} has the same mailbox. Is it the same person?")
SAME_NAME = N_("{person} has the same name. Is it the same person?")
NEW_PERSON = ""
"""The answer that it is a new person; any other answer is the id of a contact."""
Contact = Mapping[str, Any]


@dataclass(frozen=True)
class Person:
    """What a row says about a person; `values` are the given values of the contact."""

    government_id: str | None
    values: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, str, str | None]:
        return _key(self.values["name"], self.values["organisation"], self.government_id)

    @property
    def mailbox(self) -> str:
        return _folded(self.values["email"])

    @property
    def nameless(self) -> bool:
        """Only a function is known, and several people can have it."""
        return _folded(self.values["name"]) == _folded(self.values.get("role"))

    def is_as(self, row: Contact) -> bool:
        """Returns whether a contact has every value of the row already."""
        given = {key: value for key, value in self.values.items() if value is not None}
        return all(_folded(row[key]) == _folded(value) for key, value in given.items())


def _key(name: str | None, organisation: str | None, government_id: str | None) -> tuple[str, str, str | None]:
    return _folded(name), _folded(organisation), government_id


def _folded(words: str | None) -> str:
    return " ".join(fold(words or "").split())


class PeopleMatch:
    """Reads the contacts once. `answers` are those to its questions: row -> id of a contact, or NEW_PERSON."""

    def __init__(self, context: QueryContext, answers: Mapping[int, str]) -> None:
        self._answers = answers
        self.by_id = {str(row["id"]): row for row in stored.contacts(context.view)}
        self._taken: set[str] = set()
        self._by_key: dict[tuple[str, str, str | None], list[Contact]] = {}
        self._by_name: dict[str, list[Contact]] = {}
        self._by_mailbox: dict[str, list[Contact]] = {}
        for row in self.by_id.values():
            key = _key(row["name"], row["organisation"], row["government_id"])
            self._by_key.setdefault(key, []).append(row)
            self._by_name.setdefault(key[0], []).append(row)
            if row["email"]:
                self._by_mailbox.setdefault(_folded(row["email"]), []).append(row)

    def match(self, number: int, person: Person) -> tuple[Contact | None, PersonQuestion | None]:
        """Returns the contact that a row is about (None: a new one), and the question that is left to the user."""
        found = self._exact(person)
        if found is not None:
            self._taken.add(str(found["id"]))
            return found, None
        near = self._near(person)
        if near is None:
            return None, None
        other, sentence = near
        answer = self._answers.get(number)
        question = PersonQuestion(sentence, {"person": _shown(other)}, str(other["id"]), answer)
        if answer is None or answer == NEW_PERSON or answer not in self.by_id:
            return None, question
        self._taken.add(answer)
        return self.by_id[answer], question

    def _exact(self, person: Person) -> Contact | None:
        """Of namesakes at one organisation the one with this mailbox; two rows of a file are never one contact."""
        free = self._free(self._by_key.get(person.key, ()))
        equal = [row for row in free if person.is_as(row)]
        if equal:
            return equal[0]
        if person.mailbox:
            same = [row for row in free if _folded(row["email"]) == person.mailbox]
            open_ = [row for row in free if not row["email"]]
            # With a name it is the person, who has another mailbox now.
            free = same or open_ or ([] if person.nameless else free)
        return free[0] if len(free) == 1 else None

    def _near(self, person: Person) -> tuple[Contact, str] | None:
        """Returns somebody who may be the same person, and why."""
        mailbox = self._by_mailbox.get(person.mailbox, []) if person.mailbox else []
        named = [row for row in self._by_name.get(person.key[0], []) if self._may_be(row, person)]
        for rows, sentence in ((mailbox, SAME_MAILBOX), (named, SAME_NAME)):
            free = self._free(rows)
            if free:
                return _first(free, person), sentence
        return None

    def _free(self, rows: Iterable[Contact]) -> list[Contact]:
        return [row for row in rows if str(row["id"]) not in self._taken]

    @staticmethod
    def _may_be(row: Contact, person: Person) -> bool:
        """A namesake at another organisation or government is another person; one without either may be the same."""
        organisations = {_folded(row["organisation"]), person.key[1]} - {""}
        governments = {row["government_id"], person.government_id} - {None}
        return len(organisations) < 2 and len(governments) < 2


def _first(rows: Sequence[Contact], person: Person) -> Contact:
    return max(
        rows, key=lambda row: (_folded(row["name"]) == person.key[0], row["government_id"] == person.government_id)
    )


def _shown(row: Contact) -> str:
    return " · ".join(filter(None, (row["name"], row["organisation"], row["email"])))
