"""Answers of the EPO's services in JSON: as the service writes it, and as others turned its XML into JSON.

The service keeps attributes (`@country`) and texts (`$`); copies that lost the attributes do not say in
which numbering a number stands or a name is spelled. That follows from their form: a number with its
country in one text is epodoc, names with a blank in front are a list that was one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from app.domain.record import Record
from app.standards.epo import exchange, ops
from app.standards.registry import PlainFormat
from app.standards.source import Notes, Source
from app.standards.us.json_items import objects
from app.standards.xml.texts import every, field, local

_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)  # XML takes ½ for no part of a name, \w does
_ROOTS = (b'"exchange-documents"', b'"exchange-document"', b'"ops:world-patent-data"')


def _sniff(source: Source) -> int:
    head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return 90 if head.startswith((b"{", b"[")) and any(root in head for root in _ROOTS) else 0


def read(source: Source, notes: Notes) -> Iterator[Record]:
    """The records of an answer."""
    with source.open() as stream:
        for answer in objects(stream, "ops:world-patent-data"):
            root = etree.Element("answer")
            _grow(root, answer)
            yield from _records(root, notes)


def _records(place: etree._Element, notes: Notes) -> Iterator[Record]:
    """Those of the outermost record elements, as of an answer in XML."""
    for part in list(place):
        if local(part) == "exchange-document":
            _told_by_form(part)
            yield from exchange.read(part, notes)
        elif local(part) in ops.RECORDS:
            yield from ops.read(part, notes)
        else:
            yield from _records(part, notes)


def _grow(element: etree._Element, value: Any) -> None:
    """Put a JSON value into an element: objects as children and attributes, arrays as repeated children."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            name = str(key).rpartition(":")[2]
            if key == "$":
                element.text = _text(inner)
            elif str(key).startswith("@"):
                if _NAME.match(name.lstrip("@")) and not isinstance(inner, Mapping | list):
                    element.set(name.lstrip("@"), _text(inner))
            elif _NAME.match(name):
                for one in inner if isinstance(inner, list) else [inner]:
                    _grow(etree.SubElement(element, name), one)
    elif not isinstance(value, list):
        element.text = _text(value)


# Characters XML has no place for.
_BARRED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, bool) else _BARRED.sub("\ufffd", str(value))


_EPODOC = re.compile(r"[A-Z]{2}\s?[A-Z]?\d")


def _told_by_form(document: etree._Element) -> None:
    """Give a copy without attributes the attributes that its values show."""
    for one in document.iter("document-id"):
        if not one.get("document-id-type"):
            solid = _EPODOC.match(field(one, "doc-number"))
            form = "docdb" if field(one, "country") else "epodoc" if solid else "original"
            one.set("document-id-type", form)
    for path in ("applicants/applicant", "inventors/inventor"):
        _told_parties(list(every(document, f"bibliographic-data/parties/{path}")))
    for number, claim in enumerate(every(document, "bibliographic-data/priority-claims/priority-claim")):
        claim.set("sequence", claim.get("sequence") or str(number))
    for one in document.iter("patent-classification"):
        scheme = next(one.iterchildren("classification-scheme"), None)
        if scheme is not None and not scheme.attrib and field(one, "section") and field(one, "main-group"):
            scheme.set("scheme", "CPC")
    for name in ("invention-title", "abstract"):
        _told_texts([one for one in document.iter(name) if not one.get("lang")])


def _told_parties(parties: list[etree._Element]) -> None:
    """Two lists one behind the other: `A`, ` B` were one text in epodoc, `A, `, `B` are as printed."""
    if not parties or any(one.get("data-format") for one in parties):
        return
    texts = ["".join(one.itertext()) for one in parties]
    form = "original" if texts[0].rstrip(" ").endswith(",") else "epodoc"
    sequence = 0
    for place, (one, text) in enumerate(zip(parties, texts, strict=True)):
        if form == "epodoc" and place and not text.startswith(" "):
            form, sequence = "original", 0
        sequence += 1
        one.set("data-format", form)
        one.set("sequence", str(sequence))


_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), "ja"), (re.compile("[\uac00-\ud7a3]"), "ko"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
)  # fmt: skip


def _told_texts(texts: list[etree._Element]) -> None:
    """Of several texts without a language one in a script of its own is told by it; a single one is not."""
    for one in texts if len(texts) > 1 else ():
        words = "".join(one.itertext())
        if said := next((language for script, language in _SCRIPTS if script.search(words)), ""):
            one.set("lang", said)


FORMATS = (PlainFormat("epo-ops-json", _sniff, read),)
