"""Search finds each word as it is written, in plain letters and decomposed, in every script."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.comparison import fold, tokens
from samenleven_desktop.readmodels.core import Party
from samenleven_desktop.readmodels.search import snippet
from samenleven_desktop.services.core.search import search
from samenleven_desktop.services.governments.queries import government_by_code
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement
from samenleven_desktop.services.workfile.workspace import Workspace, create_workspace
from samenleven_desktop.storage.keys import KeyCost
from samenleven_desktop.storage.queries.search import search as stored
from samenleven_desktop.storage.view import View

TODAY = date(2024, 3, 11)

# Per script some words; a text is a choice of them with a rare word of its own.
SCRIPTS = {
    "latin": "Großmann Yıldız Łukasz Søren Ðorđe Æbleskiver cœur ĳsberg ﬁnanciering efﬁciënt m² H₂O 5½ №7 ﬀ Þór Ŋaŋa",
    "vietnamese": "Nguyễn Thị Hồng Đặng Phượng giảng viên Bùi Trần Quỳnh",
    "marks": "inte­gratie sam​en ge\ufffemeente co‑coach D’Hondt ‘t Kunste\u200dnaar naïef\ufeff re\u2060ne",
    "greek": "Ἀθήνα Γιώργος Παπαδόπουλος ᾳδης ΣΊΣΥΦΟΣ άνθρωπος",
    "cyrillic": "Сергей Йовович Її Київ ёлка Ґанок Ўладзімір мој Ѓорѓи",
    "arabic": "أحمد مُحَمَّد آمنة إبراهيم مـــرحبا السَّلام ٠١٢٣ ﷺ",
    "hebrew": "שָׁלוֹם ירושלים צה״ל רח׳ בֵּית",
    "korean": "김민준 서울특별시 한국어 ㈜회사",
    "japanese": "東京都 がんばる カタカナ ﾊﾝｶｸ ㍿",
    "chinese": "北京 會議 社区工作 你好",
    "devanagari": "हिन्दी नमस्ते क़लम ज़मीन ४५",
    "georgian, armenian, thai, amharic": "საქართველო Երևան և ภาษาไทย น้ำ አማርኛ தமிழ் বাংলা ਪੰਜਾਬੀ ᏣᎳᎩ",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    place: Path = tmp_path_factory.mktemp("scripts") / "w.db"
    opened = create_workspace(place, "een lange zin", Runtime(day=TODAY), KeyCost(1, 8, 1))
    yield opened
    opened.close()


def texts() -> list[str]:
    chosen = random.Random(22)
    scripts = [words.split() for words in SCRIPTS.values()]
    return [
        f"{' '.join(chosen.sample(words, min(3, len(words))))} code{number:03}"
        for number in range(504)
        for words in [scripts[number % len(scripts)]]
    ]


# What people type for letters that Unicode does not take apart.
_TYPED = {
    "ł": "l", "ø": "o", "ð": "d", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n",
    "Ł": "L", "Ø": "O", "Ð": "D", "Đ": "D", "Æ": "AE", "Œ": "OE", "Þ": "Th", "Ŋ": "N", "’": "'", "‘": "'", "‑": "-",
}  # fmt: skip


def plain(word: str) -> str:
    """The word in plain letters, made without the folding of the program; Hangul and kana stay whole syllables."""
    apart = word.replace("½", " 1/2") if "½" in word else unicodedata.normalize("NFKD", word)
    kept = "".join(
        _TYPED.get(sign, sign)
        for sign in apart
        if unicodedata.category(sign) not in ("Mn", "Cf", "Cn") or "\u0900" <= sign <= "\u0fff"
    )
    return unicodedata.normalize("NFC", kept)


def spellings(word: str) -> set[str]:
    """A word as written, composed, decomposed, in plain letters, and as a PDF may have it."""
    # A fraction is taken apart into another number (51/2 for 5½).
    compatible = ("NFKC", "NFKD") if "½" not in word else ()
    forms = {unicodedata.normalize(form, word) for form in ("NFC", "NFD", *compatible)}
    return {
        word,
        *forms,
        fold(word),
        plain(word),
        "\u00ad".join(word),
        f"\u202a{word}\u202c",
    }


@pytest.mark.slow
def test_five_hundred_texts_in_twelve_scripts_are_found_by_each_word(workspace: Workspace) -> None:
    government = workspace.query(government_by_code, "12025").id
    written = {workspace.run(AddAgreement(government, Party.COACH, text)).result: text for text in texts()}
    missed = []
    with workspace.store.read() as connection:
        for record, text in written.items():
            *words, code = text.split()
            for word in words:
                for spelling in spellings(word):
                    hits = {one.record_id for one in stored(View(connection), f"{spelling} {code}", 5)}
                    if hits != {record}:
                        missed.append((spelling, ascii(spelling), text))
    assert len(written) == 504
    assert missed == []


def test_the_words_of_the_cases_are_found(workspace: Workspace) -> None:
    government = workspace.query(government_by_code, "12025").id
    pairs = [
        ("Greta Großmann", "Grossmann"), ("Elif Yıldız", "Yildiz"), ("Łukasz Nowak", "Lukasz"), ("Søren B", "Soren"),
        ("Сергей Йовович", "Йовович"), ("zaal van 25 m² groot", "m²"), ("De ﬁnanciering loopt", "financiering"),
        ("inte\u00adgratie loopt", "integratie"), ("gemeen\ufffeschap", "gemeenschap"), ("Ĳzeren brug", "ijzer"),
        ("5½ uur", "5 1/2"), ("D’Hondt", "d'hondt"), ("東京都庁", "都庁"), ("van 2\u00a0000 euro", "2 000"),
    ]  # fmt: skip
    for number, (text, question) in enumerate(pairs):
        workspace.run(AddAgreement(government, Party.COACH, f"zaak{number} {text}"))
        assert workspace.query(search, f"zaak{number} {question}"), question


def test_a_word_stays_a_word_in_the_index_and_the_question() -> None:
    for text in ("a_b-c", "x" * 50, "Tab\tNieuwe\nregel", "één\x02woord", "één_woord", "5½", json.dumps("é")):
        assert tokens(text) == tokens(f" {text} ") == [one for part in text.split() for one in tokens(part)]


def test_a_snippet_shows_the_original_around_the_word() -> None:
    text = "woord " * 30 + "met Elif Yıldız en de ﬁnanciering " + "woord " * 30
    assert "Yıldız" in snippet(text, tokens("yildiz"))
    assert "ﬁnanciering" in snippet(text, tokens("financ"))
