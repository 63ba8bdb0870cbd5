"""Data a first page or a gazette entry carries for every document of its kind, and this one does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.domain.findings import Finding, Severity
from app.domain.record import Record, RecordKind, Right
from app.errors import _
from app.standards import codes

_Has = Callable[[Record], object]

_CODES_PRINTED = "2002-01-01"
"""Before that day not every office printed kind codes."""

_PATENT: tuple[tuple[str, _Has], ...] = (
    ("11", lambda r: r.publication_number),
    ("13", lambda r: r.kind_code or r.publication_date < _CODES_PRINTED),
    ("19", lambda r: r.office),
    ("21", lambda r: r.application_number),
    ("22", lambda r: r.filing_date or "filing_date" in r.as_filed),
    ("54", lambda r: r.titles),
    ("71", lambda r: r.applicants or r.inventors),
)
_MARK: tuple[tuple[str, _Has], ...] = (
    ("190", lambda r: r.office),
    ("210", lambda r: r.application_number or r.registration_number),
    ("220", lambda r: r.filing_date or "filing_date" in r.as_filed),
    ("511", lambda r: r.classes.nice or r.goods),
    ("540", lambda r: r.mark),
)
_REGISTERED_MARK: tuple[tuple[str, _Has], ...] = (
    *_MARK,
    ("151", lambda r: r.registration_date or "registration_date" in r.as_filed),
)
_DESIGN: tuple[tuple[str, _Has], ...] = (
    ("11", lambda r: r.registration_number or r.publication_number or r.application_number),
    ("19", lambda r: r.office),
    ("22", lambda r: r.filing_date or "filing_date" in r.as_filed),
    ("51", lambda r: r.classes.locarno or r.classes.uspc),
    ("54", lambda r: r.titles),
)
_WANTED: dict[tuple[Right, RecordKind], tuple[str, tuple[tuple[str, _Has], ...]]] = {
    (Right.PATENT, RecordKind.PUBLICATION): ("ST.9", _PATENT),
    (Right.PATENT, RecordKind.GRANT): ("ST.9", _PATENT),
    (Right.UTILITY_MODEL, RecordKind.PUBLICATION): ("ST.9", _PATENT),
    (Right.UTILITY_MODEL, RecordKind.GRANT): ("ST.9", _PATENT),
    (Right.PLANT_PATENT, RecordKind.PUBLICATION): ("ST.9", _PATENT),
    (Right.PLANT_PATENT, RecordKind.GRANT): ("ST.9", _PATENT),
    (Right.TRADE_MARK, RecordKind.APPLICATION): ("ST.60", _MARK),
    (Right.TRADE_MARK, RecordKind.REGISTRATION): ("ST.60", _REGISTERED_MARK),
    (Right.DESIGN, RecordKind.REGISTRATION): ("ST.80", _DESIGN),
    (Right.DESIGN, RecordKind.GRANT): ("ST.80", _DESIGN),
}


def _is_first_page(record: Record) -> bool:
    """Whether the record gives bibliographic data at all: claims, goods, a picture, a family give none."""
    numbered = record.application_number or record.registration_number or record.filing_date
    named = record.titles or record.applicants or record.inventors
    return bool(numbered and (named or (record.mark and (record.goods or record.classes.nice))))


def minimum(record: Record, _now: str) -> Iterator[Finding]:
    """One finding that names what is missing of the minimum data (ST.9, ST.60, ST.80, Appendix 1)."""
    standard, wanted = _WANTED.get((record.right, record.kind), ("", ()))
    lacking = [code for code, has in wanted if not has(record)]
    if not lacking or not _is_first_page(record):
        return
    names = codes.inid()
    said = ", ".join(f"({code}) {names[standard, code].wording}" for code in lacking)
    yield Finding(
        Severity.NOTE, "record", "check.minimum",
        _("The document does not say: {data}.").format(data=said),
        _("{standard}, Appendix 1: data every document of its kind should carry").format(standard=standard),
        _("Look for it in the original or another file of the same delivery."),
    )  # fmt: skip
