"""US Green Book, 1976 to 2001: flat text, a tag in the first four columns, sections of their own.

Check digits are glued to patent and application numbers; class symbols stand in columns; special
characters are written between points (`.degree.`, `.sub.`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.standards.fields import forms, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import PlainFormat
from app.standards.source import Notes, Source
from app.standards.us.pointed import characters
from app.standards.xml.texts import tidy

_UND = forms.UNKNOWN_LANGUAGE
_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}) {1,2}(?: |\Z)?(.*)\Z")
_LINE_BYTES = 65_536
_RECORD_LINES = 400_000


@dataclass(slots=True)
class _Section:
    """One section: its name and its lines as (tag, text), continuation lines joined."""

    name: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def get(self, tag: str) -> str:
        return next((text for name, text in self.fields if name == tag and text), "")

    def all(self, *tags: str) -> list[str]:
        return [text for name, text in self.fields if name in tags and text]


_SECTIONS = {
    "PATN",
    "INVT",
    "ASSG",
    "PRIR",
    "REIS",
    "RLAP",
    "CLAS",
    "UREF",
    "FREF",
    "OREF",
    "LREP",
    "PCTA",
    "ABST",
    "GOVT",
    "PARN",
    "BSUM",
    "DRWD",
    "DETD",
    "CLMS",
    "DCLM",
    "CLM",
}


def _sniff(source: Source) -> int:
    head = source.head[:4000]
    if not re.search(rb"(?m)^PATN\s*$", head):
        return 0
    return 95 if re.search(rb"(?m)^WKU {1,2}\S", head) else 40


def read(source: Source, notes: Notes) -> Iterator[Record]:
    """The patents of the file, one after another."""
    with source.open() as stream:
        for sections in _patents(stream):
            yield _record(sections, notes)


def _lines(stream: BinaryIO) -> Iterator[str]:
    while line := stream.readline(_LINE_BYTES):
        yield line.decode("utf-8" if line.isascii() else "latin-1").rstrip("\r\n\x1a\x00")


def _patents(stream: BinaryIO) -> Iterator[list[_Section]]:
    sections: list[_Section] = []
    lines = 0
    for line in _lines(stream):
        bare = line.rstrip()
        lines += 1
        if bare == "PATN":
            if sections:
                yield sections
            sections, lines = [_Section("PATN")], 0
        elif not sections or lines > _RECORD_LINES:
            continue
        elif bare in _SECTIONS:
            sections.append(_Section(bare))
        elif (found := _TAG.match(line)) and not line.startswith(" "):
            sections[-1].fields.append((found.group(1), found.group(2)))
        elif bare and sections[-1].fields:
            tag, text = sections[-1].fields[-1]
            sections[-1].fields[-1] = (tag, f"{text} {bare.strip()}")
    if sections:
        yield sections


def _record(sections: list[_Section], notes: Notes) -> Record:
    head = sections[0]
    raw = head.get("WKU").strip()
    right = {"D": Right.DESIGN, "P": Right.PLANT_PATENT}.get(raw[:1], Right.PATENT)
    # Invention registrations (H) and defensive publications (T) give no right.
    kind = RecordKind.PUBLICATION if raw[:1] in ("H", "T") else RecordKind.GRANT
    draft = Draft(right, kind, notes, "us-green-book")
    draft.set(office="US")
    draft.number("publication_number", _without_check_digit(raw), raw)
    draft.date("publication_date", head.get("ISD").strip())
    applied = head.get("APN").strip()
    draft.number("application_number", applied[:6] if len(applied) == 7 else applied, applied)
    draft.date("filing_date", head.get("APD").strip())
    draft.text_by_language("titles", _UND, characters(head.get("TTL")))
    for section in sections:
        _filled(section, draft, right)
    named = [_party(s, "assignee") for s in sections if s.name == "ASSG"]
    people = [_party(s, "inventor") for s in sections if s.name == "INVT"]
    agents = [
        NamedParty(tidy(name.replace(";", ",")), role="representative")
        for s in sections
        if s.name == "LREP"
        for name in s.all("FRM", "FR2", "AAT", "AGT", "ATT")
    ]
    draft.set(applicants=named, inventors=people, representatives=agents)
    _texts(sections, draft, head.get("NCL").strip())
    if right is Right.DESIGN:
        draft.set(designs=1)
    return draft.finish()


def _without_check_digit(raw: str) -> str:
    """`039327094` is 3932709 and its check digit; prefixes (D, RE, PP, H, T) stay."""
    return forms.unpadded(raw[:-1] if len(raw) == 9 else raw)


def _filled(section: _Section, draft: Draft, right: Right) -> None:
    if section.name == "CLAS":
        for text in section.all("OCL", "XCL", "UCL"):
            draft.classify("uspc", symbols.uspc(text), text)
        for text in section.all("ICL"):
            if right is Right.DESIGN:
                draft.classify("locarno", symbols.locarno(text.strip().removeprefix("D")), text)
            else:
                draft.ipc(text)
    elif section.name == "PRIR":
        draft.priority(_country(section.get("CNT")), section.get("APN").strip(), section.get("APD").strip())
    elif section.name == "RLAP":
        relation = _RELATIONS.get(section.get("COD").strip(), "related_application")
        number, filed = section.get("APN").strip(), section.get("APD").strip()
        draft.relate(relation, "", number or section.get("PNO").strip(), filed)
    elif section.name == "REIS":
        draft.relate(
            "reissue",
            "",
            section.get("PNO").strip() or section.get("APN").strip(),
            section.get("ISD").strip(),
        )
    elif section.name == "PCTA":
        draft.relate("international_application", "", section.get("PCN").strip(), section.get("PD3").strip())
        draft.relate("international_publication", "", section.get("PCP").strip(), section.get("PCD").strip())


# Two-digit codes of the application a patent goes back to; the tens tell whether that one was granted.
_RELATIONS = {
    "71": "continuation",
    "72": "continuation_in_part",
    "74": "division",
    "81": "continuation",
    "82": "continuation_in_part",
    "84": "division",
    "91": "continuation",
    "92": "continuation_in_part",
    "94": "division",
}
_FORMER = {
    "DT": "DE",
    "DL": "DD",
    "JA": "JP",
    "OE": "AT",
    "SW": "SE",
    "UR": "SU",
    "SF": "FI",
    "EN": "GB",
    "UK": "GB",
}


def _country(raw: str) -> str:
    """`JPX`, `DT`: the office's codes of the time as ST.3."""
    code = raw.strip().upper()
    if len(code) == 3 and (code.endswith("X") or code[2].isdigit()):
        code = code[:2]
    return forms.office(_FORMER.get(code, code))


