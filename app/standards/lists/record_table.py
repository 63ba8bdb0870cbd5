"""Our own table of records (`export --format csv`), also after a spreadsheet has saved it again."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.domain.findings import Severity
from app.domain.record import MarkSign, NamedParty, Record, RecordKind, Right
from app.errors import _
from app.standards.fields import forms, marks, symbols
from app.standards.fields.draft import Draft
from app.standards.lists import tables
from app.standards.registry import PlainFormat
from app.standards.source import Notes, Source
from app.standards.writing import cells, lines

STANDARD = "table"
_HEADS = tuple(between.join(cells.COLUMNS[:6]).encode() for between in (",", ";", "\t"))


def _sniff(source: Source) -> int:
    head = source.head.removeprefix(b"\xef\xbb\xbf").replace(b'"', b"")
    return 97 if head.startswith(_HEADS) else 0


def read(source: Source, notes: Notes) -> Iterator[Record]:
    """One record a row; a row of no known right or kind is noted and left out."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").replace(b'"', b"")
    delimiter = chr(head[len("right")])
    with source.open() as stream:
        text = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
        header: list[str] = []
        for number, row in enumerate(tables.rows(text, delimiter), 1):
            if not header:
                header = [name.strip() for name in row]
                continue
            notes.place = _("row {number}").format(number=number)
            record = record_of(named(row, header), notes)
            if record is not None:
                yield record
            elif any(row):
                message = _("The row names no right and kind that are known here; it is left out.")
                notes.add(Severity.WARNING, "right", f"{STANDARD}.row", message)


def named(row: Sequence[str], header: Sequence[str] = cells.COLUMNS) -> dict[str, str]:
    """The cells by column, restored."""
    return {name: cells.restored(cell) for name, cell in zip(header, row, strict=False)}


def record_of(row: Mapping[str, str], notes: Notes) -> Record | None:
    """The record of a row; None where right or kind is none we know."""
    if row.get("right") not in set(Right) or row.get("kind") not in set(RecordKind):
        return None
    draft = Draft(Right(row["right"]), RecordKind(row["kind"]), notes, STANDARD)
    _values(row, draft)
    for name in ("titles", "abstracts"):
        for line in several(row, name):
            language, words = lines.text_of(line)
            draft.text_by_language(name, forms.language(language), words)
    _people(row, draft)
    _lists(row, draft)
    _mark(row, draft)
    draft.set(status=row.get("status", ""))
    for line in several(row, "as_filed"):
        key, _equals, text = line.partition(" = ")
        draft.as_filed[key] = text
    return draft.finish()


def several(row: Mapping[str, str], name: str) -> list[str]:
    """The values of a cell, one a line."""
    return [text for line in row.get(name, "").split("\n") if (text := line.strip())]


def _values(row: Mapping[str, str], draft: Draft) -> None:
    for name in ("publication_number", "application_number", "registration_number"):
        text = row.get(name, "").strip()
        draft.number(name, forms.no_zeros(text), text)
    for name in ("publication_date", "filing_date", "registration_date", "expiry_date"):
        draft.date(name, row.get(name, ""))
    said = forms.language(row.get("language"))
    draft.set(
        office=forms.office(row.get("office")),
        kind_code=row.get("kind_code", "").strip(),
        language=said if said != forms.UNKNOWN_LANGUAGE else "",
    )
    for name in ("sequences", "designs"):
        draft.set(**{name: forms.count(row.get(name, ""))})


def _people(row: Mapping[str, str], draft: Draft) -> None:
    for name, usual in (
        ("applicants", "applicant"), ("inventors", "inventor"), ("representatives", "representative"),
    ):  # fmt: skip
        found: list[NamedParty] = [lines.party_of(line, usual) for line in several(row, name)]
        draft.set(**{name: found})


def _lists(row: Mapping[str, str], draft: Draft) -> None:
    for line in several(row, "priorities"):
        claim = lines.priority_of(line)
        draft.priority(forms.office(claim.office), claim.number, claim.date, claim.kind)
    for line in several(row, "related"):
        tie = lines.related_of(line)
        draft.relate(tie.relation, forms.office(tie.office), tie.number, tie.date)
    cited = [lines.cited_of(line) for line in several(row, "citations")]
    draft.set(citations=[replace(one, office=forms.office(one.office)) for one in cited])
    for scheme, normal in (
        ("ipc", symbols.ipc), ("cpc", symbols.ipc), ("nice", symbols.nice), ("locarno", symbols.locarno),
        ("vienna", symbols.vienna), ("uspc", symbols.uspc),
    ):  # fmt: skip
        for line in several(row, scheme):
            draft.classify(scheme, normal(line), line)


def _mark(row: Mapping[str, str], draft: Draft) -> None:
    text, image, said = (row.get(f"mark_{part}", "") for part in ("text", "image", "kind"))
    kind = said if said == "three_dimensional" else marks.kind(said)
    if text or kind or image:
        draft.set(mark=MarkSign(text, kind, image))
    goods = marks.Goods()
    for line in several(row, "goods"):
        number, _blank, rest = line.partition(" ")
        if (klass := symbols.nice(number)) is not None:
            language, words = lines.text_of(rest)
            goods.add(klass, forms.language(language), words)
    draft.set(goods=goods.texts())
    draft.set(images=forms.count(row.get("images", "")))


FORMATS = (PlainFormat("table-records", _sniff, read),)
