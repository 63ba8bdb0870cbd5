"""The query tree: what a search means, whatever engine answers it.

Every node is a frozen value; two queries that mean the same by the same words are equal, because
the place in the typed query (`at`) does not take part in comparison.
"""

from __future__ import annotations

from dataclasses import dataclass, field

TEXT_FIELDS = {
    "ti": ("ti",),
    "ab": ("ab",),
    "cl": ("cl",),
    "ta": ("ti", "ab"),
    "pa": ("pa",),
    "in": ("in",),
}
NUMBER_FIELDS = ("pn", "ap", "pr")
CLASS_FIELDS = ("ic", "cpc")
DATE_FIELDS = ("pd",)
FIELDS = (*TEXT_FIELDS, *NUMBER_FIELDS, *DATE_FIELDS, *CLASS_FIELDS)
DEFAULT_FIELD = "ta"
FARTHEST = 999  # largest n of NEAR/n; texts of one record lie further apart than this in an index


def _at() -> int:
    return field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """One word. `exact`: only this word, folded; otherwise every word of the same stem.

    word   as typed (case and accents kept: a stemmer wants them), composed
    """

    word: str
    exact: bool = False
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Wild:
    """A truncated word, folded: `*` any number of characters, `?` none or one, `#` exactly one,
    `$3` none to three. Matches whole unstemmed words."""

    pattern: str
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other without a gap in one text. Always two or more."""

    items: tuple[Term | Wild, ...]
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Near:
    """Two things in one text, at most `distance` positions apart; `ordered`: left before right."""

    left: Node
    right: Node
    distance: int
    ordered: bool
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Field:
    """What stands inside is looked for in the texts of one field."""

    name: str
    inside: Node
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Range:
    """Publication dates, both ends included, as numbers YYYYMMDD."""

    low: int
    high: int
    at: int = _at()


@dataclass(frozen=True, slots=True)
class ClassIs:
    """A class and everything below it. `symbol` is written without blanks: `A01B33/00`.

    A symbol that ends in its subgroup stands for itself alone, unless `below` is set: then for every
    symbol that begins like it.
    """

    field: str
    symbol: str
    below: bool = False
    at: int = _at()


@dataclass(frozen=True, slots=True)
class NumberIs:
    """A document number in any spelling; `pattern` may hold the signs of truncation."""

    field: str
    pattern: str
    at: int = _at()


@dataclass(frozen=True, slots=True)
class And:
    """All of these. Two or more."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these. Two or more."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Every record but these."""

    inside: Node
    at: int = _at()


Node = Term | Wild | Phrase | Near | Field | Range | ClassIs | NumberIs | And | Or | Not


def conjunction(parts: list[Node]) -> Node:
    """`And` of the parts, flat; the part itself when it is alone."""
    return parts[0] if len(parts) == 1 else And(tuple(_flat(parts, And)))


def disjunction(parts: list[Node]) -> Node:
    """`Or` of the parts, flat; the part itself when it is alone."""
    return parts[0] if len(parts) == 1 else Or(tuple(_flat(parts, Or)))


def _flat(parts: list[Node], kind: type[And] | type[Or]) -> list[Node]:
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, kind):
            flat.extend(part.parts)
        else:
            flat.append(part)
    return flat
