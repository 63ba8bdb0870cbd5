"""WIPO ST.96 V6.0: which root a record has, and the parts the three roots have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import BinaryIO

from lxml import etree

from app.domain.findings import Finding
from app.domain.record import NamedParty, PriorityClaim, Record, Right
from app.standards.source import Notes
from app.standards.writing import assumptions, codes
from app.standards.writing.formats import is_patent_document
from app.standards.writing.tree import again, document, put, put_if, root

VERSION = "V6_0"
_BASE = "http://www.wipo.int/standards/XMLSchema/ST96"
COMMON = f"{_BASE}/Common"
NAMESPACES = {
    "pat": f"{_BASE}/Patent", "tmk": f"{_BASE}/Trademark", "dgn": f"{_BASE}/Design", "com": COMMON,
}  # fmt: skip
_LANGUAGE_OF_NONE = "en"


class St96:
    """One `PatentPublication` or `DesignApplication`, or one `TrademarkApplication` of many marks."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._marks: etree._Element | None = None
        self._assumed: tuple[Finding, ...] = ()

    def write(self, record: Record) -> Record:
        """Write one; what the reader of ST.96 makes of it."""
        if record.right is Right.TRADE_MARK:
            return self._mark(record)
        if is_patent_document(record):
            from app.standards.wipo import st96_patent as reader
            from app.standards.writing import st96_patent as writer

            self._assumed = tuple(assumptions.of_patent(record))
            raw = document(writer.publication(record))
            back = next(iter(reader.read(again(raw), Notes())))
        else:
            from app.standards.wipo import st96_design as design_reader
            from app.standards.writing import st96_design as design_writer

            raw = document(design_writer.application(record))
            back = next(iter(design_reader.read(again(raw), Notes())))
        self._out.write(raw)
        return back

    def _mark(self, record: Record) -> Record:
        from app.standards.wipo import st96_mark as reader
        from app.standards.writing import st96_mark as writer

        if self._marks is None:
            self._marks = start("tmk", "TrademarkApplication")
            put(self._marks, "tmk:TrademarkBag")
        mark = writer.trademark(self._marks[0], record)
        return next(iter(reader.read(again(etree.tostring(mark)), Notes())))

    def close(self) -> tuple[Finding, ...]:
        """Marks are written together, behind the last."""
        if self._marks is not None:
            self._out.write(document(self._marks))
        return self._assumed


def start(prefix: str, name: str, **attributes: str) -> etree._Element:
    """The root of a document, with the namespaces it needs and the version."""
    spaces = {prefix: NAMESPACES[prefix], "com": COMMON}
    return root(f"{prefix}:{name}", spaces, com__st96Version=VERSION, **attributes)


def main_language(record: Record) -> str:
    """The language of the document, which ST.96 asks for: the record's, else that of its first text."""
    texts = (record.titles, record.claims, record.abstracts, record.descriptions)
    said = (record.language, *(language for group in texts for language in group))
    return next((code for code in said if codes.language(code)), _LANGUAGE_OF_NONE)


def application_number(parent: etree._Element, number: str) -> None:
    """`com:ApplicationNumber` as text; empty where the record has none but the schema asks for one."""
    put(put(parent, "com:ApplicationNumber"), "com:ApplicationNumberText", number)


def contact(parent: etree._Element, party: NamedParty) -> None:
    """`com:Contact` with a name and, as far as it is known, where the party lives."""
    made = put(parent, "com:Contact")
    name = put(made, "com:Name")
    if party.role == "inventor":
        put(put(name, "com:PersonName"), "com:PersonFullName", party.name)
    else:
        put(name, "com:EntityName", party.name)
    if party.country in codes.COUNTRIES:
        place = put(put(made, "com:PostalAddressBag"), "com:PostalAddress")
        _structured(put(place, "com:PostalStructuredAddress"), party)
    elif party.address:
        place = put(put(made, "com:PostalAddressBag"), "com:PostalAddress")
        put(place, "com:PostalAddressText", party.address)


def _structured(address: etree._Element, party: NamedParty) -> None:
    """Lines, city, region, country, post code: the line of the record cut where the city stands in it."""
    line, region, code = _cut(party)
    put(address, "com:AddressLineText", line, com__sequenceNumber="1")
    put_if(address, "com:CityName", party.city)
    put_if(address, "com:GeographicRegionName", region)
    put(address, "com:CountryCode", party.country)
    put_if(address, "com:PostalCode", code)


_LONGEST_CODE = 16


def _cut(party: NamedParty) -> tuple[str, str, str]:
    """Line, region and post code around the city. What does not come apart cleanly stays one line."""
    before, city, after = party.address.rpartition(party.city) if party.city else (party.address, "", "")
    clean = (not before or before.endswith(", ")) and (not after or after.startswith(", "))
    if not city or not clean:
        return party.address, "", ""
    region, _comma, last = after.removeprefix(", ").rpartition(", ")
    if not any(c.isdigit() for c in last) or len(last) > _LONGEST_CODE:
        region, last = after.removeprefix(", "), ""
    return before.removesuffix(", "), region, last


def priorities(parent: etree._Element, prefix: str, claims: Iterable[PriorityClaim]) -> None:
    """`PriorityBag` of marks and designs. A claim without its date has no place in it."""
    dated = [claim for claim in claims if claim.date]
    if not dated:
        return
    bag = put(parent, f"{prefix}:PriorityBag")
    for claim in dated:
        one = put(bag, f"{prefix}:Priority")
        put(one, "com:PriorityCountryCode", codes.office(claim.office))
        if claim.number:
            application_number(one, claim.number)
        put(one, "com:PriorityApplicationFilingDate", claim.date)


def representatives(parent: etree._Element, parties: Iterable[NamedParty]) -> None:
    """`com:RepresentativeBag`."""
    found = list(parties)
    bag = put(parent, "com:RepresentativeBag") if found else None
    for party in found:
        contact(put(bag, "com:Representative"), replace(party, role="representative"))


def locarno(parent: etree._Element, symbol: str) -> etree._Element:
    """`com:LocarnoClassification`; the sub-class bag is added only where the symbol has one."""
    klass, _stroke, sub = symbol.partition("-")
    made = put(parent, "com:LocarnoClassification")
    put(made, "com:LocarnoClass", klass)
    if sub:
        put(put(made, "com:LocarnoSubclassBag"), "com:LocarnoSubclass", sub)
    return made
