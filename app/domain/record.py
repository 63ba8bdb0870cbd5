"""A publication, registration or filing as its file says it: the RECORD of the command line.

A reader fills in what stands in the file and nothing else: an absent field is empty, never
guessed. Texts are kept whole here; `as_json` gives the counted form that others rely on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Right(StrEnum):
    """The kinds of right an office keeps."""

    PATENT = "patent"
    UTILITY_MODEL = "utility_model"
    PLANT_PATENT = "plant_patent"
    TRADE_MARK = "trade_mark"
    DESIGN = "design"
    GEOGRAPHICAL_INDICATION = "geographical_indication"


class RecordKind(StrEnum):
    """What a file speaks of."""

    APPLICATION = "application"
    PUBLICATION = "publication"
    GRANT = "grant"
    REGISTRATION = "registration"
    NOTICE = "notice"
    ASSIGNMENT = "assignment"
    LEGAL_EVENT = "legal_event"
    SEARCH_REPORT = "search_report"
    SEQUENCE_LISTING = "sequence_listing"


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A person or company as the file names it. `role`: applicant, assignee, proprietor, holder,
    inventor, representative. `country` is ST.3. `address` is one line without country."""

    name: str
    country: str = ""
    city: str = ""
    role: str = ""
    address: str = ""

    def as_json(self, with_role: bool = False) -> dict[str, str]:
        keys = ("name", "country", "city", "role") if with_role else ("name", "country", "city")
        return {key: value for key in keys if (value := getattr(self, key))}


@dataclass(frozen=True, slots=True)
class PriorityClaim:
    """One priority claimed. `date` is YYYY-MM-DD; `kind`: foreign, pct, provisional."""

    office: str = ""
    number: str = ""
    date: str = ""
    kind: str = "foreign"


