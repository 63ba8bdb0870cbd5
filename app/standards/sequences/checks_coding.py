"""Coding regions: the translation that is given against the one of the genetic code (paragraphs 89 to 92)."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.findings import Finding
from app.domain.locations import Location
from app.domain.sequences import Feature, Sequence, is_number
from app.errors import _
from app.standards.sequences import genetic_code, residues
from app.standards.sequences.findings import error, note, shown, warning

_EXPLAINED = ("exception", "ribosomal_slippage", "transl_except", "pseudo", "pseudogene", "trans_splicing")
_FREE = frozenset("XBZJ")
_LONGEST = 3_000_000


def coding(feature: Feature, place: Location, sequence: Sequence, where: str) -> Iterator[Finding]:
    """What is wrong with the translation of one coding region."""
    given = next(iter(feature.values("translation")), "")
    explained = any(one.name in _EXPLAINED for one in feature.qualifiers)
    if not given:
        if not explained:
            yield note(where, "translation", _("The coding region has no translation."), "90")
        return
    strange = sorted(set(given) - set(residues.AMINO_ACIDS))
    if genetic_code.STOP in strange:
        yield error(where, "translation", _("A translation has no sign for a stop codon."), "90")
        return
    if strange:
        message = _("“{letters}” in the translation are no amino acids.").format(
            letters=shown("”, “".join(strange))
        )
        yield error(where, "translation", message, "26")
        return
    number = next(iter(feature.values("transl_table")), "1")
    start = next(iter(feature.values("codon_start")), "1")
    if explained or not is_number(number) or start not in ("1", "2", "3") or len(given) > _LONGEST:
        return
    if int(number) not in genetic_code.TABLES:
        return  # said where values are checked
    bases = genetic_code.region(place, sequence.residues)
    yield from _compared(given, genetic_code.translated(bases, int(number), int(start)), where)


def _compared(given: str, coded: str, where: str) -> Iterator[Finding]:
    """The first amino acid may be a methionine whatever codon begins; a stop at the end is not written."""
    coded = coded.removesuffix(genetic_code.STOP)
    if genetic_code.STOP in coded:
        message = _("The coding region stops at its codon {place}, before its end.").format(
            place=coded.index(genetic_code.STOP) + 1
        )
        yield error(where, "stop", message, "89")
        return
    # A last codon of two bases may still leave no doubt.
    if len(given) - len(coded) not in (0, 1):
        message = _("The translation has {given} amino acids, the coding region gives {coded}.").format(
            given=len(given), coded=len(coded)
        )
        yield error(where, "translation", message, "90")
        return
    for at, (said, read) in enumerate(zip(given, coded, strict=False)):
        if said == read or read == "X" or said in _FREE or (at == 0 and said == "M"):
            continue
        message = _("Amino acid {place} of the translation is {said}; the codon gives {read}.").format(
            place=at + 1, said=said, read=read
        )
        yield warning(where, "translation", message, "90", _("Another genetic code, or a slip of the pen."))
        return
