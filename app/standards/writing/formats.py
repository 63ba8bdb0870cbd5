"""The formats records can be written in, which records fit each, and how one document is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, Protocol

from app.domain.record import Record, RecordKind, Right
from app.errors import _

_PATENTS = frozenset({Right.PATENT, Right.UTILITY_MODEL, Right.PLANT_PATENT})
_NO_DOCUMENTS = frozenset({RecordKind.ASSIGNMENT, RecordKind.LEGAL_EVENT, RecordKind.SEQUENCE_LISTING})


class Writer(Protocol):
    """Writes one document. `write` gives the record as the format's reader reads it back."""

    def write(self, record: Record) -> Record: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format of `export`.

    name     as the command line has it
    title    as a sentence names it
    fits     whether a record has a form in it
    joins    whether a further record may stand in the document that the first one began
    counted  fields of which it holds the count, not the text
    """

    name: str
    title: str
    fits: Callable[[Record], bool]
    joins: Callable[[Record, Record], bool] = lambda first, further: True
    counted: frozenset[str] = frozenset()

    def writer(self, out: BinaryIO, *, plain: bool = False) -> Writer:
        """A writer onto `out`. `plain`: the text form, where the format has one beside XML."""
        module, name = _WRITERS[self.name]
        made = getattr(import_module(f"app.standards.writing.{module}"), name)
        writer: Writer = made(out, plain) if self.name == "st37" else made(out)
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
        Format("st96", "WIPO ST.96", _is_st96, _both_marks),
        Format("st36", "WIPO ST.36", is_patent_document, lambda first, further: False),
        Format("st66", "WIPO ST.66", _is_mark),
        Format("st86", "WIPO ST.86", _is_design),
        Format("st37", _("a WIPO ST.37 authority file"), _is_published_patent),
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
