"""Labels for kinds of governments and organisations, and the muted line under their names."""

from __future__ import annotations

from samenleven_desktop.domain.errors import N_
from samenleven_desktop.domain.government import Followed
from samenleven_desktop.domain.organisation import OrganisationKind
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import GovernmentLine

GOVERNMENT_KINDS = {
    "municipality": N_("municipality"),
    "brussels_municipality": N_("Brussels municipality"),
    "vgc": N_("VGC"),
    "rand": N_("vzw de Rand"),
    "partnership": N_("partnership"),
    "organisation": N_("organisation"),
}
ORGANISATION_KINDS = {
    OrganisationKind.ASSOCIATION: N_("Non-profit association"),
    OrganisationKind.PUBLIC: N_("Public service"),
    OrganisationKind.EDUCATION: N_("Education"),
    OrganisationKind.CARE: N_("Welfare and care"),
    OrganisationKind.NETWORK: N_("Network or umbrella"),
    OrganisationKind.COMPANY: N_("Company"),
    OrganisationKind.OTHER: N_("Other"),
}


def government_remark(language: Language, line: GovernmentLine) -> str:
    """Returns the muted line under a name: the kind of government, or its partnership."""
    if line.served_count is not None:
        return language.plural("organisation · {n} government", "organisation · {n} governments", line.served_count)
    if line.member_count is not None:
        return language.plural("partnership · {n} member", "partnership · {n} members", line.member_count)
    if line.partnership:
        return language.text("in {partnership}", partnership=line.partnership)
    return language.text("NIS {code}", code=line.code) if line.code.isdigit() else line.code


def followed_words(language: Language, found: Followed) -> str:
    """4 governments and 1 organisation; what there are none of is left out, but for governments without either."""
    parts = []
    if found.governments or not found.organisations:
        parts.append(language.plural("{n} government", "{n} governments", found.governments))
    if found.organisations:
        parts.append(language.plural("{n} organisation", "{n} organisations", found.organisations))
    return language.listing(parts)


def followed_noun(language: Language, found: Followed) -> str:
    """The noun beside a number of them: governments or organisations; of both it counts the dossiers."""
    if not found.organisations:
        return language.text("government") if found.governments == 1 else language.text("governments")
    if not found.governments:
        return language.text("organisation") if found.organisations == 1 else language.text("organisations")
    return language.text("dossiers")
