"""Answers of the search service of Rospatent: documents of Russia, the USSR, Eurasia and its states (JSON).

The bibliography stands once a language; texts are kept in all of them, a party in the first that names it.
A name carries its country in brackets; a passage that was found (`snippet`) is no abstract and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.findings import Severity
from app.domain.record import CitedDocument, NamedParty, Record
from app.errors import _
from app.standards.epo import exchange
from app.standards.fields import forms, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import PlainFormat
from app.standards.source import Notes, Source
from app.standards.us.json_items import object_in, objects, objects_in
from app.standards.xml.texts import tidy

STANDARD = "rospatent"
_COUNTRY_BEHIND = re.compile(r"[,\s]*\(([A-Z]{2})\)\s*\Z")
_MARKUP = re.compile(r"<[^<>]{1,200}>")


def _sniff(source: Source) -> int:
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    told = (b'"publishing_office"' in head, b'"document_number"' in head, b'"biblio"' in head)
    return 92 if head.startswith((b"{", b"[")) and all(told) else 0


def read(source: Source, notes: Notes) -> Iterator[Record]:
    """The hits of a search, or one document asked for by its number."""
    count = 0
    with source.open() as stream:
        for count, hit in enumerate(objects(stream, "hits"), start=1):
            notes.place = str(hit.get("id") or count)
            if (record := _record(hit, notes)) is not None:
                yield record
    notes.place = ""
    said = re.match(rb'\s*\{\s*"total"\s*:\s*(\d{1,9})', source.head)
    if said and int(said.group(1)) != count:
        notes.add(
            Severity.NOTE, "total", "rospatent.count",
            _("The answer speaks of {declared} documents, but holds {counted}.").format(
                declared=int(said.group(1)), counted=count
            ),
        )  # fmt: skip


def _record(hit: Mapping[str, Any], notes: Notes) -> Record | None:
    common = object_in(hit, "common")
    office, raw = forms.office(_text(common, "publishing_office")), _text(common, "document_number")
    if not raw and not office:
        return None
    kind_code = _text(common, "kind")
    draft = Draft(exchange.right_of(kind_code, office), exchange.kind_of(office, kind_code), notes, STANDARD)
    draft.set(office=office, kind_code=kind_code)
    draft.number("publication_number", forms.unpadded(raw), raw)
    draft.date("publication_date", _text(common, "publication_date"))
    applied = object_in(common, "application")
    draft.number("application_number", forms.no_zeros(_text(applied, "number")), _text(applied, "number"))
    draft.date("filing_date", _text(applied, "filing_date"))
    for claim in objects_in(common, "priority"):
        draft.priority(
            forms.office(_text(claim, "publishing_office")),
            _text(claim, "number"),
            _text(claim, "filing_date"),
        )
    classification = object_in(common, "classification")
    for scheme in ("ipc", "cpc"):
        for one in objects_in(classification, scheme):
            text = _text(one, "fullname")
            draft.classify(scheme, symbols.ipc(text), text)
    _bibliography(object_in(hit, "biblio"), draft)
    _texts(hit, draft)
    drawings = [_text(one, "url") or str(place) for place, one in enumerate(objects_in(hit, "drawings"))]
    draft.images(drawings)
    return draft.finish()


def _bibliography(biblio: Mapping[str, Any], draft: Draft) -> None:
    by_language = {forms.language(key): part for key, part in biblio.items() if isinstance(part, dict)}
    for language, part in by_language.items():
        draft.text_by_language("titles", language, _text(part, "title"))

    def named(name: str, role: str) -> list[NamedParty]:
        lists = (objects_in(part, name) for part in by_language.values())
        return [_party(_text(one, "name"), role) for one in next((found for found in lists if found), [])]

    draft.set(
        applicants=[*named("applicant", "applicant"), *named("patentee", "proprietor")],
        inventors=named("inventor", "inventor"),
        representatives=named("agent", "representative"),
        citations=next((found for part in by_language.values() if (found := list(_cited(part)))), []),
    )


def _party(name: str, role: str) -> NamedParty:
    found = _COUNTRY_BEHIND.search(name)
    return NamedParty(name[: found.start()] if found else name, found.group(1) if found else "", "", role)


# `US-A-3953761DE-U1-29518752` and `SU 1436288 A1, 1988.BY 6572 C1, 2004.`: what the service ran together.
_GLUED = re.compile(r"\s*([A-Z]{2})-([A-Z]\d?)-(\d[\d/]*)[\s.;]*")
_LISTED = re.compile(
    r"\s*(?:\d{1,2}\.\s)?([A-Z]{2})\s(\d[\d/]*)(?:\s([A-Z]\d?))?(?:,\s*(?:19|20)\d\d)?[.;]\s*"
)


def _cited(part: Mapping[str, Any]) -> Iterator[CitedDocument]:
    texts = [text for one in objects_in(part, "citations_parsed") if (text := _text(one, "text"))]
    for text in texts or filter(None, [_text(part, "citations")]):
        glued = _divided(_GLUED, text)
        listed = _divided(_LISTED, f"{text.rstrip('.')}.")
        if glued:
            yield from (CitedDocument(office, number, kind) for office, kind, number in glued)
        elif listed:
            yield from (CitedDocument(office, number, kind or "") for office, number, kind in listed)
        else:
            yield CitedDocument(text=text)


def _divided(form: re.Pattern[str], text: str) -> list[tuple[str, ...]]:
    """The entries of a text that is nothing but such entries; none where something else stands between."""
    found, at = [], 0
    while at < len(text):
        entry = form.match(text, at)
        if not entry:
            return []
        found.append(entry.groups())
        at = entry.end()
    return found


def _texts(hit: Mapping[str, Any], draft: Draft) -> None:
    """The texts of one document asked for whole: HTML by language."""
    for key, text in object_in(hit, "abstract").items():
        draft.text_by_language("abstracts", forms.language(key), _clean(text))
    draft.set(
        descriptions={
            forms.language(key): texts
            for key, text in object_in(hit, "description").items()
            if (texts := tuple(_paragraphs(text)))
        }
    )
    draft.claims({forms.language(key): _claims(text) for key, text in object_in(hit, "claims").items()})


def _paragraphs(text: object) -> list[str]:
    parts = re.split(r"</p>|<br\s*/?>|\n", text) if isinstance(text, str) else []
    return [clean for part in parts if (clean := _clean(part))]


def _claims(text: object) -> list[str]:
    """A claim begins where the next number in order stands in front of a paragraph."""
    found: list[str] = []
    for part in _paragraphs(text):
        number = re.match(r"(\d{1,3})[.)]\s", part)
        if not found or (number and int(number.group(1)) == len(found) + 1):
            found.append(part)
        else:
            found[-1] = f"{found[-1]} {part}"
    return found


def _clean(text: object) -> str:
    return tidy(_MARKUP.sub("", text)) if isinstance(text, str) else ""


def _text(place: Mapping[str, Any], name: str) -> str:
    said = place.get(name)
    return _clean(str(said)) if isinstance(said, str | int) and not isinstance(said, bool) else ""


FORMATS = (PlainFormat("rospatent", _sniff, read),)
