"""Reports about one government for others: the dossier at a hand-over, and a draft of the motivation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import AgreementLine, CommitmentLine, OfferUseLine, SessionLine, TrackChoice
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.readmodels.organisations import ServiceLine
from samenleven_desktop.readmodels.people import ContactLine
from samenleven_desktop.reports import shared_blocks
from samenleven_desktop.reports.document import Block, Heading, Paragraph
from samenleven_desktop.reports.report_kinds import SECTION_NAMES, SectionKind
from samenleven_desktop.reports.template import Section, assemble


@dataclass(frozen=True)
class DossierParts:
    """The parts of a dossier; `contacts` is empty if personal data is left out; `day` is that of the numbers."""

    commitments: tuple[CommitmentLine, ...]
    sessions: tuple[SessionLine, ...]
    agreements: tuple[AgreementLine, ...]
    tracks: tuple[TrackChoice, ...]
    uses: tuple[OfferUseLine, ...]
    contacts: tuple[ContactLine, ...]
    day: date
    instruments: tuple[InstrumentLine, ...] = ()
    services: tuple[ServiceLine, ...] = ()
    government_id: str = ""


def handover_blocks(dossier: DossierParts, language: Language, without: Collection[str] = ()) -> list[Block]:
    """Returns first what the successor needs: open agreements and contacts; then target states and history."""

    def section(part: SectionKind, *blocks: Block, title: str | None = None) -> Section:
        return Section(part, title or language.text(SECTION_NAMES[part]), blocks)

    still = [line for line in dossier.agreements if line.done_on is None]
    contacts = (shared_blocks.contacts_table(language, dossier.contacts),) if dossier.contacts else ()
    sections = (
        section(
            SectionKind.AGREEMENTS,
            shared_blocks.agreements_list(language, still),
            title=language.text("Open agreements"),
        ),
        section(SectionKind.CONTACTS, *contacts),
        section(SectionKind.ACTIONS, *shared_blocks.targets(language, dossier.commitments, dossier.day)),
        section(SectionKind.NUMBERS, shared_blocks.numbers_table(language, dossier.commitments)),
        section(SectionKind.TRACKS, shared_blocks.tracks_table(language, dossier.tracks)),
        section(SectionKind.OFFERS, shared_blocks.offers_table(language, dossier.uses)),
        section(SectionKind.INSTRUMENTS, *shared_blocks.instruments_table(language, dossier.instruments)),
        section(
            SectionKind.COOPERATION,
            *shared_blocks.services_table(language, dossier.services, of=dossier.government_id),
        ),
        section(SectionKind.SESSIONS, shared_blocks.sessions_table(language, dossier.sessions)),
    )
    return assemble(sections, without)


def motivation_blocks(
    lines: Sequence[CommitmentLine],
    sessions: Mapping[str, Sequence[SessionLine]],
    uses: Mapping[str, Sequence[OfferUseLine]],
    language: Language,
) -> list[Block]:
    """Returns a draft of the motivation of each target below its confirmed number.

    It has the facts of this file, the text written so far, and what is still to be added by the user.
    """
    text, number = language.text, language.number
    blocks: list[Block] = [
        Paragraph(text("A draft from the facts in the work file. Fill in why, and how it goes on."), muted=True)
    ]
    for line in lines:
        reached = line.final_reached if line.final_reached is not None else line.reached_to_date
        facts = [
            text("Confirmed {confirmed}, no entry yet.", confirmed=number(line.confirmed or 0))
            if reached is None
            else text(
                "Confirmed {confirmed}, reached {reached}: {missing} short (unit: {unit}).",
                confirmed=number(line.confirmed or 0),
                reached=number(reached),
                missing=number((line.confirmed or 0) - reached),
                unit=line.unit or "–",
            )
        ]
        held = sessions.get(line.action_id, ())
        if held:
            facts.append(
                text(
                    "Discussed in {sessions}, the last on {day}.",
                    sessions=language.plural("{n} session", "{n} sessions", len(held)),
                    day=language.day(max(one.day for one in held)),
                )
            )
        used = dict.fromkeys(shared_blocks.offer_name(use) for use in uses.get(line.id, ()))
        facts += [text("Offer used: {offer}.", offer=name) for name in used]
        blocks += [
            Heading(_title(line)),
            *(Paragraph(fact, leads=True) for fact in facts),
            Heading(text("Motivation"), 2),
            Paragraph(line.motivation or text("(why the number was not reached)")),
            Heading(text("Anchor moments"), 2),
            Paragraph(line.anchor_moments or text("(how it goes on after the project year)")),
        ]
    if not lines:
        blocks.append(Paragraph(text("Every target reached its confirmed number: no motivation is asked.")))
    return blocks


def _title(line: CommitmentLine) -> str:
    """Returns the action and its target group; only once if both have the same name."""
    names = {name.casefold(): name for name in (line.target_label, line.action_title)}
    return f"{line.action} {' · '.join(reversed(names.values()))}"
