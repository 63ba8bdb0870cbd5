"""What a station may write by its role. Asked when a segment is applied, on every station alike.

A registrar's station may write everything. An examiner's may enter, edit, note, decide and settle on
cases; it may not give out blocks of numbers nor speak for the office (its law, calendars, stations).
"""

from __future__ import annotations

from app.errors import _
from app.history.operation import VOID, Operation
from app.sync.roster import REGISTRAR

OFFICE_ONLY = frozenset({"office", "officer", "calendar"})
LEASED = "leased"


def forbidden(role: str, operation: Operation) -> str:
    """Why a station of this role may not have written the operation, "" when it may."""
    if role == REGISTRAR:
        return ""
    kind = operation.e.partition(":")[0]
    if kind in OFFICE_ONLY:
        return _("it changes what only the registrar's station may change")
    if kind == "number" and (operation.f == LEASED or operation.t == VOID):
        return _("it gives out numbers, which only the registrar's station does")
    return ""
