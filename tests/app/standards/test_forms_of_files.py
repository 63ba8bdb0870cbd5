"""Dates, numbers, languages, class symbols and names: what stands in files, and the form it takes."""

from __future__ import annotations

import pytest

from app.domain.record import NamedParty, RecordKind, Right
from app.standards.encodings import encoding
from app.standards.fields import forms, marks, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.source import Notes


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("20050106", "2005-01-06"),
        ("2005-01-06", "2005-01-06"),
        ("2009-12-01-05:00", "2009-12-01"),
        ("1995-02-07Z", "1995-02-07"),
        ("2020-08-07T08:04:16", "2020-08-07"),
        ("2005/01/06", "2005-01-06"),
        ("06.01.2005", "2005-01-06"),
        ("6/1/2005", "2005-01-06"),
        ("2020-02-29", "2020-02-29"),
        ("", ""),
        ("00000000", ""),
        ("0000-00-00", ""),
        ("0001-01-01", ""),
        ("0", ""),
        ("00.00.0000", ""),
        ("19960100", None),
        ("20230229", None),
        ("2010-04", None),
        ("18000132", None),
        ("soon", None),
        ("29991231", None),
        ("99999999", None),
        ("2005010", None),
    ],
)
def test_days(raw: str, day: str | None) -> None:
    assert forms.day(raw) == day


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("06859910", "6859910"),
        ("D0435854", "D435854"),
        ("PP012345", "PP12345"),
        ("RE039123", "RE39123"),
        ("H0001234", "H1234"),
        ("20050004437", "20050004437"),
        ("0610335", "610335"),
        ("0000002", "2"),
        ("018222197", "18222197"),
        ("001063010-0001", "1063010-0001"),
        ("0000000000", ""),
        ("0", ""),
        ("", ""),
        ("E17341", "E17341"),
        ("U/29/0001", "U/29/0001"),
        ("1 325 900", "1 325 900"),
        ("P/29/0001", "P/29/0001"),
    ],
)
def test_numbers_lose_their_padding(raw: str, number: str) -> None:
    assert forms.unpadded(raw) == number


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("17171508.9", "17171508"),
        ("01963450.0", "01963450"),
        ("01300267", "01300267"),
        ("0", ""),
        ("PCT/EP1", "PCT/EP1"),
    ],
)
def test_european_applications_lose_their_check_digit(raw: str, number: str) -> None:
    assert forms.ep_application(raw) == number


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("EN", "en"),
        ("en-GB", "en"),
        ("pt_BR", "pt"),
        ("ger", "de"),
        ("", "und"),
        (None, "und"),
        ("xx", "und"),
        ("english", "und"),
        ("12", "und"),
    ],
)
def test_languages(raw: str | None, language: str) -> None:
    assert forms.language(raw) == language


@pytest.mark.parametrize(
    ("raw", "office"), [("us", "US"), ("omitted", ""), ("", ""), (None, ""), ("D1", ""), ("EP ", "EP")]
)
def test_offices(raw: str | None, office: str) -> None:
    assert forms.office(raw) == office


@pytest.mark.parametrize(
    ("raw", "symbol"),
    [
        ("G06F 15/16", "G06F 15/16"),
        ("G06F 1516", "G06F 15/16"),
        ("G06F015/16", "G06F 15/16"),
        ("B60C  15/00        20060101A I20051008RMEP        ", "B60C 15/00"),
        (" 7C 07C  29/44   A", "C07C 29/44"),
        ("2A 01N  43/08   -", "A01N 43/08"),
        ("H04M 1100", "H04M 11/00"),
        ("B60R  900", "B60R 9/00"),
        ("A61K 31495", "A61K 31/495"),
        ("C07D40112", "C07D 401/12"),
        ("B65D0085/00", "B65D 85/00"),
        ("A63B", "A63B"),
        ("C12R 1:01", "C12R 1:01"),
        ("a61k 31/5383", "A61K 31/5383"),
        ("Y02A 20/00", "Y02A 20/00"),
        ("H01L 2924/3512", "H01L 2924/3512"),
        ("B60R 900", "B60R 9/00"),
        ("", ""),
        ("None", ""),
        ("709/202", ""),
        ("Z99Z 1/00", ""),
    ],
)
def test_ipc_symbols(raw: str, symbol: str) -> None:
    assert symbols.ipc(raw) == symbol


@pytest.mark.parametrize(
    ("raw", "symbol"),
    [
        ("12.11", "12-11"),
        ("1211", "12-11"),
        ("0101", "01-01"),
        ("7-2", "07-02"),
        ("CL12-11", "12-11"),
        ("14", "14"),
        ("0000", ""),
        ("99-01", ""),
        ("99-00", "99-00"),
        ("x", ""),
        ("", ""),
    ],
)
def test_locarno_symbols(raw: str, symbol: str) -> None:
    assert symbols.locarno(raw) == symbol


@pytest.mark.parametrize(
    ("raw", "symbol"),
    [
        ("010102", "01.01.02"),
        ("1.1.2", "01.01.02"),
        ("26.04.05", "26.04.05"),
        ("27.05", "27.05"),
        ("30.01.01", ""),
        ("0", ""),
        ("", ""),
    ],
)
def test_vienna_symbols(raw: str, symbol: str) -> None:
    assert symbols.vienna(raw) == symbol


