"""Reports say what `samenleven kpi` and the queries say, for the same government, period and day."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from samenleven_desktop.__main__ import main
from samenleven_desktop.domain.clock import Runtime
from samenleven_desktop.domain.errors import UserError
from samenleven_desktop.domain.kpi import EntryKind
from samenleven_desktop.i18n.language import Language
from samenleven_desktop.readmodels.core import Party, SessionMode
from samenleven_desktop.reports.pdf_text import pdf_text
from samenleven_desktop.services.governments import queries as governments
from samenleven_desktop.services.kpi import queries as kpi
from samenleven_desktop.services.reports import queries as reports
from samenleven_desktop.services.reports.kinds import report_file
from samenleven_desktop.services.reports.request import ReportRequest
from samenleven_desktop.services.sessions import queries as support
from samenleven_desktop.services.sessions.commands import NewAgreement, NewKpiEntry, RegisterSession, SessionContent
from samenleven_desktop.services.sessions.entry_and_agreement_commands import AddAgreement, CompleteAgreement
from samenleven_desktop.services.workfile.workspace import Workspace, open_workspace
from tests.builders import CODES, TODAY, WorkFile, action_ids
from tests.raw import RawFile

YEAR_2 = date(2023, 10, 1), date(2024, 9, 30)
NUMBERS = ("existing_reach", "requested", "confirmed", "interim_reached", "final_reached", "reached_to_date")


@pytest.fixture
def workspace(work_file: WorkFile) -> Iterator[Workspace]:
    opened = open_workspace(work_file.path, Runtime(day=TODAY), work_file.passphrase)
    yield opened
    opened.close()


def id_of(workspace: Workspace, code: str) -> str:
    return workspace.query(governments.government_by_code, code).id


def coaching_pdf(
    workspace: Workspace, government: str, first: date, last: date, language: Language, personal: bool = True
) -> bytes:
    return report_file(workspace, ReportRequest("coaching", (government,), None, (first, last), personal), language)


def session_pdf(workspace: Workspace, session: str, language: Language) -> bytes:
    return report_file(workspace, ReportRequest("session", session_id=session), language)


def words_of(pdf: bytes) -> str:
    """The text as a reader gets it, without the line breaks inside cells."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def tight(text: str) -> str:
    """Without any space: a narrow cell may break a number over two lines."""
    return "".join(text.split())


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("last", [date(2023, 12, 31), TODAY, date(2024, 9, 30)])
def test_the_commitments_are_those_of_kpi_on_the_last_day(
    workspace: Workspace, work_file: WorkFile, capsys: pytest.CaptureFixture[str], code: str, last: date
) -> None:
    data = workspace.query(reports.coaching_data, id_of(workspace, code), YEAR_2[0], last)
    assert data.last == min(last, TODAY)
    workspace.close()
    words = ["kpi", "--store", str(work_file.path), "--year", "2", "--government", code, "--json"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMENLEVEN_PASSPHRASE", work_file.passphrase)
        assert main([*words, "--today", data.last.isoformat()]) == 0
    told = {line["id"]: line for line in json.loads(capsys.readouterr().out)["commitments"]}
    assert {line.id for line in data.commitments} == told.keys()
    for line in data.commitments:
        for name in (*NUMBERS, "expected_today", "state", "amount_cents"):
            assert getattr(line, name) == told[line.id][name]
    assert data.money.granted_cents == sum(line["amount_cents"] or 0 for line in told.values())
    assert data.money.own_cents == data.money.granted_cents
    assert data.money.advance_cents + data.money.balance_cents == data.money.granted_cents


def test_sessions_minutes_and_months_are_those_of_the_rows(workspace: Workspace, work_file: WorkFile) -> None:
    raw = RawFile.read(work_file)
    government = id_of(workspace, "12025")
    links = {row["session_id"] for row in raw.tables["session_government"] if row["government_id"] == government}
    rows = [
        row
        for row in raw.tables["support_session"]
        if row["id"] in links and "2023-10-01" <= row["day"] <= TODAY.isoformat()
    ]
    data = workspace.query(reports.coaching_data, government, *YEAR_2)
    assert {line.id for line in data.sessions} == {row["id"] for row in rows}
    assert data.session_minutes == sum(row["end_minute"] - row["start_minute"] for row in rows)
    assert [month for month, _ in data.months] == [date(2023, 10, 1), date(2023, 11, 1), date(2023, 12, 1)] + [
        date(2024, month, 1) for month in (1, 2, 3)
    ]
    for month, count in data.months:
        assert count == sum(row["day"].startswith(f"{month:%Y-%m}") for row in rows)
    uses = [row for row in raw.tables["offer_use"] if row["start"] <= TODAY.isoformat()]
    assert data.money.paid_offers_cents == sum(row["price_cents"] or 0 for row in uses) == 1_330_050
    assert data.money.paid_from_subsidy_cents == 1_250_050


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pdf_holds_every_number_with_period_filter_and_source(workspace: Workspace, language: str) -> None:
    speech = Language(language)
    government = id_of(workspace, "12025")
    pdf = coaching_pdf(workspace, government, *YEAR_2, speech)
    words = words_of(pdf)
    for line in workspace.query(kpi.list_commitments, 2, [government]):
        for name in (*NUMBERS, "expected_today"):
            value = getattr(line, name)
            assert value is None or speech.number(value) in words, (line.target_code, name)
        assert line.amount_cents is None or tight(speech.money(line.amount_cents)) in tight(words)
    for part in ("Mechelen", "12025", speech.day(YEAR_2[0]), speech.day(TODAY)):
        assert part in words
    assert "€ 12.500,50".replace(" ", "") in tight(words) or language == "en"


def test_our_own_reader_reads_what_another_reader_reads(workspace: Workspace) -> None:
    pdf = coaching_pdf(workspace, id_of(workspace, "12025"), *YEAR_2, Language("nl"))
    assert sorted(tight(pdf_text(pdf))) == sorted(tight(words_of(pdf)))


def test_a_practice_file_is_marked_on_every_page(practice_file: WorkFile) -> None:
    opened = open_workspace(practice_file.path, Runtime(), practice_file.passphrase)
    try:
        government = id_of(opened, "12025")
        coaching = coaching_pdf(opened, government, *YEAR_2, Language("en"))
        newest = opened.query(support.list_sessions)[0].id
        session = session_pdf(opened, newest, Language("en"))
        real = opened.query(lambda reading: replace(reading, practice=False))
        assert real.practice is False
    finally:
        opened.close()
    for pdf in (coaching, session):
        for page in PdfReader(io.BytesIO(pdf)).pages:
            assert "Practice file, invented figures" in page.extract_text()


def test_a_work_file_is_not_marked(workspace: Workspace) -> None:
    pdf = coaching_pdf(workspace, id_of(workspace, "12025"), *YEAR_2, Language("en"))
    assert "invented" not in words_of(pdf)


def test_agreements_stand_as_on_the_last_day(workspace: Workspace) -> None:
    government = id_of(workspace, "12009")
    kept = workspace.run(AddAgreement(government, Party.COACH, "later klaar", date(2023, 11, 1))).result
    workspace.run(CompleteAgreement(kept, date(2024, 2, 1)))
    earlier = workspace.run(AddAgreement(government, Party.COACH, "lang klaar", date(2022, 11, 1))).result
    workspace.run(CompleteAgreement(earlier, date(2022, 11, 2)))
    workspace.run(_session_on(TODAY, government, "na de periode"))
    before = workspace.query(reports.coaching_data, government, YEAR_2[0], date(2023, 12, 31))
    found = {line.what: line for line in before.agreements}
    assert found["later klaar"].done_on is None
    assert found["later klaar"].late
    assert "lang klaar" not in found
    assert "na de periode" not in found
    now = {line.what: line for line in workspace.query(reports.coaching_data, government, *YEAR_2).agreements}
    assert now["later klaar"].done_on == date(2024, 2, 1)
    assert "na de periode" in now


def _session_on(day: date, government: str, what: str) -> RegisterSession:
    content = SessionContent(day, 540, 600, SessionMode.ONLINE, (government,))
    return RegisterSession(content, (NewAgreement(Party.PARTNER, what),))


def test_without_personal_data_no_typed_word_is_left(workspace: Workspace) -> None:
    government = id_of(workspace, "12025")
    with_words = words_of(coaching_pdf(workspace, government, *YEAR_2, Language("nl")))
    without = words_of(coaching_pdf(workspace, government, *YEAR_2, Language("nl"), personal=False))
    for word in ("coördinator", "praattafels", "opvragen", "stuurgroep"):
        assert word in with_words
        assert word not in without


def test_the_session_report_holds_its_words_agreements_and_entries(workspace: Workspace) -> None:
    government = id_of(workspace, "12025")
    commitment = next(
        line for line in workspace.query(kpi.list_commitments, 2, [government]) if line.target_code == "A5"
    )
    content = SessionContent(
        TODAY, 810, 900, SessionMode.VISIT, (government,), "Een <b>verslag</b> & meer", action_ids=action_ids(5)
    )
    session = workspace.run(
        RegisterSession(
            content,
            (NewAgreement(Party.GOVERNMENT, "zaal vastleggen", date(2024, 4, 2)),),
            (NewKpiEntry(commitment.id, EntryKind.INCREMENT, 47),),
        )
    ).result
    data = workspace.query(reports.session_data, session)
    assert [(entry.units, entry.action_number) for entry in data.entries] == [(47, 5)]
    assert data.action_titles == (commitment.action_title,)
    words = words_of(session_pdf(workspace, session, Language("nl")))
    for part in ("Een <b>verslag</b> & meer", "zaal vastleggen", "47", "Mechelen", "13:30", "11 maart 2024"):
        assert part in words


def test_what_is_not_there_is_said(workspace: Workspace) -> None:
    with pytest.raises(UserError):
        workspace.query(reports.session_data, "nergens")
    with pytest.raises(UserError):
        workspace.query(reports.coaching_data, "nergens", *YEAR_2)
    with pytest.raises(UserError):
        workspace.query(reports.coaching_data, id_of(workspace, "12025"), YEAR_2[1], YEAR_2[0])


def test_an_earlier_year_is_judged_on_its_own_last_day(workspace: Workspace) -> None:
    data = workspace.query(
        reports.coaching_data, id_of(workspace, "12025"), date(2022, 10, 1), date(2023, 9, 30), year=1
    )
    assert (data.year_label, data.last) == (workspace.plan.years[0].label, date(2023, 9, 30))
    assert all(line.expected_today == line.confirmed for line in data.commitments)
    late = workspace.query(reports.coaching_data, id_of(workspace, "12025"), date(2023, 1, 1), date(2023, 12, 31))
    assert late.year_label == workspace.plan.years[1].label, "the year in which the period ends"


def test_a_template_is_never_touched(work_file_template: WorkFile) -> None:
    assert not Path(f"{work_file_template.path}-wal").exists()
