"""What a document says although the record does not, because its standard asks for it: each a finding."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.findings import Finding, Severity
from app.domain.record import Record
from app.errors import _
from app.standards.writing.st96_texts import image_format


def of_patent(record: Record) -> Iterator[Finding]:
    """ST.96: editions and values of CPC symbols, formats of pictures."""
    if record.classes.cpc:
        message = _(
            "ST.96 asks for edition, value, day and office of each CPC symbol, which the record does not "
            "hold: 2013 (the first edition), I, the day of the document and its office stand there."
        )
        yield _filled("classes.cpc", message)
    if not all(map(image_format, record.image_names)):
        message = _("ST.96 asks for the format of each picture; TIFF stands where the name does not say it.")
        yield _filled("images", message)


def _filled(where: str, message: str) -> Finding:
    return Finding(Severity.NOTE, where, "export.filled-in", message)
