"""Reports of every kind at a chosen size, from rows made here: for the checker, the eye and awkward words."""

from __future__ import annotations

from datetime import date, timedelta

from samenleven_desktop.domain.advice import KnownExample, KnownMentor
from samenleven_desktop.domain.agenda import AgendaItem, AgendaKind
from samenleven_desktop.domain.instrument import InstrumentState
from samenleven_desktop.domain.kpi import EntryKind, KpiState
from samenleven_desktop.domain.offer import OfferLine
from samenleven_desktop.domain.plan import Action, TargetKind
from samenleven_desktop.domain.plan_rules import PublishedFigure, StimulusCondition
from samenleven_desktop.domain.plans import ActionRef
from samenleven_desktop.domain.stimulus import ConditionResult, Fact, Outcome
from samenleven_desktop.domain.threshold import ThresholdFact
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.action_page import ActionPage, TermsLine
from samenleven_desktop.readmodels.core import (
    AgreementLine,
    CommitmentLine,
    KpiEntryLine,
    Money,
    OfferUseLine,
    Party,
    SessionLine,
    SessionMode,
    TrackChoice,
)
from samenleven_desktop.readmodels.instruments import InstrumentLine
from samenleven_desktop.readmodels.organisations import ServiceLine
from samenleven_desktop.readmodels.people import ContactLine
from samenleven_desktop.reports.action import action_blocks
from samenleven_desktop.reports.coaching import coaching_blocks
from samenleven_desktop.reports.data import CoachingReportData, SessionReportData, StimulusOnPaper
from samenleven_desktop.reports.document import Document
from samenleven_desktop.reports.handover import DossierParts, handover_blocks, motivation_blocks
from samenleven_desktop.reports.overviews import OffersOnPaper, activity_blocks, kpi_blocks, offers_blocks, week_blocks
from samenleven_desktop.reports.report_kinds import REPORT_KINDS
from samenleven_desktop.reports.session import session_document
from samenleven_desktop.reports.stimulus import explanation_blocks, overview_blocks
from samenleven_desktop.reports.template import ReportHeader
from samenleven_desktop.reports.visit import visit_blocks

FIRST, LAST, TODAY = date(2023, 10, 1), date(2024, 3, 11), date(2024, 3, 11)
FRAME = ReportHeader("Plan Samenleven", "Mechelen", FIRST, LAST, TODAY, practice=True)
NAME = "Samenwerkingsverband voor burgerschapsvorming"
REGIONS = {f"g{n}": f"regio {n % 17}" for n in range(300)}
_STATES = tuple(KpiState)