_DEAD = re.compile(r",?\s+deceased\b.*", re.I)


def _party(section: _Section, role: str) -> NamedParty:
    """`Hoff; Don G.` is last name and given names."""
    last, semicolon, given = _DEAD.sub("", section.get("NAM")).partition(";")
    name = parties.person(characters(last), characters(given)) if semicolon else characters(last)
    parts = (section.get(tag).strip() for tag in ("STR", "CTY", "STA", "ZIP"))
    city = tidy(section.get("CTY"))
    return NamedParty(name, _country(section.get("CNT")), city, role, ", ".join(p for p in parts if p))


def _texts(sections: list[_Section], draft: Draft, declared: str) -> None:
    described: list[str] = []
    claims: list[str] = []
    cited: list[CitedDocument] = []
    for section in sections:
        if section.name == "ABST":
            draft.text_by_language("abstracts", _UND, " ".join(characters(t) for _tag, t in section.fields))
        elif section.name in ("PARN", "GOVT", "BSUM", "DRWD", "DETD"):
            described.extend(text for _tag, raw in section.fields if (text := characters(raw)))
        elif section.name == "CLMS":
            claims.extend(_claims(section))
        elif section.name == "DCLM":
            claims.append(" ".join(characters(t) for _tag, t in section.fields))
        elif section.name == "UREF":
            cited.append(CitedDocument("US", forms.cited_number(section.get("PNO").strip())))
        elif section.name == "FREF":
            number = forms.cited_number(section.get("PNO").strip())
            cited.append(CitedDocument(_country(section.get("CNT")), number))
        elif section.name == "OREF":
            cited.extend(CitedDocument(text=characters(text)) for text in section.all("PAL", "PAR"))
    draft.set(descriptions={_UND: tuple(described)} if described else {}, citations=cited)
    draft.claims({_UND: claims}, declared)


def _claims(section: _Section) -> list[str]:
    """`NUM` begins a claim; where a file has none, each paragraph is one."""
    claims: list[list[str]] = []
    numbered = any(tag == "NUM" for tag, _text in section.fields)
    for tag, text in section.fields:
        if tag == "STM":
            continue
        if tag == "NUM":
            claims.append([])
        elif numbered and claims:
            claims[-1].append(characters(text))
        elif not numbered:
            claims.append([characters(text)])
    return [text for parts in claims if (text := " ".join(part for part in parts if part))]


FORMATS = (PlainFormat("us-green-book", _sniff, read),)
