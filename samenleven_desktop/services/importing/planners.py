"""The planner of each kind of imported rows."""

from __future__ import annotations

from samenleven_desktop.services.importing.catalogue_planners import Examples, Mentors, Partnerships
from samenleven_desktop.services.importing.contact_planner import Contacts
from samenleven_desktop.services.importing.instrument_planner import Instruments
from samenleven_desktop.services.importing.organisation_planners import Organisations, Services
from samenleven_desktop.services.importing.planner_base import Planner
from samenleven_desktop.services.importing.support_planners import Agreements, Stimuli, Tracks
from samenleven_desktop.services.importing.work_planners import Commitments, Entries, Figures, Offers, Sessions, Uses

PLANNERS: dict[str, type[Planner]] = {
    "entries": Entries,
    "commitments": Commitments,
    "offers": Offers,
    "uses": Uses,
    "sessions": Sessions,
    "contacts": Contacts,
    "figures": Figures,
    "follow-ups": Agreements,
    "tracks": Tracks,
    "stimuli": Stimuli,
    "partnerships": Partnerships,
    "organisations": Organisations,
    "services": Services,
    "mentors": Mentors,
    "examples": Examples,
    "instruments": Instruments,
}
