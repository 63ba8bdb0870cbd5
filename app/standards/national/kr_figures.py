"""Pictures of marks whose file name is their data: `010102_4020090004581.jpg`, Vienna symbol and number.

Korean collections of figurative marks come so. A number of 13 digits is of the Korean office (right, year,
serial number) and of an application; a shorter one is a registration whose office the name does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.findings import Severity
from app.domain.record import MarkSign, Record, RecordKind, Right
from app.errors import _
from app.standards.fields import symbols
from app.standards.fields.draft import Draft
from app.standards.registry import PlainFormat
from app.standards.source import Notes, Source

_NAME = re.compile(
    r"(\d{6}|\d{1,2}\.\d{1,2}\.\d{1,2})_(?:(4[0-9](?:19|20)\d{2}\d{7})|(\d{7}))\.(?:jpe?g|png|gif|bmp|tiff?)\Z",
    re.I,
)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def _sniff(source: Source) -> int:
    found = _NAME.match(source.short) if source.head.startswith(_PICTURES) else None
    return 95 if found and symbols.vienna(found.group(1)) else 0


def read(source: Source, notes: Notes) -> Iterator[Record]:
    """The mark of a picture, as far as its name says."""
    found = _NAME.match(source.short)
    if found is None:
        return
    raw, applied, registered = found.groups()
    kind = RecordKind.APPLICATION if applied else RecordKind.REGISTRATION
    draft = Draft(Right.TRADE_MARK, kind, notes, "kr-figures")
    draft.set(office="KR" if applied else "", mark=MarkSign("", "figurative", source.short))
    draft.set(application_number=applied, registration_number=registered)
    draft.classify("vienna", symbols.vienna(raw), raw)
    draft.images([source.short])
    notes.add(
        Severity.NOTE, source.short, "kr-figures.name",
        _("All that is known of this mark stands in the name of its picture: a Vienna symbol and a number."),
        remedy=_("Take the register's record of it for anything else."),
    )  # fmt: skip
    yield draft.finish()


FORMATS = (PlainFormat("kr-figurative", _sniff, read),)
