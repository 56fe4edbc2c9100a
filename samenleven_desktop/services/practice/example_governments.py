"""The governments in the practice file: real ones, with invented choices of actions and a pace for each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Applicant:
    """`pace` 1 reaches the confirmed number just in time; `sessions` per project year at scale 1."""

    code: str
    actions: tuple[int, ...]
    pace: float
    sessions: int


@dataclass(frozen=True)
class PartnershipPlan:
    code: str
    name: str
    region: str
    applicant: str
    members: tuple[str, ...]


PARTNERSHIPS = (
    PartnershipPlan(
        "SW-RIV", "Samenwerking Rivierenland", "Rivierenland", "12021", ("12021", "12009", "12026", "12029")
    ),
    PartnershipPlan(
        "SW-NRD", "Samenwerking Noordrand", "Halle-Vilvoorde", "23025", ("23025", "23050", "23060", "23096")
    ),
)

APPLICANTS = (
    Applicant("12025", (2, 5, 7, 8, 9, 11, 13, 14, 15, 17, 20, 22, 24), 1.05, 9),
    Applicant("23088", (2, 5, 9, 13, 15, 17, 22), 1.1, 7),
    Applicant("23027", (5, 9, 15, 20), 0.9, 6),
    Applicant("23002", (2, 5, 13, 14), 0.62, 5),
    Applicant("23094", (5, 8, 9, 15, 24), 0.34, 4),
    Applicant("23047", (5, 11, 20), 1.2, 4),
    Applicant("23016", (5, 13, 15, 17), 0.8, 4),
    Applicant("12040", (2, 5, 15, 18), 1.0, 5),
    Applicant("23077", (5, 7, 12), 0.7, 3),
    Applicant("SW-RIV", (5, 9, 13, 15, 17), 0.95, 6),
    Applicant("SW-NRD", (5, 14, 15, 20), 0.75, 5),
)

# Governments that get support without commitments of their own, with their sessions per year.
SUPPORTED = (
    ("12021", 3),
    ("12009", 2),
    ("12026", 1),
    ("12029", 1),
    ("12014", 2),
    ("12005", 2),
    ("12035", 2),
    ("12007", 1),
    ("23025", 3),
    ("23050", 1),
    ("23060", 2),
    ("23096", 2),
)
