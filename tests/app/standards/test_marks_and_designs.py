"""Marks and designs: symbols and kinds, facts of real files, files of very many cases, packages."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.record import PriorityClaim, Record, RecordKind, Related, Right
from app.standards import reading
from app.standards.fields import marks, symbols
from app.standards.packages import sorting

SAMPLES = Path(__file__).parents[2] / "data" / "standards"


def records(*paths: Path) -> list[Record]:
    return [event for event in reading.read(paths) if isinstance(event, Record)]


@pytest.mark.parametrize(
    ("raw", "symbol"),
    [
        ("1.1.2", "01.01.02"), ("010102", "01.01.02"), ("0101", "01.01"), ("CFE(8) 1.1.2", "01.01.02"),
        ("VC8 010102", "01.01.02"), ("VCL (7) 27.5.1", "27.05.01"), ("26.04.09 (5)", "26.04.09"),
        ("A 26.4.9", "26.04.09"), ("A260409", "26.04.09"), ("01-01-02", "01.01.02"),
        ("Vienna: 5.3.11", "05.03.11"), ("98.04", ""), ("30.1.1", ""), ("(531)", ""), ("", ""), ("1", ""),
    ],
)  # fmt: skip
def test_vienna_symbols(raw: str, symbol: str) -> None:
    assert symbols.vienna(raw) == symbol
    if symbol:
        assert symbols.vienna(symbol) == symbol


@pytest.mark.parametrize(
    ("feature", "code", "kind"),
    [
        ("3-D shape", "", "three_dimensional"), ("Three dimensional", "", "three_dimensional"),
        ("Hörmarke", "", "sound"), ("Wort-/Bildmarke", "", "combined"), ("Mixta", "", "combined"),
        ("Stylized characters", "", "figurative"), ("Undefined", "", ""), ("", "", ""), ("", "0000", ""),
        ("Chimney", "", "other"), ("", "4000", "word"), ("", "3000", "combined"), ("", "6000", "other"),
        ("TYPESET WORD(S) /LETTER(S) /NUMBER(S)", "1", "word"), ("Semi-figurative", "", "combined"),
    ],
)  # fmt: skip
def test_kinds_of_marks(feature: str, code: str, kind: str) -> None:
    assert marks.kind(feature, code) == kind


@pytest.mark.parametrize(
    ("name", "number", "sizes"),
    [
        ("us-tsdr/rn2178784-ST{}.xml", "2178784", 1), ("us-tsdr/rn2713476-ST{}.xml", "2713476", 1),
        ("us-tsdr/rn3886986-ST{}.xml", "3886986", 2),
    ],
)  # fmt: skip
def test_one_mark_in_both_standards_says_the_same(
    shared_data: Path, name: str, number: str, sizes: int
) -> None:
    old, new = (records(shared_data / "trademarks" / name.format(standard))[0] for standard in (66, 96))
    assert old.registration_number == new.registration_number == number
    assert len(old.goods) == sizes and old.goods == new.goods and old.classes == new.classes
    assert [p.name for p in old.applicants] == [p.name for p in new.applicants]
    assert old.representatives[0].name == new.representatives[0].name
    for field in ("application_number", "filing_date", "registration_date", "publication_date", "status"):
        assert getattr(old, field) == getattr(new, field) != "", field
    assert old.mark and new.mark and (old.mark.text, old.mark.kind) == (new.mark.text, new.mark.kind)


def test_facts_of_marks(shared_data: Path) -> None:
    folder = shared_data / "trademarks"
    (status,) = records(folder / "us-tsdr-json" / "ops-get_trademark_status.json")
    assert (status.application_number, status.filing_date) == ("97123456", "2021-11-13")
    assert [p.name for p in status.applicants] == ["CHIRU LABS, INC.", "Combo Labs, LLC"]
    assert status.classes.nice == (9,) and status.mark and status.mark.text == "AZUKI ZEN"
    european = records(folder / "euipo-st66")
    assert len(european) == 100
    assert sum(any(r.relation == "seniority" for r in one.related) for one in european) == 8
    assert sum(bool(one.priorities) for one in european) == 4
    assert sum(bool(one.classes.vienna) for one in european) == 50
    figures = records(folder / "kr-figurative-vienna")
    assert {one.classes.vienna for one in figures} == {("01.01.02",), ("01.01.12",), ("01.01.15",)}
    assert sorted(one.application_number or one.registration_number for one in figures) == [
        "1033999", "4020090004581", "4020180132342", "4120080026482", "4120100018690",
    ]  # fmt: skip


def test_a_gazette_is_the_same_in_xml_and_in_text(shared_data: Path) -> None:
    """Of 1146 notices one differs: its XML names an inventor the text does not have."""
    folder = shared_data / "designs" / "br-inpi-gazette"
    xml = records(folder / "DesenhoIndustrial_2502.xml")
    text = records(folder / "D2502.txt")
    assert len(xml) == len(text) == 1146
    (pair,) = [(a, b) for a, b in zip(xml, text, strict=True) if a != b]
    assert replace(pair[0], inventors=()) == replace(pair[1], inventors=())
    assert sum(len(one.priorities) for one in xml) == 58
    assert sum(bool(one.related) for one in xml) == 17
    assert sum(bool(one.registration_number) for one in xml) == 868


def test_what_is_deferred_is_not_published() -> None:
    (design,) = records(SAMPLES / "st86-e-filing.xml")
    registered = replace(design, kind=RecordKind.REGISTRATION, registration_number="1")
    assert design.deferred and not registered.published
    assert replace(registered, deferred=False).published


def test_a_hague_priority_of_a_design_is_no_pct_one() -> None:
    (design,) = records(SAMPLES / "st86-e-filing.xml")
    assert design.priorities == (PriorityClaim("WO", "DM/100 970", "2029-06-30", "foreign"),)


def test_an_earlier_mark_of_an_opposition_is_not_the_mark(tmp_path: Path) -> None:
    text = (SAMPLES / "st66-euipo.xml").read_text(encoding="utf-8")
    assert "EarlierMark" in text
    assert records(SAMPLES / "st66-euipo.xml")[0].related == ()


CASE = (
    "<case-file><serial-number>{n:08}</serial-number><registration-number>0000000</registration-number>"
    "<case-file-header><filing-date>20290101</filing-date><mark-identification>M{n}</mark-identification>"
    "<mark-drawing-code>4000</mark-drawing-code></case-file-header></case-file>"
)


def test_a_daily_file_is_read_as_it_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file of 20,000 cases the first are there before the file has been read."""
    path = tmp_path / "apc.xml"
    with path.open("w", encoding="utf-8") as out:
        out.write("<trademark-applications-daily><application-information><file-segments><action-keys>")
        for n in range(1, 20_001):
            out.write(CASE.format(n=70_000_000 + n))
        out.write("</action-keys></file-segments></application-information></trademark-applications-daily>")
    taken = 0
    raw = io.FileIO.readinto

    def counted(self: io.FileIO, buffer: bytearray) -> int | None:
        nonlocal taken
        got = raw(self, buffer)
        taken += got or 0
        return got

    monkeypatch.setattr("app.standards.container.io.FileIO", type("F", (io.FileIO,), {"readinto": counted}))
    found = (event for event in reading.read([path]) if isinstance(event, Record))
    first = next(found)
    assert first.application_number == "70000001" and taken < path.stat().st_size // 4
    assert sum(1 for _record in found) == 19_999


