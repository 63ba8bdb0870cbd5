"""Writing a listing in ST.26, element by element, so that a listing larger than memory can pass through.

From ST.25 it is advisory: ST.26 asks for things ST.25 does not say (a source with mol_type, a division), and
what ST.26 has no key for becomes `misc_feature` or `REGION` with a note (as Annex VII advises).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from app.domain.locations import BadLocation, parse
from app.domain.sequences import SKIPPED, ApplicationName, Feature, Listing, PersonName, Qualifier, Sequence
from app.standards.sequences.records import split
from app.standards.sequences.vocabulary import vocabulary

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ST26SequenceListing PUBLIC "-//WIPO//DTD Sequence Listing 1.3//EN" "ST26SequenceListing_V1_3.dtd">
"""
_BARRED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ARTIFICIAL = re.compile(r"artificial( sequence)?\.?\Z|synthetic construct\Z", re.I)
_UNKNOWN = re.compile(r"unknown\.?\Z|\Z", re.I)
_ORIGIN = ("organism", "mol_type", "note")
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\xa0": " "})
_SYNTHETIC, _UNIDENTIFIED = "synthetic construct", "unidentified"


def written(listing: Listing, sequences: Iterable[Sequence], total: int) -> Iterator[str]:
    """The document in pieces. `total` is how many sequences there are, skipped ones included."""
    yield _HEAD
    attributes = [
        ("dtdVersion", "V1_3"), ("fileName", listing.file_name), ("softwareName", listing.software),
        ("softwareVersion", listing.software_version), ("productionDate", listing.produced),
        ("originalFreeTextLanguageCode", listing.original_language),
        ("nonEnglishFreeTextLanguageCode", listing.other_language),
    ]  # fmt: skip
    told = "".join(f" {name}={quoteattr(_clean(value))}" for name, value in attributes if value)
    yield f"<ST26SequenceListing{told}>\n"
    yield from _general(listing)
    yield _element("SequenceTotalQuantity", str(total), 1)
    for sequence in sequences:
        yield _sequence(sequence)
    yield "</ST26SequenceListing>\n"


def for_st26(listing: Listing, file_name: str = "") -> Listing:
    """The general part as ST.26 has it: one applicant, one inventor, the earliest priority, titles with a
    language (English where none is said)."""
    dated = sorted((one for one in listing.priorities if one.date), key=lambda one: one.date)
    return replace(
        listing,
        form="st26",
        file_name=file_name or listing.file_name,
        application=_named(listing.application) if listing.application else None,
        priorities=tuple(_named(one) for one in (*dated, *listing.priorities)[:1]),
        applicants=tuple(replace(one, language=one.language or "en") for one in listing.applicants[:1]),
        inventors=tuple(replace(one, language=one.language or "en") for one in listing.inventors[:1]),
        titles=tuple((language or "en", text) for language, text in listing.titles),
    )


def sequence_for_st26(sequence: Sequence) -> Sequence:
    """A sequence of another form as ST.26 has it: division, source, keys it knows, length as counted."""
    if sequence.skipped:
        return Sequence(sequence.number, residues=SKIPPED, line=sequence.line)
    length = len(sequence.residues)
    molecule = sequence.molecule if sequence.molecule in vocabulary().molecules else "DNA"
    residues = sequence.residues if molecule == "AA" else sequence.residues.replace("u", "t")
    described = [one for one in sequence.features if _describes_origin(one, sequence)]
    notes = [note for one in described for note in one.values("note")]
    known = [_source(sequence, molecule, length, notes)]
    known += [_feature(one, molecule == "AA", length) for one in sequence.features if one not in described]
    return replace(
        sequence, molecule=molecule, residues=residues, length=str(length), division="PAT",
        features=tuple(known), has_table=True,
    )  # fmt: skip


def _describes_origin(feature: Feature, sequence: Sequence) -> bool:
    """Whether a feature says where the whole sequence comes from: `source`, or a note on what is made."""
    if feature.key == "source":
        return True
    whole = feature.location == f"1..{len(sequence.residues)}"
    made = _ARTIFICIAL.match(sequence.organism) or _UNKNOWN.match(sequence.organism)
    return bool(made) and whole and feature.key == "misc_feature"


def _source(sequence: Sequence, molecule: str, length: int, notes: Iterable[str]) -> Feature:
    """The source. What a source of another form says besides organism and molecule is kept."""
    given = sequence.source
    rest = tuple(one for one in given.qualifiers if one.name not in _ORIGIN) if given is not None else ()
    said = next(iter(given.values("mol_type")), "") if given is not None else ""
    organism = sequence.organism
    if _ARTIFICIAL.match(organism):
        organism, kind = _SYNTHETIC, f"other {molecule}"
    else:
        organism, kind = _UNIDENTIFIED if _UNKNOWN.match(organism) else organism, f"unassigned {molecule}"
    if molecule == "AA":
        kind = "protein"
    elif said in vocabulary().molecules[molecule]:
        kind = said
    told = [Qualifier("mol_type", kind), Qualifier("organism", _basic(organism)), *map(_qualified, rest)]
    if note := "; ".join(dict.fromkeys(filter(None, notes))):
        told.append(Qualifier("note", _basic(note)))
    return Feature("source", f"1..{length}", tuple(told))


