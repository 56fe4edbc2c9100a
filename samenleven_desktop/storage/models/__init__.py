"""The tables of the work file, one module per subject."""

from samenleven_desktop.storage.models.base import Base, Tracked, table_of
from samenleven_desktop.storage.models.content import (
    AttachmentContentRow,
    AttachmentRow,
    ContactRow,
    ExampleRow,
    MentorRow,
    SavedFilterRow,
    SearchRow,
    SessionContactRow,
    SessionOfficerRow,
)
from samenleven_desktop.storage.models.exchange import (
    ColleagueRow,
    ConflictRow,
    IdentityRow,
    PackLogRow,
    PeerKnownRow,
    RedactionRow,
    TeamNumbersRow,
    WaitingRow,
)
from samenleven_desktop.storage.models.log import Change, ChangeScope, CommandLog, Draft, Erasure, Meta
from samenleven_desktop.storage.models.reference import (
    ActionRow,
    GovernmentRow,
    OriginFigureRow,
    PlanRow,
    ProjectYearRow,
    TargetRow,
)
from samenleven_desktop.storage.models.stimuli import CallBudgetRow, SeenOutcomeRow, StimulusRow, StimulusTextRow
from samenleven_desktop.storage.models.work import (
    AssignmentRow,
    CommitmentRow,
    FollowUpRow,
    InstrumentRow,
    KpiEntryRow,
    OfferRow,
    OfferUseRow,
    OfficerRow,
    OfficialFigureRow,
    OrganisationServiceRow,
    PartnershipMemberRow,
    SessionActionRow,
    SessionGovernmentRow,
    SessionOfferRow,
    SupportSessionRow,
    SupportTrackRow,
)

TRACKED: dict[str, type[Tracked]] = {
    table_of(mapper.class_).name: mapper.class_
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
    if issubclass(mapper.class_, Tracked)
}

__all__ = [
    "TRACKED",
    "ActionRow",
    "AssignmentRow",
    "AttachmentContentRow",
    "AttachmentRow",
    "Base",
    "CallBudgetRow",
    "Change",
    "ChangeScope",
    "ColleagueRow",
    "CommandLog",
    "CommitmentRow",
    "ConflictRow",
    "ContactRow",
    "Draft",
    "Erasure",
    "ExampleRow",
    "FollowUpRow",
    "GovernmentRow",
    "IdentityRow",
    "InstrumentRow",
    "KpiEntryRow",
    "MentorRow",
    "Meta",
    "OfferRow",
    "OfferUseRow",
    "OfficerRow",
    "OfficialFigureRow",
    "OrganisationServiceRow",
    "OriginFigureRow",
    "PackLogRow",
    "PartnershipMemberRow",
    "PeerKnownRow",
    "PlanRow",
    "ProjectYearRow",
    "RedactionRow",
    "SavedFilterRow",
    "SearchRow",
    "SeenOutcomeRow",
    "SessionActionRow",
    "SessionContactRow",
    "SessionGovernmentRow",
    "SessionOfferRow",
    "SessionOfficerRow",
    "StimulusRow",
    "StimulusTextRow",
    "SupportSessionRow",
    "SupportTrackRow",
    "TargetRow",
    "TeamNumbersRow",
    "Tracked",
    "WaitingRow",
    "table_of",
]
