"""Every way in which a name, number or address is typed and pasted is the same person to an erasure."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from samenleven_desktop.domain.person_pattern import ERASED, SearchPattern

NAMES = (
    "Zoë D'Hondt-Maes", "Łukasz Ørsted", "Elif Yıldız", "Jean-François Lœuil", "Nguyễn Thị Hồng", "Сергей Йовович",
    "Γιώργος Παπαδόπουλος", "Đorđe Šimić", "Björk Þórsdóttir", "An Van den Bossche", "O'Neill", "Karin Großmann",
)  # fmt: skip
ARABIC = ("أحمد الخطيب", "שָׁרָה כהן", "김민준", "王小明")
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c\u2066\u2069\u034f\ufe0f\x00\x07\ufffe"
QUOTES, HYPHENS = "'’‘´`ʼ′＇", "-‐‑‒–—―−"
SPACES = (" ", "\u00a0", "\u202f", "\u2007", "\u2003", "\u3000", "  ", "\t", "\n", "\r\n", "\u2028", "\v")
NUMBERS, PREFIXES = ("0470 12 34 56", "015 29 76 55", "02 274 53 10"), ("0", "+32", "0032", "+32 (0)", "+32(0)")
BETWEEN = ("", " ", ".", "-", "/", "\u00a0", "\u2011", "\u2013", "\u200b", " / ")


@st.composite
def spelled(draw: st.DrawFn, name: str, forms: tuple[str, ...] = ("NFC", "NFD", "NFKC", "NFKD")) -> str:
    """The name with other signs of the same meaning, in another form, and with invisible signs in it."""
    made = []
    for sign in name:
        if sign in QUOTES:
            sign = draw(st.sampled_from(QUOTES))
        elif sign in HYPHENS:
            sign = draw(st.sampled_from(HYPHENS))
        elif sign == " ":
            sign = draw(st.sampled_from(SPACES))
        made.append(sign)
    form = draw(st.sampled_from(forms))
    case = draw(st.sampled_from((str, str.upper, str.lower, str.title, str.casefold)))
    text = list(unicodedata.normalize(form, case("".join(made))))
    for _ in range(draw(st.integers(0, 3))):
        text.insert(draw(st.integers(0, len(text))), draw(st.sampled_from(INVISIBLE)))
    return "".join(text)


@given(st.data(), st.sampled_from((*NAMES, *ARABIC)), st.sampled_from(("Met ", "(", "«", "\u202b", "a, ")))
def test_a_name_in_any_spelling_goes_and_the_rest_stays(data: st.DataObject, name: str, before: str) -> None:
    text = data.draw(spelled(name))
    words = SearchPattern([name])
    left = words.without(f"{before}{text}; daarna")
    assert ERASED in left, ascii(text)
    assert left.startswith(before)
    assert left.endswith("; daarna")
    assert not words.found(left)


@given(st.data(), st.sampled_from(NUMBERS), st.sampled_from(PREFIXES))
def test_a_number_in_any_grouping_goes(data: st.DataObject, number: str, prefix: str) -> None:
    digits = "".join(number.split())[1:]
    parts = [prefix]
    for sign in digits:
        parts += [data.draw(st.sampled_from(BETWEEN)), sign]
    text = "".join(parts)
    left = SearchPattern([number]).without(f"bel {text}, na 14 uur")
    assert left == f"bel {ERASED}, na 14 uur", ascii(text)


@given(st.data(), st.sampled_from(("zoe.dhondt-maes@bestuur.example", "j.o'neill@dienst.example")))
def test_an_address_in_any_spelling_goes(data: st.DataObject, mail: str) -> None:
    text = data.draw(spelled(mail, ("NFC", "NFD")))
    assert SearchPattern([mail]).without(f"mail {text} of bel").count(ERASED) == 1, ascii(text)
