"""INID-tagged text: a field a line, its code in brackets in front, an empty line between documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from app.domain.findings import Finding
from app.domain.record import NamedParty, Record, Right
from app.standards.source import Notes
from app.standards.writing import inid_fields, lines
from app.standards.writing.inid_fields import Codes

Line = tuple[str, str]


class InidText:
    """Lines in UTF-8."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._records = 0

    def write(self, record: Record) -> Record:
        """Write one; what the reader of this text makes of it."""
        from app.standards.wipo import inid as reader

        fields = [(code, " ".join(text.split())) for code, text in tagged(record)]
        text = "".join(f"({code}) {words}\n" for code, words in fields)
        self._out.write((("\n" if self._records else "") + text).encode("utf-8", "replace"))
        self._records += 1
        return reader.record_of(fields, Notes())

    def close(self) -> tuple[Finding, ...]:
        """Nothing stands behind the last record."""
        return ()


def tagged(record: Record) -> Iterator[Line]:
    """The fields of a record as (code, text), in the order of their codes' sections."""
    codes = inid_fields.codes(record.right)
    yield inid_fields.KIND, f"{record.right}{lines.BETWEEN}{record.kind}"
    for code, name in codes.values.items():
        if code == "11" and codes is inid_fields.DESIGNS and record.kind_code:
            name = "publication_number"
        if text := getattr(record, name):
            yield code, text
    if record.publication_date:
        yield codes.published[0 if inid_fields.is_final(record) else 1], record.publication_date
    yield from ((codes.priority, lines.priority(claim)) for claim in record.priorities)
    yield from _contents(record, codes)
    for tie in record.related:
        yield inid_fields.relation_code(record.right, tie.relation), lines.related(tie)
    yield from _people(record.applicants, codes)
    if codes.inventors:
        yield from ((codes.inventors, lines.party(p, "inventor")) for p in record.inventors)
    yield from ((codes.agents, lines.party(p, "representative")) for p in record.representatives)


def _people(parties: Iterable[NamedParty], codes: Codes) -> Iterator[Line]:
    for party in parties:
        code = codes.parties.get(party.role) or next(iter(codes.parties.values()))
        yield code, lines.party(party, inid_fields.usual_role(codes, code))


def _contents(record: Record, codes: Codes) -> Iterator[Line]:
    if record.right is Right.TRADE_MARK:
        yield from _mark(record)
        return
    classes = record.classes
    for scheme, symbols in (("IPC", classes.ipc), ("LOC", classes.locarno)):
        if symbols:
            yield "51", f"{scheme}: {'; '.join(symbols)}"
    for scheme, symbols in (("CPC", classes.cpc), ("USPC", classes.uspc)):
        if symbols:
            yield "52", f"{scheme}: {'; '.join(symbols)}"
    yield from (("54", lines.text(language, words)) for language, words in record.titles.items())
    if record.right is Right.DESIGN:
        if record.designs:
            yield "28", str(record.designs)
        yield from (("55", name) for name in record.image_names)
    yield from ((codes.cited, lines.cited(one)) for one in record.citations)
    yield from ((codes.text, lines.text(language, words)) for language, words in record.abstracts.items())
    for language, texts in record.claims.items():
        yield from ((codes.text, f"claim {lines.text(language, words)}") for words in texts)


def _mark(record: Record) -> Iterator[Line]:
    for number in dict.fromkeys((*record.classes.nice, *record.goods)):
        texts = record.goods.get(number)
        for language, words in texts.items() if texts else ():
            yield "511", f"{number} {lines.text(language, words)}"
        if not texts:
            yield "511", str(number)
    if record.classes.vienna:
        yield "531", "; ".join(record.classes.vienna)
    mark = record.mark
    yield from (("540", name) for name in record.image_names)
    if mark and mark.image and mark.image not in record.image_names:
        yield "540", mark.image
    if mark and mark.text:
        yield ("541" if mark.kind in ("", "word") else "546"), mark.text
    if mark and mark.kind:
        yield "550", mark.kind
