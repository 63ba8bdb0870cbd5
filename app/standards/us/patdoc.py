"""US grants 2001 to 2004: SGML-derived ST.32 ("PATDOC", DTD 2.4 and 2.5), bibliography in B-codes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import CitedDocument, NamedParty, Record, RecordKind, Right
from app.standards.fields import forms, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st32_parts import priority_claims
from app.standards.xml.texts import (
    ST32_BLOCKS,
    children,
    every,
    field,
    first,
    inside,
    local,
    pad,
    plain,
    value,
)

_UND = forms.UNKNOWN_LANGUAGE
_RELATIONS = {
    "B610": "addition", "B620": "division", "B631": "continuation", "B632": "continuation_in_part",
    "B633": "continuing_reissue", "B640": "reissue", "B641US": "divisional_reissue", "B645": "reexamination",
    "B646US": "reexamination_reissue_merger", "B650": "related_publication", "B660": "substitution",
    "B670": "utility_model_basis", "B690US": "related_publication",
}  # fmt: skip


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One PATDOC."""
    kind_code = field(root, "SDOBI/B100/B130")
    right = {"S": Right.DESIGN, "P": Right.PLANT_PATENT}.get(kind_code[:1], Right.PATENT)
    kind = RecordKind.PUBLICATION if kind_code.startswith("H") else RecordKind.GRANT
    draft = Draft(right, kind, notes, "us-st32")
    biblio = first(root, "SDOBI")
    pad(root, ST32_BLOCKS)
    draft.set(office=forms.office(field(biblio, "B100/B190")), kind_code=kind_code)
    number = field(biblio, "B100/B110")
    draft.number("publication_number", forms.unpadded(number), number)
    draft.date("publication_date", field(biblio, "B100/B140/DATE", "B100/B140"))
    applied = field(biblio, "B200/B210")
    draft.number("application_number", forms.no_zeros(applied), applied)
    draft.date("filing_date", field(biblio, "B200/B220/DATE", "B200/B220"))
    for group in every(biblio, "B300"):
        for claim in priority_claims(group):
            _priority(claim, draft)
    draft.text_by_language("titles", _UND, field(biblio, "B500/B540"))
    _classes(biblio, draft, right)
    _related(biblio, draft)
    _parties(biblio, draft)
    _citations(biblio, draft)
    _texts(root, draft, field(biblio, "B500/B570/B577"))
    if right is Right.DESIGN:
        draft.set(designs=1)
    yield draft.finish()


def _priority(claim: dict[str, str], draft: Draft) -> None:
    draft.priority(forms.office(claim.get("B330")), claim.get("B310", ""), claim.get("B320", ""))


def _classes(biblio: etree._Element | None, draft: Draft, right: Right) -> None:
    for group in every(biblio, "B500/B510"):
        for one in children(group, "B511", "B512", "B513"):
            raw = "".join(one.itertext()).strip("\r\n ")
            if right is Right.DESIGN:
                draft.classify("locarno", symbols.locarno(raw), raw)
            else:
                draft.ipc(raw)
    for group in every(biblio, "B500/B520"):
        for one in children(group, "B521", "B522", "B522US"):
            raw = _columns(one)
            draft.classify("uspc", symbols.uspc(raw), raw)


def _columns(one: etree._Element) -> str:
    """Text whose leading blanks mean something (` 24 305 S`); blanks of indentation do not."""
    inner = first(one, "PDAT")
    text = (one.text if inner is None else inner.text) or ""
    return text.rstrip() if "\n" not in text else text.strip()


def _related(biblio: etree._Element | None, draft: Draft) -> None:
    for group in every(biblio, "B600/*"):
        if local(group) == "B680US":
            for document in group.iter("{*}DOC"):
                _tie(draft, "provisional", document)
        parts = list(group) if local(group) == "B630" else [group]
        for one in parts:
            if relation := _RELATIONS.get(local(one)):
                _parents(draft, relation, one)
    for path, relation in (
        ("B800/B860/B861", "international_application"), ("B800/B870/B871", "international_publication"),
    ):  # fmt: skip
        for group in every(biblio, path):
            _tie(draft, relation, group)


