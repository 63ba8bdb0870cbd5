"""Genetic codes (ST.26, Annex I, section 9) and the amino acids a coding region gives."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from app.domain.locations import Combined, Location, Span

_ORDER = "tcag"
_STANDARD = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
# What each table reads otherwise than the standard one.
_OTHERWISE = {
    1: "", 2: "aga* agg* ataM tgaW", 3: "ataM cttT ctcT ctaT ctgT tgaW", 4: "tgaW",
    5: "agaS aggS ataM tgaW", 6: "taaQ tagQ", 9: "aaaN agaS aggS tgaW", 10: "tgaC", 11: "", 12: "ctgS",
    13: "agaG aggG ataM tgaW", 14: "aaaN agaS aggS taaY tgaW", 15: "tagQ", 16: "tagL",
    21: "tgaW ataM agaS aggS aaaN", 22: "tca* tagL", 23: "tta*", 24: "agaS aggK tgaW", 25: "tgaG",
    26: "ctgA", 27: "taaQ tagQ tgaW", 28: "taaQ tagQ tgaW", 29: "taaY tagY", 30: "taaE tagE",
    31: "taaE tagE tgaW", 32: "tagW", 33: "taaY tgaW agaS aggK",
}  # fmt: skip
_BASES = {
    "a": "a", "c": "c", "g": "g", "t": "t", "m": "ac", "r": "ag", "w": "at", "s": "cg", "y": "ct", "k": "gt",
    "v": "acg", "h": "act", "d": "agt", "b": "cgt", "n": "acgt",
}  # fmt: skip
_COMPLEMENT = str.maketrans("acgtmrwsykvhdbn", "tgcakywsrmbdhvn")
STOP = "*"
TABLES = frozenset(_OTHERWISE)
"""The numbers of the genetic codes there are."""


@lru_cache(maxsize=32)
def table(number: int) -> dict[str, str]:
    """Codon -> amino acid or `*`. Raises KeyError for a number that is no table."""
    codons = ("".join(codon) for codon in product(_ORDER, repeat=3))
    found = dict(zip(codons, _STANDARD, strict=True))
    for word in _OTHERWISE[number].split():
        found[word[:3]] = word[3]
    return found


@lru_cache(maxsize=4096)
def amino_acid(codon: str, number: int) -> str:
    """The amino acid of a codon, X where its symbols leave several open."""
    code = table(number)
    readings = {code["".join(one)] for one in product(*(_BASES.get(base, "acgt") for base in codon))}
    return readings.pop() if len(readings) == 1 else "X"


def translated(region: str, number: int, start: int) -> str:
    """The amino acids of a coding region from its `start`th base (1 to 3), stops as `*`."""
    region = region[start - 1 :]
    return "".join(amino_acid(region[at : at + 3], number) for at in range(0, len(region) - 2, 3))


def region(location: Location, residues: str) -> str:
    """The bases a location names, in the order it names them, the other strand where it says so."""
    if isinstance(location, Span):
        return residues[location.first - 1 : location.last]
    found = "".join(region(part, residues) for part in location.parts)
    return reverse_complement(found) if _is_complement(location) else found


def reverse_complement(residues: str) -> str:
    """The other strand, read from its beginning."""
    return residues.translate(_COMPLEMENT)[::-1]


def _is_complement(location: Combined) -> bool:
    return location.operator == "complement"
