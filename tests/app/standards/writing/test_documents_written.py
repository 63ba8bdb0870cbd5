"""Whole documents of our own samples as goldens, and what each form does with the odd things.

`MARULA_GOLDEN=write` writes the goldens anew; look at the difference before you commit it.
"""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import date
from pathlib import Path

import pytest

from app.domain.record import Classes, NamedParty, Record, RecordKind, Related, Right
from app.services.exporting import Wish, export
from app.services.inspecting import inspect
from app.standards.writing import cells, formats, lines
from app.standards.writing.authority import gaps, number_key

TESTS = Path(__file__).parents[3]
SAMPLES = TESTS / "data" / "standards"
GOLDEN = TESTS / "golden" / "writing"
TODAY = date(2029, 3, 1)


@pytest.mark.parametrize(
    ("sample", "form", "golden"),
    [
        ("st96-patent.xml", "st96", "patent-st96.xml"),
        ("ep-full-text.xml", "st96", "grant-st96.xml"),
        ("st96-trademark.xml", "st96", "mark-st96.xml"),
        ("st96-design.xml", "st96", "designs-st96.xml"),
        ("st36-wo-published.xml", "st36", "international-st36.xml"),
        ("st36-application.xml", "st36", "utility-model-st36.xml"),
        ("st66-euipo.xml", "st66", "mark-st66.xml"),
        ("st86-application.xml", "st86", "designs-st86.xml"),
        ("us-weekly.xml", "st37", "authority.xml"),
        ("us-weekly.xml", "st37", "authority.txt"),
        ("us-weekly.xml", "csv", "weekly.csv"),
        ("us-weekly.xml", "json", "weekly.json"),
        ("ep-full-text.xml", "inid", "grant-inid.txt"),
        ("st66-euipo.xml", "inid", "mark-inid.txt"),
        ("st86-application.xml", "inid", "designs-inid.txt"),
    ],
)
def test_golden(sample: str, form: str, golden: str, tmp_path: Path) -> None:
    out = tmp_path / golden
    done = export([SAMPLES / sample], out, Wish(form), today=TODAY)
    raw = out.read_bytes()
    findings = [[str(f.severity), f.where, f.rule, f.message] for f in done.findings]
    kept, said = GOLDEN / golden, GOLDEN / f"{golden}.findings.json"
    if os.environ.get("MARULA_GOLDEN") == "write":
        kept.write_bytes(raw)
        said.write_text(json.dumps(findings, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert raw == kept.read_bytes()
    assert findings == json.loads(said.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+49 30",
        "-5",
        "@cmd",
        "\tx",
        "\rx",
        "'=1",
        "''@",
        "'quoted'",
        "",
        "a=b",
        "'",
        "0",
        "＝1",
        "\n=1",
    ],
)
def test_a_formula_is_defused_and_the_cell_comes_back(cell: str) -> None:
    written = cells.defused(cell)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cells.restored(written) == cell


def test_a_name_that_is_a_formula_is_text_in_the_table_and_a_name_again(tmp_path: Path) -> None:
    source = tmp_path / "evil.csv"
    head = ",".join(cells.COLUMNS)
    row = dict.fromkeys(cells.COLUMNS, "") | {
        "right": "patent", "kind": "application", "application_number": "7",
        "titles": '[en] x', "applicants": "'=HYPERLINK(1)",
    }  # fmt: skip
    source.write_text(head + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    export([source], out, Wish("csv"))
    (written,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))
    assert written["applicants"] == "'=HYPERLINK(1)"
    (entry,) = inspect([out])
    assert entry.format == "table-records"
    assert entry.records[0].applicants == (NamedParty("=HYPERLINK(1)", role="applicant"),)


@pytest.mark.parametrize(
    ("party", "line"),
    [
        (NamedParty("A. Ba", "FR", "Paris", "applicant"), "A. Ba [Paris, FR]"),
        (NamedParty("A. Ba", "FR", "", "applicant"), "A. Ba [FR]"),
        (NamedParty("A. Ba", "", "Paris", "applicant"), "A. Ba [Paris, -]"),
        (NamedParty("A. Ba", "", "", "applicant"), "A. Ba"),
        (NamedParty("A. Ba", "", "", "assignee"), "A. Ba [] assignee"),
        (NamedParty("Ba [Sons], FR", "KE", "Na[i]robi, West", "holder"),
         r"Ba \[Sons\], FR [Na\[i\]robi, West, KE] holder"),
    ],
)  # fmt: skip
def test_a_party_in_one_line(party: NamedParty, line: str) -> None:
    assert lines.party(party, "applicant") == line
    assert lines.party_of(line, "applicant") == party


def test_a_tied_document_in_one_line() -> None:
    tie = Related("division", "", "12 · 34", "2020-01-02")
    assert lines.related(tie) == "12 · 34 · 2020-01-02 · - · division"
    assert lines.related_of(lines.related(tie)) == tie


def publication(number: str, kind: str = "A1") -> Record:
    return Record(
        Right.PATENT, RecordKind.PUBLICATION, office="XX", kind_code=kind, publication_number=number
    )


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        (["1", "2", "3"], []),
        (["1", "2", "4"], ["3"]),
        (["0001", "0002", "0005", "0006"], ["0003", "0004"]),
        (["2029/01", "2029/03", "2030/01"], ["2029/02"]),
        (["1", "9"], []),  # a selection, not a series
        (["X"], []),
    ],
)
def test_gaps_of_a_series(numbers: list[str], missing: list[str]) -> None:
    found = gaps([("A1", number) for number in numbers])
    assert [number for gap in found if gap.dense for number in gap.numbers()] == missing


