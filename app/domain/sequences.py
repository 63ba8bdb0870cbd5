"""A sequence listing: what its general part says, and its sequences with their features.

Everything is kept as the listing writes it, so that what is wrong with it can be said. A listing may be
larger than the memory of the machine: its sequences come one by one and are never held together here.
"""

from __future__ import annotations

from dataclasses import dataclass

SKIPPED = "000"
"""What stands in place of the residues of a number left out on purpose (ST.26, paragraph 58)."""
PROTEIN = "AA"
"""The molecule type of a chain of amino acids."""


@dataclass(frozen=True, slots=True)
class ApplicationName:
    """An application as a listing names it. `date` as written, "" where it is not said."""

    office: str = ""
    number: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class PersonName:
    """An applicant or inventor. `latin` is the name in Latin letters where the listing gives both."""

    text: str
    language: str = ""
    latin: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """The patent document a sequence was published in, as a data bank cites it.

    place  the number of the sequence in that document, "" where it is not said
    date   as written
    """

    office: str
    number: str
    kind_code: str = ""
    place: str = ""
    date: str = ""
    title: str = ""
    applicants: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The general part of a listing.

    form             st26, st25, us-xml, embl, genbank or insdseq
    declared         how many sequences it says it has, as written
    titles           (language, text) in order; the language is "" where the listing does not say
    original_language, other_language   of the free text: as first written, as given beside the English
    published        the document it was published in, where the listing itself says so
    """

    form: str
    version: str = ""
    file_name: str = ""
    software: str = ""
    software_version: str = ""
    produced: str = ""
    original_language: str = ""
    other_language: str = ""
    reference: str = ""
    application: ApplicationName | None = None
    priorities: tuple[ApplicationName, ...] = ()
    applicants: tuple[PersonName, ...] = ()
    inventors: tuple[PersonName, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    declared: str | None = None
    published: Publication | None = None
    line: int = 1

    @property
    def total(self) -> int | None:
        """The declared number of sequences; None where it is none or no number."""
        return int(self.declared) if self.declared and is_number(self.declared) else None


@dataclass(frozen=True, slots=True)
class Qualifier:
    """One qualifier of a feature.

    value  "" where there is none; `other` is the same free text in a language that is not English
    """

    name: str
    value: str = ""
    other: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature. `location` as written; `line` of the file, 0 where it is not known."""

    key: str
    location: str
    qualifiers: tuple[Qualifier, ...] = ()
    line: int = 0

    def values(self, name: str) -> tuple[str, ...]:
        """The values of the qualifiers of that name, whatever the case of its letters."""
        return tuple(one.value for one in self.qualifiers if one.name.lower() == name)


@dataclass(frozen=True, slots=True)
class Sequence:
    """One sequence of a listing.

    number     its SEQ ID number as written; of a data bank's entry its place in the file
    molecule   DNA, RNA or AA, or whatever is written
    length     as declared, "" where it is not
    residues   one letter a residue, "000" where the number was left out on purpose
    name       accession number or name, where it has one
    identifiers   references of data banks, as written
    published  the patent document a data bank cites for it
    """

    number: str
    molecule: str = ""
    length: str = ""
    residues: str = ""
    division: str = ""
    organism: str = ""
    name: str = ""
    features: tuple[Feature, ...] = ()
    identifiers: tuple[str, ...] = ()
    published: Publication | None = None
    line: int = 0
    has_table: bool = False

    @property
    def skipped(self) -> bool:
        """The number stands for no sequence: it was left out on purpose."""
        return self.residues.strip() == SKIPPED

    @property
    def is_protein(self) -> bool:
        """Whether the residues are amino acids."""
        return self.molecule == PROTEIN

    @property
    def place(self) -> int | None:
        """The SEQ ID number; None where what is written is no number from 1 on."""
        return int(self.number) if is_number(self.number) and int(self.number) > 0 else None

    @property
    def source(self) -> Feature | None:
        """The feature that says where the sequence comes from."""
        return next((feature for feature in self.features if feature.key == "source"), None)


def is_number(text: str) -> bool:
    """Whether a text is a whole number in the digits 0 to 9, short enough to be reckoned with."""
    return text.isascii() and text.isdigit() and len(text) <= 18
