"""Each rule by a table: what it finds, and what it must leave in peace."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.record import (
    CitedDocument,
    Classes,
    MarkSign,
    NamedParty,
    PriorityClaim,
    Record,
    RecordKind,
    Related,
    Right,
)
from app.standards.checking import numbers, stream, symbols

NOW = "2026-11-25"
P, U, T, D = Right.PATENT, Right.UTILITY_MODEL, Right.TRADE_MARK, Right.DESIGN
PUB, GRANT, REG, APP = (
    RecordKind.PUBLICATION,
    RecordKind.GRANT,
    RecordKind.REGISTRATION,
    RecordKind.APPLICATION,
)


def rules(record: Record, *, listed: bool = False) -> list[str]:
    found = stream.of_record(record, NOW, listed=listed)
    assert all(f.message and f.where and f.provision and f.remedy for f in found)
    assert all("{" not in f.message + f.provision for f in found)
    return [f.rule.removeprefix("check.") for f in found]


@pytest.mark.parametrize(
    ("right", "office", "number", "day", "kind"),
    [
        (P, "US", "6859910", "2005-02-22", "B1"), (P, "US", "2005/0123456", "2005-06-09", "A1"),
        (P, "US", "20050123456", "2006-06-09", "A9"), (P, "US", "RE37001", "2001-01-09", "E"),
        (P, "EP", "2", "1978-12-20", "A1"), (P, "EP", "4204041", "2023-06-28", "A1"),
        (P, "WO", "2015/026896", "2015-02-26", "A1"), (P, "WO", "2015/026896", "2016-02-26", "A3"),
        (P, "WO", "99/12345", "1999-03-18", "A1"), (P, "JP", "2021-044377", "2021-03-18", "A"),
        (P, "JP", "H09154475", "1997-06-17", "A"), (P, "CN", "113781974", "2021-12-10", "A"),
        (P, "DE", "102005011504", "2006-09-14", "A1"), (P, "DE", "3274411", "1987-01-15", "D1"),
        (U, "TW", "M504788", "2015-07-11", "U"), (P, "KR", "10-2015-0010269", "2015-01-28", "A"),
        (P, "US", "6,859,910", "2005-02-22", "B1"), (P, "JP", "H10-129181", "1998-05-19", "A"),
        (P, "AP", "1206", "2003-09-18", "A"), (P, "LI", "whatever", "2003-09-18", "A"),
    ],
)  # fmt: skip
def test_publication_numbers_as_offices_write_them(right, office, number, day, kind):
    record = Record(right, PUB, office, kind, publication_number=number, publication_date=day)
    assert rules(record) == []


@pytest.mark.parametrize(
    ("office", "number", "day", "rule"),
    [
        ("EP", "12345678", "2005-02-22", "number"), ("US", "CHENNAI", "2005-02-22", "number"),
        ("US", "2004/0123456", "2005-06-09", "number-year"),
        ("WO", "2014/026896", "2015-02-26", "number-year"),
        ("US", "2000/0123456", "2000-06-09", "number-date"), ("WO", "043551", "2006-01-05", "number-date"),
        ("IN", "DELHI", "2018-01-05", "number"),
    ],
)  # fmt: skip
def test_publication_numbers_that_cannot_be(office, number, day, rule):
    kind = {"US": "A1", "EP": "A1", "WO": "A1", "IN": ""}[office]
    found = rules(Record(P, PUB, office, kind, publication_number=number, publication_date=day))
    assert rule in found


@pytest.mark.parametrize(
    ("right", "office", "number", "filed"),
    [
        (P, "EP", "01963450", "2001-09-05"), (P, "EP", "10167109", "2004-06-24"),
        (P, "EP", "00124405", "1999-12-30"),
        (P, "CN", "202111286633", "2017-04-24"), (P, "CN", "98123456", "1998-11-02"),
        (T, "KR", "40-2019-0000011", "2019-01-01"), (T, "EM", "018222197", "2020-04-08"),
        (P, "IN", "6736/DELNP/2010", "2009-03-27"), (P, "US", "13/974,283", "2013-08-23"),
        (D, "BR", "30 2018 054086", "2018-09-07"), (D, "BR", "DI 6505265", "2005-06-02"),
        (P, "WO", "PCT/IL2022/050854", "2022-08-05"), (P, "RU", "94016525", "1994-05-04"),
        (P, "CN", "ZL200510012345", "2001-03-03"), (P, "BR", "BR 11 2012 012345", "2010-11-30"),
        (P, "GB", "1210284.5", "2012-06-11"), (P, "DE", "P 39 12 345.6", "1989-04-14"),
        (P, "DE", "10 2005 011 504.3", "2005-03-12"), (P, "IN", "201617012345", "2014-10-10"),
        (P, "RU", "2001112345", "1999-10-10"), (P, "JP", "2004-521234", "2003-07-11"),
    ],
)  # fmt: skip
def test_application_numbers_as_offices_write_them(right, office, number, filed):
    record = Record(right, APP, office, application_number=number, filing_date=filed)
    assert not {"number", "number-date", "number-year"} & set(rules(record))


@pytest.mark.parametrize(
    ("right", "office", "number", "filed", "rule"),
    [
        (P, "EP", "01963450", "2004-09-05", "number-year"),
        (P, "CN", "202111286633", "2024-04-24", "number-year"),
        (P, "CN", "98123456", "2010-11-02", "number-date"), (P, "EP", "123", "2010-11-02", "number"),
        (D, "BR", "30 2018 054086", "2005-09-07", "number-date"),
    ],
)  # fmt: skip
def test_application_numbers_that_cannot_be(right, office, number, filed, rule):
    record = Record(right, APP, office, application_number=number, filing_date=filed)
    assert rule in rules(record)


def test_lines_of_lists_are_not_held_to_the_forms_of_offices():
    odd = Record(P, PUB, "US", "B1", publication_number="US 3667963D A", publication_date="1972-06-06")
    assert "number" in rules(odd) and rules(odd, listed=True) == []


@pytest.mark.parametrize(
    ("reckon", "digits", "wanted"),
    [
        (numbers.check_digit_ep, "17171508", "9"), (numbers.check_digit_ep, "01963450", "0"),
        (numbers.check_digit_cn, "202111286633", "X"), (numbers.check_digit_cn, "201410408762", "5"),
        (numbers.check_digit_br, "302018054086", "7"), (numbers.check_digit_br, "6505265", "0"),
    ],
)  # fmt: skip
def test_check_digits(reckon, digits, wanted):
    assert reckon(digits) == wanted


@pytest.mark.parametrize(
    ("right", "office", "filed", "sound"),
    [
        (P, "EP", "17171508.9", True), (P, "EP", "EP 17171508.9", True), (P, "EP", "17171508.8", False),
        (P, "EP", "17175108.9", False), (P, "CN", "202111286633.X", True), (P, "CN", "202111286633.x", True),
        (P, "CN", "202111286633.1", False), (D, "BR", "BR 30 2018 054086-7", True),
        (D, "BR", "BR 30 2018 054086-1", False), (D, "BR", "DI 6505265-0", True),
        (D, "BR", "DI 6505265-3", False),
        (P, "US", "17171508.8", True), (P, "EP", "PCT/EP2004/1", True),
    ],
)  # fmt: skip
def test_check_digits_of_numbers_as_filed(right, office, filed, sound):
    record = Record(right, APP, office, as_filed={"application_number": filed})
    assert ("check-digit" in rules(record)) is not sound


@pytest.mark.parametrize(
    ("office", "kind", "day", "found"),
    [
        ("EP", "A1", "2005-01-05", []), ("EP", "B1", "1985-01-05", []),
        ("EP", "B3", "2005-01-05", ["kind-date"]),
        ("EP", "B1", "1979-06-01", ["kind-date"]), ("US", "A1", "2000-06-01", ["kind-date"]),
        ("US", "A", "1985-06-01", []), ("US", "A", "2005-06-01", ["kind-date"]),
        ("US", "Z5", "2005-06-01", ["kind"]),
        ("CN", "C", "2006-06-01", []), ("CN", "C", "2015-06-01", ["kind-date"]),
        ("WO", "A4", "2010-01-05", []),
        ("DE", "T5", "2005-06-01", []), ("FR", "A1", "2024-06-01", []),
        ("YY", "A1", "2024-06-01", ["office"]),
        ("EP", "A10", "2005-01-05", ["kind-form"]), ("EP", "公開", "2005-01-05", ["kind-form"]),
        ("LI", "A1", "2005-01-05", []), ("EP", "", "2005-01-05", []),
    ],
)  # fmt: skip
def test_kind_codes(office, kind, day, found):
    assert rules(Record(P, PUB, office, kind, publication_date=day)) == found


def test_the_day_of_an_event_is_not_that_of_the_kind_code():
    assert rules(Record(P, RecordKind.LEGAL_EVENT, "US", "A", publication_date="2015-01-05")) == []


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({"filing_date": "2001-01-01", "publication_date": "2002-01-01"}, []),
        ({"filing_date": "2001-01-01", "publication_date": "2001-01-01"}, []),
        ({"filing_date": "2002-01-01", "publication_date": "2001-01-01"}, ["date-order"]),
        ({"filing_date": "2002-01-01", "registration_date": "2001-01-01"}, ["date-order"]),
        ({"filing_date": "2002-01-01", "expiry_date": "2001-01-01"}, ["date-order"]),
        ({"registration_date": "2002-01-01", "expiry_date": "2001-01-01"}, ["date-order"]),
        ({"registration_date": "2002-01-01", "publication_date": "2001-01-01"}, []),
        ({"filing_date": "2002-01-01", "expiry_date": "2042-01-01"}, []),
        ({"publication_date": "2026-11-25"}, []),
        ({"publication_date": "2026-11-26"}, ["date-future"]),
        ({"filing_date": "2031-01-01"}, ["date-future"]),
    ],
)
def test_order_of_days(days, found):
    assert rules(Record(T, REG, "LI", **days), listed=True) == found


@pytest.mark.parametrize(
    ("right", "priority", "filed", "found"),
    [
        (P, "2000-01-10", "2001-01-10", []), (P, "2000-01-10", "2001-01-19", []),
        (P, "2000-01-10", "2001-02-10", ["priority-age"]), (P, "2004-02-29", "2005-02-28", []),
        (D, "2000-01-10", "2000-07-10", []), (D, "2000-01-10", "2000-12-10", ["priority-age"]),
        (T, "2000-08-31", "2001-02-28", []), (P, "2001-01-10", "2000-01-10", ["priority-order"]),
        (P, "2027-01-10", "", ["priority-order"]), (P, "2000-01-10", "", []),
    ],
)  # fmt: skip
def test_priorities(right, priority, filed, found):
    record = Record(right, APP, "LI", filing_date=filed, priorities=(PriorityClaim("FR", "1", priority),))
    assert [rule for rule in rules(record) if rule.startswith("priority")] == found


@pytest.mark.parametrize(
    "more",
    [
        {"related": (Related("division", "LI", "1"),)},
        {"office": "US"},
        {
            "priorities": (
                PriorityClaim("FR", "1", "1998-01-10"),
                PriorityClaim("WO", "2", "1999-01-01", "pct"),
            )
        },
    ],
)
def test_an_old_priority_of_a_division_or_national_phase_is_left_in_peace(more):
    plain = {
        "office": "LI",
        "filing_date": "2001-02-10",
        "priorities": (PriorityClaim("FR", "1", "1998-01-10"),),
    }
    assert "priority-age" in rules(Record(P, APP, **plain))
    assert "priority-age" not in rules(Record(P, APP, **(plain | more)))


@pytest.mark.parametrize(
    ("classes", "found"),
    [
        (Classes(ipc=("G06F 15/16", "A01B", "C40B 40/06")), []), (Classes(ipc=("G60F 15/16",)), ["class"]),
        (Classes(ipc=("A21D 0/900",)), ["class"]),
        (Classes(cpc=("Y02E 10/50", "F05B 2220/30", "D10B 1/00")), []),
        (Classes(ipc=("Y02E 10/50",)), ["class"]), (Classes(cpc=("H04N 21/4394", "A61K 2800/10")), []),
        (Classes(locarno=("12-11", "32-00", "14", "99-00")), []), (Classes(locarno=("03-17",)), ["class"]),
        (Classes(nice=(1, 9, 42)), []), (Classes(vienna=("01.01.02",)), []),
    ],
)  # fmt: skip
def test_class_symbols(classes, found):
    assert [rule for rule in rules(Record(P, APP, "LI", classes=classes)) if rule == "class"] == found


def test_a_class_younger_than_the_document():
    new = Record(P, PUB, "EP", "A1", publication_date="2010-03-03", classes=Classes(ipc=("H10K 50/10",)))
    printed = Record(
        P, PUB, "EP", "A1", publication_date="2010-03-03", classes=Classes(ipc=("H10K 50/10",)),
        claims={"en": ("A lamp.",)},
    )  # fmt: skip
    assert "class-edition" in rules(printed) and "class-edition" not in rules(new)
    mark = Record(T, APP, "LI", filing_date="2000-01-01", classes=Classes(nice=(44,)))
    assert "class-edition" in rules(mark)
    register = Record(T, REG, "LI", filing_date="2000-01-01", classes=Classes(nice=(44,)))
    assert "class-edition" not in rules(register)


@pytest.mark.parametrize(
    ("scheme", "symbol", "on", "sound"),
    [
        ("nice", "45", "2002-01-01", True), ("nice", "45", "2001-12-31", False), ("nice", "46", "", False),
        ("nice", "0", "", False), ("locarno", "32-00", "2014-01-01", True),
        ("locarno", "32-00", "2013-12-31", False),
        ("locarno", "99-00", "2013-12-31", True), ("locarno", "01-50", "", False),
        ("vienna", "29.01.01", "", True),
        ("vienna", "30.01.01", "", False), ("ipc", "G16H 10/60", "2018-01-01", True),
        ("ipc", "G16H 10/60", "2017-12-31", False), ("ipc", "hello", "", False), ("nice", "x", "", False),
    ],
)  # fmt: skip
def test_symbols_by_form_and_edition(scheme, symbol, on, sound):
    assert (symbols.unsound(scheme, symbol, on) == "") is sound


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"office": "EP"}, []),
        ({"office": "JQ"}, ["office"]),
        ({"office": "QQ"}, []),  # left to everybody (ISO 3166-1)
        ({"office": ""}, []),
        ({"office": "US", "applicants": (NamedParty("A", "PR"), NamedParty("B", "UK"))}, ["office"]),
        ({"office": "US", "citations": (CitedDocument("SU", "1"), CitedDocument("DD", "2"))}, []),
        ({"office": "SU", "filing_date": "1989-01-01"}, []),
        ({"office": "SU", "filing_date": "2005-01-01"}, ["office-former"]),
        ({"office": "US", "titles": {"en": "a", "und": "b", "zh": "c"}}, []),
        ({"office": "US", "titles": {"ol": "a"}}, ["language"]),
        ({"office": "US", "language": "iw"}, ["language"]),
        ({"office": "EM", "goods": {9: {"en": "a", "qq": "b"}}}, ["language"]),
    ],
)
def test_codes_of_two_letters(fields, found):
    assert rules(Record(T, REG, **fields), listed=True) == found


def test_minimum_data_of_a_first_page():
    page = Record(
        P, PUB, "EP", "A1", publication_number="1000000", publication_date="2005-01-05",
        application_number="99203729", filing_date="1999-11-08", titles={"en": "Lamp"},
        applicants=(NamedParty("A", "FR"),),
    )  # fmt: skip
    assert rules(page) == []
    lacking = Record(
        P, PUB, "EP", publication_number="1000000", publication_date="2005-01-05",
        application_number="99203729", titles={"en": "Lamp"}, applicants=(NamedParty("A", "FR"),),
    )  # fmt: skip
    (finding,) = stream.of_record(lacking, NOW)
    assert finding.rule == "check.minimum" and "(13)" in finding.message and "(22)" in finding.message
    assert finding.provision.startswith("ST.9")
    claims_alone = Record(P, PUB, "EP", "A1", publication_number="1000000", claims={"en": ("A lamp.",)})
    assert rules(claims_alone) == []


def test_minimum_data_of_marks_and_designs():
    mark = Record(
        T, REG, "EM", registration_number="1", registration_date="2001-01-01", filing_date="2000-01-01",
        application_number="1", mark=MarkSign("Fig"), classes=Classes(nice=(9,)),
    )  # fmt: skip
    assert rules(mark) == []
    bare = Record(T, REG, "EM", registration_number="1", mark=MarkSign("Fig"), classes=Classes(nice=(9,)))
    assert rules(bare) == ["minimum"]
    design = Record(
        D, REG, "EM", registration_number="1-0001", filing_date="2000-01-01", titles={"en": "Lamps"},
        classes=Classes(locarno=("26-05",)),
    )  # fmt: skip
    assert rules(design) == []


@pytest.mark.parametrize(
    ("names", "found"),
    [(("a.png", "b.TIF", "c", "d.jpeg", "e.NB"), []), (("a.bmp", "b.webp"), ["image-format"])],
)
def test_formats_of_pictures(names, found):
    assert rules(Record(D, APP, "LI", image_names=names)) == found


def _checked(path):
    from app.standards.reading import read

    return list(stream.checked(read([path]), today=date(2026, 11, 25)))


@pytest.mark.parametrize(
    ("name", "raw", "rule"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40), ""), ("a.jpeg", b"\xff\xd8\xff\xe0" + bytes(40), ""),
        ("a.jpg", b"\x89PNG\r\n\x1a\n" + bytes(40), "check.image-name"),
        ("a.bmp", b"BM" + bytes(60), "check.image-format"), ("page.001", b"II*\x00" + bytes(40), ""),
    ],
)  # fmt: skip
def test_pictures_of_a_delivery(tmp_path, name, raw, rule):
    (tmp_path / name).write_bytes(raw)
    found = {getattr(event, "rule", "") for event in _checked(tmp_path / name)}
    assert {r for r in found if r.startswith("check.")} == ({rule} if rule else set())


def test_a_rule_is_not_said_a_thousand_times_and_names_file_and_number(tmp_path):
    rows = "".join(f"EP{1000000 + n}A1,2002-01-0{n % 9 + 1},2003-01-01,Lamp\n" for n in range(60))
    table = tmp_path / "list.csv"
    table.write_text("Publication number,Publication date,Application date,Title\n" + rows, encoding="utf-8")
    found = [e for e in _checked(table) if getattr(e, "rule", "") == "check.date-order"]
    assert len(found) == stream.MOST_OF_A_RULE + 1 and "40" in found[-1].message
    assert all(f.where.startswith("list.csv#EP10000") for f in found[:-1])


WORDS = st.text(max_size=12) | st.from_regex(r"[A-Z]{0,3}[0-9./ -]{0,14}[A-Z0-9]?", fullmatch=True)
DAYS = st.just("") | st.dates(date(1800, 1, 1), date(2090, 1, 1)).map(date.isoformat)
CLAIMS = st.lists(st.builds(PriorityClaim, WORDS, WORDS, DAYS), max_size=3).map(tuple)
RECORDS = st.builds(
    Record,
    st.sampled_from(Right),
    st.sampled_from(RecordKind),
    st.sampled_from(["US", "EP", "WO", "CN", "BR", "DE", "SU", "", "QQ"]) | WORDS,
    WORDS, WORDS, WORDS, WORDS, DAYS, DAYS, DAYS, DAYS, WORDS,
    titles=st.dictionaries(WORDS, WORDS, max_size=2),
    applicants=st.lists(st.builds(NamedParty, WORDS, WORDS), max_size=2).map(tuple),
    priorities=CLAIMS,
    classes=st.builds(
        Classes, st.lists(WORDS, max_size=3).map(tuple), st.lists(WORDS, max_size=3).map(tuple),
        st.lists(st.integers(), max_size=3).map(tuple), st.lists(WORDS, max_size=3).map(tuple),
    ),
    claims=st.dictionaries(WORDS, st.just(("A lamp.",)), max_size=1),
    mark=st.none() | st.builds(MarkSign, WORDS, WORDS, WORDS),
    image_names=st.lists(WORDS, max_size=2).map(tuple),
    as_filed=st.dictionaries(st.just("application_number"), WORDS),
)  # fmt: skip


@given(RECORDS, st.booleans())
@settings(max_examples=60)
def test_any_record_gives_whole_sentences(record, listed):
    assert all(f.message and f.where for f in stream.of_record(record, NOW, listed=listed))


@given(st.sampled_from(["ipc", "cpc", "nice", "locarno", "vienna"]), WORDS, DAYS)
def test_any_symbol_is_sound_or_has_a_reason(scheme, symbol, on):
    assert isinstance(symbols.unsound(scheme, symbol, on), str)
