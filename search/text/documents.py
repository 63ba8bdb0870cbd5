"""A record as the index and the predicate read it: texts by kind, numbers, classes, the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.publication import date_of, number_of
from app.domain.record import Record
from search.query.tree import FARTHEST
from search.query.values import class_steps, day_number, number_spellings
from search.text.analyser import ReadText, read

TEXT_KINDS = ("ti", "ab", "cl", "pa", "in")
KEY_FIELDS = ("pn", "ap", "pr", "ic", "cpc")
GAP = FARTHEST + 25  # positions between two texts of a record: no NEAR and no phrase reaches across


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a record: a title, an abstract, one claim, one name."""

    kind: str
    language: str
    text: str


@dataclass(slots=True)
class Doc:
    """One record, not yet analysed; each kind of text is analysed when it is first asked for.

    row   number of the record in its collection's database; the same for as long as it stays there
    """

    row: int
    plain: tuple[Text, ...]
    keys: Mapping[str, frozenset[str]]
    day: int
    _read: dict[str, tuple[ReadText, ...]] = field(default_factory=dict, repr=False)

    def texts(self, kind: str) -> tuple[ReadText, ...]:
        """The analysed texts of one kind."""
        if kind not in self._read:
            self._read[kind] = tuple(read(t.text, t.language) for t in self.plain if t.kind == kind)
        return self._read[kind]

    def placed(self, kind: str) -> Iterator[tuple[int, ReadText]]:
        """The texts of one kind with the position of their first word in the record."""
        first = 0
        for text in self.texts(kind):
            yield first, text
            first += len(text.folded) + GAP

    def languages(self) -> set[str]:
        """The languages whose stems occur in this record."""
        return {text.language for kind in TEXT_KINDS for text in self.texts(kind) if text.language}


def doc_of(record: Record, row: int) -> Doc:
    """The searchable form of a published record."""
    return Doc(row, tuple(_texts(record)), _keys(record), day_number(date_of(record)))


def _texts(record: Record) -> Iterator[Text]:
    for language, title in record.titles.items():
        yield Text("ti", language, title)
    if record.mark is not None and record.mark.text and record.mark.text not in record.titles.values():
        yield Text("ti", "", record.mark.text)
    for language, abstract in record.abstracts.items():
        yield Text("ab", language, abstract)
    for language, claims in record.claims.items():
        for claim in claims:
            yield Text("cl", language, claim)
    for party in record.applicants:
        yield Text("pa", "", party.name)
    for person in record.inventors:
        yield Text("in", "", person.name)


def _keys(record: Record) -> dict[str, frozenset[str]]:
    office, kind = record.office, record.kind_code
    numbers = {
        "pn": [(office, number, kind) for number in {number_of(record), record.registration_number}],
        "ap": [(office, record.application_number, "")],
        "pr": [(claim.office, claim.number, "") for claim in record.priorities],
    }
    keys: dict[str, frozenset[str]] = {
        name: frozenset().union(*(number_spellings(*number) for number in found))
        for name, found in numbers.items()
    }
    for name, symbols in (("ic", record.classes.ipc), ("cpc", record.classes.cpc)):
        keys[name] = frozenset(step for symbol in symbols for step in class_steps(symbol))
    return keys
