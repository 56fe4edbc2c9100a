"""Texts for property tests: all of Unicode, with the characters that go wrong in files weighted."""

from __future__ import annotations

from hypothesis import strategies as st

# No-break spaces, line ends, direction and invisible characters, noncharacters, control characters, halves of
# surrogate pairs, combining accents, letters no font has, emoji, formulas, markup.
TROUBLE = (
    *"\u00a0\u202f\u2007\u3000\u2003\u200b\u200d\ufeff\u00ad\u2060",
    *"\r\n\t\v\f\x1c\x1e\x85\u2028\u2029",
    *"\u200e\u200f\u061c\u202a\u202d\u202e\u202c\u2066\u2069\x9b\x9d\x1b\x07\x00\x7f",
    *"\ufffe\uffff\ufdd0\U0001ffff\ud800\udfff\ufffd\ue000",
    *"\u0301\u0308\u0327\u1100\uac00\ufb01\u0133\u00df\u0131\u0142\u00f8\u2011\u2019",
    *"😀🙂👍\U0001f1e7\U0001f1ea\u05d0\u0645\u0660\u4e2d\U00020000",
    *"=+-@'\"<>&;,%\\/:{}[]",
    "_x0041_",
    "]]>",
    "\r\n",
    "\x1b[31m",
)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(TROUBLE), st.text(st.characters(exclude_categories=()), max_size=4), st.sampled_from("ab 12")
    ),
    max_size=24,
).map("".join)
