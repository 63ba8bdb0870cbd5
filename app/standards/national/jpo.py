"""Gazettes of the Japan Patent Office (`jp-official-gazette`): publications, grants, utility models, designs.

The kind stands in words, its code in an attribute; digits may be full-width. FI symbols, theme codes and
F-terms are of Japan alone and are not IPC. Claims amended later stand in the same file and do not count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from lxml import etree

from app.domain.record import NamedParty, Record
from app.standards.epo import exchange
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.wipo.st36_parts import described, party_of
from app.standards.wipo.st36_ties import cited, related
from app.standards.xml.texts import ST36_BLOCKS, children, every, field, first, local, pad, plain, value

_REGISTERED = {"registration-date", "date-of-registration", "date-registered"}
_OWNERS = ("{*}grantee", "{*}patentee", "{*}holder", "{*}assignee", "{*}right-holder")


def read(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """One publication."""
    pad(root, ST36_BLOCKS)
    biblio = first(root, "bibliographic-data")
    if biblio is None:
        biblio = root
    published = first(biblio, "publication-reference/document-id")
    words = field(published, "kind")
    kind_code = narrow(root.get("kind-of-st16") or root.get("kind-of-jp") or "").strip()
    draft = Draft(exchange.right_of(kind_code, "JP"), exchange.kind_of("JP", kind_code), notes, "jpo")
    language = forms.language(root.get("lang") or biblio.get("lang"))
    draft.set(
        office=forms.office(field(published, "country") or root.get("country") or biblio.get("country")),
        language=language if language != forms.UNKNOWN_LANGUAGE else "",
    )
    draft.number("kind_code", kind_code, words)
    _number(draft, "publication_number", field(published, "doc-number"))
    _date(draft, "publication_date", field(published, "date"))
    applied = first(biblio, "application-reference/document-id")
    _number(draft, "application_number", field(applied, "doc-number"))
    _date(draft, "filing_date", field(applied, "date"))
    for one in biblio.iter("{*}*"):
        if local(one) in _REGISTERED:
            _date(draft, "registration_date", field(one, "date", "document-id/date") or value(one))
    for title in every(biblio, "invention-title"):
        draft.text_by_language("titles", forms.language(title.get("lang") or language), plain(title))
    _classes(biblio, draft)
    for claim in every(biblio, "priority-claims/priority-claim"):
        source = first(claim, "document-id", ".")
        number, day = field(source, "doc-number"), field(source, "date")
        office = forms.office(field(source, "country"))
        draft.priority(office, narrow(number), narrow(day), original=number)
    related(biblio, draft)
    _parties(first(biblio, "parties"), draft)
    draft.set(citations=list(cited(root, biblio)))
    _texts(root, draft, language, narrow(field(biblio, "number-of-claims")))
    yield draft.finish()


def narrow(text: str) -> str:
    """Full-width digits and letters as the ordinary ones: `２０１９` 2019."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _number(draft: Draft, name: str, raw: str) -> None:
    normal = narrow(raw)
    draft.number(name, forms.unpadded(normal) if name[0] == "p" else forms.no_zeros(normal), raw)


def _date(draft: Draft, name: str, raw: str) -> None:
    draft.date(name, narrow(raw))
    if draft.get(name) and narrow(raw) != raw:
        draft.as_filed[name] = raw


def _classes(biblio: etree._Element, draft: Draft) -> None:
    for group in every(biblio, "classification-ipc"):
        for one in children(
            group, "main-clsf", "further-clsf", "main-classification", "further-classification"
        ):
            draft.ipc(narrow(value(one)))
    for one in every(biblio, "classifications-ipcr/classification-ipcr"):
        draft.ipc(narrow(field(one, "text") or value(one)))
    for group in every(biblio, "classification-locarno"):
        for one in children(
            group, "main-clsf", "further-clsf", "main-classification", "further-classification"
        ):
            draft.classify("locarno", symbols.locarno(narrow(value(one))), value(one))


def _parties(group: etree._Element | None, draft: Draft) -> None:
    """Applicants and agents stand in common groups, a company's inventors apart."""
    if group is None:
        return

    def named(role: str, *tags: str) -> list[NamedParty]:
        return [party_of(one, role) for one in group.iter(*tags)]

    draft.set(
        applicants=[*named("applicant", "{*}applicant"), *named("proprietor", *_OWNERS)],
        inventors=named("inventor", "{*}inventor"),
        representatives=named("representative", "{*}agent"),
    )


def _texts(root: etree._Element, draft: Draft, language: str, declared: str) -> None:
    for abstract in every(root, "abstract"):
        key = forms.language(abstract.get("lang") or language)
        draft.text_by_language("abstracts", key, plain(abstract))
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