def _qualified(one: Qualifier) -> Qualifier:
    return replace(one, value=_basic(one.value))


def _basic(text: str) -> str:
    """Quotation marks and dashes as Basic Latin has them; other letters stay, and the check says so."""
    return text.translate(_PLAIN)


def _feature(feature: Feature, is_protein: bool, length: int) -> Feature:
    """A feature with a key and a place ST.26 knows; what it was called before goes into its note."""
    key = feature.key
    qualifiers = feature.qualifiers
    if vocabulary().key(key, is_protein) is None:
        note = "; ".join(filter(None, (key if key != "misc_feature" else "", *feature.values("note"))))
        key = "REGION" if is_protein else "misc_feature"
        qualifiers = (*(one for one in qualifiers if one.name != "note"), Qualifier("note", note))
    location = feature.location
    try:
        parse(location)
    except BadLocation:
        location = f"1..{length}"
        qualifiers = (*qualifiers, Qualifier("note", feature.location)) if feature.location else qualifiers
    told = tuple(_qualified(one) for one in qualifiers if one.name)
    return Feature(key, location, told, feature.line)


def _named(application: ApplicationName) -> ApplicationName:
    office, number = split(application)
    office = office or ("IB" if number.upper().startswith("PCT") else "")
    return ApplicationName(office, number, application.date)


def _general(listing: Listing) -> Iterator[str]:
    if listing.application is not None:
        yield _application("ApplicationIdentification", listing.application)
    if listing.reference or listing.application is None:
        yield _element("ApplicantFileReference", listing.reference, 1)
    for claim in listing.priorities[:1]:
        yield _application("EarliestPriorityApplicationIdentification", claim)
    for tag, people in (("ApplicantName", listing.applicants), ("InventorName", listing.inventors)):
        for person in people[:1]:
            yield from _person(tag, person)
    for language, text in listing.titles:
        yield _element("InventionTitle", text, 1, languageCode=language)


def _person(tag: str, person: PersonName) -> Iterator[str]:
    yield _element(tag, person.text, 1, languageCode=person.language)
    if person.latin:
        yield _element(f"{tag}Latin", person.latin, 1)


def _application(tag: str, application: ApplicationName) -> str:
    parts = [
        _element("IPOfficeCode", application.office, 2),
        _element("ApplicationNumberText", application.number, 2),
        _element("FilingDate", application.date, 2) if application.date else "",
    ]
    return _around(tag, parts, 1)


def _sequence(sequence: Sequence) -> str:
    parts = [
        _element("INSDSeq_length", sequence.length, 3),
        _element("INSDSeq_moltype", sequence.molecule, 3),
        _element("INSDSeq_division", sequence.division, 3),
    ]
    if sequence.identifiers:
        inner = [_element("INSDSeqid", one, 4) for one in sequence.identifiers[:1]]
        parts.append(_around("INSDSeq_other-seqids", inner, 3))
    if sequence.features:
        parts.append(_around("INSDSeq_feature-table", map(_written_feature, sequence.features), 3))
    parts.append(_element("INSDSeq_sequence", sequence.residues, 3))
    inner_text = _around("INSDSeq", parts, 2)
    return _around("SequenceData", [inner_text], 1, sequenceIDNumber=sequence.number)


def _written_feature(feature: Feature) -> str:
    parts = [
        _element("INSDFeature_key", feature.key, 5),
        _element("INSDFeature_location", feature.location, 5),
    ]
    if feature.qualifiers:
        parts.append(_around("INSDFeature_quals", map(_qualifier, feature.qualifiers), 5))
    return _around("INSDFeature", parts, 4)


def _qualifier(one: Qualifier) -> str:
    parts = [_element("INSDQualifier_name", one.name, 7)]
    if one.value:
        parts.append(_element("INSDQualifier_value", one.value, 7))
    if one.other:
        parts.append(_element("NonEnglishQualifier_value", one.other, 7))
    return _around("INSDQualifier", parts, 6, **({"id": one.id} if one.id else {}))


def _element(tag: str, text: str, depth: int, **attributes: str) -> str:
    told = "".join(f" {name}={quoteattr(_clean(value))}" for name, value in attributes.items())
    return f"{'  ' * depth}<{tag}{told}>{escape(_clean(text))}</{tag}>\n"


def _around(tag: str, parts: Iterable[str], depth: int, **attributes: str) -> str:
    told = "".join(f" {name}={quoteattr(_clean(value))}" for name, value in attributes.items())
    blank = "  " * depth
    return f"{blank}<{tag}{told}>\n{''.join(parts)}{blank}</{tag}>\n"


def _clean(text: str) -> str:
    """Without the characters XML has no form for."""
    return _BARRED.sub("\ufffd", text)
