"""Listings as text: line ends, encodings, residues that are printed in other ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.sequences import Listing, Sequence
from app.services import listings
from app.services.inspecting import inspect
from app.standards.sequences import genetic_code
from app.standards.sequences.residues import amino_acids, nucleotides

SAMPLE = Path(__file__).parents[3] / "data" / "standards" / "st25-listing.txt"


def sequences(path: Path) -> list[Sequence]:
    return [one for one in listings.events(path) if isinstance(one, Sequence)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_line_ends_and_encodings(tmp_path: Path, end: str, encoding: str) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("Savanna", "Sávanna").replace("\n", end)
    path = tmp_path / "listing.txt"
    path.write_bytes(text.encode(encoding))
    (entry,) = inspect([path])
    (record,) = entry.records
    assert (entry.format, record.sequences, record.applicants[0].name) == ("st25", 4, "Sávanna Enzymes Ltd.")


def test_a_listing_that_begins_with_its_first_field_is_no_xml(tmp_path: Path) -> None:
    path = tmp_path / "listing.txt"
    path.write_text(SAMPLE.read_text(encoding="utf-8").split("LISTING", 1)[1].lstrip(), encoding="utf-8")
    (entry,) = inspect([path])
    assert (entry.format, entry.records[0].sequences) == ("st25", 4)


def test_what_the_fields_say() -> None:
    general = next(listings.events(SAMPLE))
    assert isinstance(general, Listing)
    assert general.reference == "SAV/12-3"
    assert general.titles == (("", "Heat-loving lipase and its use"),)
    assert [claim.number for claim in general.priorities] == ["US 60/398,765", "GB 0211223.4"]
    found = sequences(SAMPLE)
    assert [one.residues for one in found] == [
        "gatnnncttaaggcatgcatgcatgcatgc", "atggctaaacttggtgaatggcattacgactaa", "MAKLGEWHYD", "000", "XGXAAC",
    ]  # fmt: skip
    assert [(f.key, f.location, f.values("note")) for f in found[0].features] == [
        ("misc_feature", "1..30", ("Primer",)), ("misc_feature", "4..6", ("n is a, c, g, or t",)),
    ]  # fmt: skip


def test_one_endless_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "listing.txt"
    path.write_text("<110>  A\n<120>  B\n<210>  1\n<400>  1\n" + "a" * 5_000_000, encoding="utf-8")
    (entry,) = inspect([path])
    assert entry.refused is not None
    assert entry.refused.line == 5


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Met Ala Xaa Asx", ("MAXB", [])), ("MET ALA GLY", ("MAG", [])),
        ("MKVLAAGTRA ALAGG  15", ("MKVLAAGTRAALAGG", [])),
        ("Met Hyp", ("MX", ["Hyp"])), ("1               5", ("", [])), ("Ter *", ("*", [])),
    ],
)  # fmt: skip
def test_lines_of_amino_acids(line: str, expected: tuple[str, list[str]]) -> None:
    assert amino_acids(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("atg GCT 6", "atggct"), ("Met Asn", ""), ("acgtacgtac gt   12", "acgtacgtacgt"), ("", "")],
)
def test_lines_of_nucleotides(line: str, expected: str) -> None:
    assert nucleotides(line) == expected


@pytest.mark.parametrize(
    ("region", "table", "start", "expected"),
    [
        ("atggctaaatga", 1, 1, "MAK*"), ("atggctaaatga", 2, 1, "MAKW"), ("ccatggcn", 1, 3, "MA"),
        ("atgaan", 1, 1, "MX"),
        ("ctg", 12, 1, "S"), ("tay", 1, 1, "Y"),
    ],
)  # fmt: skip
def test_genetic_codes(region: str, table: int, start: int, expected: str) -> None:
    assert genetic_code.translated(region, table, start) == expected


def test_the_other_strand() -> None:
    assert genetic_code.reverse_complement("aacgtn") == "nacgtt"


def test_the_organism_stands_in_its_line_where_the_source_names_none(tmp_path: Path) -> None:
    path = tmp_path / "entry.embl"
    path.write_text(
        "ID   A00001; SV 1; linear; unassigned DNA; PAT; XXX; 12 BP.\nAC   A00001;\nOS   Zea mays\n"
        "FH   Key             Location/Qualifiers\nFT   source          1..12\n"
        'FT                   /mol_type="unassigned DNA"\nSQ   Sequence 12 BP;\n'
        "     acgtacgtac gt                                                            12\n//\n",
        encoding="utf-8",
    )
    (found,) = sequences(path)
    assert (found.organism, found.residues) == ("Zea mays", "acgtacgtacgt")
