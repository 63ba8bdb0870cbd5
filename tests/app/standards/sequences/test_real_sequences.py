"""Facts of the real files of sequences, counted and read off with other tools."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from app.domain.sequences import Listing, Sequence
from app.services import listings
from app.services.inspecting import inspect

BANKS = "sequences/embl-genbank/"
US = "sequences/us-sequence-list-xml/seq_US10787484B2.xml"

# file, entries, then of the first: name, molecule, residues, features
ENTRIES = [
    ("A04195.imgt", 1, "A04195", "RNA", 51, 2),
    ("DD231055_edited.embl", 1, "DD231055", "DNA", 315, 2),
    ("DS830848.embl", 1, "DS830848", "DNA", 0, 1),
    ("EU851978.gbk", 1, "EU851978", "RNA", 1698, 4),
    ("TRBG361.embl", 1, "X56734", "RNA", 1859, 3),
    ("epo_prt_selection.embl", 9, "A00022", "AA", 14, 1),
    ("gbvrl1_start.seq", 3, "AB000048", "DNA", 2007, 2),
    ("no_end_marker.gb", 1, "AB070938", "DNA", 6497, 1),
    ("noref.gb", 1, "NM_006141", "RNA", 1622, 3),
    ("pBAD30.gb", 1, "pBAD30", "DNA", 4923, 13),
    ("protein_refseq.gb", 1, "NP_034640", "AA", 182, 7),
]


@pytest.mark.parametrize(("name", "count", "first", "molecule", "length", "features"), ENTRIES)
def test_entries(
    shared_data: Path, name: str, count: int, first: str, molecule: str, length: int, features: int
) -> None:
    found = [one for one in listings.events(shared_data / BANKS / name) if isinstance(one, Sequence)]
    one = found[0]
    assert (len(found), one.name, one.molecule, len(one.residues), len(one.features)) == (
        count, first, molecule, length, features,
    )  # fmt: skip


def test_a_file_edited_by_hand_keeps_its_notes(shared_data: Path) -> None:
    events = listings.events(shared_data / BANKS / "DD231055_edited.embl")
    (one,) = [event for event in events if isinstance(event, Sequence)]
    assert one.source is not None
    assert one.source.values("organism") == ("Homo sapiens",)
    notes = one.source.values("note")
    assert len(notes) == 8
    assert notes[2] == "Third note, multiline with quotes, and a completely blank line."
    assert notes[5] == "Sixth note, without quotes, multiline."
    assert one.features[1].location == "315^1"
    assert one.published is not None
    assert (one.published.office, one.published.number, one.published.place) == ("JP", "2005522996", "12")


def test_the_us_listing(shared_data: Path) -> None:
    general, *found = listings.events(shared_data / US)
    assert isinstance(general, Listing)
    assert general.total == len(found) == 403
    sequences = [one for one in found if isinstance(one, Sequence)]
    assert [one.number for one in sequences] == [str(at) for at in range(1, 404)]
    assert sum(one.skipped for one in sequences) == 1
    assert all(one.skipped or len(one.residues) == int(one.length) for one in sequences)
    assert {one.molecule for one in sequences if not one.skipped} <= {"AA", "DNA"}
    first = sequences[0]
    assert first.residues.startswith("MGTVSSRRSWWPLPLL")
    residues = "".join(one.residues for one in sequences)
    assert hashlib.sha256(residues.encode()).hexdigest()[:12] == "9de31ad24e92"


def test_records(shared_data: Path) -> None:
    (entry,) = inspect([shared_data / US])
    (record,) = entry.records
    assert record.as_json() == {
        "right": "patent", "kind": "sequence_listing", "office": "US", "kind_code": "B2",
        "publication_number": "10787484", "publication_date": "2020-09-29", "sequences": 402,
        "as_filed": {"publication_date": "20200929"},
    }  # fmt: skip
    (entry,) = inspect([shared_data / BANKS / "A04195.imgt"])
    assert entry.records[0].as_json()["publication_date"] == "1984-09-27"
