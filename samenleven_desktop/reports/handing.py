"""Reports about one government that go to somebody else: the dossier at a hand-over, and a draft of the motivation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samenleven_desktop.domain.people_rows import ContactLine
from samenleven_desktop.domain.rows import AgreementLine, CommitmentLine, OfferUseLine, SessionLine, TrackChoice
from samenleven_desktop.language import Language
from samenleven_desktop.reports import parts
from samenleven_desktop.reports.document import Align, Block, Column, Document, Heading, Paragraph, Table
from samenleven_desktop.reports.overviews import Frame
from samenleven_desktop.words import action_name


@dataclass(frozen=True)
class DossierParts:
    """What hangs on a government; `contacts` empty where personal data is left out."""

    commitments: tuple[CommitmentLine, ...]
    sessions: tuple[SessionLine, ...]
    agreements: tuple[AgreementLine, ...]
    tracks: tuple[TrackChoice, ...]
    uses: tuple[OfferUseLine, ...]
    contacts: tuple[ContactLine, ...]


def handover_document(frame: Frame, dossier: DossierParts, language: Language) -> Document:
    """What who takes over has to know first: open agreements, then where the targets stand, then the past."""
    text = language.text
    still = [line for line in dossier.agreements if line.done_on is None]
    blocks: list[Block] = [
        Heading(text("Open agreements")),
        parts.agreements_list(language, still),
        Heading(text("Where the targets stand")),
        parts.targets_table(language, dossier.commitments),
        parts.numbers_table(language, dossier.commitments),
        Heading(text("Tracks")),
        _tracks(language, dossier.tracks),
        Heading(text("Offers in use")),
        parts.offers_table(language, dossier.uses),
        Heading(text("Sessions")),
        parts.sessions_table(language, dossier.sessions),
    ]
    if dossier.contacts:
        blocks += [Heading(text("Contacts")), _contacts(language, dossier.contacts)]
    return frame.document(text("Hand-over dossier"), language, blocks)


def motivation_document(
    frame: Frame,
    lines: Sequence[CommitmentLine],
    sessions: Mapping[int, Sequence[SessionLine]],
    uses: Mapping[str, Sequence[OfferUseLine]],
    language: Language,
) -> Document:
    """For each target below its confirmed number: the facts of this file, what was written already, and what is
    still to be said. A draft: a person finishes it."""
    text, number = language.text, language.number
    blocks: list[Block] = [
        Paragraph(text("A draft from the facts in the work file. Fill in why, and how it goes on."), muted=True)
    ]
    for line in lines:
        reached = line.final_reached if line.final_reached is not None else line.reached_to_date
        facts = [
            text(
                "Confirmed {confirmed}, reached {reached}: {missing} short.",
                confirmed=number(line.confirmed or 0),
                reached=number(reached),
                missing=number((line.confirmed or 0) - reached),
            )
        ]
        held = sessions.get(line.action_number, ())
        if held:
            facts.append(
                text(
                    "Discussed in {n} sessions, the last on {day}.",
                    n=number(len(held)),
                    day=language.day(max(one.day for one in held)),
                )
            )
        for use in uses.get(line.id, ()):
            words = f"{use.offer_title}, {use.organisation}"
            facts.append(text("Offer used: {offer}.", offer=words))
        blocks += [
            Heading(f"{line.action_number} {action_name(line)} · {line.target_label}"),
            *(Paragraph(fact) for fact in facts),
            Heading(text("Motivation"), 2),
            Paragraph(line.motivation or text("(why the number was not reached)")),
            Heading(text("Anchor moments"), 2),
            Paragraph(line.anchor_moments or text("(how it goes on after the project year)")),
        ]
    if not lines:
        blocks.append(Paragraph(text("Every target reached its confirmed number: no motivation is asked.")))
    return frame.document(text("Draft of the motivation"), language, blocks)


def _tracks(language: Language, tracks: Sequence[TrackChoice]) -> Table:
    text = language.text
    columns = (
        Column(text("Track"), 4),
        Column(text("Goal"), 5),
        Column(text("Since"), 1.6),
        Column(text("Planned"), 1.4, Align.RIGHT),
        Column(text("Used"), 1.4, Align.RIGHT),
    )
    rows = tuple(
        (
            one.title,
            one.goal or "–",
            language.day_short(one.start),
            "–" if one.planned_minutes is None else language.duration(one.planned_minutes),
            language.duration(one.used_minutes),
        )
        for one in tracks
    )
    return Table(columns, rows, text("No tracks."))


def _contacts(language: Language, contacts: Sequence[ContactLine]) -> Table:
    text = language.text
    columns = (
        Column(text("Name"), 3),
        Column(text("Function"), 3),
        Column(text("E-mail"), 4),
        Column(text("Phone"), 2),
    )
    rows = tuple((one.name, one.role or "–", one.email or "–", one.phone or "–") for one in contacts)
    return Table(columns, rows)
