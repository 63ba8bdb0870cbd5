"""Collections: what enters, what is passed over, what comes again, and what stays when something fails."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.publication import completed, key_of, may_be_shown, number_of
from app.domain.record import (
    Classes,
    MarkSign,
    NamedParty,
    PriorityClaim,
    Record,
    RecordKind,
    Related,
    Right,
)
from app.errors import OfficeError
from app.progress import Cancelled
from app.services import collections, searching
from app.storage import collections as shelves
from app.storage.record_codec import from_bytes, to_bytes
from app.storage.shelf import Put
from search.text.documents import doc_of

FULL = Record(
    Right.PATENT,
    RecordKind.GRANT,
    office="XX",
    kind_code="B1",
    publication_number="123",
    publication_date="2020-05-06",
    titles={"en": "Pump", "fr": "Pompe"},
    claims={"en": ("1. A pump.", "2. A better pump.")},
    descriptions={"en": ("It pumps.",)},
    applicants=(NamedParty("A", "XX", role="applicant"),),
    priorities=(PriorityClaim("XY", "9", "2019-01-01"),),
    related=(Related("division", "XX", "7"),),
    classes=Classes(ipc=("F04D 13/06",), nice=(7,)),
    mark=MarkSign("PUMPA", "word"),
    goods={7: {"en": "Pumps"}},
    sequences=3,
    as_filed={"publication_number": "000123"},
)


@pytest.mark.parametrize("record", [FULL, Record(Right.DESIGN, RecordKind.APPLICATION)])
def test_a_record_survives_keeping(record):
    assert from_bytes(to_bytes(record)) == record


@pytest.mark.parametrize("name", ["art", "Prior art 2024", "säfte", "مجموعة", "a.b-c_d"])
def test_a_good_name_makes_a_collection(name, tmp_path):
    collections.create(tmp_path, name)
    assert [one.name for one in collections.listed(tmp_path)] == [name]
    collections.drop(tmp_path, name)
    assert collections.listed(tmp_path) == ()
    assert list((tmp_path / "collections").iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../up",
        "a/b",
        "a\\b",
        "a:b",
        ".hidden",
        "end.",
        "end ",
        " start",
        "-x",
        "con",
        "COM1.txt",
        "a\0b",
        "x" * 61,
    ],
)
def test_a_name_no_disk_can_hold_is_refused(name, tmp_path):
    with pytest.raises(OfficeError):
        collections.create(tmp_path, name)
    assert not (tmp_path / "collections").exists()


def test_a_name_is_taken_in_any_case(tmp_path):
    collections.create(tmp_path, "Art")
    with pytest.raises(OfficeError, match="already"):
        collections.create(tmp_path, "ART")


def test_a_collection_of_a_newer_program_is_refused(tmp_path):
    collections.create(tmp_path, "art")
    about = tmp_path / "collections" / "art" / "collection.json"
    about.write_text(
        json.dumps(json.loads(about.read_text(encoding="utf-8")) | {"format": 9}), encoding="utf-8"
    )
    with pytest.raises(OfficeError, match="9"):
        searching.search(tmp_path, "pump")


@pytest.mark.parametrize(
    "call",
    [
        lambda home: collections.add(home, "nope", []),
        lambda home: collections.drop(home, "nope"),
        lambda home: searching.search(home, "pump", collections=["nope"]),
        lambda home: searching.record(home, "nope:XX-1-A"),
    ],
)
def test_a_collection_that_is_not_there_is_refused(call, tmp_path):
    collections.create(tmp_path, "art")
    with pytest.raises(OfficeError, match="nope"):
        call(tmp_path)


def application_xml(*documents: tuple[str, str, str]) -> str:
    """US applications of the weekly file: number, title, abstract. Without a number: not published."""
    made = []
    for number, title, abstract in documents:
        publication = (
            "<publication-reference><document-id><country>US</country>"
            f"<doc-number>{number}</doc-number><kind>A1</kind><date>20100107</date></document-id></publication-reference>"
            if number
            else ""
        )
        made.append(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<us-patent-application lang="EN" dtd-version="v4.2 2006-08-23">'
            "<us-bibliographic-data-application>"
            f'{publication}<application-reference appl-type="utility"><document-id><country>US</country>'
            "<doc-number>12345678</doc-number><date>20090101</date></document-id></application-reference>"
            f'<invention-title id="d0e1">{title}</invention-title></us-bibliographic-data-application>'
            f'<abstract id="abstract"><p id="p-1">{abstract}</p></abstract></us-patent-application>\n'
        )
    return "".join(made)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    home = tmp_path / "office"
    collections.create(home, "art")
    return home


def written(folder: Path, name: str, *documents: tuple[str, str, str]) -> Path:
    path = folder / name
    path.write_text(application_xml(*documents), encoding="utf-8")
    return path


def test_what_is_not_published_never_enters(office, tmp_path):
    file = written(tmp_path, "week.xml", ("20100000001", "Pump", "A pump."), ("", "Secretum", "A secretum."))
    done = collections.add(office, "art", [file])
    assert (done.added, done.skipped, done.records) == (1, 1, 1)
    assert searching.search(office, "secretum").total == 0
    for path in (office / "collections").rglob("*"):
        assert not path.is_file() or b"secretum" not in path.read_bytes().lower()


def counts(done: collections.Added) -> tuple[int, int, int, int, int]:
    return done.added, done.updated, done.skipped, done.held, done.records


def test_the_same_publication_again_is_the_same_record(office, tmp_path):
    a = written(tmp_path, "a.xml", ("20100000001", "Pump", "A pump."))
    b = written(tmp_path, "b.xml", ("20100000001", "Loom", "A loom."), ("20100000002", "Well", "A well."))
    assert counts(collections.add(office, "art", [a])) == (1, 0, 0, 0, 1)
    state = (office / "collections" / "art" / "whoosh" / "state.json").read_bytes()
    assert counts(collections.add(office, "art", [a])) == (0, 0, 1, 1, 1)
    assert (office / "collections" / "art" / "whoosh" / "state.json").read_bytes() == state
    assert counts(collections.add(office, "art", [b, b])) == (1, 1, 2, 2, 2)
    for engine in ("whoosh", "tantivy"):
        assert searching.search(office, "pump", engine=engine).total == 0
        assert searching.search(office, "loom", engine=engine).total == 1


def test_a_list_of_titles_takes_nothing_away_from_the_full_text():
    listed = Record(
        Right.PATENT,
        RecordKind.GRANT,
        office="XX",
        kind_code="B1",
        publication_number="123",
        titles={"en": "PUMP", "und": "PUMP"},
        classes=Classes(cpc=("F04D 13/08",)),
    )
    whole = completed(listed, FULL)
    assert (whole.claims, whole.applicants, whole.publication_date) == (
        FULL.claims, FULL.applicants, "2020-05-06",
    )  # fmt: skip
    assert whole.titles == {"en": "PUMP", "und": "PUMP", "fr": "Pompe"}
    assert (whole.classes.ipc, whole.classes.cpc) == (("F04D 13/06",), ("F04D 13/08",))
    assert completed(whole, FULL) == whole


@pytest.mark.parametrize("kind", [RecordKind.LEGAL_EVENT, RecordKind.SEARCH_REPORT, RecordKind.NOTICE])
def test_what_is_said_about_a_publication_does_not_take_its_place(kind):
    said = Record(Right.PATENT, kind, office="XX", kind_code="B1", publication_number="123", status="lapsed")
    for whole in (completed(said, FULL), completed(FULL, said)):
        assert (whole.kind, whole.titles, whole.status) == (RecordKind.GRANT, FULL.titles, "lapsed")


@pytest.mark.parametrize(("number", "enters"), [("123", True), ("D 5", True), ("DELHI", False), ("", False)])
def test_a_number_has_a_digit(number, enters):
    assert may_be_shown(replace(FULL, publication_number=number)) is enters


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2015/0056336", "2015056336", True),
        ("20150056336", "2015056336", True),
        ("2015/026896", "2015026896", True),
        ("1985/039017", "1985/39017", True),
        ("2015056336", "2015056337", False),
        ("2000123", "2000/123", False),  # the two millionth patent and a publication of the year 2000
        ("1234567", "01234567", True),
    ],
)
def test_one_number_in_two_spellings_is_one_record(one, other, same):
    keys = {key_of(replace(FULL, publication_number=number)) for number in (one, other)}
    assert (len(keys) == 1) is same


def test_a_register_changes_and_its_newer_state_stands_alone():
    older = Record(Right.TRADE_MARK, RecordKind.REGISTRATION, registration_number="1", status="alive")
    newer = Record(Right.TRADE_MARK, RecordKind.REGISTRATION, registration_number="1")
    assert completed(newer, older) == newer


@pytest.mark.parametrize(
    ("office_code", "right", "published", "registered", "number"),
    [
        ("EM", Right.TRADE_MARK, "2020-04-27", "2020-08-05", "18222197"),
        ("EM", Right.TRADE_MARK, "2020-04-27", "", "18222197"),
        ("EM", Right.TRADE_MARK, "", "", ""),  # only filed: nobody has seen it yet
        ("DE", Right.TRADE_MARK, "2020-04-27", "2020-08-05", ""),
        ("EM", Right.DESIGN, "2020-04-27", "2020-08-05", ""),
    ],
)
def test_a_european_mark_has_one_number_from_filing_to_register(
    office_code, right, published, registered, number
):
    kind = RecordKind.REGISTRATION if registered else RecordKind.APPLICATION
    record = Record(
        right,
        kind,
        office=office_code,
        application_number="18222197",
        publication_date=published,
        registration_date=registered,
    )
    assert number_of(record) == number
    assert may_be_shown(record) == bool(number)
    if number:
        assert doc_of(record, 1).keys["pn"] >= {"18222197", "EM18222197"}


def test_the_european_register_comes_in_without_what_is_only_filed(office, shared_data):
    done = collections.add(office, "art", [shared_data / "trademarks" / "euipo-st66"])
    assert (done.added, done.skipped, done.refused) == (94, 6, ())
    assert searching.search(office, "pn=018222197").hits[0].title == "TERRA S NOVA"


def test_a_broken_file_is_listed_and_its_neighbours_come_in(office, tmp_path):
    good = written(tmp_path, "good.xml", ("20100000001", "Pump", "A pump."))
    bad = tmp_path / "bad.xml"
    bad.write_text("<us-patent-application><open>", encoding="utf-8")
    done = collections.add(office, "art", [bad, good, tmp_path / "gone.xml"])
    assert done.added == 1
    assert {Path(refused.file).name for refused in done.refused} == {"bad.xml", "gone.xml"}
    assert all(refused.refusal.message for refused in done.refused)


class _StopAt:
    def __init__(self, looks: int) -> None:
        self.left = looks

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_stopping_keeps_what_was_finished(office, tmp_path):
    rows = "\n".join(f"{n},Mark {n}" for n in range(1, 1_301))
    table = tmp_path / "register.csv"
    table.write_text("number,name\n" + rows, encoding="utf-8")
    with pytest.raises(Cancelled):
        collections.add(office, "art", [table], progress=_StopAt(1))
    kept = collections.listed(office)[0].coverage.records
    assert kept in (500, 1_000)
    assert searching.search(office, "mark*", limit=1).total == kept
    assert collections.add(office, "art", [table]).records == 1_300


def test_rows_keep_their_place_when_a_record_is_replaced(tmp_path):
    shelf = shelves.create(tmp_path, "art")
    rows = shelf.put([FULL, Record(Right.PATENT, RecordKind.GRANT, publication_number="5")], [[], []])
    (first, _new), (second, _too) = rows
    assert [fate for _row, fate in rows] == [Put.NEW, Put.NEW]
    assert shelf.put([FULL], [[]]) == [(first, Put.SAME)]
    assert shelf.seq == 2
    assert shelf.put([replace(FULL, sequences=4)], [[]]) == [(first, Put.CHANGED)]
    assert (shelf.seq, shelf.count()) == (3, 2)
    assert [(seq, row) for seq, row, _record in shelf.records_after(1)] == [(2, second), (3, first)]
    assert shelf.coverage().offices == ("XX",)
    shelf.close()


def test_a_mark_and_a_patent_of_one_number_are_two_records(tmp_path):
    shelf = shelves.create(tmp_path, "art")
    patent = Record(Right.PATENT, RecordKind.GRANT, office="XX", publication_number="1")
    mark = Record(Right.TRADE_MARK, RecordKind.REGISTRATION, office="XX", registration_number="1")
    shelf.put([patent, mark], [[], []])
    assert shelf.count() == 2
    shelf.close()
