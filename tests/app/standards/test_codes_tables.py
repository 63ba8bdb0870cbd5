"""The tables of resources/codes: sound in themselves, with source and validity, asked as they should be."""

from __future__ import annotations

import re

import pytest

from app.paths import resources
from app.standards import codes

FILES = sorted(path.name for path in (resources() / "codes").iterdir() if path.suffix in (".csv", ".toml"))


@pytest.mark.parametrize("name", FILES)
def test_each_table_says_source_edition_and_validity(name):
    folder = resources() / "codes"
    head = "\n".join((folder / name).read_text(encoding="utf-8").splitlines()[:12]).lower()
    assert re.search(r"sources?\b", head) and "edition" in head and "valid" in head
    assert f"`{name}`" in (folder / "README.md").read_text(encoding="utf-8")
    assert (folder / name).stat().st_size < 64_000


@pytest.mark.parametrize(
    ("code", "kind", "last", "now"),
    [
        ("EP", "organisation", "", ()), ("WO", "organisation", "", ()), ("IB", "organisation", "", ()),
        ("EA", "organisation", "", ()), ("AP", "organisation", "", ()), ("OA", "organisation", "", ()),
        ("EM", "organisation", "", ()), ("BX", "organisation", "", ()), ("GC", "organisation", "", ()),
        ("XN", "organisation", "", ()), ("XU", "organisation", "", ()), ("QZ", "organisation", "", ()),
        ("XV", "organisation", "", ()), ("XX", "unknown", "", ()), ("HK", "territory", "", ()),
        ("SU", "former", "1991-12-25", ("RU",)), ("DD", "former", "1990-10-02", ("DE",)),
        ("YU", "former", "2003-02-04", ("RS", "ME")), ("ZR", "former", "1997-07-14", ("CD",)),
        ("BU", "former", "1989-06-18", ("MM",)), ("AN", "former", "2010-10-10", ("BQ", "CW", "SX")),
        ("TP", "former", "2002-05-20", ("TL",)), ("PR", "address", "", ()),
    ],
)  # fmt: skip
def test_offices(code, kind, last, now):
    office = codes.offices()[code]
    assert (office.kind, office.last, office.now) == (kind, last, now) and office.name


def test_former_codes_lead_to_codes_in_force():
    table = codes.offices()
    for office in table.values():
        assert all(table[now].kind != "former" for now in office.now)
        assert bool(office.last) == (office.kind == "former")


@pytest.mark.parametrize("code", ["CS", "DL", "DT", "RH", "YD"])
def test_older_former_codes_are_there(code):
    assert codes.offices()[code].kind == "former"


def test_days_are_days_and_in_order():
    day = re.compile(r"(?:\d{4}-\d\d-\d\d)?\Z")
    for kind in codes.kinds().values():
        assert day.match(kind.first) and day.match(kind.last) and re.match(r"[A-Z]\d?\Z", kind.code)
        assert not kind.last or kind.first <= kind.last
        assert kind.office in codes.offices()
    for scheme in ("nice", "locarno", "vienna", "ipc", "cpc"):
        firsts = [edition.first for edition in codes.editions(scheme)]
        assert firsts and firsts == sorted(firsts) and all(day.match(first) for first in firsts)


def test_every_number_form_fits_its_own_example():
    forms = {form for found in codes.number_forms().values() for form in found}
    assert len({office for office, _right, _of in codes.number_forms()}) >= 25
    for form in forms:
        assert form.pattern.fullmatch(form.example.replace(" ", "")), form
        assert not form.year or "y" in form.pattern.groupindex
        assert not form.check or "c" in form.pattern.groupindex
        assert not form.last or form.first <= form.last


@pytest.mark.parametrize(
    ("scheme", "day", "name", "classes"),
    [
        ("nice", "2001-12-31", "7", 42), ("nice", "2002-01-01", "8", 45), ("nice", "2026-11-25", "13", 45),
        ("locarno", "2013-12-31", "9", 31), ("locarno", "2014-01-01", "10", 32),
        ("ipc", "2005-12-31", "7", 0), ("ipc", "2006-01-01", "8", 0), ("ipc", "2024-05-01", "2024.01", 0),
    ],
)  # fmt: skip
def test_edition_in_force(scheme, day, name, classes):
    edition = codes.edition_on(scheme, day)
    assert edition is not None and (edition.name, edition.classes) == (name, classes)


def test_before_the_first_edition_there_is_none():
    assert codes.edition_on("nice", "1950-01-01") is None and codes.edition_on("none", "2020-01-01") is None


@pytest.mark.parametrize(
    ("ipc", "field"),
    [
        ("G06F 15/16", 6), ("H04N 5/225", 2), ("H04N 1/00", 3), ("H04N 21/10", 4), ("A61K 8/02", 14),
        ("A61K 31/00", 16), ("C12N", 15), ("H01L 21/30", 8), ("H10K 50/10", 8), ("G01N 33/50", 11),
        ("G01N 21/00", 10), ("B01D 53/00", 24), ("B01D 1/00", 23), ("E01F 8/00", 24), ("E21B 43/00", 35),
    ],
)  # fmt: skip
def test_fields_of_technology(ipc, field):
    found = codes.technology(ipc)
    assert found is not None and found.number == field and {"en", "fr", "es"} <= set(found.names)


def test_there_are_35_fields_in_five_sectors_and_no_place_twice():
    fields = codes.technology_fields()
    assert [field.number for field in fields] == list(range(1, 36))
    assert len({field.sector for field in fields}) == 5
    places = [place for field in fields for place in field.places]
    assert len(places) == len(set(places))
    assert codes.technology("Z99Z") is None and codes.technology("") is None


def test_inid_codes_of_the_three_standards():
    table = codes.inid()
    assert table["ST.9", "21"].minimum and table["ST.60", "511"].minimum and table["ST.80", "55"].minimum
    assert {standard for standard, _code in table} == {"ST.9", "ST.60", "ST.80"}
    assert all(entry.wording for entry in table.values())


def test_letters_of_kind_codes():
    assert codes.kind_letter("U")[0].startswith("documents of a utility model")
    assert codes.kind_letter("?") == ("", "")


@pytest.mark.parametrize(
    ("raw", "symbol"),
    [
        ("C12N000902", "C12N 9/02"), ("C12N001509", "C12N 15/09"), ("A61K000900", "A61K 9/00"),
        ("G06F015163", "G06F 15/163"), ("G06F 1516", "G06F 15/16"),
    ],
)  # fmt: skip
def test_symbols_padded_with_zeros_as_search_services_write_them(raw, symbol):
    """Found by the check of symbols: no group is 0."""
    from app.standards.fields import symbols

    assert symbols.ipc(raw) == symbol