def member(file: str, *found: Record) -> sorting.Member:
    return sorting.Member(file, list(found))


def design(number: str, *pictures: str) -> Record:
    return Record(Right.DESIGN, RecordKind.APPLICATION, application_number=number, image_names=pictures)


NOTICE = Record(Right.DESIGN, RecordKind.NOTICE, related=(Related("division", "BR", "1"),))
LISTING = Record(Right.PATENT, RecordKind.SEQUENCE_LISTING, sequences=3)


@pytest.mark.parametrize(
    ("members", "outermost", "owners"),
    [
        ([member("p/a.xml", design("1")), member("p/b.pdf")], 1, {1: 0}),
        ([member("p/xml/a.xml", design("1")), member("p/pdf/b.pdf")], 1, {1: 0}),
        ([member("q/a.xml", design("1")), member("p/b.pdf")], 1, {}),
        ([member("p/1/a.xml", design("1")), member("p/2/b.xml", design("2")), member("p/2/c/d.tif")], 1,
         {2: 1}),
        ([member("p/1/a.xml", design("1")), member("p/2/b.xml", design("2")), member("p/c.tif")], 1, {}),
        ([member("p/a.xml", design("1", "X.TIF")), member("p/b.xml", design("2")), member("p/x.tif")], 1,
         {2: 0}),
        ([member("p/a.xml", design("1")), member("p/a-1.xml", design("2")), member("p/a-1-x.tif")], 1,
         {2: 1}),
        ([member("z.zip!i.zip!a.xml", design("1")), member("z.zip!i.zip!f/1.tif"),
          member("z.zip!j.zip!b.xml", design("2")), member("z.zip!j.zip!2.tif")], 1, {1: 0, 3: 2}),
        ([member("p/a.xml", design("1"), design("2")), member("p/b.pdf")], 1, {}),
        ([member("p/a.xml", design("1")), member("p/rpi.xml", NOTICE)], 1, {}),
        ([member("p/a.xml", design("1")), member("p/st26.xml", LISTING)], 1, {1: 0}),
        ([member("a.xml", design("1")), member("b.pdf")], 0, {1: 0}),
        ([member("a.pdf"), member("b.pdf")], 0, {}),
    ],
)  # fmt: skip
def test_what_belongs_to_which_application(
    members: list[sorting.Member], outermost: int, owners: dict[int, int]
) -> None:
    assert sorting.assigned(members, outermost) == owners
