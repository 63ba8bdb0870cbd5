"""Registers of marks from tables and folders of pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services import collections, marks, registers
from search.images import descriptors

TABLE = """number,name,classes,office,filing_date
1,SOLARA,5;30,xx,2020-01-02
2,Café Möka,30,XX,31/01/2020
3,"Two, words",9;99,XX,
,nameless,1,XX,
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    home = tmp_path / "office"
    collections.create(home, "marks")
    return home


def table(folder: Path, text: str, name: str = "register.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_each_row_with_a_number_is_a_mark(office, tmp_path):
    done = collections.add(office, "marks", [table(tmp_path, TABLE)])
    assert (done.added, done.skipped, done.records) == (3, 1, 3)
    assert [finding.rule for finding in done.findings] == ["register.class"]
    rows = [row.record for row in registers.rows(tmp_path / "register.csv")]
    assert rows[0] is not None and rows[0].classes.nice == (5, 30) and rows[0].office == "XX"
    assert rows[0].filing_date == "2020-01-02"
    assert (
        rows[1] is not None
        and rows[1].filing_date == ""
        and rows[1].as_filed == {"filing_date": "31/01/2020"}
    )
    assert rows[2] is not None and rows[2].mark is not None and rows[2].mark.text == "Two, words"
    assert rows[3] is None


@pytest.mark.parametrize(
    "heading",
    [
        "number,name",
        "\ufeffnumber,name",
        "Registration No.,Trade mark",
        "name,number",
        "NUMBER;NAME",
        "reg_no\tword mark",
        "application no,trademark name,Nice classes,office,filed",
        "No.,Mark,nice,Office code,Date of filing",
        "Application number;Registration number;Trade Mark Name;Nice Class(es);Country;Filing Date",
    ],
)
def test_plain_headings_are_understood(heading, tmp_path):
    columns = registers.columns_of(table(tmp_path, heading + "\n"))
    assert registers.is_register(columns)
    assert len(columns.places) + len(columns.unknown) == len(
        heading.replace(";", ",").replace("\t", ",").split(",")
    )
    assert columns.unknown in ((), ("Nice Class(es)",))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("foo,bar\n1,2\n", "number, name, classes, office, filing_date"),
        ("number,classes\n1,5\n", "name"),
        ("", "number, name"),
        ("number,name,klass,office,filing_date\n1,A,5,XX,\n", "column classes."),
        ("nombre;número;clases;oficina;fecha\nA;1;5;XX;\n", "number"),
    ],
)
def test_a_table_that_is_none_says_what_it_lacks(text, missing, office, tmp_path):
    done = collections.add(office, "marks", [table(tmp_path, text)])
    assert (done.added, done.records) == (0, 0)
    refusal = done.refused[0].refusal
    assert missing in refusal.message and refusal.line == 1
    assert "number,name,classes,office,filing_date" in refusal.remedy


def test_what_is_not_understood_is_named(office, tmp_path):
    done = collections.add(office, "marks", [table(tmp_path, "number,name,klass\n1,A,5\n")])
    assert "“klass”" in done.refused[0].refusal.message
    # Where nothing of ours is missing, nothing can be lost: more columns may stand there.
    more = table(tmp_path, "number,name,classes,office,filing_date,owner\n1,A,5,XX,2020-01-01,B\n")
    assert collections.add(office, "marks", [more]).added == 1


def test_the_registration_number_counts_before_the_number_of_the_application(tmp_path):
    heading = "application number,registration number,name\n77,5,A\n"
    (row,) = registers.rows(table(tmp_path, heading))
    assert row.record is not None
    assert (row.record.registration_number, row.record.application_number) == ("5", "77")


PLAIN = 'number,name,classes,office,filing_date\n1,Café,5,XX,2020-01-02\n2,“B”,"5;9",XX,\n'


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace(",", ";").encode(),
        ("sep=;\n" + PLAIN.replace(",", ";")).encode(),
        ("\n\n" + PLAIN.replace("\n", "\n,,,,\n")).encode(),
    ],
)
def test_a_table_is_read_however_it_was_saved(raw, office, tmp_path):
    path = tmp_path / "r.csv"
    path.write_bytes(raw)
    done = collections.add(office, "marks", [path])
    assert (done.added, done.skipped, done.refused, done.findings) == (2, 0, (), ())
    read = [row.record for row in registers.rows(path)]
    assert [r.mark.text for r in read if r and r.mark] == ["Café", "“B”"]
    assert [r.classes.nice for r in read if r] == [(5,), (5, 9)]


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"number,name\n1,A\n2,Caf\xe9\n", 3),
        (b"number,name\r1,A\r2,Caf\xe9\r", 3),
        (b'number,name\n1,A\n2,"B\n3,C\n', 3),  # a quotation mark that is never closed
        (b'number,name\n1,A\n2,B\n3,"C" D\n', 4),
    ],
)
def test_a_table_broken_further_down_is_refused_whole_with_its_line(raw, line, office, tmp_path):
    path = tmp_path / "r.csv"
    path.write_bytes(raw)
    done = collections.add(office, "marks", [path])
    assert (done.added, done.records, len(done.refused)) == (0, 0, 1)
    refusal = done.refused[0].refusal
    assert refusal.line == line and str(line) in refusal.message and refusal.remedy


