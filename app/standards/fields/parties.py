"""Names of people and companies: one entry for one party, however often a file repeats it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.domain.record import NamedParty
from app.text import fold


def key(name: str) -> str:
    """What two spellings of one name have in common: letters and digits, folded, in order."""
    return "".join(c for c in fold(name) if c.isalnum())


def merged(parties: Iterable[NamedParty]) -> tuple[NamedParty, ...]:
    """One entry a name, the first role kept, gaps filled from the later ones. Nameless ones are left out."""
    found: dict[str, NamedParty] = {}
    for party in parties:
        if not party.name:
            continue
        name = key(party.name) or party.name
        known = found.get(name)
        found[name] = party if known is None else _filled(known, party)
    return tuple(found.values())


def merged_people(people: Iterable[NamedParty]) -> tuple[NamedParty, ...]:
    """As `merged`, but namesakes from different places stay two people."""
    found: list[NamedParty] = []
    for person in people:
        if not person.name:
            continue
        for place, known in enumerate(found):
            same_place = not (known.city and person.city) or fold(known.city) == fold(person.city)
            if key(known.name) == key(person.name) and same_place:
                found[place] = _filled(known, person)
                break
        else:
            found.append(person)
    return tuple(found)


def _filled(known: NamedParty, other: NamedParty) -> NamedParty:
    return replace(
        known,
        country=known.country or other.country,
        city=known.city or other.city,
        address=known.address or other.address,
    )


def person(last: str, given: str = "", suffix: str = "") -> str:
    """`Last, First` as offices list people; a single name stays as it is."""
    name = ", ".join(part for part in (last, given) if part)
    return f"{name}, {suffix}" if name and suffix else name