@dataclass(frozen=True, slots=True)
class Related:
    """A parent, division, continuation or other tied document. `relation` in the file's sense."""

    relation: str
    office: str = ""
    number: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document the file cites; `text` holds non-patent literature, `claims` the claims of the
    application it is cited against, as written ("1-3, 5")."""

    office: str = ""
    number: str = ""
    kind_code: str = ""
    category: str = ""
    text: str = ""
    claims: str = ""


@dataclass(frozen=True, slots=True)
class Classes:
    """Class symbols. IPC and CPC in printed form (`G06F 15/16`), Nice as numbers, Locarno `12-11`,
    Vienna `01.01.02`."""

    ipc: tuple[str, ...] = ()
    cpc: tuple[str, ...] = ()
    nice: tuple[int, ...] = ()
    locarno: tuple[str, ...] = ()
    vienna: tuple[str, ...] = ()
    uspc: tuple[str, ...] = ()

    def as_json(self) -> dict[str, list[object]]:
        return {
            name: list(value)
            for name in ("ipc", "cpc", "nice", "locarno", "vienna", "uspc")
            if (value := getattr(self, name))
        }


@dataclass(frozen=True, slots=True)
class MarkSign:
    """The sign of a mark. `kind`: word, figurative, combined, three_dimensional, sound, colour,
    position, pattern, motion, multimedia, hologram, other. `image` is the name the file gives."""

    text: str = ""
    kind: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One document of a file. Dates are `YYYY-MM-DD` strings, "" where absent.

    titles, abstracts     language -> text (language ISO 639-1, "und" where the file does not say)
    claims                language -> the live claims, one text each, in order
    descriptions          language -> paragraphs
    goods                 Nice class -> language -> text
    design_titles         a design application: the titles of each of its designs, in order
    deferred              a design whose publication is deferred and has not been made
    as_filed              field -> original string, where it was normalised
    """

    right: Right
    kind: RecordKind
    office: str = ""
    kind_code: str = ""
    publication_number: str = ""
    application_number: str = ""
    registration_number: str = ""
    publication_date: str = ""
    filing_date: str = ""
    registration_date: str = ""
    expiry_date: str = ""
    language: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    abstracts: Mapping[str, str] = field(default_factory=dict)
    applicants: tuple[NamedParty, ...] = ()
    inventors: tuple[NamedParty, ...] = ()
    representatives: tuple[NamedParty, ...] = ()
    priorities: tuple[PriorityClaim, ...] = ()
    related: tuple[Related, ...] = ()
    classes: Classes = field(default_factory=Classes)
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    descriptions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sequences: int = 0
    mark: MarkSign | None = None
    goods: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    designs: int = 0
    design_titles: tuple[Mapping[str, str], ...] = ()
    deferred: bool = False
    images: int = 0
    image_names: tuple[str, ...] = ()
    citations: tuple[CitedDocument, ...] = ()
    status: str = ""
    as_filed: Mapping[str, str] = field(default_factory=dict)

    @property
    def published(self) -> bool:
        """The document itself carries publication data (or is a registration): not confidential.

        A design whose publication is deferred is registered and yet secret.
        """
        return not self.deferred and bool(
            self.publication_number
            or self.publication_date
            or self.registration_number
            or self.kind in (RecordKind.PUBLICATION, RecordKind.GRANT, RecordKind.REGISTRATION)
        )

    @property
    def title(self) -> str:
        """The title in the document's language, else the first; for a mark its words."""
        if self.titles:
            return self.titles.get(self.language) or next(iter(self.titles.values()))
        return self.mark.text if self.mark else ""

    def as_json(self) -> dict[str, object]:
        """RECORD: only what stands in the file; texts counted where the contract counts them."""
        answer: dict[str, object] = {"right": str(self.right), "kind": str(self.kind)}
        for name in (
            "office", "kind_code", "publication_number", "application_number",
            "registration_number", "publication_date", "filing_date", "registration_date",
            "expiry_date", "language", "status",
        ):  # fmt: skip
            if value := getattr(self, name):
                answer[name] = value
        answer |= _filled("titles", dict(self.titles))
        answer |= _filled("abstracts", dict(self.abstracts))
        answer |= _filled("applicants", [p.as_json(with_role=True) for p in self.applicants])
        answer |= _filled("inventors", [p.as_json() for p in self.inventors])
        answer |= _filled("representatives", [p.as_json() for p in self.representatives])
        answer |= _filled("priorities", [_present(p, "office number date kind") for p in self.priorities])
        answer |= _filled("related", [_present(r, "relation office number date") for r in self.related])
        answer |= _filled("classes", self.classes.as_json())
        answer |= _filled("claims", {lang: len(texts) for lang, texts in self.claims.items() if texts})
        answer |= _filled("description_words", self._description_words())
        answer |= _filled("mark", _present(self.mark, "text kind image") if self.mark else None)
        answer |= _filled("goods", {str(c): dict(texts) for c, texts in self.goods.items()})
        for name in ("sequences", "designs", "images"):
            answer |= _filled(name, getattr(self, name))
        answer |= _filled(
            "citations", [_present(c, "office number kind_code category text claims") for c in self.citations]
        )
        answer |= _filled("as_filed", dict(self.as_filed))
        return answer

    def _description_words(self) -> dict[str, int]:
        counted = {lang: sum(map(_words, texts)) for lang, texts in self.descriptions.items()}
        return {lang: count for lang, count in counted.items() if count}


def _words(paragraph: str) -> int:
    """Words between white space; in folded text, which most is, blanks are counted in a tenth of the time."""
    if paragraph.isprintable() and "  " not in paragraph and paragraph == paragraph.strip():
        return paragraph.count(" ") + bool(paragraph)
    return len(paragraph.split())


def _filled(name: str, value: object) -> dict[str, object]:
    return {name: value} if value else {}


def _present(thing: object, names: str) -> dict[str, object]:
    return {name: value for name in names.split() if (value := getattr(thing, name))}