def test_rows_that_cannot_be_meant_are_named(office, tmp_path):
    text = "number,name,classes,office,filing_date\n1,A, B,5,XX,2020-01-01\n2,C,5,XX,2020-02-31\n2,D,5,XX,\n"
    done = collections.add(office, "marks", [table(tmp_path, text)])
    assert (done.added, done.updated, done.skipped, done.records) == (1, 1, 1, 1)
    assert [f.rule for f in done.findings] == ["register.row", "register.number"]
    assert "Line 2" in done.findings[0].message
    assert marks.find(office, "D")[0].name == "D"


def test_the_same_register_again_adds_nothing(office, tmp_path):
    path = table(tmp_path, TABLE)
    collections.add(office, "marks", [path])
    again = collections.add(office, "marks", [path])
    assert (again.added, again.updated, again.held, again.records) == (0, 0, 3, 3)


STAR = "M50 5 61 39 97 39 68 60 79 95 50 73 21 95 32 60 3 39 39 39Z"


def svg(path: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="{path}"/></svg>'


def pictures(folder: Path) -> Path:
    place = folder / "register"
    place.mkdir()
    (place / "star.svg").write_text(svg(STAR), encoding="utf-8")
    (place / "bar.svg").write_text(svg("M5 30H95V60H5Z"), encoding="utf-8")
    (place / "broken.png").write_bytes(b"no picture")
    lines = [
        "number,name,image",
        "1,STAR,star.svg",
        "2,BAR,bar.svg",
        "3,BROKEN,broken.png",
        "4,GONE,gone.svg",
        "5,UP,../up.svg",
    ]
    table(place, "\n".join(lines) + "\n")
    (folder / "up.svg").write_text(svg(STAR), encoding="utf-8")
    return place


def test_a_folder_of_pictures(office, tmp_path):
    done = collections.add(office, "marks", [pictures(tmp_path)])
    assert (done.added, done.records) == (5, 5)
    assert [finding.rule for finding in done.findings] == ["register.image"] * 3
    hits = marks.look(office, tmp_path / "up.svg", collections=["marks"])
    assert hits[0].name == "STAR" and hits[0].score > 99 and hits[0].reasons
    assert Path(hits[0].image).is_file()
    assert len(hits) == 2


def test_a_picture_is_described_once(office, tmp_path, monkeypatch):
    place = pictures(tmp_path)
    collections.add(office, "marks", [place])
    described: list[object] = []
    real = descriptors.described
    monkeypatch.setattr(descriptors, "described", lambda mark: described.append(mark) or real(mark))
    assert collections.add(office, "marks", [place]).held == 5
    assert described == []
    (place / "star.svg").write_text(svg("M5 30H95V60H5Z"), encoding="utf-8")
    collections.add(office, "marks", [place])
    assert len(described) == 1
    hits = marks.look(office, tmp_path / "up.svg", collections=["marks"])
    assert all(hit.score < 99 for hit in hits)


def test_a_table_given_alone_finds_its_pictures_beside_it(office, tmp_path):
    done = collections.add(office, "marks", [pictures(tmp_path) / "register.csv"])
    assert done.added == 5
    assert marks.look(office, tmp_path / "up.svg")[0].name == "STAR"


def test_a_folder_of_pictures_without_its_columns_is_refused(office, tmp_path):
    place = tmp_path / "register"
    place.mkdir()
    (place / "star.svg").write_text(svg(STAR), encoding="utf-8")
    table(place, "number,name\n1,STAR\n")
    done = collections.add(office, "marks", [place])
    assert done.added == 0 and "image" in done.refused[0].refusal.message


def test_marks_are_found_by_name_with_reasons(office, tmp_path):
    names = "\n".join(f"{n},{name},{n},XX," for n, name in enumerate(NAMES, 1))
    collections.add(office, "marks", [table(tmp_path, "number,name,classes,office,filing_date\n" + names)])
    hits = marks.find(office, "farmaxel", collections=["marks"])
    assert [hit.name for hit in hits[:2]] == ["FARMAKSEL", "PHARMAXEL"] or hits[0].name == "PHARMAXEL"
    assert len(hits) >= 10 and all(hit.reasons for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    only = marks.find(office, "farmaxel", nice=[NAMES.index("PHARMAXEL") + 1])
    assert [hit.name for hit in only] == ["PHARMAXEL"]


NAMES = [
    "SOLARA", "PHARMAXEL", "FARMAKSEL", "Zebra", "Lion", "Tiger", "Café Möka", "Kettle", "River",
    "Mountain", "МОСКВА", "Ocean",
]  # fmt: skip
