"""What ties a document of ST.36 and its dialects to others: parents, international filings, citations."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import CitedDocument
from app.standards.epo import numberings
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.wipo.st36_parts import categories, claims_cited_against, literature
from app.standards.xml.texts import children, every, field, first, local

_RELATIONS = {
    "addition": "addition", "division": "division", "continuation": "continuation",
    "continuation-in-part": "continuation_in_part", "continuing-reissue": "continuing_reissue",
    "reissue": "reissue", "reexamination": "reexamination", "substitution": "substitution",
    "utility-model-basis": "utility_model_basis", "correction": "correction",
    "related-publication": "related_publication",
    "previously-filed-application": "previously_filed_application",
}  # fmt: skip
_INTERNATIONAL = (
    ("pct-or-regional-filing-data", "international_application"),
    ("pct-or-regional-publishing-data", "international_publication"),
)


def related(biblio: etree._Element, draft: Draft, group: str = "related-documents") -> None:
    """Parents of the document, and its international filing and publication."""
    for tie in every(biblio, f"{group}/*"):
        if relation := _RELATIONS.get(local(tie)):
            parents = list(every(tie, "relation/parent-doc/document-id"))
            for document in parents or every(tie, "document-id"):
                _relate(relation, document, draft)
    for path, relation in _INTERNATIONAL:
        for place in (biblio, *every(biblio, "international-convention-data")):
            for document in every(place, f"{path}/document-id"):
                _relate(relation, document, draft)


def _relate(relation: str, document: etree._Element, draft: Draft) -> None:
    office, number = forms.office(field(document, "country")), field(document, "doc-number")
    draft.relate(relation, office, numberings.unchecked(number), field(document, "date"))


def cited(root: etree._Element, biblio: etree._Element) -> Iterator[CitedDocument]:
    """The citations of the bibliography and of a search report bound into the document."""
    places = (
        *every(biblio, "references-cited/citation"),
        *(one for group in every(biblio, "technical-data/citations/*") for one in _apart(group)),
        *every(root, "search-report-data/srep-for-pub/srep-citations/citation"),
        *every(root, "search-report-data/srep-citations/citation"),
    )
    for one in places:
        claims = claims_cited_against(one)
        category = categories(one)
        patents = [one] if local(one) == "patcit" else list(every(one, "patcit"))
        found = [told for patent in patents if any(told := _document(patent))]
        for office, number, kind_code in found:
            number = number if office == "WO" else forms.unpadded(number)
            yield CitedDocument(office, number, kind_code, category, claims=claims)
        if not found and (text := literature(one)):
            yield CitedDocument(category=category, text=text, claims=claims)


def _apart(group: etree._Element) -> list[etree._Element]:
    """The citations of `patent-citations` and `non-patent-citations`, in the exchange dialect."""
    inner = list(children(group, "patcit", "nplcit", "citation"))
    return inner or [group]


def _document(patent: etree._Element) -> tuple[str, str, str]:
    """Office, number and kind of a cited patent; where it has no numbers, those of its key `EP-1234-A1`."""
    document = first(patent, "document-id")
    number = field(document, "doc-number")
    if number:
        return forms.office(field(document, "country")), number, field(document, "kind")
    office, _dash, rest = (patent.get("ucid") or "").partition("-")
    number, _dash, kind_code = rest.partition("-")
    return (forms.office(office), number, kind_code) if number else ("", "", "")
