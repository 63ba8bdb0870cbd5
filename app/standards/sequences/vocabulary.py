"""The controlled vocabulary of ST.26, Annex I (`resources/codes/st26.toml`): keys, qualifiers, values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.paths import resources


@dataclass(frozen=True, slots=True)
class Key:
    """What a feature of one key must and may be told with."""

    must: frozenset[str]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """molecules   molecule type -> values of mol_type
    nucleotide, protein   feature key -> Key
    qualifiers     every qualifier of nucleotide sequences
    flags          qualifiers without a value
    translated     qualifiers whose free text depends on a language
    values         qualifier -> the values it may have
    opening        qualifier -> values that may go on after a colon
    """

    molecules: Mapping[str, tuple[str, ...]]
    nucleotide: Mapping[str, Key]
    protein: Mapping[str, Key]
    qualifiers: frozenset[str]
    flags: frozenset[str]
    translated: frozenset[str]
    values: Mapping[str, frozenset[str]]
    opening: Mapping[str, tuple[str, ...]]

    def key(self, name: str, is_protein: bool) -> Key | None:
        """The key of a sequence of that kind, None where it has none of that name."""
        return (self.protein if is_protein else self.nucleotide).get(name)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    with (resources() / "codes" / "st26.toml").open("rb") as file:
        raw = tomllib.load(file)
    named = raw["qualifiers"]
    return Vocabulary(
        molecules={name: tuple(values) for name, values in raw["molecules"].items()},
        nucleotide={name: _key(one, raw["sets"]) for name, one in raw["nucleotide"].items()},
        protein=_protein(raw["protein"]),
        qualifiers=frozenset([*named["flags"], *named["language_dependent"], *named["others"]]),
        flags=frozenset(named["flags"]),
        translated=frozenset(named["language_dependent"]),
        values={name: frozenset(values) for name, values in raw["values"].items()},
        opening={name: tuple(values) for name, values in raw["open_values"].items()},
    )


def _key(one: Mapping[str, Any], sets: Mapping[str, list[str]]) -> Key:
    must = frozenset(one.get("must", ()))
    return Key(must, must | frozenset(sets.get(one.get("set", ""), ())) | frozenset(one.get("may", ())))


def _protein(raw: Mapping[str, list[str]]) -> dict[str, Key]:
    note = frozenset({"note"})
    keys = {name: Key(note, note) for name in raw["noted"]}
    keys |= {name: Key(frozenset(), note) for name in raw["plain"]}
    origin = frozenset({"organism", "mol_type"})
    return {**keys, "source": Key(origin, origin | note)}
