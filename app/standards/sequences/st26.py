"""ST.26 sequence listings in XML, and INSDSeq documents of the data banks: one sequence at a time.

The structure is that of the DTD in Annex II (V1_1 to V1_3): what of it is broken is told while reading, with
its line, since nothing else sees the elements. An element is let go once the next sequence has come.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import Record
from app.domain.sequences import (
    ApplicationName,
    Feature,
    Listing,
    PersonName,
    Publication,
    Qualifier,
    Sequence,
)
from app.standards.registry import XmlFormat
from app.standards.sequences import structure
from app.standards.sequences.records import counted
from app.standards.source import Notes
from app.standards.xml.hardened import Document
from app.standards.xml.texts import children, field, first, local, plain

ROOT = "ST26SequenceListing"
BANK_ROOTS = frozenset({"INSDSet", "INSDSeq"})
_TAGS = ("SequenceData", "SequenceTotalQuantity")
_MOLECULES = {"AA": "AA", "PROTEIN": "AA", "PEPTIDE": "AA"}


def events(document: Document, notes: Notes) -> Iterator[Listing | Sequence]:
    """The general part of a listing, then its sequences in order. Raises Broken."""
    before = document.line - 1
    begun = False
    for element in document.elements(_TAGS):
        root = element.getroottree().getroot()
        if not begun:
            begun = True
            structure.check_general(root, before, notes)
            yield _listing(root, document.line)
        if local(element) == "SequenceData":
            structure.check_sequence(element, before, notes)
            yield _sequence(element, before)


def bank_events(document: Document, notes: Notes) -> Iterator[Listing | Sequence]:
    """The sequences of an INSDSeq document, which has no general part. Raises Broken."""
    yield Listing("insdseq", line=document.line)
    for number, element in enumerate(document.elements(("INSDSeq",)), 1):
        yield _bank_sequence(element, number, document.line - 1)


def _stream(document: Document, notes: Notes) -> Iterator[Record]:
    yield from counted(events(document, notes), notes)


def _bank_stream(document: Document, notes: Notes) -> Iterator[Record]:
    yield from counted(bank_events(document, notes), notes)


def _listing(root: etree._Element, line: int) -> Listing:
    """The general part: what stands before the first sequence."""
    total = first(root, "SequenceTotalQuantity")
    return Listing(
        form="st26",
        version=_attribute(root, "dtdVersion"),
        file_name=_attribute(root, "fileName"),
        software=_attribute(root, "softwareName"),
        software_version=_attribute(root, "softwareVersion"),
        produced=_attribute(root, "productionDate"),
        original_language=_attribute(root, "originalFreeTextLanguageCode"),
        other_language=_attribute(root, "nonEnglishFreeTextLanguageCode"),
        reference=field(root, "ApplicantFileReference"),
        application=_application(first(root, "ApplicationIdentification")),
        priorities=tuple(
            found
            for element in children(root, "EarliestPriorityApplicationIdentification")
            if (found := _application(element)) is not None
        ),
        applicants=_people(root, "ApplicantName"),
        inventors=_people(root, "InventorName"),
        titles=tuple(
            (_attribute(title, "languageCode"), text)
            for title in children(root, "InventionTitle")
            if (text := plain(title))
        ),
        declared=None if total is None else " ".join((total.text or "").split()),
        line=line,
    )


def _application(element: etree._Element | None) -> ApplicationName | None:
    if element is None:
        return None
    office, number, date = (
        field(element, name) for name in ("IPOfficeCode", "ApplicationNumberText", "FilingDate")
    )
    return ApplicationName(office, number, date) if office or number or date else None


def _people(root: etree._Element, tag: str) -> tuple[PersonName, ...]:
    """The names; the one in Latin letters belongs to the name before it."""
    latin = field(root, f"{tag}Latin")
    names = [(plain(one), _attribute(one, "languageCode")) for one in children(root, tag)]
    found = [
        PersonName(text, language, "" if at else latin) for at, (text, language) in enumerate(names) if text
    ]
    return tuple(found) or ((PersonName(latin),) if latin else ())


def _sequence(data: etree._Element, before: int) -> Sequence:
    number = _attribute(data, "sequenceIDNumber")
    return _inner(first(data, "INSDSeq"), number, (data.sourceline or 0) + before, before)


def _bank_sequence(element: etree._Element, number: int, before: int) -> Sequence:
    """An entry of a data bank: molecule and residues in the letters of ST.26."""
    from dataclasses import replace

    found = _inner(element, str(number), (element.sourceline or 0) + before, before)
    molecule = _MOLECULES.get(found.molecule.upper(), "RNA" if "RNA" in found.molecule.upper() else "DNA")
    return replace(
        found,
        molecule=molecule,
        residues=found.residues.upper() if molecule == "AA" else found.residues.lower(),
        name=field(element, "INSDSeq_accession-version", "INSDSeq_primary-accession", "INSDSeq_locus"),
        organism=found.organism or field(element, "INSDSeq_organism"),
    )


def _inner(inner: etree._Element | None, number: str, line: int, before: int) -> Sequence:
    if inner is None:
        return Sequence(number, line=line)
    said = _texts(inner)
    table = first(inner, "INSDSeq_feature-table")
    features = () if table is None else tuple(_feature(one, before) for one in children(table, "INSDFeature"))
    identifiers = tuple(
        text
        for group in children(inner, "INSDSeq_other-seqids")
        for one in children(group, "INSDSeqid")
        if (text := plain(one))
    )
    source = next((feature for feature in features if feature.key == "source"), None)
    return Sequence(
        number=number,
        molecule=said.get("INSDSeq_moltype", ""),
        length=said.get("INSDSeq_length", ""),
        residues=said.get("INSDSeq_sequence", ""),
        division=said.get("INSDSeq_division", ""),
        organism=next(iter(source.values("organism")), "") if source else "",
        features=features,
        identifiers=identifiers,
        published=next(filter(None, map(_published, identifiers)), None),
        line=line,
        has_table=table is not None,
    )


def _feature(element: etree._Element, before: int) -> Feature:
    said = _texts(element)
    group = first(element, "INSDFeature_quals")
    return Feature(
        said.get("INSDFeature_key", ""),
        said.get("INSDFeature_location", ""),
        () if group is None else tuple(map(_qualifier, children(group, "INSDQualifier"))),
        (element.sourceline or 0) + before,
    )


def _qualifier(element: etree._Element) -> Qualifier:
    said = _texts(element)
    return Qualifier(
        said.get("INSDQualifier_name", ""),
        said.get("INSDQualifier_value", ""),
        said.get("NonEnglishQualifier_value", ""),
        _attribute(element, "id") if element.items() else "",
    )


def _texts(element: etree._Element) -> dict[str, str]:
    """The texts of the children by local name, blanks inside as they stand: they may be wrong."""
    found: dict[str, str] = {}
    for child in element:
        name = str(child.tag)
        if name[0] == "{":
            name = local(child)
        if (text := child.text) and name not in found:
            found[name] = text.strip()
    return found


def _published(identifier: str) -> Publication | None:
    """`pat|WO|2013999999|A1|123456` (ST.26, Annex II, INSDSeqid)."""
    parts = [part.strip() for part in identifier.split("|")]
    if len(parts) != 5 or parts[0] != "pat" or not parts[1] or not parts[2]:
        return None
    return Publication(parts[1], parts[2], parts[3], parts[4])


def _attribute(element: etree._Element, name: str) -> str:
    return " ".join((element.get(name) or "").split())


FORMATS = (
    XmlFormat("st26", frozenset({ROOT}), stream=_stream),
    XmlFormat("insdseq", BANK_ROOTS, stream=_bank_stream),
)
