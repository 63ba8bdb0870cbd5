"""Conflicts: guarded fields that two stations set unaware of one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.domain.changes import Changes
from app.domain.dossier import Conflict
from app.errors import OfficeError, UsageError, _
from app.services.offices import Office
from app.storage import register
from app.storage.casefiles import readable


@dataclass(frozen=True, slots=True)
class Settled:
    """Which conflict was settled, and the value that was kept."""

    id: str
    case: str
    field: str
    value: Any
    changes: Changes


def listed(office: Office) -> tuple[Conflict, ...]:
    """All open conflicts, by case number."""
    return register.open_conflicts(office.store)


def settle(office: Office, conflict_id: str, *, keep: str, reason: str) -> Settled:
    """End a conflict with one of its values (as shown, or its id) or with another value.

    All values stay in the history, the reason beside them. Refused without a reason.
    """
    if not reason.strip():
        raise UsageError(
            _("A settlement needs its reason; nothing was settled."),
            _("Say why this value is the right one."),
            command="conflict settle ID --keep VALUE --reason TEXT",
        )
    if not keep.strip():
        raise UsageError(
            _("No value was given to keep; nothing was settled."),
            _("Say which value shall stand."),
            command="conflict settle ID --keep VALUE --reason TEXT",
        )
    conflict = next((c for c in listed(office) if c.id == conflict_id), None)
    if conflict is None:
        raise OfficeError(
            _("There is no open conflict “{id}”; nothing was settled.").format(id=conflict_id),
            _("The list of conflicts shows the open ones; it may be settled already."),
            command="conflict list",
        )
    with office.store.act(authority=reason.strip()) as act:
        history = act.history(conflict.case)
        place = next(
            (entity, field, values)
            for entity, field, values in history.contested()
            if field == conflict.field and {o.id for o in values} == {v.id for v in conflict.values}
        )
        entity, field, values = place
        kept = next((o.v for o in values if keep in (o.id, str(readable(field, o.v)))), keep.strip())
        act.settle(entity, field, kept)
    return Settled(conflict.id, conflict.case, field, readable(field, kept), act.changes)