def _parents(draft: Draft, relation: str, one: etree._Element) -> None:
    found = False
    for parent in one.iter("{*}PDOC"):
        for document in parent.iter("{*}DOC"):
            found = True
            _tie(draft, relation, document)
    if not found:
        for document in one.iter("{*}DOC"):
            _tie(draft, relation, document)


def _tie(draft: Draft, relation: str, document: etree._Element) -> None:
    number = next((value(n) for n in document.iter("{*}DNUM") if value(n)), "")
    day = next((value(n) for n in document.iter("{*}DATE") if value(n)), "")
    office = next((forms.office(value(n)) for n in document.iter("{*}CTRY") if value(n)), "")
    if relation == "provisional":
        draft.priority(office or "US", number, day, "provisional")
    else:
        draft.relate(relation, office, number, day)


def _parties(biblio: etree._Element | None, draft: Draft) -> None:
    named = {
        role: [_party(one, role) for path in paths for one in every(biblio, path)]
        for role, paths in {
            "applicant": ("B700/B710/B711",),
            "inventor": ("B700/B720/B721",),
            "assignee": ("B700/B730/B731",),
            "representative": ("B700/B740/B741",),
        }.items()
    }
    draft.set(
        applicants=named["applicant"] + named["assignee"],
        inventors=named["inventor"],
        representatives=named["representative"],
    )


def _party(one: etree._Element, role: str) -> NamedParty:
    book = first(one, "PARTY-US")
    book = one if book is None else book
    name = first(book, "NAM")
    address = first(book, "ADR")
    title = parties.person(field(name, "SNM"), field(name, "FNM"), field(name, "SFX")) or field(name, "ONM")
    lines = [value(line) for line in address if local(line) != "CTRY"] if address is not None else []
    return NamedParty(
        title or field(name, "."),
        forms.office(field(address, "CTRY")),
        field(address, "CITY"),
        role,
        ", ".join(line for line in lines if line),
    )


def _citations(biblio: etree._Element | None, draft: Draft) -> None:
    found = []
    for one in every(biblio, "B500/B560/*"):
        category = ""
        for mark, words in (("CITED-BY-EXAMINER", "cited by examiner"), ("CITED-BY-OTHER", "cited by other")):
            category = words if first(one, mark) is not None else category
        document = first(one, "PCIT/DOC")
        if document is not None:
            number = forms.cited_number(field(document, "DNUM"))
            office = forms.office(field(document, "CTRY"))
            # The DTD leaves the country out for the office's own documents.
            found.append(CitedDocument(office or "US", number, field(document, "KIND"), category))
        elif text := field(one, "NCIT"):
            found.append(CitedDocument(category=category, text=text))
    draft.set(citations=found)


def _texts(root: etree._Element, draft: Draft, declared: str) -> None:
    abstract = first(root, "SDOAB")
    draft.text_by_language("abstracts", _UND, plain(abstract))
    description = first(root, "SDODE")
    if description is not None:
        # Tables and formulas stand beside the paragraphs as well as in them.
        parts = description.iter("{*}PARA", "{*}H", "{*}CWU")
        found = [plain(part) for part in parts if not inside(part, "PARA", "H", "CWU")]
        draft.set(descriptions={_UND: tuple(text for text in found if text)})
    claims = [plain(claim) for claim in root.iter("{*}CLM")]
    draft.claims({_UND: claims}, declared)
    draft.set(sequences=sum(1 for _one in root.iter("{*}S210", "{*}S-2")))
    draft.images(name for emi in root.iter("{*}EMI") if (name := emi.get("FILE") or emi.get("file") or ""))


FORMATS = (XmlFormat("us-st32", frozenset({"PATDOC"}), read),)
