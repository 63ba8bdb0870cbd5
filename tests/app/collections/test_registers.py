"""Registers of marks from tables and folders of pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import FileRefused
from app.services import collections, marks, registers

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
    ],
)
def test_plain_headings_are_understood(heading, tmp_path):
    columns = registers.columns_of(table(tmp_path, heading + "\n"))
    assert registers.is_register(columns)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("foo,bar\n1,2\n", "number, name"),
        ("number,classes\n1,5\n", "name"),
        ("", "number, name"),
    ],
)
def test_a_table_that_is_none_says_what_it_lacks(text, missing, office, tmp_path):
    done = collections.add(office, "marks", [table(tmp_path, text)])
    assert done.added == 0
    assert missing in done.refused[0].refusal.message


def test_another_encoding_is_refused_with_its_line(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes("number,name\n1,Caf\xe9\n".encode("latin-1"))
    with pytest.raises(FileRefused) as refused:
        list(registers.rows(path))
    assert refused.value.line is not None


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
