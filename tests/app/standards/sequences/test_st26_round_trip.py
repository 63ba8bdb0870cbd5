"""A listing written in ST.26 and read again is the same listing."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.sequences import ApplicationName, Feature, Listing, PersonName, Qualifier, Sequence
from app.services import listingfiles, listings
from app.standards.sequences import opening, st26_writing
from app.standards.source import HEAD_BYTES, Notes, Source

SAMPLES = Path(__file__).parents[3] / "data" / "standards"
# One line of text without blanks at its ends: what an element of the standard holds.
TEXT = (
    st.text(
        st.characters(
            blacklist_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co", "Mn", "Mc", "Lm")
        ),
        min_size=1, max_size=20,
    )
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(lambda text: text.upper() not in ("NULL", "NIL"))
)  # fmt: skip
WORD = st.from_regex(r"[A-Za-z][A-Za-z_0-9]{0,12}", fullmatch=True).filter(
    lambda word: word.upper() not in ("NULL", "NIL")
)
NAMES = st.builds(PersonName, TEXT, st.sampled_from(["en", "fr", "zh"]), st.just("") | WORD)
APPLICATIONS = st.builds(
    ApplicationName, st.sampled_from(["EP", "IB", "US"]), WORD, st.just("") | st.just("2029-01-31")
)
QUALIFIERS = st.builds(Qualifier, WORD, TEXT, st.just("") | TEXT)
FEATURES = st.builds(Feature, WORD, st.just("1..4"), st.lists(QUALIFIERS, max_size=3).map(tuple))
RESIDUES = st.text("acgtn", min_size=1, max_size=70)
SEQUENCES = st.builds(
    lambda residues, features: Sequence(
        "0", "DNA", str(len(residues)), residues, "PAT", features=features, has_table=bool(features)
    ),
    RESIDUES, st.lists(FEATURES, max_size=3).map(tuple),
)  # fmt: skip
LISTINGS = st.builds(
    Listing,
    form=st.just("st26"), version=st.just("V1_3"), file_name=WORD, software=WORD, software_version=WORD,
    produced=st.just("2029-02-01"), original_language=st.just("fr"), other_language=st.just("fr"),
    reference=WORD, application=st.none() | APPLICATIONS,
    priorities=st.lists(APPLICATIONS, max_size=1).map(tuple),
    applicants=st.lists(NAMES, min_size=1, max_size=1).map(tuple),
    inventors=st.lists(NAMES, max_size=1).map(tuple),
    titles=st.lists(st.tuples(st.sampled_from(["en", "fr"]), TEXT), min_size=1, max_size=3).map(tuple),
)  # fmt: skip


def read(text: str) -> tuple[list[Listing | Sequence], Notes]:
    raw = text.encode()
    notes = Notes()
    source = Source("listing.xml", len(raw), raw[:HEAD_BYTES], lambda: io.BytesIO(raw))
    return list(opening.events(source, notes)), notes


def _normal(one: Sequence) -> Sequence:
    features = tuple(replace(f, line=0) for f in one.features)
    return replace(one, line=0, features=features, organism="")


@given(LISTINGS, st.lists(SEQUENCES, max_size=4))
@settings(max_examples=60, deadline=None)
def test_written_and_read_again(listing: Listing, sequences: list[Sequence]) -> None:
    numbered = [replace(one, number=str(at)) for at, one in enumerate(sequences, 1)]
    events, notes = read("".join(st26_writing.written(listing, numbered, len(numbered))))
    general, *found = events
    assert isinstance(general, Listing)
    assert replace(general, line=1, declared=None) == listing
    assert general.total == len(numbered)
    assert [_normal(one) for one in found if isinstance(one, Sequence)] == [_normal(one) for one in numbered]
    assert notes.take() == []


@pytest.mark.parametrize(
    "name", ["st26-listing.xml", "st25-listing.txt", "us-sequence-elements.xml", "embl-patent.embl"]
)
def test_any_form_becomes_a_listing_without_structural_faults(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out.xml"
    findings = listingfiles.convert(SAMPLES / name, out)
    before = [one for one in listings.events(SAMPLES / name) if isinstance(one, Sequence)]
    after = [one for one in listings.events(out) if isinstance(one, Sequence)]
    assert [one.residues for one in after] == [one.residues for one in before]
    assert [one.skipped for one in after] == [one.skipped for one in before]
    untitled = {"us-sequence-elements.xml", "embl-patent.embl"}
    assert all(one.rule != "st26.dtd" or name in untitled for one in findings)


def test_of_st25_the_origin_goes_into_the_source(tmp_path: Path) -> None:
    out = tmp_path / "out.xml"
    listingfiles.convert(SAMPLES / "st25-listing.txt", out)
    first = next(one for one in listings.events(out) if isinstance(one, Sequence))
    assert first.source is not None
    assert [(q.name, q.value) for q in first.source.qualifiers] == [
        ("mol_type", "other DNA"), ("organism", "synthetic construct"), ("note", "Primer"),
    ]  # fmt: skip
    assert [feature.key for feature in first.features] == ["source", "misc_feature"]
