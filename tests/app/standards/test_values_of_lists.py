"""Cells of result lists, texts encoded twice, numberings of the EPO, workbooks: rules one by one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.inspecting import inspect
from app.standards.epo import numberings
from app.standards.fields.mending import mended
from app.standards.lists import columns, values, workbook
from app.standards.source import Notes, Source

SAMPLES = Path(__file__).parents[2] / "data" / "standards"


def once_more(text: str) -> str:
    """What a text looks like that was written as UTF-8 and read as one byte a letter."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode("utf-8"))


@given(st.text("abc äöüßéèñçÀÉØÅαβγЖд–“”™€°µ", max_size=40))
def test_what_was_encoded_twice_is_mended(text: str) -> None:
    wrong = once_more(text)
    right = mended(wrong)
    # Single Cyrillic letters between others cannot be told from letters that stand there by right.
    assert right == text or any(letter in "Жд" for letter in text) or mended(text) != text


@pytest.mark.parametrize(
    "text",
    ["NESTLÉ®", "SÃO PAULO", "café…»", "Ångström", "ÎLE", "«NÃO»", "日本語", "Москва", "naïve – “quoted”"],
)
def test_what_is_right_stays(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    ("raw", "american", "expected"),
    [
        ("20130801", False, "20130801"), ("2013-08-01", False, "2013-08-01"),
        ("01/08/2013", False, "2013-08-01"), ("1.8.2013", False, "2013-08-01"),
        ("08/01/2013", True, "2013-08-01"), ("01/08/13", False, "2013-08-01"),
        ("42046", False, "2015-02-11"), ("42046.5", False, "2015-02-11"),
        ("31-DEC-2026", False, "2026-12-31"), ("July 4, 2028", False, "2028-07-04"),
        ("4 juillet 2028", False, "2028-07-04"), ("2 de outubro de 2028", False, "2028-10-02"),
        ("no day", False, "no day"), ("5 Smith 2028", False, "5 Smith 2028"),
    ],
)  # fmt: skip
def test_dates_of_tables(raw: str, american: bool, expected: str) -> None:
    assert values.day(raw, 2029, american=american) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["3/25/2026", "2/11/2028"], True), (["25/3/2026", "2/11/2028"], False), (["2/11/2028"], False),
        (["3/25/2026", "25/3/2026"], False), ([], False),
    ],
)  # fmt: skip
def test_month_first_is_told_by_the_column(cells: list[str], expected: bool) -> None:
    assert values.month_first(cells) is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("KR20150000637  (U)", ("KR", "20150000637", "U")),
        ("US-20240000001-A1", ("US", "20240000001", "A1")),
        ("WO/2019/123456", ("WO", "2019/123456", "")), ("US 2013/0101709 A1", ("US", "2013/0101709", "A1")),
        ("EP 1 234 567 B1", ("EP", "1234567", "B1")), ("USD435854S1", ("US", "D435854", "S1")),
        ("JPH0812345A", ("JP", "H0812345", "A")), ("291162", ("", "291162", "")),
    ],
)  # fmt: skip
def test_publication_numbers(raw: str, expected: tuple[str, str, str]) -> None:
    assert values.publication(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("EP20100167109", ("EP", "10167109")), ("WO2014US51801", ("WO", "PCT/US2014/051801")),
        ("CN202021636619U", ("CN", "202021636619")), ("US202163230089P", ("US", "202163230089P")),
        ("NL19981010536", ("NL", "19981010536")), ("JPS55154582", ("JP", "S55154582")),
        ("722,340", ("", "722,340")),
    ],
)  # fmt: skip
def test_numbers_in_epodoc(raw: str, expected: tuple[str, str]) -> None:
    assert numberings.native(raw) == expected


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Publication Number(s)", "number"), ("PatentNumber", "number"), ("I P C", "ipc"),
        ("inventor/author", "authors"),
        ("Name of Patentee", "patentees"), ("Date of Application", "filed"), ("Full Text", ""), ("", ""),
    ],
)  # fmt: skip
def test_columns_by_their_letters(name: str, field: str) -> None:
    assert columns.field_of(name) == field


