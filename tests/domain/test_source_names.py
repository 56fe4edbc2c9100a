"""Sources are named for people: who published a page and what it is about, never the key that a plan has for it."""

from __future__ import annotations

import pytest

from samenleven_desktop.domain.source_names import source_name, with_source_names


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (
            "https://www.vlaanderen.be/plan-samenleven/doelstellingen-en-acties/werk/actie-9-begeleiding-kansengroepen",
            "Vlaamse overheid: actie 9 begeleiding kansengroepen",
        ),
        ("http://cdn.vlaanderen.be/plan-samenleven/cijfers", "Vlaamse overheid: cijfers"),
        ("https://vlaanderen.be./plan-samenleven/actie-21", "Vlaamse overheid: actie 21"),
        ("https://lokaalbestuur.vlaanderen.be./node/16836", "Agentschap Binnenlands Bestuur"),
        (
            "https://www.vvsg.be/nieuws/vraag-je-zomerschool-aan-voor-31-mei",
            "VVSG: vraag je zomerschool aan voor 31 mei",
        ),
        ("https://old.lokaalsportbeleid.be/?p=11551&post_type=post", "Netwerk Lokaal Sportbeleid"),
        ("http://2015.agii.vlaanderen/", "Agentschap Integratie en Inburgering"),
        ("https://debrug.example/aanbod.html", "debrug.example: aanbod"),
        ("eigen contact", "eigen contact"),
        ("openbare webpagina, adres niet bewaard", "openbare webpagina, adres niet bewaard"),
    ],
)
def test_a_source_has_a_name(source: str, name: str) -> None:
    assert source_name(source) == name


def test_a_source_that_a_text_mentions_by_its_key_is_named() -> None:
    pages = {"ZOMER": "https://www.vvsg.be/nieuws/zomerschool"}
    words = "45 euro per leerling (afgeleid; bron ZOMER). ZOMER en bron ANDERS blijven."
    assert with_source_names(words, pages) == (
        "45 euro per leerling (afgeleid; bron VVSG: zomerschool). ZOMER en bron ANDERS blijven."
    )
