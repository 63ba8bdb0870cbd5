"""Names of people and companies: one entry for one party, however often a file repeats it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from app.domain.record import NamedParty
from app.text import fold

_NO_LETTERS = re.compile(r"[\W_]+")


def key(name: str) -> str:
    """What two spellings of one name have in common: letters and digits, folded, in order."""
    return _NO_LETTERS.sub("", fold(name))


def merged(parties: Iterable[NamedParty]) -> tuple[NamedParty, ...]:
    """One entry a name, the first role kept, gaps filled from the later ones. Nameless ones are left out."""
    parties = [one for one in parties if one.name]
    if len(parties) < 2:
        return tuple(parties)
    found: dict[str, NamedParty] = {}
    for party in parties:
        name = key(party.name) or party.name
        known = found.get(name)
        found[name] = party if known is None else _filled(known, party)
    return tuple(found.values())


def merged_people(people: Iterable[NamedParty]) -> tuple[NamedParty, ...]:
    """As `merged`, but namesakes from different places stay two people."""
    people = [one for one in people if one.name]
    if len(people) < 2:
        return tuple(people)
    found: dict[str, list[NamedParty]] = {}
    order: list[tuple[list[NamedParty], int]] = []
    for person in people:
        namesakes = found.setdefault(key(person.name), [])
        for place, known in enumerate(namesakes):
            if not (known.city and person.city) or fold(known.city) == fold(person.city):
                namesakes[place] = _filled(known, person)
                break
        else:
            order.append((namesakes, len(namesakes)))
            namesakes.append(person)
    return tuple(namesakes[place] for namesakes, place in order)


def _filled(known: NamedParty, other: NamedParty) -> NamedParty:
    if known.country and known.city and known.address:
        return known
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
