"""Invented work after Plan Samenleven, for a practice file of a later day: between two plans and under the next one.

Everything under the next plan goes through free offers of organisations; it knows no rates, so nothing is granted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.domain.plan import Plan, Target
from samenleven_desktop.domain.sentences import filled
from samenleven_desktop.services.practice import texts
from samenleven_desktop.services.practice.example_governments import APPLICANTS
from samenleven_desktop.services.practice.example_organisations import add_organisation
from samenleven_desktop.services.practice.schedule import Calendar, times
from samenleven_desktop.storage.repositories import practice as rows
from samenleven_desktop.storage.unit_of_work import Step, UnitOfWork

_ORGANISATION = "vzw Voorbeeld (verzonnen)"


class NextPlanBuilder:
    """Adds to a filled practice file what came after the plan that ended on `ended`, until `today`."""

    def __init__(
        self,
        write: Callable[[Step], rows.Writing],
        step: Step,
        plan: Plan,
        ids: dict[str, str],
        officer_id: str,
        ended: date,
        today: date,
        seed: int,
    ) -> None:
        self._write, self._step, self._plan = write, step, plan
        self._ids, self._officer_id = ids, officer_id
        self._ended, self._today = ended, today
        self._random = Random(f"next {seed}")

    def build(self) -> None:
        with self._write(self._step) as unit:
            offers = {action.number: self._offer(unit, action.id, action.short_title) for action in self._plan.actions}
            for place, applicant in enumerate(APPLICANTS):
                government = self._ids[applicant.code]
                action = self._plan.actions[place % len(self._plan.actions)]
                begun = self._plan.year_on(self._today).start
                self._take_up(unit, government, action.targets[0], offers[action.number], begun, place)
                days = Calendar(self._ended + timedelta(days=1), self._today).draw(self._random, 3 + place % 3)
                for day in days:
                    self._session(unit, government, day, action.id if day >= begun else None)
            self._organisation(unit)

    def _organisation(self, unit: UnitOfWork) -> None:
        """Adds the organisation behind the offers: it applied itself, with a target value in each government."""
        begun = self._plan.year_on(self._today).start
        made = add_organisation(unit, "VOORBEELD", _ORGANISATION, "association", None)
        unit.insert(rows.Assignment, officer_id=self._officer_id, government_id=made, role="first", valid_from=begun)
        unit.insert(rows.Contact, government_id=made, name="coördinator", role="leidt het project")
        for place, action in enumerate(self._plan.actions):
            target = action.targets[0]
            served = [self._ids[one.code] for one in APPLICANTS[place :: len(self._plan.actions)]][:4]
            commitment = self._commitment(unit, made, target, 30 * len(served))
            for nth, government in enumerate(served):
                unit.insert(
                    rows.Service,
                    organisation_id=made,
                    government_id=government,
                    target_id=target.id,
                    target_value=30,
                    valid_from=begun,
                )
                unit.insert(
                    rows.Entry,
                    commitment_id=commitment,
                    member_id=government,
                    day=self._today - timedelta(days=5 + nth),
                    kind=EntryKind.INCREMENT.value,
                    units=3 + 2 * nth,
                )

    def _offer(self, unit: UnitOfWork, action_id: str, title: str) -> str:
        return unit.insert(
            rows.Offer,
            organisation=_ORGANISATION,
            title=title,
            cost="free",
            actions="",
            all_actions=False,
            action_ids=action_id,
            shipped=False,
        )

    def _take_up(self, unit: UnitOfWork, government: str, target: Target, offer: str, begun: date, place: int) -> None:
        wanted = 20 + 5 * (place % 4)
        commitment = self._commitment(unit, government, target, wanted)
        unit.insert(
            rows.Use,
            offer_id=offer,
            government_id=government,
            commitment_id=commitment,
            start=min(begun + timedelta(days=14 + place), self._today),
            expected_units=wanted,
        )
        if place % 5:
            unit.insert(
                rows.Entry,
                commitment_id=commitment,
                day=self._today - timedelta(days=3 + place),
                kind=EntryKind.INCREMENT.value,
                units=2 + place % 6,
                note=texts.NOTES[0],
            )

    def _commitment(self, unit: UnitOfWork, applicant: str, target: Target, confirmed: int) -> str:
        return unit.insert(
            rows.Commitment,
            applicant_id=applicant,
            project_year_id=self._plan.year_on(self._today).id,
            target_id=target.id,
            plan_version=self._plan.version,
            plan_hash=self._plan.content_hash,
            existing_reach=0,
            confirmed=confirmed,
            rank=1,
        )

    def _session(self, unit: UnitOfWork, government: str, day: date, action_id: str | None) -> None:
        random = self._random
        start, end, travel = times(random)
        session = unit.insert(
            rows.Session,
            officer_id=self._officer_id,
            day=day,
            start_minute=start,
            end_minute=end,
            travel_minutes=travel,
            form="visit",
            report=f"{random.choice(texts.OPENINGS)} {random.choice(texts.BOTTLENECKS)}".strip(),
        )
        unit.insert(rows.SessionGovernment, session_id=session, government_id=government, day=day)
        if action_id is not None:
            unit.insert(rows.SessionAction, session_id=session, action_id=action_id)
        due = day + timedelta(days=21)
        unit.insert(
            rows.Agreement,
            government_id=government,
            session_id=session,
            who="coach",
            what=filled(random.choice(texts.AGREEMENTS["coach"]), {"n": 1}),
            due=due,
            done_on=due if due < self._today - timedelta(days=14) else None,
        )
