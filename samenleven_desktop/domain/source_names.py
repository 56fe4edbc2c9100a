"""Names a source for people: who published a page and what it is about, from the address in a plan."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Hosts of the pages that the shipped plans name, and of those below them.
_PUBLISHERS = {
    "vlaanderen.be": "Vlaamse overheid",
    "lokaalbestuur.vlaanderen.be": "Agentschap Binnenlands Bestuur",
    "integratiebeleid.vlaanderen.be": "Vlaams integratiebeleid",
    "agii.vlaanderen": "Agentschap Integratie en Inburgering",
    "integratie-inburgering.be": "Agentschap Integratie en Inburgering",
    "inter.vlaanderen": "Inter",
    "vvsg.be": "VVSG",
    "ideaconsult.be": "IDEA Consult",
    "lokaalsportbeleid.be": "Netwerk Lokaal Sportbeleid",
    "provincies.incijfers.be": "Provincies in Cijfers",
    "statbel.fgov.be": "Statbel",
    "vrt.be": "VRT NWS",
    "hln.be": "Het Laatste Nieuws",
    "brusselstimes.com": "The Brussels Times",
}
_ADDRESS = re.compile(r"https?://([^/\s]+)(\S*)(.*)", re.DOTALL)
# Parts of addresses that are the same for every page.
_SAY_NOTHING = ("node", "nl", "index", "home")
_MENTION = re.compile(r"(\bbron )([A-Z][A-Z0-9-]*[A-Z0-9])\b")
_WORD = re.compile(r"[^\W\d_]{2,}")


def source_name(source: str) -> str:
    """Returns the publisher and the subject of a page; a source that is no address is returned as it is written."""
    found = _ADDRESS.fullmatch(source.strip())
    if found is None:
        return source
    host = found[1].lower().rstrip(".").removeprefix("www.")
    parts = host.split(".")
    above = (".".join(parts[at:]) for at in range(len(parts)))
    publisher = next((_PUBLISHERS[one] for one in above if one in _PUBLISHERS), host)
    subject = _subject(found[2])
    return f"{publisher}: {subject}" if subject else publisher


def _subject(path: str) -> str:
    """Returns the words in the last part of a path that has any."""
    for part in reversed(re.split(r"[?#]", path)[0].split("/")):
        words = part.rsplit(".", 1)[0] if re.search(r"\.\w{2,5}$", part) else part
        if _WORD.search(words) and words not in _SAY_NOTHING:
            return " ".join(re.split(r"[-_+]+|%20", words)).strip()
    return ""


def with_source_names(words: str, pages: Mapping[str, str]) -> str:
    """Returns a text of a plan with the names of the sources that it mentions by their key ("bron ZOMER")."""
    return _MENTION.sub(
        lambda found: f"{found[1]}{source_name(pages[found[2]])}" if found[2] in pages else found[0], words
    )
