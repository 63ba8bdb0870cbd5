"""Sequence listings: checked, shown, laid out, as text. Advisory, and without an office.

Whether a listing complies is for the authority that searches; what is found here is for the person who
receives it. Everything comes as a stream: a listing may be larger than the memory of the machine.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.findings import Finding, Severity
from app.domain.record import Record, RecordKind, Right
from app.domain.sequences import Listing, Sequence
from app.domain.sequenceview import SequenceView
from app.errors import FileRefused, OfficeError, UsageError, _
from app.progress import SILENT, Progress
from app.standards import container, reading
from app.standards.container import Barred
from app.standards.sequences import (
    checks,
    checks_general,
    crosscheck,
    opening,
    rendering,
    validator_report,
    viewing,
)
from app.standards.source import Notes, Source

if TYPE_CHECKING:
    from app.services.offices import Office

MOST_OF_A_RULE = 50
"""Findings kept of one rule; the rest are counted."""


@dataclass(frozen=True, slots=True)
class SequenceLine:
    """One sequence in the list. `length` is how many residues there are, 0 for a skipped number."""

    number: str
    name: str
    molecule: str
    length: int
    organism: str
    features: int
    skipped: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What a listing is held against.

    application   a file with the application, one of those `inspect` reads
    case          id of a case; needs the office
    reference     the applicant's file reference as the request gives it
    report        a report of the WIPO Sequence Validator
    """

    application: Path | None = None
    case: str = ""
    reference: str = ""
    report: Path | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The end of a check.

    sequences, skipped   how many real ones there are, and how many numbers were left out on purpose
    findings             of each rule the first `MOST_OF_A_RULE`
    left_out             rule -> how many more there were
    refused              why the file could not be read to its end, None where it could
    """

    file: str
    form: str
    sequences: int
    skipped: int
    findings: tuple[Finding, ...]
    left_out: tuple[tuple[str, int], ...]
    refused: OfficeError | None = None


Event = Listing | SequenceLine | Checked


@dataclass(slots=True)
class _Kept:
    """Findings, so many of each rule."""

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, found: Iterable[Finding]) -> None:
        for finding in found:
            self.counts[finding.rule] += 1
            if self.counts[finding.rule] <= MOST_OF_A_RULE:
                self.findings.append(finding)

    def left_out(self) -> tuple[tuple[str, int], ...]:
        return tuple((rule, n - MOST_OF_A_RULE) for rule, n in self.counts.items() if n > MOST_OF_A_RULE)


def check(
    path: Path | str, wish: Wish | None = None, *, office: Office | None = None, progress: Progress = SILENT
) -> Iterator[Event]:
    """The general part, a line for each sequence, and at the end what was found.

    Raises OfficeError before the first event where the file is no listing, or what it is to be held against
    cannot be read.
    """
    wish = wish or Wish()
    source = _source(path)
    kept = _Kept()
    known = _known(wish, office)
    reported = validator_report.read(_only(wish.report)) if wish.report is not None else ()
    notes = Notes()
    checking: checks.Checking | None = None
    form, counts, refused = "", Counter[bool](), None
    stream = opening.events(source, notes)
    try:
        for event in stream:
            if isinstance(event, Listing):
                if checking is not None:
                    kept.add(checking.closing())
                checking, form = checks.Checking(event), event.form
                kept.add(_of_general(event, source, known, wish))
                yield event
            elif checking is not None:
                counts[event.skipped] += 1
                kept.add(checking.sequence(event))
                progress.step(counts.total(), None, source.name)
                yield line_of(event)
            kept.add(notes.take())
    except FileRefused as trouble:
        if checking is None:
            raise
        refused = trouble
        kept.add([Finding(Severity.ERROR, _("file"), "file.broken", trouble.message, remedy=trouble.remedy)])
    if checking is not None and refused is None:
        kept.add(checking.closing())
    kept.add([*notes.take(), *reported])
    yield Checked(
        os.fspath(path), form, counts[False], counts[True], tuple(kept.findings), kept.left_out(), refused
    )


def events(path: Path | str) -> Iterator[Listing | Sequence]:
    """The general part and every sequence with its features. Raises FileRefused."""
    return opening.events(_source(path), Notes())


def view(path: Path | str, number: str, *, first_line: int = 0, lines: int | None = None) -> SequenceView:
    """One sequence laid out for a window, by its number as written. Raises FileRefused, UsageError."""
    for event in events(path):
        if isinstance(event, Sequence) and event.number == number:
            return viewing.view(event, first_line=first_line, lines=lines)
    raise UsageError(
        _("The listing has no sequence {number}.").format(number=number),
        _("Look at the list of its sequences."),
        command="listing show",
    )


def text(path: Path | str, *, number: str = "", three: bool = False) -> Iterator[str]:
    """The listing as lines to read; only sequence `number` where one is named. Raises FileRefused."""
    stream = events(path)
    chosen = (one for one in stream if not number or (isinstance(one, Sequence) and one.number == number))
    return rendering.text(chosen, three=three)


def outline(listing: Listing) -> Iterator[str]:
    """The general part as lines to read."""
    return rendering.general(listing)


def line_of(sequence: Sequence) -> SequenceLine:
    """A sequence in the list."""
    return SequenceLine(
        sequence.number, sequence.name, sequence.molecule, 0 if sequence.skipped else len(sequence.residues),
        sequence.organism, len(sequence.features), sequence.skipped,
    )  # fmt: skip


def _of_general(listing: Listing, source: Source, known: Record | None, wish: Wish) -> Iterator[Finding]:
    if listing.form == "st26":
        yield from checks_general.opening(source.head)
    yield from checks_general.general(listing)
    if known is not None or wish.reference:
        yield from crosscheck.against(
            listing, known or Record(Right.PATENT, RecordKind.APPLICATION), wish.reference
        )


def _known(wish: Wish, office: Office | None) -> Record | None:
    """The application a listing is held against."""
    if wish.case:
        from app.services import exportcase

        if office is None:
            raise UsageError(_("A case needs an office."), _("Open the office the case is in."))
        return exportcase.record_of(office, wish.case)[0]
    if wish.application is None:
        return None
    refused: OfficeError | None = None
    for event in reading.read([wish.application]):
        if isinstance(event, Record) and event.kind is not RecordKind.SEQUENCE_LISTING:
            return event
        if isinstance(event, reading.Closed):
            refused = refused or event.refused
    raise refused or FileRefused(
        _("{file} holds no application. The listing was not checked.").format(file=wish.application),
        _("Give a file with the application's data."),
    )


def _only(path: Path | str) -> Source:
    """The one file a path names. Raises FileRefused."""
    for source in container.sources([path]):
        if isinstance(source, Barred):
            raise source.refusal
        return source
    raise FileRefused(_("{file} holds no file.").format(file=path), _("Check the name."))


def _source(path: Path | str) -> Source:
    """The listing a path names: the file itself, or the first listing in a folder or archive."""
    only: Source | None = None
    barred: OfficeError | None = None
    for source in container.sources([path]):
        if isinstance(source, Barred):
            barred = barred or source.refusal
        elif opening.is_listing(source):
            return source
        else:
            only = only or source
    if only is None and barred is not None:
        raise barred
    raise FileRefused(
        _("{file} holds no sequence listing. Nothing was read from it.").format(file=path),
        _("Listings are read in ST.26, ST.25, US sequence XML and the flat files of the data banks."),
    )
