"""The forms of a session of intensive support, and who keeps an agreement that was made there."""

from __future__ import annotations

from enum import StrEnum


class SessionMode(StrEnum):
    VISIT = "visit"
    ONLINE = "online"
    PHONE = "phone"
    TRAINING = "training"
    INTERVISION = "intervision"
    LEARNING_NETWORK = "learning_network"


class Party(StrEnum):
    """The party responsible for an agreement."""

    GOVERNMENT = "government"
    COACH = "coach"
    PARTNER = "partner"
