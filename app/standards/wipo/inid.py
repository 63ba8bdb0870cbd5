"""Text tagged with INID codes (ST.9, ST.60, ST.80), a field a line, as `export --format inid` writes it.

A line `(12) right · kind` begins a document; a line without a code goes on where the one before ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.findings import Severity
from app.domain.record import CitedDocument, MarkSign, NamedParty, Record, RecordKind, Right
from app.errors import _
from app.standards.fields import forms, marks, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import PlainFormat
from app.standards.source import Notes, Source
from app.standards.trouble import Broken
from app.standards.writing import inid_fields, lines
from app.standards.writing.inid_fields import Codes
from app.standards.xml.texts import tidy

STANDARD = "inid"
_TAG = re.compile(r"\((\d{2,3})\)\s*")
_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\(12\) (\w+) \xc2\xb7 (\w+)")
_LONGEST_LINE = 32 * 1024 * 1024
_RIGHTS = frozenset(Right) - {Right.GEOGRAPHICAL_INDICATION}


def _sniff(source: Source) -> int:
    found = _OPENS.match(source.head)
    if not found:
        return 0
    right, kind = (part.decode("utf-8", "replace") for part in found.groups())
    return 96 if right in _RIGHTS and kind in set(RecordKind) else 0


def read(source: Source, notes: Notes) -> Iterator[Record]:
    """One record a `(12)`."""
    fields: list[tuple[str, str]] = []
    with source.open() as stream:
        number = 0
        while raw := stream.readline(_LONGEST_LINE):
            number += 1
            if len(raw) >= _LONGEST_LINE:
                raise Broken(_("a line longer than any field"), number)
            line = raw.decode("utf-8", "replace").lstrip("\ufeff").strip()
            tag = _TAG.match(line)
            if tag and tag.group(1) == inid_fields.KIND and fields:
                yield record_of(fields, notes)
                fields = []
            if tag:
                fields.append((tag.group(1), line[tag.end() :]))
            elif line and fields:
                fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line}")
    if fields:
        yield record_of(fields, notes)


def record_of(fields: Iterable[tuple[str, str]], notes: Notes) -> Record:
    """The record of the tagged lines of one document, the first of them its `(12)`."""
    tagged = [(code, tidy(text)) for code, text in fields]
    right, kind = _what(tagged)
    codes = inid_fields.codes(right)
    draft = Draft(right, kind, notes, STANDARD)
    _values(tagged, codes, draft)
    ties = inid_fields.relation_codes(right)
    people: dict[str, list[NamedParty]] = {"applicants": [], "inventors": [], "representatives": []}
    for code, text in tagged:
        if code == codes.priority:
            claim = lines.priority_of(text)
            draft.priority(forms.office(claim.office), claim.number, claim.date, claim.kind)
        elif code in ties:
            tie = lines.related_of(text)
            draft.relate(tie.relation or "related", forms.office(tie.office), tie.number, tie.date)
        elif code in codes.parties.values():
            people["applicants"].append(lines.party_of(text, inid_fields.usual_role(codes, code)))
        elif code and code == codes.inventors:
            people["inventors"].append(lines.party_of(text, "inventor"))
        elif code == codes.agents:
            people["representatives"].append(lines.party_of(text, "representative"))
    draft.set(**people)
    (_mark if right is Right.TRADE_MARK else _contents)(tagged, draft)
    return draft.finish()


def _what(tagged: list[tuple[str, str]]) -> tuple[Right, RecordKind]:
    right, _between, kind = (tagged[0][1] if tagged else "").partition(lines.BETWEEN)
    if right in _RIGHTS and kind in set(RecordKind):
        return Right(right), RecordKind(kind)
    return Right.PATENT, RecordKind.PUBLICATION


def _values(tagged: list[tuple[str, str]], codes: Codes, draft: Draft) -> None:
    has_kind_code = any(code == "13" for code, _text in tagged)
    for code, text in tagged:
        name = codes.values.get(code, "publication_date" if code in codes.published else "")
        if name == "registration_number" and draft.right is Right.DESIGN and has_kind_code:
            name = "publication_number"
        if not name:
            continue
        if name.endswith("_date"):
            draft.date(name, text)
        elif name.endswith("_number"):
            draft.number(name, forms.no_zeros(text), text)
        elif name == "office":
            draft.set(office=forms.office(text))
        elif name == "language":
            said = forms.language(text)
            draft.set(language=said if said != forms.UNKNOWN_LANGUAGE else "")
        else:
            draft.set(**{name: text})


def _contents(tagged: list[tuple[str, str]], draft: Draft) -> None:
    """What a patent or design document holds besides its numbers and people."""
    claims: dict[str, list[str]] = {}
    cited: list[CitedDocument] = []
    views: list[str] = []
    for code, text in tagged:
        if code in ("51", "52"):
            _classified(text, draft)
        elif code == "54":
            draft.text_by_language("titles", *_said(text))
        elif code == "57" and text.startswith("claim "):
            language, words = _said(text.removeprefix("claim "))
            claims.setdefault(language, []).append(words)
        elif code == "57":
            draft.text_by_language("abstracts", *_said(text))
        elif code == "56":
            one = lines.cited_of(text)
            cited.append(replace(one, office=forms.office(one.office)))
        elif code == "28" and (designs := forms.count(text)):
            draft.set(designs=designs)
        elif code == "55":
            views.append(text)
    draft.claims(claims)
    draft.set(citations=cited)
    draft.images(views)


def _said(text: str) -> tuple[str, str]:
    language, words = lines.text_of(text)
    return forms.language(language), words


_SCHEMES = {"IPC": "ipc", "CPC": "cpc", "USPC": "uspc", "LOC": "locarno"}


def _classified(text: str, draft: Draft) -> None:
    scheme, colon, rest = text.partition(": ")
    name = _SCHEMES.get(scheme)
    if not colon or name is None:
        # Gazettes write `(51) G06F 15/16`, or a Locarno class in a design's entry.
        name, rest = ("locarno" if draft.right is Right.DESIGN else "ipc"), text
    for raw in rest.split(";"):
        raw = raw.strip()
        if name == "locarno":
            draft.classify(name, symbols.locarno(raw), raw)
        else:
            draft.classify(name, symbols.uspc(raw) if name == "uspc" else symbols.ipc(raw), raw)


_CLASS = re.compile(r"(\d{1,2})(?: (.*))?\Z", re.S)


def _mark(tagged: list[tuple[str, str]], draft: Draft) -> None:
    """The sign of a mark and its goods."""
    goods = marks.Goods()
    images: list[str] = []
    words = kind = ""
    for code, text in tagged:
        if code == "511" and (found := _CLASS.match(text)):
            number = symbols.nice(found.group(1))
            draft.classify("nice", number, found.group(1))
            if number and found.group(2):
                goods.add(number, *_said(found.group(2)))
        elif code == "531":
            for raw in text.split(";"):
                draft.classify("vienna", symbols.vienna(raw), raw)
        elif code == "540":
            images.append(text)
        elif code in ("541", "546"):
            words = text
        elif code == "550":
            kind = text if text == "three_dimensional" else marks.kind(text)
        elif code == "511":
            message = _("“{text}” begins with no class of Nice; it is left out.").format(text=text[:60])
            draft.notes.add(Severity.WARNING, "goods", f"{STANDARD}.goods", message)
    draft.set(goods=goods.texts())
    draft.images(images)
    if words or kind or images:
        draft.set(mark=MarkSign(words, kind, images[0] if images else ""))


FORMATS = (PlainFormat("inid-text", _sniff, read),)
