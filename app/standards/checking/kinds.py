"""Kind codes: the form of ST.16, and whether the office used the code, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.domain.findings import Finding, Severity
from app.domain.record import Record, RecordKind, Right
from app.errors import _
from app.standards import codes

_FORM = re.compile(r"[A-Z][0-9]?\Z")
_OF_PATENTS = frozenset({Right.PATENT, Right.UTILITY_MODEL, Right.PLANT_PATENT, Right.DESIGN})
_DOCUMENTS = frozenset(
    {RecordKind.APPLICATION, RecordKind.PUBLICATION, RecordKind.GRANT, RecordKind.SEARCH_REPORT}
)
"""Other records name the kind code of a document they are about, and their day is one of their own."""
_SLACK_YEARS = 25
"""Years by which a day may lie outside of what a sample of documents shows before it is worth a remark."""
_ENOUGH = 20
"""Documents a sample must hold for its days to say anything."""


def kinds(record: Record, _now: str) -> Iterable[Finding]:
    """The kind code of a record against ST.16 and the de facto table."""
    asked = record.kind_code and record.kind in _DOCUMENTS and record.right in _OF_PATENTS
    return _kinds(record, record.kind_code) if asked else ()


def _kinds(record: Record, code: str) -> Iterator[Finding]:
    if not _FORM.match(code):
        yield Finding(
            Severity.WARNING, "kind_code", "check.kind-form",
            _("The kind code {code} is not a letter with at most one digit.").format(code=code),
            "ST.16", _("Look for the code on the first page of the document."),
        )  # fmt: skip
        return
    known = codes.kinds().get((record.office, code))
    if known is None:
        if record.office in codes.offices_with_kinds():
            yield Finding(
                Severity.NOTE, "kind_code", "check.kind",
                _("The kind code {code} is not among those {office} is known to use.").format(
                    code=code, office=record.office
                ),
                "ST.16", _("Compare it with the original; the table of known codes may lack it."),
            )  # fmt: skip
        return
    if record.publication_date and not _in_time(known, record.publication_date):
        since = known.first or "…"
        until = known.last if known.last and (known.certain or known.last < "2020") else "…"
        yield Finding(
            Severity.NOTE, "kind_code", "check.kind-date",
            _("{office} is known to use kind code {code} from {since} to {until}, not on {day}.").format(
                office=record.office, code=code, since=since, until=until, day=record.publication_date
            ),
            "ST.16", _("Compare kind code and day of publication with the original."),
        )  # fmt: skip


def _in_time(known: codes.KindCode, day: str) -> bool:
    if known.certain:
        return known.first <= day and (not known.last or day <= known.last)
    if known.documents < _ENOUGH or not known.first:
        return True
    year = int(day[:4])
    return int(known.first[:4]) - _SLACK_YEARS <= year and (
        known.last >= "2020" or year <= int(known.last[:4]) + _SLACK_YEARS
    )
