"""A listing as plain text to read: sixty residues a line in groups of ten, the position at the end.

Amino acids stand in one letter each, as the viewer of ST.26 shows them, or in three-letter codes, sixteen a
line with every fifth position beneath, as listings were printed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.sequences import ApplicationName, Feature, Listing, PersonName, Sequence
from app.errors import _
from app.standards.sequences.residues import three_letters

PER_LINE, PER_GROUP = 60, 10
_WORDS_PER_LINE = 16
_WIDTH = PER_LINE + PER_LINE // PER_GROUP - 1
_VALUE_WIDTH = 76
_FEATURE_COLUMN = 21


def text(events: Iterable[Listing | Sequence], *, three: bool = False) -> Iterator[str]:
    """The lines of a listing, without line ends. `three` asks for three-letter codes of amino acids."""
    for event in events:
        if isinstance(event, Listing):
            yield from general(event)
        else:
            yield ""
            yield from sequence(event, three=three)


def general(listing: Listing) -> Iterator[str]:
    """The general part: a line for each thing it says."""
    yield _("SEQUENCE LISTING")
    yield ""
    rows = [
        (_("File"), listing.file_name),
        (_("Software"), " ".join(filter(None, (listing.software, listing.software_version)))),
        (_("Produced"), listing.produced),
        (_("DTD version"), listing.version),
        (_("File reference"), listing.reference),
        (_("Application"), _application(listing.application)),
        *((_("Priority"), _application(claim)) for claim in listing.priorities),
        *((_("Applicant"), _person(one)) for one in listing.applicants),
        *((_("Inventor"), _person(one)) for one in listing.inventors),
        *((_("Title"), f"{title} ({language})" if language else title) for language, title in listing.titles),
        (_("Sequences"), listing.declared or ""),
    ]
    for name, value in rows:
        if value:
            yield f"{name}: {value}"


def sequence(one: Sequence, *, three: bool = False) -> Iterator[str]:
    """One sequence: heading, features, residues."""
    if one.skipped:
        yield _("SEQ ID NO {number}: skipped on purpose (000)").format(number=one.number)
        return
    told = [
        _("SEQ ID NO {number}").format(number=one.number), one.name, one.molecule,
        _("length {length}").format(length=len(one.residues)), one.organism,
    ]  # fmt: skip
    yield " · ".join(part for part in told if part)
    for feature in one.features:
        yield from _feature(feature)
    if one.residues:
        yield ""
    yield from three_letter_lines(one.residues) if three and one.is_protein else letter_lines(one.residues)


def letter_lines(residues: str) -> Iterator[str]:
    """Sixty residues a line in groups of ten; the position of the last one at the end."""
    digits = max(len(str(len(residues))), 4)
    for at in range(0, len(residues), PER_LINE):
        line = residues[at : at + PER_LINE]
        groups = " ".join(line[i : i + PER_GROUP] for i in range(0, len(line), PER_GROUP))
        yield f"     {groups.ljust(_WIDTH)}  {at + len(line):>{digits}}"


def three_letter_lines(residues: str) -> Iterator[str]:
    """Sixteen amino acids a line in three letters, and beneath them 1 and every fifth position."""
    for at in range(0, len(residues), _WORDS_PER_LINE):
        words = three_letters(residues[at : at + _WORDS_PER_LINE])
        yield " ".join(words)
        numbers = [
            str(place).ljust(4) if place == 1 or place % 5 == 0 else "    "
            for place in range(at + 1, at + len(words) + 1)
        ]
        if line := "".join(numbers).rstrip():
            yield line


def _feature(feature: Feature) -> Iterator[str]:
    yield f"     {feature.key.ljust(_FEATURE_COLUMN - 6)} {feature.location}"
    for one in feature.qualifiers:
        told = f'/{one.name}="{one.value}"' if one.value else f"/{one.name}"
        yield from _wrapped(told)
        if one.other:
            yield from _wrapped(f'/{one.name}="{one.other}"')


def _wrapped(told: str) -> Iterator[str]:
    """A long value in pieces: at blanks where there are any, else where the line ends."""
    room = _VALUE_WIDTH - _FEATURE_COLUMN
    while len(told) > room:
        cut = told.rfind(" ", room // 2, room + 1)
        cut = cut if cut > 0 else room
        yield " " * _FEATURE_COLUMN + told[:cut].rstrip()
        told = told[cut:].lstrip()
    yield " " * _FEATURE_COLUMN + told


def _application(application: ApplicationName | None) -> str:
    if application is None:
        return ""
    said = " ".join(filter(None, (application.office, application.number)))
    return f"{said} ({application.date})" if application.date else said


def _person(person: PersonName) -> str:
    return f"{person.text} ({person.latin})" if person.latin and person.latin != person.text else person.text
