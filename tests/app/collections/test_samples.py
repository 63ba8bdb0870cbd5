"""The sample collection of a built copy answers until the office has a collection of its own."""

from __future__ import annotations

import pytest

from app.errors import OfficeError
from app.services import collections, searching
from app.storage import samples

RECORD = """number,name,classes,office,filing_date
2001/000017,NSORO AQUA,7;11,XY,2001-05-04
"""


@pytest.fixture
def sample(tmp_path, monkeypatch):
    """A folder as a built copy carries it."""
    register = tmp_path / "register.csv"
    register.write_text(RECORD, encoding="utf-8")
    folder = tmp_path / "ready"
    collections.create(folder, "sample")
    assert collections.add(folder, "sample", [register]).added == 1
    monkeypatch.setattr(samples, "bundled", lambda: folder)
    return folder


def test_it_answers_before_there_is_an_office_and_stays_as_it_was(sample, tmp_path):
    before = {p: p.read_bytes() for p in sample.rglob("*") if p.is_file()}
    page = searching.search(tmp_path / "no-office", "nsoro")
    assert [hit.number for hit in page.hits] == ["2001/000017"]
    assert searching.record(tmp_path / "no-office", page.hits[0].id).title == "NSORO AQUA"
    assert {p: p.read_bytes() for p in sample.rglob("*") if p.is_file()} == before


def test_the_offices_own_collections_take_its_place(sample, tmp_path):
    office = tmp_path / "office"
    collections.create(office, "own")
    assert searching.search(office, "nsoro").total == 0


def test_a_checkout_has_none(tmp_path):
    with pytest.raises(OfficeError, match="no collection"):
        searching.search(tmp_path / "no-office", "nsoro")