@pytest.mark.parametrize(
    ("raw", "klass"), [("009", 9), ("45", 45), ("IC 42", 42), ("46", None), ("0", None), ("A", None)]
)
def test_nice_classes(raw: str, klass: int | None) -> None:
    assert symbols.nice(raw) == klass


@pytest.mark.parametrize(
    ("raw", "symbol"),
    [
        ("709202", "709/202"),
        (" 24 305 S", "24/30.5S"),
        ("D14480", "D14/480"),
        ("360 9701", "360/97.01"),
        ("179 90K", "179/90K"),
        ("  2 16", "2/16"),
        ("2063081", "206/308.1"),
        ("4241581", "424/158.1"),
        ("224 4207", "224/42.07"),
        ("340172.5", "340/172.5"),
        ("D10  9", "D10/9"),
        ("002227000", "2/227"),
        ("340  5", "340/5"),
        ("None", ""),
        ("", ""),
        ("709/202", "709/202"),
    ],
)
def test_us_classes_from_columns(raw: str, symbol: str) -> None:
    assert symbols.uspc(raw) == symbol


@pytest.mark.parametrize(
    ("feature", "code", "kind"),
    [
        ("Word", "", "word"),
        ("Figurative", "", "figurative"),
        ("3D shape", "", "three_dimensional"),
        ("3-D", "", "three_dimensional"),
        ("Three dimensional", "", "three_dimensional"),
        ("Sound", "", "sound"),
        ("TYPESET WORD(S) /LETTER(S) /NUMBER(S)", "1", "word"),
        ("STANDARD CHARACTER MARK", "4", "word"),
        ("", "3", "combined"),
        ("", "2", "figurative"),
        ("Wort-Bildmarke", "", "combined"),
        ("Scent", "", "other"),
        ("Multimedia", "", "multimedia"),
        ("", "", ""),
        ("Colour per se", "", "colour"),
        ("Stylized characters", "", "figurative"),
    ],
)
def test_kinds_of_marks(feature: str, code: str, kind: str) -> None:
    assert marks.kind(feature, code) == kind


def test_one_party_in_several_spellings_is_one_entry() -> None:
    found = parties.merged(
        [
            NamedParty("MÜLLER & CO. KG", role="applicant"),
            NamedParty("Müller & Co KG", "DE", "Köln", "assignee"),
            NamedParty("", "DE"),
            NamedParty("Other", "FR"),
        ]
    )
    assert found == (NamedParty("MÜLLER & CO. KG", "DE", "Köln", "applicant"), NamedParty("Other", "FR"))


def test_namesakes_of_two_places_are_two_people() -> None:
    found = parties.merged_people(
        [
            NamedParty("Kim, Min", "KR", "Seoul"),
            NamedParty("KIM, MIN", "KR", "Busan"),
            NamedParty("Kim, Min"),
        ]
    )
    assert [p.city for p in found] == ["Seoul", "Busan"]


@pytest.mark.parametrize(
    ("text", "lives"),
    [
        ("1.-20. (canceled)", False),
        ("1-3. (Cancelled)", False),
        ("Claims 1 to 4 (canceled)", False),
        ("7. (deleted)", False),
        ("(gestrichen)", False),
        ("2. (supprimée)", False),
        ("5. (not entered)", False),
        ("4. (withdrawn) A pump.", True),
        ("1. A method in which a cancelled ticket is read.", True),
        ("cancelling machine", True),
        ("1. Stamp (cancelled)", True),
        ("", False),
    ],
)
def test_cancelled_claims_are_not_counted(text: str, lives: bool) -> None:
    draft = Draft(Right.PATENT, RecordKind.PUBLICATION, Notes(), "test")
    draft.claims({"en": [text]})
    assert bool(draft.finish().claims) is lives


def test_impossible_dates_are_absent_noted_and_kept() -> None:
    notes = Notes()
    draft = Draft(Right.PATENT, RecordKind.PUBLICATION, notes, "test")
    draft.date("filing_date", "19960100")
    draft.date("publication_date", "00000000")
    record = draft.finish()
    assert (record.filing_date, record.publication_date) == ("", "")
    assert record.as_filed == {"filing_date": "19960100"}
    assert [finding.where for finding in notes.take()] == ["filing_date"]


@pytest.mark.parametrize(
    ("raw", "number"), [("12", 12), (" 7 ", 7), ("", 0), ("-3", 0), ("²", 0), ("٣", 0), ("9" * 5000, 0)]
)
def test_counts(raw: str, number: int) -> None:
    assert forms.count(raw) == number


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (["20200301", "2019-12-31"], "2019-12-31"),
        (["soon", "20200301"], "20200301"),
        (["soon", "later"], "soon"),
        ([], ""),
    ],
)
def test_the_first_of_several_days(days: list[str], first: str) -> None:
    assert forms.earliest(days) == first


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"plain", "utf-8-sig"),
        ("Zürich".encode(), "utf-8-sig"),
        ("Zürich".encode("utf-8-sig"), "utf-8-sig"),
        ("Zürich".encode()[:2], "utf-8-sig"),  # cut within the letter
        ("Zürich".encode("utf-16"), "utf-16"),
        ("Zürich".encode("cp1252"), "cp1252"),
        ("place\nZü\n".encode("cp1252"), "cp1252"),  # short, its only such letter near the end
    ],
)
def test_encodings_of_texts(head: bytes, name: str) -> None:
    assert encoding(head) == name
