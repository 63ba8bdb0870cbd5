"""The formats records can be written in, which records fit each, and how one document is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import BinaryIO, Protocol

from app.domain.findings import Finding
from app.domain.record import Record, RecordKind, Right
from app.errors import _

_PATENTS = frozenset({Right.PATENT, Right.UTILITY_MODEL, Right.PLANT_PATENT})
_NO_DOCUMENTS = frozenset({RecordKind.ASSIGNMENT, RecordKind.LEGAL_EVENT, RecordKind.SEQUENCE_LISTING})


class Writer(Protocol):
    """Writes one document.

    write   gives the record as the format's reader reads it back
    close   ends the document; what it says that no record does, because the standard asks for it
    """

    def write(self, record: Record) -> Record: ...
    def close(self) -> Iterable[Finding]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format of `export`.

    name     as the command line has it
    title    as a sentence names it
    fits     whether a record has a form in it
    joins    whether a further record may stand in the document that the first one began
    many     what to say where `joins` is False
    counted  fields of which it holds the count, not the text
    only     where it is a list: the fields it is a list of; that all others are left out is said once
    """

    name: str
    title: str
    fits: Callable[[Record], bool]
    joins: Callable[[Record, Record], bool] = lambda first, further: True
    many: str = ""
    counted: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()

    def writer(self, out: BinaryIO, *, plain: bool = False, today: date | None = None) -> Writer:
        """A writer onto `out`. `plain`: the text form, where the format has one beside XML."""
        module, name = _WRITERS[self.name]
        made = getattr(import_module(f"app.standards.writing.{module}"), name)
        writer: Writer = made(out, plain, today) if self.name == "st37" else made(out)
        return writer


def is_patent_document(record: Record) -> bool:
    """Patents, utility models and plant patents, and design patents: what has a kind code and claims."""
    if record.kind in _NO_DOCUMENTS:
        return False
    return record.right in _PATENTS or is_design_patent(record)


def is_design_patent(record: Record) -> bool:
    """A design protected by a patent document (US): a publication number and no registration."""
    return (
        record.right is Right.DESIGN
        and bool(record.publication_number)
        and not record.registration_number
        and record.kind is not RecordKind.NOTICE
    )


def _is_mark(record: Record) -> bool:
    return record.right is Right.TRADE_MARK and record.kind not in _NO_DOCUMENTS


def _is_design(record: Record) -> bool:
    return record.right is Right.DESIGN and record.kind not in _NO_DOCUMENTS


def _is_st96(record: Record) -> bool:
    return is_patent_document(record) or _is_mark(record) or _is_design(record)


def _both_marks(first: Record, further: Record) -> bool:
    """`TrademarkApplication` has a bag of marks; the other roots are one document each."""
    return _is_mark(first) and _is_mark(further)


def _has_inid(record: Record) -> bool:
    return record.right is not Right.GEOGRAPHICAL_INDICATION and record.kind not in _NO_DOCUMENTS


def _is_published_patent(record: Record) -> bool:
    return is_patent_document(record) and bool(record.publication_number)


def _same_office(first: Record, further: Record) -> bool:
    return first.office == further.office


def _one_document() -> str:
    return _(
        "A document of this form holds one patent or one design application, and here are several. "
        "Nothing was written."
    )


def _one_office() -> str:
    return _(
        "An authority file lists the documents of one office, and here are those of several. "
        "Nothing was written."
    )


_LISTED = frozenset({
    "office", "kind_code", "publication_number", "publication_date", "application_number", "filing_date",
    "priorities",
})  # fmt: skip
_COUNTED = frozenset({"claims", "descriptions"})
_WRITERS = {
    "st96": ("st96", "St96"),
    "st36": ("st36", "St36"),
    "st66": ("st66", "St66"),
    "st86": ("st86", "St86"),
    "st37": ("st37", "AuthorityFile"),
    "inid": ("inid", "InidText"),
    "csv": ("table", "Table"),
    "json": ("counted", "JsonList"),
}


def all_formats() -> tuple[Format, ...]:
    """All formats, the standards first."""
    return (
        Format("st96", "WIPO ST.96", _is_st96, _both_marks, _one_document()),
        Format(
            "st36", "ST.36 (PCT Annex F)", is_patent_document, lambda first, further: False, _one_document()
        ),
        Format("st66", "WIPO ST.66", _is_mark),
        Format("st86", "WIPO ST.86", _is_design),
        Format("st37", "WIPO ST.37", _is_published_patent, _same_office, _one_office(), only=_LISTED),
        Format("inid", _("INID-tagged text"), _has_inid),
        Format("csv", "CSV", lambda record: True, counted=_COUNTED),
        Format("json", "JSON", lambda record: True, counted=_COUNTED),
    )


NAMES = tuple(_WRITERS)


def of_name(name: str) -> Format:
    """The format of that name; KeyError where there is none."""
    return {found.name: found for found in all_formats()}[name]


def fitting(record: Record) -> tuple[str, ...]:
    """The names of the formats that hold such a record."""
    return tuple(found.name for found in all_formats() if found.fits(record))
