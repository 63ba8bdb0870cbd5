"""Gazettes of the Japan Patent Office (`jp-official-gazette`); amended claims further down do not count."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import Record
from app.standards.epo import exchange
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import described, party_of
from app.standards.xml.texts import ST36_BLOCKS, children, every, field, first, pad, plain, value


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One publication; its kind stands in words, its code in an attribute."""
    pad(root, ST36_BLOCKS)
    biblio = first(root, "bibliographic-data")
    published = first(biblio, "publication-reference/document-id")
    kind_code = root.get("kind-of-st16") or root.get("kind-of-jp") or ""
    draft = Draft(exchange.right_of(kind_code, "JP"), exchange.kind_of("JP", kind_code), notes, "jpo")
    language = forms.language(root.get("lang"))
    draft.set(
        office=forms.office(field(published, "country") or root.get("country")),
        language=language if language != forms.UNKNOWN_LANGUAGE else "",
    )
    draft.number("kind_code", kind_code, field(published, "kind"))
    number = field(published, "doc-number")
    draft.number("publication_number", forms.unpadded(number), number)
    draft.date("publication_date", field(published, "date"))
    applied = first(biblio, "application-reference/document-id")
    draft.set(application_number=forms.no_zeros(field(applied, "doc-number")))
    draft.date("filing_date", field(applied, "date"))
    draft.text_by_language("titles", language, field(biblio, "invention-title"))
    for group in every(biblio, "classification-ipc"):
        for one in children(group, "main-clsf", "further-clsf"):
            draft.ipc(value(one))
    for claim in every(biblio, "priority-claims/priority-claim"):
        draft.priority(
            forms.office(field(claim, "country")), field(claim, "doc-number"), field(claim, "date")
        )
    groups = "parties/applicants-agents-article/applicants-agents"
    draft.set(
        applicants=[party_of(one, "applicant") for one in every(biblio, f"{groups}/applicant")],
        inventors=[party_of(one, "inventor") for one in every(biblio, "parties/inventors/inventor")],
        representatives=[party_of(one, "representative") for one in every(biblio, f"{groups}/agent")],
    )
    _texts(root, draft, language, field(biblio, "number-of-claims"))
    yield draft.finish()


def _texts(root: etree._Element, draft: Draft, language: str, declared: str) -> None:
    draft.text_by_language("abstracts", language, plain(first(root, "abstract")))
    texts = tuple(text for one in every(root, "description") for text in described(one))
    draft.set(descriptions={language: texts} if texts else {})
    claims = [plain(claim) for group in every(root, "claims") for claim in every(group, "claim")]
    draft.claims({language: claims}, declared)
    # Every picture of a gazette lies in one file: they are told by their numbers.
    draft.images(
        f"{image.get('file') or ''}#{image.get('id') or ''}"
        for part in root
        if isinstance(part.tag, str) and not part.tag.endswith("written-amendment-group")
        for image in part.iter("{*}img")
    )


FORMATS = (XmlFormat("jpo-gazette", frozenset({"jp-official-gazette"}), read),)
