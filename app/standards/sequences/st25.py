"""Listings by ST.25: fields under numbers in pointed brackets, `<110>` applicant to `<400>` residues.

The same fields stand in listings printed by the US office, a word after each number (`<211> LENGTH: 12`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.domain.findings import Severity
from app.domain.record import Record
from app.domain.sequences import (
    SKIPPED,
    ApplicationName,
    Feature,
    Listing,
    PersonName,
    Publication,
    Qualifier,
    Sequence,
    is_number,
)
from app.errors import _
from app.standards.registry import PlainFormat
from app.standards.sequences import residues
from app.standards.sequences.lines import head_lines, lines
from app.standards.sequences.records import counted
from app.standards.source import Notes, Source
from app.standards.trouble import Broken

_TAG = re.compile(r"\s*<\s*([1-4]\d\d)\s*>[ \t]?")
LABEL = re.compile(
    r"\s*(?:APPLICANTS?|TITLE OF (?:THE )?INVENTION|FILE REFERENCE|(?:CURRENT|PRIOR) APPLICATION NUMBER|"
    r"(?:CURRENT|PRIOR) FILING DATE|NUMBER OF SEQ ID NOS?|SOFTWARE|SEQ ID NOS?|LENGTH|TYPE|ORGANISM|FEATURE|"
    r"NAME/KEY|LOCATION|OTHER INFORMATION|SEQUENCE)\b\s*:?\s*"
)
_NUMBER = re.compile(r"[0-9]{1,18}(?![0-9])")
_MOLECULES = {"PRT": "AA", "PROTEIN": "AA", "AMINO ACID": "AA", "NUCLEIC ACID": "DNA"}
_LONGEST_SEQUENCE = 256 * 1024 * 1024
_LONGEST_FIELD = 1024 * 1024
APPLICANT, TITLE, REFERENCE, NUMBER, FILED, PRIOR, PRIOR_FILED, TOTAL, SOFTWARE = (
    110, 120, 130, 140, 141, 150, 151, 160, 170,
)  # fmt: skip
SEQ_ID, LENGTH, TYPE, ORGANISM, FEATURE, KEY, LOCATION, INFORMATION, RESIDUES = (
    210, 211, 212, 213, 220, 221, 222, 223, 400,
)  # fmt: skip


@dataclass(slots=True)
class Field:
    """One field: its number, its text line by line, the line it begins on."""

    tag: int
    text: list[str]
    line: int = 0

    @property
    def value(self) -> str:
        """The text in one line."""
        return " ".join(" ".join(self.text).split())


def fields(numbered: Iterable[tuple[int, str]]) -> Iterator[Field]:
    """The fields of lines, in order; lines before the first are passed over. Raises Broken."""
    current: Field | None = None
    size = 0
    for number, line in numbered:
        tag = _TAG.match(line)
        if tag:
            if current is not None:
                yield current
            current, size = Field(int(tag.group(1)), [LABEL.sub("", line[tag.end() :], count=1)], number), 0
        elif current is not None:
            size += len(line)
            if size > (_LONGEST_SEQUENCE if current.tag == RESIDUES else _LONGEST_FIELD):
                why = _("field <{tag}> is longer than any listing has").format(tag=current.tag)
                raise Broken(why, number)
            current.text.append(line)
    if current is not None:
        yield current


def events(
    found: Iterable[Field], notes: Notes, *, form: str = "st25", published: Publication | None = None
) -> Iterator[Listing | Sequence]:
    """The general part, then the sequences in order."""
    general = _General(form, published)
    draft: _Draft | None = None
    told = False
    for one in found:
        if one.tag < 200:
            if not told:
                general.add(one)
            continue
        if not told:
            told = True
            yield general.listing()
        if one.tag == SEQ_ID:
            if draft is not None:
                yield draft.sequence()
            draft = _Draft(one, notes)
        elif draft is not None:
            draft.add(one)
    if not told:
        yield general.listing()
    if draft is not None:
        yield draft.sequence()


class _General:
    """The fields before the first sequence."""

    def __init__(self, form: str, published: Publication | None) -> None:
        self._listing = Listing(form, published=published)
        self._begun = False
        self._dates: list[str] = []
        self._numbers: list[str] = []
        self._filed = ApplicationName()

    def add(self, one: Field) -> None:
        """One field more."""
        if not self._begun:
            self._begun = True
            self._listing = replace(self._listing, line=one.line)
        value = one.value
        if one.tag == APPLICANT:
            names = tuple(PersonName(name) for name in _names(one.text))
            self._listing = replace(self._listing, applicants=(*self._listing.applicants, *names))
        elif one.tag == TITLE and value:
            self._listing = replace(self._listing, titles=(*self._listing.titles, ("", value)))
        elif one.tag == REFERENCE:
            self._listing = replace(self._listing, reference=value)
        elif one.tag == NUMBER:
            self._filed = replace(self._filed, number=value)
        elif one.tag == FILED:
            self._filed = replace(self._filed, date=value)
        elif one.tag == PRIOR:
            self._numbers.append(value)
            self._dates += [""] * (len(self._numbers) - len(self._dates))
        elif one.tag == PRIOR_FILED and self._dates:
            self._dates[-1] = value
        elif one.tag == TOTAL:
            self._listing = replace(self._listing, declared=value)
        elif one.tag == SOFTWARE:
            self._listing = replace(self._listing, software=value)

    def listing(self) -> Listing:
        """The general part."""
        filed = self._filed if self._filed.number or self._filed.date else None
        claims = zip(self._numbers, self._dates, strict=True)
        return replace(
            self._listing,
            application=filed,
            priorities=tuple(ApplicationName("", number, date) for number, date in claims if number or date),
        )


def _names(text: list[str]) -> list[str]:
    """Applicants, one a line; a line after a comma or an “and” goes on with the name."""
    names: list[str] = []
    for line in text:
        name = " ".join(line.split())
        if not name:
            continue
        if names and names[-1].endswith((",", "&", " and", "-")):
            names[-1] = f"{names[-1]} {name}"
        else:
            names.append(name)
    return [name.rstrip(",;") for name in names]


@dataclass(slots=True)
class _Draft:
    """One sequence while its fields come."""

    number: Field
    notes: Notes
    length: str = ""
    molecule: str = ""
    organism: str = ""
    residues: str = ""
    features: list[dict[int, Field]] = field(default_factory=list)

    def add(self, one: Field) -> None:
        """One field more."""
        if one.tag == LENGTH:
            # Before 1998 the unit stood behind the number ("12 base pairs").
            leading = _NUMBER.match(one.value)
            self.length = leading.group() if leading else one.value
        elif one.tag == TYPE:
            kind = one.value.upper()
            self.molecule = _MOLECULES.get(kind, kind)
        elif one.tag == ORGANISM:
            self.organism = one.value
        elif one.tag == FEATURE:
            self.features.append({FEATURE: one})
        elif one.tag in (KEY, LOCATION, INFORMATION):
            if not self.features or one.tag in self.features[-1]:
                self.features.append({FEATURE: one})
            self.features[-1][one.tag] = one
        elif one.tag == RESIDUES:
            self.residues = self._residues(one)

    def sequence(self) -> Sequence:
        """The sequence."""
        molecule = self.molecule
        if not molecule and self.residues not in ("", SKIPPED):
            molecule = "AA" if self.residues.isupper() else "DNA"
        return Sequence(
            number=self.number.value,
            molecule=molecule,
            length=self.length,
            residues=self.residues,
            organism=self.organism,
            features=tuple(_feature(parts, self.length) for parts in self.features),
            line=self.number.line,
            has_table=bool(self.features),
        )

    def _residues(self, one: Field) -> str:
        # The first line repeats the number of the sequence, or says 000 for one left out.
        first = one.text[0].split()
        numbered = bool(first) and is_number(first[0])
        rest = [" ".join(first[1:]) if numbered else one.text[0], *one.text[1:]]
        body = " ".join(rest).split(None, 1)
        if body == [SKIPPED] or (not body and first == [SKIPPED]):
            return SKIPPED
        protein = self.molecule == "AA" or (not self.molecule and any(map(_amino_line, rest[:4])))
        if not protein:
            return "".join(map(residues.nucleotides, rest))
        found: list[str] = []
        for at, line in enumerate(rest):
            letters, strange = residues.amino_acids(line)
            found.append(letters)
            for word in dict.fromkeys(strange):
                self.notes.add(
                    Severity.WARNING, _("sequence {number}").format(number=self.number.value), "st25.residue",
                    _("“{word}” in line {line} is no amino acid; it stands here as X.").format(
                        word=word[:20], line=one.line + at
                    ), "ST.25, Appendix 2, Table 3", _("Look at the original."),
                )  # fmt: skip
        return "".join(found)


def _amino_line(line: str) -> bool:
    words = line.split()
    return bool(words) and all(residues.is_amino_word(word) for word in words)


_PLACE = re.compile(r"[\s()]+")


def _feature(parts: dict[int, Field], length: str) -> Feature:
    """A feature; `(13)..(26)` is 13..26, and one without a place speaks of the whole sequence."""
    key = parts[KEY].value if KEY in parts else ""
    place = _PLACE.sub("", parts[LOCATION].value) if LOCATION in parts else ""
    text = parts[INFORMATION].value if INFORMATION in parts else ""
    if not place and is_number(length):
        place = f"1..{int(length)}"
    notes = (Qualifier("note", text),) if text else ()
    return Feature(key or "misc_feature", place, notes, parts[FEATURE].line)


def _sniff(source: Source) -> int:
    tags = {found.group(1) for line in head_lines(source) if (found := _TAG.match(line))}
    if "210" in tags and tags & {"211", "212", "110", "160", "400"}:
        return 95
    return 90 if "110" in tags and tags & {"120", "130", "160"} else 0


def source_events(source: Source, notes: Notes) -> Iterator[Listing | Sequence]:
    """The events of a text file. Raises Broken."""
    return events(fields(lines(source)), notes)


def _read(source: Source, notes: Notes) -> Iterator[Record]:
    yield from counted(source_events(source, notes), notes)


FORMATS = (PlainFormat("st25", _sniff, _read),)
