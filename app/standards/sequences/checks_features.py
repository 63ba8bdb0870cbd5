"""The feature table of a sequence: keys, places, the one source that spans it all."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain import locations
from app.domain.findings import Finding
from app.domain.locations import BadLocation, Location
from app.domain.sequences import Feature, Listing, Sequence, is_number
from app.errors import _
from app.standards.sequences import checks_coding, checks_qualifiers
from app.standards.sequences.findings import error, of_feature, of_sequence, shown, warning
from app.standards.sequences.vocabulary import vocabulary

_ELSEWHERE = ":"
"""In a data bank a location may lie in another entry (`J00194.1:100..202`)."""


def features(sequence: Sequence, listing: Listing) -> Iterator[Finding]:
    """What is wrong with the features of one sequence. Keys and qualifiers are asked of ST.26 alone."""
    strict = listing.form == "st26"
    if strict:
        yield from _table(sequence)
    for number, feature in enumerate(sequence.features, 1):
        where = of_feature(sequence.number, number)
        if strict:
            yield from _key(feature, sequence, where)
        place = None
        if strict or (feature.location and _ELSEWHERE not in feature.location):
            place, wrong = _place(feature, sequence, where)
            yield from wrong
        if strict:
            yield from checks_qualifiers.qualifiers(feature, sequence, listing, where)
            if feature.key == "CDS" and place is not None and not sequence.is_protein:
                yield from checks_coding.coding(feature, place, sequence, where)


def _table(sequence: Sequence) -> Iterator[Finding]:
    """A table there must be, with one source in it."""
    where = of_sequence(sequence.number)
    sources = [feature for feature in sequence.features if feature.key == "source"]
    if not sources:
        yield error(
            where, "source", _("The feature “source” is missing."), "75", _("Every sequence has one.")
        )
    elif len(sources) > 1:
        message = _("The feature “source” stands {count} times; a sequence has one.").format(
            count=len(sources)
        )
        yield error(where, "source", message, "75")
    length = len(sequence.residues)
    for source in sources[:1]:
        if source.location not in (f"1..{length}", "1" if length == 1 else ""):
            message = _("“source” spans {location}; it spans the whole sequence, 1..{length}.").format(
                location=shown(source.location) or "–", length=length
            )
            yield error(where, "source", message, "75")


def _key(feature: Feature, sequence: Sequence, where: str) -> Iterator[Finding]:
    words = vocabulary()
    if words.key(feature.key, sequence.is_protein) is not None:
        return
    section = _("section 7") if sequence.is_protein else _("section 5")
    if words.key(feature.key, not sequence.is_protein) is not None:
        message = (
            _("“{key}” is a key for nucleotides, not for amino acids.")
            if sequence.is_protein
            else _("“{key}” is a key for amino acids, not for nucleotides.")
        ).format(key=shown(feature.key))
    else:
        message = _("“{key}” is no feature key of Annex I, {section}.").format(
            key=shown(feature.key), section=section
        )
    yield error(where, "key", message, "63")


def _place(feature: Feature, sequence: Sequence, where: str) -> tuple[Location | None, list[Finding]]:
    """The location, None where it cannot be relied on; and what is wrong with it."""
    said = shown(feature.location)
    try:
        found = locations.parse(feature.location)
    except BadLocation as bad:
        message = _("Location {location} cannot be read: {why}, at character {position}.").format(
            location=said or "–", why=bad.why, position=bad.position + 1
        )
        return None, [error(where, "location", message, "66")]
    wrong = [*_operators(found, sequence, said, where), *_range(found, sequence, said, where)]
    return (None if wrong else found), wrong


def _operators(found: Location, sequence: Sequence, said: str, where: str) -> Iterator[Finding]:
    used = set(locations.operators(found))
    if {"join", "order"} <= used:
        message = _("Location {location} uses “join” and “order” together.").format(location=said)
        yield error(where, "operator", message, "68")
    if sequence.is_protein and "complement" in used:
        message = _("Location {location} speaks of another strand; amino acids have none.").format(
            location=said
        )
        yield error(where, "operator", message, "67")


def _range(found: Location, sequence: Sequence, said: str, where: str) -> Iterator[Finding]:
    length = len(sequence.residues)
    if not length and is_number(sequence.length):
        length = int(sequence.length)  # an entry that is put together from others
    parts = list(locations.spans(found))
    if any(max(part.first, part.last) > length for part in parts):
        message = _("Location {location} runs past the end (length {length}).").format(
            location=said, length=length
        )
        yield error(where, "range", message, "66")
    if any(min(part.first, part.last) < 1 for part in parts):
        message = _("Location {location} begins before residue 1.").format(location=said)
        yield error(where, "range", message, "66")
    for part in parts:
        if not part.between:
            if part.first > part.last:
                message = _("Location {location} runs backwards.").format(location=said)
                yield error(where, "range", message, "66")
            continue
        if sequence.is_protein:
            message = _("Location {location} is a site between residues, which is for nucleotides alone.")
            yield error(where, "range", message.format(location=said), "66")
        elif part.last != part.first + 1:
            if part.last == 1 and part.first == length:
                message = _("Location {location} makes sense in a circular molecule alone.")
                yield warning(where, "range", message.format(location=said), "66")
            else:
                message = _("Location {location} is a site between residues that do not touch.")
                yield error(where, "range", message.format(location=said), "66")
