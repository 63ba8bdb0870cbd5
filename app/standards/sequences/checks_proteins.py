"""Coding regions across the sequences of a listing: each protein they give has a number of its own.

ST.26, paragraph 92: the amino acid sequence of a `translation` of four residues or more is a sequence of the
listing itself, and `protein_id` gives its number.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.findings import Finding
from app.domain.sequences import Sequence, is_number
from app.errors import _
from app.standards.sequences.findings import error, of_feature, shown, warning

_LEAST = 4
_MOST_KEPT = 100_000
"""Proteins and coding regions remembered: a larger listing is checked as far as that."""


class Proteins:
    """Remembers proteins and coding regions by number and by a short sum of their residues."""

    def __init__(self) -> None:
        self._proteins: dict[int, int] = {}
        self._coded: list[tuple[str, int, str, int]] = []
        self._complete = True

    def add(self, sequence: Sequence) -> None:
        """One sequence of the listing."""
        if len(self._proteins) + len(self._coded) >= _MOST_KEPT:
            self._complete = False
            return
        if sequence.is_protein:
            if sequence.place is not None:
                self._proteins[sequence.place] = hash(sequence.residues)
            return
        for number, feature in enumerate(sequence.features, 1):
            if feature.key != "CDS":
                continue
            for value in feature.values("translation"):
                if len(value.replace("X", "")) >= _LEAST:
                    identity = next(iter(feature.values("protein_id")), "")
                    self._coded.append((sequence.number, number, identity, hash(value)))

    def closing(self) -> Iterator[Finding]:
        """Coding regions whose protein is missing, or is another one."""
        for sequence, feature, identity, residues in self._coded:
            where = of_feature(sequence, feature)
            if not identity:
                if self._complete:
                    message = _("The coding region has a translation, but no “protein_id” with its number.")
                    yield warning(where, "protein-id", message, "92")
            elif not is_number(identity):
                message = _("“protein_id” is “{said}”; it is the number of a sequence.").format(
                    said=shown(identity)
                )
                yield error(where, "protein-id", message, "92")
            elif int(identity) not in self._proteins:
                if self._complete:
                    message = _("“protein_id” names sequence {number}, which is no amino acid sequence here.")
                    yield error(where, "protein-id", message.format(number=int(identity)), "92")
            elif self._proteins[int(identity)] != residues:
                message = _("The translation is not what sequence {number} holds.").format(
                    number=int(identity)
                )
                yield error(where, "protein-id", message, "92")