def changed(part: str, change: Any) -> bytes:
    """Our workbook with one part of it changed, or left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(SAMPLES / "table-patentscope.xlsx") as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            raw = old.read(name)
            if name == part:
                raw = change(raw)
            if raw is not None:
                new.writestr(name, raw, zipfile.ZIP_DEFLATED)
    return made.getvalue()


@pytest.mark.parametrize(
    ("part", "change", "records", "refused"),
    [
        ("xl/sharedStrings.xml", lambda raw: None, 0, False),
        ("xl/styles.xml", lambda raw: None, 2, False),
        ("xl/workbook.xml", lambda raw: raw[:60], 0, True),
        ("xl/worksheets/sheet1.xml", lambda raw: raw.replace(b"</row>", b"", 1), 0, True),
        ("xl/worksheets/sheet1.xml", lambda raw: b"<!DOCTYPE a [<!ENTITY b '&b;&b;'>]>" + raw[38:], 2, False),
        ("xl/worksheets/sheet1.xml", lambda raw: raw.replace(b'r="A6"', b'r="XFD6"'), 2, False),
        ("xl/worksheets/sheet1.xml", lambda raw: b" " * 3_000_000, 0, True),
    ],
)  # fmt: skip
def test_workbooks_out_of_order(tmp_path: Path, part: str, change: Any, records: int, refused: bool) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(changed(part, change))
    (entry,) = inspect([path])
    assert entry.format == "table-xlsx"
    assert (len(entry.records), entry.refused is not None) == (records, refused)


def test_a_workbook_in_a_delivery_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "week.zip", "w", zipfile.ZIP_DEFLATED) as delivery:
        delivery.write(SAMPLES / "table-patentscope.xlsx", "lists/week.xlsx")
    (entry,) = inspect([tmp_path / "week.zip"])
    assert (entry.format, entry.refused, len(entry.records)) == ("table-xlsx", None, 2)


@pytest.mark.parametrize("spoilt", [b"locked", b"cut", b"sum"])
def test_a_workbook_that_cannot_be_unpacked_is_refused(tmp_path: Path, spoilt: bytes) -> None:
    raw = bytearray(changed("", None))
    listed = raw.find(b"PK\x01\x02")
    if spoilt == b"locked":
        for start in (at for at in range(listed, len(raw)) if raw.startswith(b"PK\x01\x02", at)):
            raw[start + 8] |= 1
    elif spoilt == b"sum":
        for start in (at for at in range(listed, len(raw)) if raw.startswith(b"PK\x01\x02", at)):
            raw[start + 16] ^= 0xFF
    else:
        del raw[listed:]
    (tmp_path / "list.xlsx").write_bytes(raw)
    (entry,) = inspect([tmp_path / "list.xlsx"])
    assert entry.refused is not None and "no workbook that can be read" in entry.refused.message


def test_a_fault_of_the_reader_is_not_taken_for_a_damaged_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_told: object) -> object:
        raise KeyError("a slip of ours")

    monkeypatch.setattr(workbook.records, "_record", faulty)
    raw = (SAMPLES / "table-patentscope.xlsx").read_bytes()
    source = Source("list.xlsx", len(raw), raw, lambda: io.BytesIO(raw))
    with pytest.raises(KeyError):
        list(workbook.read(source, Notes()))


def test_a_workbook_is_no_archive_wherever_its_parts_stand(tmp_path: Path) -> None:
    """Some writers put the list of contents last."""
    with (
        zipfile.ZipFile(SAMPLES / "table-patentscope.xlsx") as old,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new,
    ):
        for name in sorted(old.namelist(), reverse=True):
            new.writestr(name, old.read(name))
    (entry,) = inspect([tmp_path / "b.xlsx"])
    assert (entry.format, len(entry.records)) == ("table-xlsx", 2)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_list_in_any_encoding_and_with_any_line_end(tmp_path: Path, encoding: str, end: str) -> None:
    text = end.join(["Title;Publication number;Publication date;Applicants", "Café;EP1234567A1;2029-01-02;Ü"])
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    (entry,) = inspect([path])
    assert [r.title for r in entry.records] == ["Café"]
    assert entry.records[0].publication_number == "1234567"
