"""The sheet of an action: what counts, its terms, who can help, and the work on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from samenleven_desktop.i18n.action_texts import definition_lines, financed_words
from samenleven_desktop.i18n.labels import COSTS, SESSION_MODES
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.action_page import ActionPage
from samenleven_desktop.readmodels.core import SessionLine
from samenleven_desktop.reports import shared_blocks
from samenleven_desktop.reports.document import Align, Block, Cell, DocumentColumn, Paragraph, Table
from samenleven_desktop.reports.report_kinds import SECTION_NAMES, SectionKind
from samenleven_desktop.reports.template import Section, assemble


def action_blocks(
    page: ActionPage, language: Language, without: Collection[str] = (), personal: bool = True
) -> list[Block]:
    """Returns the sections of one action; without `personal` no texts of sessions."""

    def section(part: SectionKind, *blocks: Block) -> Section:
        return Section(part, language.text(SECTION_NAMES[part]), blocks)

    sections = (
        section(SectionKind.DEFINITION, *_definition(page, language)),
        section(SectionKind.TERMS, _terms(page, language)),
        section(SectionKind.CATALOGUE, _offers(page, language)),
        section(SectionKind.MENTORS, _mentors(page, language)),
        section(SectionKind.EXAMPLES, _examples(page, language)),
        section(
            SectionKind.INSTRUMENTS,
            *shared_blocks.instruments_table(language, page.instruments, governments=True, actions=False),
        ),
        section(SectionKind.GOVERNMENTS, _governments(page, language)),
        section(SectionKind.SESSIONS, _sessions(page.sessions, language, personal)),
    )
    return assemble(sections, without)


def _definition(page: ActionPage, language: Language) -> list[Block]:
    lines = definition_lines(language, page)
    table = Table(
        (DocumentColumn(language.text("What"), 2.4), DocumentColumn(language.text("Explanation"), 8)),
        tuple((caption, words) for caption, words in lines),
        caption_column=True,
    )
    source = page.pages.get(page.action.source, page.action.source)
    url = source if source.startswith(("https://", "http://")) else None
    return [table, Paragraph(language.text("Source: {source}", source=source), muted=True, url=url)]


def _terms(page: ActionPage, language: Language) -> Table:
    text = language.text
    columns = (
        DocumentColumn(text("Period"), 1.6),
        DocumentColumn(text("Target"), 3.4),
        DocumentColumn(text("Unit"), 2.2),
        DocumentColumn(text("Rate"), 1.4, Align.RIGHT),
        DocumentColumn(text("At most"), 1.2, Align.RIGHT),
        DocumentColumn(text("Financed"), 2.2),
    )
    rows = tuple(
        (
            one.period,
            one.target_label,
            one.unit or "–",
            "–" if one.rate_cents is None else language.money(one.rate_cents),
            shared_blocks.shown(language, one.cap_units),
            financed_words(language, one.financed),
        )
        for one in page.terms
    )
    return Table(columns, rows, text("The plan gives no terms for this action."))


def _offers(page: ActionPage, language: Language) -> Table:
    text = language.text
    columns = (
        DocumentColumn(text("Offer"), 4.4),
        DocumentColumn(text("Organisation"), 3),
        DocumentColumn(text("Cost"), 1.4),
        DocumentColumn(text("Price"), 2.2, Align.RIGHT),
    )
    rows = tuple(
        (
            shared_blocks.linked(one.title, one.source),
            one.organisation,
            text(COSTS[one.cost]),
            shared_blocks.price(one, language),
        )
        for one in page.offers
    )
    return Table(columns, rows, text("No offer is known for this action."))


def _mentors(page: ActionPage, language: Language) -> Table:
    text = language.text
    columns = (
        DocumentColumn(text("Government"), 2.4),
        DocumentColumn(text("Learning network"), 1.7),
        DocumentColumn(text("Remark"), 6),
    )
    network = {True: text("yes"), False: text("no"), None: text("not known")}
    rows = tuple(
        (_linked(page, one.name, one.source), network[one.learning_network], one.note or "–") for one in page.mentors
    )
    return Table(columns, rows, text("No mentor governments are known."))


def _examples(page: ActionPage, language: Language) -> Table:
    text = language.text
    columns = (
        DocumentColumn(text("Example"), 4),
        DocumentColumn(text("Government"), 2.2),
        DocumentColumn(text("Remark"), 4),
    )
    rows = tuple(
        (_linked(page, one.title, one.source), one.government_name or "–", one.note or "–") for one in page.examples
    )
    return Table(columns, rows, text("No examples are known."))


def _linked(page: ActionPage, words: str, source: str) -> Cell:
    return shared_blocks.linked(words, page.pages.get(source, source))


def _governments(page: ActionPage, language: Language) -> Table:
    text = language.text
    several = len({line.target_code for _, line in page.commitments}) > 1
    columns = (
        DocumentColumn(text("Government"), 3),
        DocumentColumn(text("Period"), 1.6),
        *((DocumentColumn(text("Target"), 2.6),) if several else ()),
        DocumentColumn(text("Confirmed"), 1.3, Align.RIGHT),
        DocumentColumn(text("Reached"), 1.2, Align.RIGHT),
        DocumentColumn(text("State"), 3.4),
    )
    rows = tuple(
        (
            line.government_name,
            period,
            *((line.target_label,) if several else ()),
            shared_blocks.shown(language, line.confirmed),
            shared_blocks.shown(language, line.reached_to_date),
            shared_blocks.progress(language, line),
        )
        for period, line in page.commitments
    )
    return Table(columns, rows, text("None of these governments took up this action."))


def _sessions(lines: Sequence[SessionLine], language: Language, personal: bool) -> Table:
    text = language.text
    columns = (
        DocumentColumn(text("Date"), 1.4),
        DocumentColumn(text("Governments"), 3),
        DocumentColumn(text("Form"), 1.6),
        DocumentColumn(text("Length"), 1.1, Align.RIGHT),
        *((DocumentColumn(text("Report"), 6),) if personal else ()),
    )
    rows = tuple(
        (
            language.day_short(line.day),
            language.listing(line.government_names),
            text(SESSION_MODES[line.form]),
            language.duration(line.minutes),
            *((line.report or "–",) if personal else ()),
        )
        for line in lines
    )
    return Table(columns, rows, text("No sessions in this period."))
