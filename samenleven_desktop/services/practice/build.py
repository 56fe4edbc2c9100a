"""Fills a practice file: all rows through the unit of work, in a few setup steps, from one seeded random generator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.money import flemish_contribution
from samenleven_desktop.domain.plan import Plan, ProjectYear, Target, TargetKind
from samenleven_desktop.domain.sentences import filled
from samenleven_desktop.services.practice import texts
from samenleven_desktop.services.practice.example_governments import APPLICANTS, PARTNERSHIPS, SUPPORTED, Applicant
from samenleven_desktop.services.practice.example_organisations import add_organisations
from samenleven_desktop.services.practice.schedule import Calendar, times
from samenleven_desktop.storage.repositories import practice as rows
from samenleven_desktop.storage.unit_of_work import Step, UnitOfWork

STEP = Step(N_("Practice file made"), kind="setup")
OFFICER = "Coach Rivierenland en Halle-Vilvoorde"
_CHUNK = 1000
_NO_CAP = 120
_FORMS = ("visit", "visit", "visit", "online", "online", "phone", "training", "intervision", "learning_network")
_PAYERS = ("subsidy", "subsidy", "own_contribution", "other_instrument")


@dataclass(frozen=True)
class _Commitment:
    id: str
    applicant: Applicant
    target: Target
    year: ProjectYear
    existing: int
    confirmed: int | None
    pace: float


class Builder:
    """Keeps the results of earlier steps for later ones: ids by code, offers by action, commitments."""

    def __init__(
        self,
        write: Callable[[Step], rows.Writing],
        plan: Plan,
        governments: dict[str, str],
        offers: dict[str, list[tuple[str, str]]],
        scale: int,
        seed: int,
        today: date,
    ) -> None:
        self._write = write
        self._plan = plan
        self.ids = self._ids = dict(governments)
        self._offers = offers
        self._scale = scale
        # Work under this plan ends with it, also in a file of a later day.
        self._day, self._today = today, min(today, plan.years[-1].end)
        self._random = Random(seed)
        self._commitments: list[_Commitment] = []
        self._tracks: dict[str, str] = {}
        self.officer_id = ""

    def build(self) -> None:
        with self._write(STEP) as unit:
            self._people_and_governments(unit)
            self._own_offers(unit)
            self._take_up(unit)
            self._open_tracks(unit)
        self._count()
        self._use_offers()
        self._support()
        with self._write(STEP) as unit:
            self._contacts(unit)
            self._ahead(unit)
            self._instruments(unit)
            add_organisations(unit, self._ids, self._plan.years[0].start)

    def _people_and_governments(self, unit: UnitOfWork) -> None:
        first = self._plan.years[0].start
        self.officer_id = unit.insert(rows.Officer, label=OFFICER, region="Rivierenland")
        for plan in PARTNERSHIPS:
            partnership = unit.insert(
                rows.Government,
                code=plan.code,
                kind="partnership",
                name=plan.name,
                search_name=plan.name.casefold(),
                reference_region=plan.region,
                valid_from=first,
                facility=False,
                applicant_id=self._ids[plan.applicant],
            )
            self._ids[plan.code] = partnership
            for member in plan.members:
                unit.insert(rows.Member, partnership_id=partnership, member_id=self._ids[member], valid_from=first)
        codes = [one.code for one in APPLICANTS] + [code for code, _ in SUPPORTED]
        for code in dict.fromkeys(codes):
            unit.insert(
                rows.Assignment,
                officer_id=self.officer_id,
                government_id=self._ids[code],
                role="first",
                valid_from=first,
            )

    def _own_offers(self, unit: UnitOfWork) -> None:
        for title, organisation, cost, action, price in texts.OWN_OFFERS:
            offer = unit.insert(
                rows.Offer,
                organisation=organisation,
                title=title,
                cost=cost,
                actions="",
                all_actions=False,
                action_ids=self._plan.action(action).id,
                shipped=False,
                price_cents=price,
            )
            self._offers.setdefault(self._plan.action(action).id, []).append((offer, cost))

    def _offers_for(self, action: int) -> list[tuple[str, str]]:
        return self._offers.get(self._plan.action(action).id, [])

    # Commitments

    def _take_up(self, unit: UnitOfWork) -> None:
        for applicant in APPLICANTS:
            for year in self._plan.years:
                begun = year.start <= self._today
                rank = 0
                for number in applicant.actions if begun else applicant.actions[:2]:
                    for target in self._plan.action(number).targets:
                        if target.in_year(year.number) is not None:
                            rank += 1
                            self._commit(unit, applicant, year, target, rank, begun)

    def _commit(
        self, unit: UnitOfWork, applicant: Applicant, year: ProjectYear, target: Target, rank: int, begun: bool
    ) -> None:
        random, terms = self._random, target.in_year(year.number)
        assert terms is not None
        judged = target.kind is not None and target.kind.judged_by_jury
        single = target.kind is TargetKind.PLAN
        cap = terms.cap_units or (4 if judged else _NO_CAP)
        additional = 1 if single else max(2, round(cap * random.choice((0.2, 0.3, 0.4, 0.5, 0.6))))
        existing = 0 if cap <= 4 else round(additional * random.choice((0, 0, 0.1, 0.2)))
        requested = existing + additional
        confirmed = requested if random.random() < 0.8 or cap <= 4 else existing + round(additional * 0.9)
        granted = None
        if begun and terms.rate_cents is not None and terms.financed is not False:
            granted = flemish_contribution(confirmed - existing, terms.rate_cents)
            if random.random() < 0.08:
                granted -= 4500
        pace = 0.0 if random.random() < 0.09 else applicant.pace * random.uniform(0.7, 1.35)
        past = year.end < self._today
        reached = existing + round((confirmed - existing) * min(pace, 1.6))
        id_ = unit.insert(
            rows.Commitment,
            applicant_id=self._ids[applicant.code],
            project_year_id=year.id,
            target_id=target.id,
            plan_version=self._plan.version,
            plan_hash=self._plan.content_hash,
            existing_reach=existing,
            requested=requested,
            confirmed=confirmed if begun else None,
            interim_reached=existing + round((reached - existing) * 0.42) if past else None,
            final_reached=reached if past else None,
            granted_cents=granted,
            rank=rank,
        )
        if begun:
            self._commitments.append(_Commitment(id_, applicant, target, year, existing, confirmed, pace))

    def _open_tracks(self, unit: UnitOfWork) -> None:
        for place, applicant in enumerate(APPLICANTS[:9]):
            title, goal = texts.TRACKS[place % len(texts.TRACKS)]
            self._tracks[applicant.code] = unit.insert(
                rows.Track,
                government_id=self._ids[applicant.code],
                title=title,
                goal=goal,
                planned_minutes=60 * self._random.choice((12, 16, 20, 24)),
                start=self._plan.years[0].start + timedelta(days=30),
            )

    # The ledger

    def _count(self) -> None:
        for start in range(0, len(self._commitments), max(_CHUNK // (8 * self._scale), 1)):
            block = self._commitments[start : start + max(_CHUNK // (8 * self._scale), 1)]
            with self._write(STEP) as unit:
                for commitment in block:
                    self._entries(unit, commitment)
        self._special_entries()

    def _entries(self, unit: UnitOfWork, commitment: _Commitment) -> None:
        """Adds readings on some days and increments between them, following the pace of the commitment."""
        random, year = self._random, commitment.year
        judged = commitment.target.kind is not None and commitment.target.kind.judged_by_jury
        if commitment.pace == 0 or commitment.confirmed is None or judged:
            return
        last = min(year.end, self._today)
        days = Calendar(year.start + timedelta(days=20), last).draw(random, random.randint(3, 8) * self._scale)
        # The last reading is recent: a coach asks for figures before each session.
        days[-1] = max(days[-1], last - timedelta(days=random.randint(3, 24)))
        days.sort()
        goal = commitment.confirmed - commitment.existing
        reading_days = set(random.sample(sorted(set(days)), k=min(len(set(days)), random.choice((0, 1, 2, 3)))))
        counted = 0
        for place, day in enumerate(days):
            total = round(goal * commitment.pace * year.elapsed_days(day) / year.days)
            reading = day in reading_days and (place + 1 == len(days) or days[place + 1] != day)
            if not reading and total <= counted and self._scale == 1:
                continue
            unit.insert(
                rows.Entry,
                commitment_id=commitment.id,
                day=day,
                kind=(EntryKind.READING if reading else EntryKind.INCREMENT).value,
                units=commitment.existing + total if reading else max(total - counted, 0),
                note=random.choice(texts.NOTES),
            )
            counted = max(total, counted)

    def _special_entries(self) -> None:
        """Adds one contradiction of two readings on a day, and one correction, as they occur in practice."""
        mine = [
            c
            for c in self._commitments
            if c.year.start <= self._today <= c.year.end and c.pace and (c.confirmed or 0) - c.existing > 20
        ]
        conflict = next(c for c in mine if c.applicant.code == "23088")
        wrong = next(c for c in mine if c.applicant.code == "12025")
        day = self._today - timedelta(days=4)
        with self._write(STEP) as unit:
            for units in (conflict.existing + 41, conflict.existing + 44):
                unit.insert(
                    rows.Entry, commitment_id=conflict.id, day=day, kind="reading", units=units, note=texts.NOTES[0]
                )
            first = unit.insert(
                rows.Entry, commitment_id=wrong.id, day=day, kind="reading", units=960, note="Tikfout van de telling"
            )
            unit.insert(
                rows.Entry,
                commitment_id=wrong.id,
                day=day,
                kind="reading",
                units=wrong.existing + 62,
                note="Verbetering van 960",
                corrects_id=first,
            )

    # Offers

    def _use_offers(self) -> None:
        random = self._random
        todo = [c for c in self._commitments if self._offers_for(c.target.action_number) and random.random() < 0.6]
        for start in range(0, len(todo), _CHUNK):
            with self._write(STEP) as unit:
                for commitment in todo[start : start + _CHUNK]:
                    for _ in range(self._scale):
                        self._use(unit, commitment)

    def _use(self, unit: UnitOfWork, commitment: _Commitment) -> None:
        random, year = self._random, commitment.year
        offer, cost = random.choice(self._offers_for(commitment.target.action_number))
        start = Calendar(year.start, min(year.end, self._today)).draw(random, 1)[0]
        past = start + timedelta(days=120) < self._today
        expected = max(1, round(((commitment.confirmed or 0) - commitment.existing) * random.uniform(0.1, 0.35)))
        unit.insert(
            rows.Use,
            offer_id=offer,
            government_id=self._ids[commitment.applicant.code],
            commitment_id=commitment.id,
            start=start,
            end=start + timedelta(days=120) if past else None,
            price_cents=random.randrange(60000, 480000, 6000) if cost == "paid" else None,
            paid_from=random.choice(_PAYERS) if cost == "paid" else None,
            expected_units=expected,
            real_units=round(expected * random.uniform(0.4, 1.4)) if past else None,
            evaluation=random.choice(texts.EVALUATIONS) if past else None,
        )

    # Sessions and agreements

    def _support(self) -> None:
        planned: list[tuple[date, str, tuple[int, ...]]] = []
        wishes = [(one.code, one.sessions, one.actions) for one in APPLICANTS]
        wishes += [(code, count, (5, 15)) for code, count in SUPPORTED]
        for code, count, actions in wishes:
            for year in self._plan.years:
                if year.start > self._today:
                    continue
                last = min(year.end, self._today)
                # Some governments have had no session since the new year, so that *not seen for long* has entries.
                if code in ("23094", "12007", "23050") and year.end >= self._today:
                    last = date(last.year - 1, 12, 20)
                share = ((last - year.start).days + 1) / year.days
                days = Calendar(year.start, last).draw(self._random, max(round(2 * count * share), 1) * self._scale)
                planned += [(day, code, actions) for day in days]
        planned.sort(key=lambda one: one[:2])
        for start in range(0, len(planned), _CHUNK):
            with self._write(STEP) as unit:
                for day, code, actions in planned[start : start + _CHUNK]:
                    self._session(unit, day, code, actions)

    def _session(self, unit: UnitOfWork, day: date, code: str, actions: tuple[int, ...]) -> None:
        random = self._random
        numbers = sorted(random.sample(actions, k=min(len(actions), random.choice((1, 1, 2)))))
        start, end, travel = times(random)
        form = random.choice(_FORMS)
        session = unit.insert(
            rows.Session,
            officer_id=self.officer_id,
            track_id=self._tracks.get(code) if random.random() < 0.4 else None,
            day=day,
            start_minute=start,
            end_minute=end,
            travel_minutes=travel if form in ("visit", "training") else 0,
            form=form,
            report=self._report(numbers),
        )
        governments = [code]
        if random.random() < 0.08:
            governments.append(random.choice([one for one, _ in SUPPORTED if one != code]))
        for one in governments:
            unit.insert(rows.SessionGovernment, session_id=session, government_id=self._ids[one], day=day)
        for number in numbers:
            unit.insert(rows.SessionAction, session_id=session, action_id=self._plan.action(number).id)
            if self._offers_for(number) and random.random() < 0.2:
                offer, _ = random.choice(self._offers_for(number))
                unit.insert(rows.SessionOffer, session_id=session, offer_id=offer)
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            self._agreement(unit, session, code, day, random.choice(numbers))

    def _report(self, numbers: list[int]) -> str:
        random = self._random
        parts = [random.choice(texts.OPENINGS)]
        parts += [random.choice(texts.ACTIONS[number]) for number in numbers if number in texts.ACTIONS]
        first = " ".join(parts)
        second = " ".join(filter(None, [random.choice(texts.BOTTLENECKS), random.choice(texts.CLOSINGS)]))
        return f"{first}\n\n{second}" if second else first

    def _agreement(self, unit: UnitOfWork, session: str, code: str, day: date, number: int) -> None:
        random = self._random
        who = random.choice(("government", "government", "coach", "coach", "partner"))
        due = day + timedelta(days=random.randint(7, 35))
        due += timedelta(days={5: 2, 6: 1}.get(due.weekday(), 0))
        done = None
        if random.random() < (0.93 if due < self._today - timedelta(days=30) else 0.45):
            done = due + timedelta(days=random.choice((-6, -4, -3, -2, -1, 0, 0, 1, 4, 9)))
            done = done if day < done <= self._today else None
        if done is None and due < self._today - timedelta(days=75):
            done = due + timedelta(days=12)
        unit.insert(
            rows.Agreement,
            government_id=self._ids[code],
            session_id=session,
            who=who,
            what=filled(random.choice(texts.AGREEMENTS[who]), {"n": number}),
            due=due,
            done_on=done,
        )

    # Added later; kept at the end so that the earlier invented content stays the same

    def _contacts(self, unit: UnitOfWork) -> None:
        for applicant in APPLICANTS[:8]:
            for role, note in texts.CONTACTS[:2]:
                unit.insert(rows.Contact, government_id=self._ids[applicant.code], name=role, role=role, note=note)

    def _ahead(self, unit: UnitOfWork) -> None:
        """Adds planned sessions, and a paid offer that the subsidy may not pay."""
        for days, start, codes in texts.PLANNED:
            day = self._day + timedelta(days=days)
            session = unit.insert(
                rows.Session,
                officer_id=self.officer_id,
                day=day,
                start_minute=start,
                end_minute=start + 90,
                travel_minutes=0,
                form="visit",
                report="",
            )
            for code in codes:
                unit.insert(rows.SessionGovernment, session_id=session, government_id=self._ids[code], day=day)
        paid = next(id_ for offers in self._offers.values() for id_, cost in offers if cost == "paid")
        for commitment in self._commitments:
            year = commitment.year
            running = year.start <= self._today <= year.end
            if running and self._plan.financed(commitment.target.id, year.number) is False:
                unit.insert(
                    rows.Use,
                    offer_id=paid,
                    government_id=self._ids[commitment.applicant.code],
                    commitment_id=commitment.id,
                    start=self._today - timedelta(days=21),
                    price_cents=120_000,
                    paid_from="subsidy",
                    expected_units=10,
                )

    def _instruments(self, unit: UnitOfWork) -> None:
        """Adds another subsidy, for an action that the call does not finance."""
        name, giver, action, cents, deadline, end = texts.INSTRUMENT
        unit.insert(
            rows.Instrument,
            government_id=self._ids[texts.INSTRUMENT_OF],
            action_id=self._plan.action(action).id,
            name=name,
            giver=giver,
            instrument_state="granted",
            amount_cents=cents,
            deadline=deadline,
            end=end,
        )
