"""The checks of ST.26 on the sequences of a listing, one after another as they are read.

Advisory: whether a listing complies is for the authority that searches. Listings by ST.25 and entries of data
banks are held against what their forms share with ST.26: order, totals, lengths, symbols, locations.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.findings import Finding
from app.domain.sequences import Listing, Sequence, is_number
from app.errors import _
from app.standards.sequences import checks_features, checks_proteins, residues
from app.standards.sequences.findings import error, note, of_sequence, shown, warning

_NUCLEOTIDES_LEAST, _AMINO_ACIDS_LEAST = 10, 4
_BANKS = ("embl", "genbank", "insdseq")


class Checking:
    """Give it every sequence in order, then ask for `closing`."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._strict = listing.form == "st26"
        self._found = 0
        self._next = 1
        self._proteins = checks_proteins.Proteins()

    def sequence(self, sequence: Sequence) -> Iterator[Finding]:
        """What is wrong with one sequence."""
        self._found += 1
        where = of_sequence(sequence.number)
        if self._listing.form not in _BANKS:
            yield from self._order(sequence, where)
        if sequence.skipped:
            if self._strict:
                yield from _skipped(sequence, where)
            return
        yield from _molecule(sequence, where, self._strict)
        yield from _length(sequence, where, self._strict)
        if sequence.residues or self._listing.form not in _BANKS:
            yield from _symbols(sequence, where)
        if self._strict:
            yield from _least(sequence, where)
            self._proteins.add(sequence)
        yield from checks_features.features(sequence, self._listing)

    def closing(self) -> Iterator[Finding]:
        """What can be said once all have come."""
        if not self._found:
            yield error(_("sequences"), "none", _("The listing holds no sequence."), "10")
        declared = self._listing.declared
        if declared is None:
            if self._listing.form not in _BANKS:
                yield error(
                    _("total"), "total", _("The listing does not say how many sequences it has."), "46"
                )
        elif self._listing.total is None:
            message = _("“{declared}” is no number of sequences.").format(declared=shown(declared))
            yield error(_("total"), "total", message, "46")
        elif self._listing.total != self._found:
            message = _("The listing says it has {declared} sequences, but holds {found}.").format(
                declared=self._listing.total, found=self._found
            )
            yield error(
                _("total"), "total", message, "10", _("Skipped numbers count too; ask for a whole listing.")
            )
        yield from self._proteins.closing()

    def _order(self, sequence: Sequence, where: str) -> Iterator[Finding]:
        """Numbers run from 1 without gaps."""
        place = sequence.place
        if place is None:
            message = _("“{number}” is no sequence number.").format(number=shown(sequence.number))
            yield error(where, "number", message, "10")
            self._next += 1
            return
        if place != self._next:
            message = _("Number {number} stands where {expected} should stand.").format(
                number=place, expected=self._next
            )
            yield error(where, "order", message, "10", _("Numbers begin with 1 and leave none out."))
        self._next = place + 1


def _skipped(sequence: Sequence, where: str) -> Iterator[Finding]:
    """The form of a number that was left out on purpose."""
    for value, name in (
        (sequence.length, "INSDSeq_length"),
        (sequence.molecule, "INSDSeq_moltype"),
        (sequence.division, "INSDSeq_division"),
    ):
        if value:
            message = _("A skipped sequence leaves “{name}” empty; here it is “{value}”.").format(
                name=name, value=shown(value)
            )
            yield error(where, "skipped", message, "58")
    if sequence.has_table:
        yield error(where, "skipped", _("A skipped sequence has no feature table."), "58")


