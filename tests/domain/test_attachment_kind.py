"""Which attachments open at once, which after a question, and which never."""

from __future__ import annotations

import pytest

from samenleven_desktop.domain.attachment_kind import OpenRule, open_rule, plain_file_name
from samenleven_desktop.storage.file_writer import offered_file_name


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("rapport.pdf", OpenRule.AT_ONCE),
        ("RAPPORT.PDF", OpenRule.AT_ONCE),
        ("foto.jpeg", OpenRule.AT_ONCE),
        ("rapport.pdf.exe", OpenRule.NEVER),
        ("x.lnk", OpenRule.NEVER),
        ("x.url", OpenRule.NEVER),
        ("x.desktop", OpenRule.NEVER),
        ("cijfers.xlsm", OpenRule.NEVER),
        ("rapport\u202efdp.exe", OpenRule.NEVER),
        ("x.txt:evil.exe", OpenRule.NEVER),
        ("x.exe. . ", OpenRule.NEVER),
        ("x.exe\u200b", OpenRule.NEVER),
        ("x.e\0xe", OpenRule.NEVER),
        ("x.p\u202edf", OpenRule.AT_ONCE),
        ("brief.doc", OpenRule.ASK),
        ("pagina.html", OpenRule.ASK),
        ("archief.zip", OpenRule.ASK),
        ("zonder", OpenRule.ASK),
    ],
)
def test_the_name_of_the_copy_decides(name: str, rule: OpenRule) -> None:
    assert open_rule(offered_file_name(name)) is rule


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("rapport\u202efdp.exe", "rapportfdp.exe"),
        ("x.txt:evil.exe", "x.txt evil.exe"),
        ("a\0b\nc.txt", "ab c.txt"),
        ("verslag é.pdf", "verslag é.pdf"),
    ],
)
def test_a_name_shows_its_real_end(name: str, shown: str) -> None:
    assert plain_file_name(name) == shown