def test_numbers_are_ordered_by_value() -> None:
    assert sorted(["10", "9", "X7", "2029/2", "2029/10"], key=number_key) == [
        "9",
        "10",
        "2029/2",
        "2029/10",
        "X7",
    ]


def test_a_gap_is_listed_with_its_code_and_said(tmp_path: Path) -> None:
    out = io.BytesIO()
    writer = formats.of_name("st37").writer(out, plain=True)
    for number in ("7", "9", "10"):
        writer.write(publication(number))
    writer.close()
    assert out.getvalue().decode() == "XX,7,A1,\r\nXX,8,,,U\r\nXX,9,A1,\r\nXX,10,A1,\r\n"
    (tmp_path / "af.txt").write_bytes(out.getvalue())
    (entry,) = inspect([tmp_path / "af.txt"])
    assert entry.format == "st37"
    assert [record.publication_number for record in entry.records] == ["7", "9", "10"]
    assert any(finding.rule == "st37.exception" for finding in entry.findings)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Record(Right.PATENT, RecordKind.APPLICATION, image_names=("1.tif", "2.PNG")), []),
        (Record(Right.PATENT, RecordKind.APPLICATION, image_names=("1.tif", "2.bmp")), ["images"]),
        (Record(Right.DESIGN, RecordKind.GRANT, publication_number="9", image_names=("1",)), ["images"]),
        (Record(Right.TRADE_MARK, RecordKind.APPLICATION, image_names=("1",)), []),
        (Record(Right.PATENT, RecordKind.APPLICATION, classes=Classes(cpc=("G06F 15/16",))), ["classes.cpc"]),
    ],
)
def test_what_st96_asks_for_and_no_record_says(record: Record, said: list[str]) -> None:
    writer = formats.of_name("st96").writer(io.BytesIO())
    writer.write(record)
    assert [finding.where for finding in writer.close()] == said


@pytest.mark.parametrize("form", ["st96", "st36", "inid", "csv", "json"])
def test_what_no_document_can_hold_is_a_visible_mark(form: str) -> None:
    record = Record(
        Right.PATENT, RecordKind.APPLICATION, office="KE", language="en", application_number="7",
        titles={"en": "a\x00b\ud800c\ufffe"}, applicants=(NamedParty("A\x1bB", "KE", "", "applicant"),),
    )  # fmt: skip
    out = io.BytesIO()
    writer = formats.of_name(form).writer(out)
    back = writer.write(record)
    writer.close()
    assert out.getvalue().decode("utf-8")
    if form in ("st96", "st36"):
        assert back.titles == {"en": "a\ufffdb\ufffdc\ufffd"}
        assert back.applicants[0].name == "A\ufffdB"


@pytest.mark.parametrize(
    ("record", "fits"),
    [
        (publication("1"), {"st96", "st36", "st37", "inid", "csv", "json"}),
        (Record(Right.PATENT, RecordKind.APPLICATION), {"st96", "st36", "inid", "csv", "json"}),
        (Record(Right.TRADE_MARK, RecordKind.APPLICATION), {"st96", "st66", "inid", "csv", "json"}),
        (Record(Right.DESIGN, RecordKind.REGISTRATION), {"st96", "st86", "inid", "csv", "json"}),
        (Record(Right.DESIGN, RecordKind.GRANT, kind_code="S1", publication_number="9"),
         {"st96", "st36", "st86", "st37", "inid", "csv", "json"}),
        (Record(Right.PATENT, RecordKind.ASSIGNMENT), {"csv", "json"}),
        (Record(Right.GEOGRAPHICAL_INDICATION, RecordKind.REGISTRATION), {"csv", "json"}),
    ],
)  # fmt: skip
def test_which_forms_fit(record: Record, fits: set[str]) -> None:
    assert set(formats.fitting(record)) == fits