class Material:
    """`rows` of everything; each text that a person may type is `words`."""

    def __init__(self, rows: int, words: str = "Het onthaalbeleid voor nieuwkomers loopt.") -> None:
        self.rows, self.words = rows, words

    def commitments(self) -> list[CommitmentLine]:
        return [
            CommitmentLine(
                id=f"c{n}",
                government_id=f"g{n % 20}",
                government_code=str(11000 + n % 20),
                government_name=f"{NAME} {n % 20}",
                year=2,
                action_number=n % 24 + 1,
                action_title="Loopbaanbegeleiding van hooggekwalificeerde anderstalige nieuwkomers",
                target_id=f"t{n}",
                target_code=f"A{n % 24 + 1}",
                target_label="begeleide personen van buitenlandse herkomst",
                target_kind=TargetKind.COUNT,
                unit="begeleidingstraject",
                rank=n,
                existing_reach=n,
                requested=n + 1_200,
                confirmed=n + 1_000,
                interim_reached=None if n % 2 else n,
                final_reached=None,
                reached_to_date=n * 3,
                expected_today=n + 450,
                state=_STATES[n % len(_STATES)],
                last_entry=None,
                conflict_day=None,
                amount_cents=n * 12_345_00,
                amount_granted=True,
                paid_uses=0,
                free_uses=0,
                agency_uses=0,
                motivation=self.words if n % 3 == 0 else None,
                anchor_moments=self.words if n % 3 == 0 else None,
            )
            for n in range(self.rows)
        ]

    def sessions(self) -> list[SessionLine]:
        return [
            SessionLine(
                id=f"s{n}",
                day=FIRST + timedelta(days=n % 160),
                start_minute=540,
                end_minute=630,
                travel_minutes=30,
                form=list(SessionMode)[n % 6],
                officer="coach Rivierenland",
                track_id=None,
                track_title=self.words[:60],
                government_ids=(f"g{n}",),
                government_names=(f"{NAME} {n}",),
                action_numbers=(5, 9),
                actions=(ActionRef("a5", 5, "Actie 5"), ActionRef("a9", 9, "Actie 9")),
                offer_titles=(self.words[:60],),
                report=self.words,
                agreement_count=1,
            )
            for n in range(self.rows)
        ]

    def agreements(self) -> list[AgreementLine]:
        parties = list(Party)
        return [
            AgreementLine(
                id=f"a{n}",
                government_id="g1",
                government_name=NAME,
                session_id=None,
                who=parties[n % 3],
                what=self.words,
                due=None if n % 4 == 0 else TODAY + timedelta(days=n % 30 - 15),
                done_on=LAST if n % 5 == 1 else None,
                late=n % 4 != 0 and n % 30 < 15,
            )
            for n in range(self.rows)
        ]

    def uses(self) -> list[OfferUseLine]:
        return [
            OfferUseLine(
                id=f"u{n}",
                government_id="g1",
                government_name=NAME,
                offer_id=f"o{n % 7}",
                offer_title=self.words[:200],
                organisation="Hogeschool",
                cost="paid",
                commitment_id=f"c{n}",
                target_id=f"t{n}",
                year=2,
                action_number=5,
                target_label="volwassenen",
                unit="deelname",
                start=FIRST,
                end=None,
                price_cents=125_050,
                paid_from="subsidy",
                expected_units=20,
                real_units=18,
                evaluation=self.words,
            )
            for n in range(self.rows)
        ]

    def instruments(self) -> list[InstrumentLine]:
        states = list(InstrumentState)
        return [
            InstrumentLine(
                f"i{n}", "g1", "12025", NAME, "a5", "5", "Actie 5", self.words[:80], self.words[:60], states[n % 5],
                n * 1_234_00, TODAY, None, "https://www.vlaanderen.be/plan-samenleven", self.words,
            )
            for n in range(self.rows)
        ]  # fmt: skip

    def services(self) -> list[ServiceLine]:
        return [
            ServiceLine(
                f"d{n}", "g1", "VZW", NAME, f"g{n}", "12025", self.words[:60], FIRST, None, f"t{n}", n, self.words,
                action="5", action_title=self.words[:80], reached=n,
            )
            for n in range(self.rows)
        ]  # fmt: skip

    def tracks(self) -> list[TrackChoice]:
        return [
            TrackChoice(f"k{n}", self.words[:80], self.words, 1_200, 300, "g1", NAME, FIRST, None, 3)
            for n in range(self.rows)
        ]

    def contacts(self) -> list[ContactLine]:
        mail = "dienst@voorbeeld.invalid"
        return [
            ContactLine(
                f"p{n}", "g1", NAME, None, f"diensthoofd {n}", self.words[:60], mail, "015 00 00 00", None, 0, None
            )
            for n in range(self.rows)
        ]

    def stimuli(self) -> list[StimulusOnPaper]:
        condition = StimulusCondition("x", "x", "De indiener noemt een actie.", None, (), None, "sure", "V-STIM")
        result = ConditionResult(
            condition, ThresholdFact.NOT_KNOWN, Fact("{name}", {"name": self.words[:300]}), TODAY, "V-STIM"
        )
        return [
            StimulusOnPaper(f"{NAME} {n}", "Mentorrol", Outcome.INCOMPLETE, None, 10_000_00, True, (result,) * 3)
            for n in range(self.rows)
        ]

    def offers(self) -> OffersOnPaper:
        page = "https://www.vlaanderen.be/plan-samenleven"
        lines = tuple(
            OfferLine(
                id=f"o{n}",
                title=self.words[:120],
                organisation=self.words[:60],
                cost=("agency", "paid", "free", "unknown")[n % 4],
                action_numbers=(n % 5 + 1,),
                all_actions=n % 9 == 0,
                mentor_code=None,
                price_cents=7_200 if n % 2 else None,
                price_unit="uur",
                note=None,
                source=page if n % 2 else None,
                shipped=True,
            )
            for n in range(self.rows)
        )
        titles = {n: f"Actie {n}" for n in range(1, 8)}
        mentors = tuple(KnownMentor(n % 7 + 1, "12025", "Mechelen", None, self.words, "V-A9") for n in range(self.rows))
        examples = tuple(KnownExample(n % 7 + 1, self.words[:80], None, "V-A9") for n in range(self.rows))
        return OffersOnPaper(lines, tuple(self.uses()), titles, mentors, examples, {"V-A9": page})

    def agenda(self) -> list[AgendaItem]:
        return [
            AgendaItem(TODAY + timedelta(days=n % 7), AgendaKind.AGREEMENT, NAME, self.words, f"a{n}", "g1", None, None)
            for n in range(self.rows)
        ]

    def document(self, kind: str, language: Language) -> Document:
        """The report of a kind with all its parts."""
        if kind == "session":
            return self._session(language)
        blocks = {
            "coaching": lambda: coaching_blocks(self._coaching(), language),
            "kpi": lambda: kpi_blocks(self.commitments(), REGIONS, LAST, language, services=self.services()),
            "stimulus-overview": lambda: overview_blocks(self.stimuli(), language),
            "stimulus-explanation": lambda: explanation_blocks(
                self.stimuli(), {"V-STIM": "https://www.vlaanderen.be/plan-samenleven"}, language
            ),
            "offers": lambda: offers_blocks(self.offers(), language),
            "action": lambda: action_blocks(self._action(), language),
            "activity": lambda: activity_blocks(FRAME, self.sessions(), self.agreements(), REGIONS, language),
            "week": lambda: week_blocks(self.agenda(), self.agreements(), language),
            "handover": lambda: handover_blocks(self._dossier(), language),
            "visit": lambda: visit_blocks(self._coaching(), next(iter(self.sessions()), None), None, language),
            "motivation": lambda: motivation_blocks(
                self.commitments(), {5: self.sessions()}, {"c1": self.uses()}, language
            ),
        }[kind]()
        return FRAME.document(language.text(REPORT_KINDS[kind].title), language, blocks, contents=kind == "kpi")

    def _action(self) -> ActionPage:
        page = "https://www.vlaanderen.be/plan-samenleven"
        action = Action(
            id="a9",
            number=9,
            objective_number=4,
            title=self.words[:120],
            short_title=self.words[:60],
            title_certain=False,
            kpi=self.words,
            earlier_names=(self.words[:60],),
            targets=(),
            min_contact_moments=4,
            age_limit=25,
            note=self.words,
            source="V-A9",
            plan_parts=("opmaak", "uitvoering"),
            investment_costs_eligible=True,
            support=(self.words[:60],),
            max_subsidy_page_cents=25_000_00,
        )
        terms = tuple(
            TermsLine("2023-2024", self.words[:80], "deelname", 60_00, n, (True, False, None)[n % 3], None, "V-A9")
            for n in range(self.rows)
        )
        offers = self.offers()
        figure = PublishedFigure(9, 2, 1_000_000_00, 24, 16, 14, "V-FIG")
        return ActionPage(
            action=action,
            plan_name="Plan Samenleven",
            plan_code="Plan Samenleven",
            in_use=True,
            objective="Werk",
            rules=(self.words,),
            published=(("2023-2024", figure),),
            pages={"V-A9": page},
            terms=terms,
            offers=offers.offers,
            mentors=offers.mentors,
            proposals=(),
            examples=offers.examples,
            commitments=tuple(("2023-2024", line) for line in self.commitments()),
            instruments=tuple(self.instruments()),
            sessions=tuple(self.sessions()),
            session_count=self.rows,
        )

    def _coaching(self) -> CoachingReportData:
        return CoachingReportData(
            government_name=NAME,
            government_code="12025",
            region="Rivierenland",
            plan_name="Plan Samenleven",
            year_label="2023-2024",
            first=FIRST,
            last=LAST,
            today=TODAY,
            commitments=tuple(self.commitments()),
            sessions=tuple(self.sessions()),
            session_minutes=90 * self.rows,
            months=(),
            agreements=tuple(self.agreements()),
            offer_uses=tuple(self.uses()),
            money=Money(1, 2, 3, 4, 5, 6),
            stimuli=tuple(self.stimuli()),
            tracks=tuple(self.tracks()),
            contacts=tuple(self.contacts()),
            practice=True,
            instruments=tuple(self.instruments()),
            services=tuple(self.services()),
            government_id="g1",
        )

    def _session(self, language: Language) -> Document:
        entries = tuple(
            KpiEntryLine(
                f"e{n}", "c1", NAME, None, 5, self.words[:80], "deelname", TODAY, EntryKind.READING, n, None, "s0", None
            )
            for n in range(self.rows)
        )
        titles = ("Oefenkansen Nederlands",)
        data = SessionReportData(
            "Plan Samenleven", self.sessions()[0], titles, tuple(self.agreements()), entries, TODAY, practice=True
        )
        return session_document(data, language)

    def _dossier(self) -> DossierParts:
        return DossierParts(
            tuple(self.commitments()),
            tuple(self.sessions()),
            tuple(self.agreements()),
            tuple(self.tracks()),
            tuple(self.uses()),
            tuple(self.contacts()),
            LAST,
            tuple(self.instruments()),
            tuple(self.services()),
            "g1",
        )