def _molecule(sequence: Sequence, where: str, strict: bool) -> Iterator[Finding]:
    if sequence.molecule not in ("DNA", "RNA", "AA"):
        said = shown(sequence.molecule)
        message = (
            _("“{said}” is no molecule type; it is DNA, RNA or AA.").format(said=said)
            if said
            else _("The molecule type is missing; it is DNA, RNA or AA.")
        )
        yield error(where, "molecule", message, "54")
    if strict and sequence.division != "PAT":
        message = _("The division is “{said}”; it is always PAT.").format(said=shown(sequence.division))
        yield error(where, "division", message, "51")
    if strict and sequence.identifiers:
        yield note(
            where, "identifiers",
            _("References of data banks are added by offices, not by applicants."), "Annex II",
        )  # fmt: skip


def _length(sequence: Sequence, where: str, strict: bool) -> Iterator[Finding]:
    if not is_number(sequence.length):
        if strict or sequence.length:
            message = _("The length is “{said}”, which is no number.").format(said=shown(sequence.length))
            yield error(where, "length", message, "52")
        return
    if sequence.residues and int(sequence.length) != len(sequence.residues):
        message = _("The length is given as {declared}, but there are {found} residues.").format(
            declared=int(sequence.length), found=len(sequence.residues)
        )
        yield error(where, "length", message, "52", _("Ask which is right: residues may be missing."))


def _symbols(sequence: Sequence, where: str) -> Iterator[Finding]:
    """Residues that are none of the symbols of Annex I."""
    text = sequence.residues
    if not text:
        yield error(where, "residues", _("The sequence has no residues."), "57")
        return
    protein = sequence.is_protein
    allowed = residues.AMINO_ACIDS if protein else residues.NUCLEOTIDES
    strange = sorted(set(text) - set(allowed))
    if not strange:
        return
    paragraph = "26" if protein else "13"
    section = _("section 3") if protein else _("section 1")
    if not protein and set(strange) <= {"u"}:
        message = _("“u” stands for uracil, first at {place}; in a listing it is written “t”.").format(
            place=text.index("u") + 1
        )
        yield error(where, "uracil", message, "14", _("Write “t”: with RNA it means uracil."))
        return
    cased = text.upper() if protein else text.lower()
    if not set(cased) - set(allowed):
        message = (
            _("Amino acids are written in capitals; small letters begin at {place}.")
            if protein
            else _("Nucleotides are written in small letters; capitals begin at {place}.")
        ).format(place=next(at for at, one in enumerate(text, 1) if one in strange))
        yield error(where, "case", message, paragraph)
        return
    if any(not one.isalpha() for one in strange):
        message = _("Between the residues stand numbers, signs or blanks, first at {place}.").format(
            place=next(at for at, one in enumerate(text, 1) if not one.isalpha())
        )
        yield error(where, "signs", message, "57")
    letters = [one for one in strange if one.isalpha()]
    if letters:
        message = _("“{letters}” are no symbols of Annex I, {section}; the first stands at {place}.").format(
            letters=shown("”, “".join(letters[:10])), section=section, place=text.index(letters[0]) + 1
        )
        yield error(where, "symbols", message, paragraph)


def _least(sequence: Sequence, where: str) -> Iterator[Finding]:
    """A sequence below the least length does not belong into a listing."""
    if sequence.is_protein:
        defined = len(sequence.residues) - sequence.residues.count(residues.UNDEFINED_AMINO_ACID)
        if defined < _AMINO_ACIDS_LEAST:
            message = _(
                "It has {defined} specifically defined amino acids; at least four are needed."
            ).format(defined=defined)
            yield error(where, "short", message, "8", _("Leave the sequence out, or skip its number."))
        return
    defined = len(sequence.residues) - sequence.residues.count(residues.UNDEFINED_NUCLEOTIDE)
    if defined < _NUCLEOTIDES_LEAST:
        message = _("It has {defined} specifically defined nucleotides; at least ten are needed.").format(
            defined=defined
        )
        yield error(where, "short", message, "8", _("Leave the sequence out, or skip its number."))
    elif sequence.residues.count(residues.UNDEFINED_NUCLEOTIDE) * 2 > len(sequence.residues):
        yield warning(where, "undefined", _("More than half of the residues are “n”."), "15")
