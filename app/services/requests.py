"""One request that concerns several cases (STLT Articles 3(5), 10(1)(e) and 11(1)(h): one request suffices).

Each case has its own result; what was recorded is one act and is taken back as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.case import CaseLine
from app.domain.changes import Changes
from app.domain.law import EventRule
from app.errors import OfficeError, RuleRefused, UsageError, _
from app.progress import SILENT, Progress
from app.services import cases, recording
from app.services.offices import Office
from app.storage import register


@dataclass(frozen=True, slots=True)
class NotDone:
    """A case on which the request was not recorded, and why."""

    case: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Requested:
    """`done`: the cases as they stand now; `refused`: those left as they were. `act` takes all back."""

    event: str
    done: tuple[CaseLine, ...]
    refused: tuple[NotDone, ...]
    act: str
    changes: Changes


def allowed_on_any(office: Office, case_ids: Iterable[str]) -> tuple[EventRule, ...]:
    """The events the law allows now on at least one of the cases, in the law's order."""
    found = {rule.id for case_id in case_ids for rule in cases.allowed(office, case_id)}
    return tuple(rule for name, rule in office.law.events.items() if name in found)


def request(
    office: Office,
    event: str,
    case_ids: Iterable[str],
    *,
    on: date | None = None,
    fields: Mapping[str, Any] | None = None,
    progress: Progress = SILENT,
) -> Requested:
    """Record `event` on each case the law allows it on, all in one act.

    Refused when it is allowed on none of them; then nothing was recorded.
    """
    named = list(dict.fromkeys(case_ids))
    if not named:
        raise UsageError(_("No case was named; nothing was recorded."), _("Name at least one case."))
    given, day = recording.plain_fields(fields or {}), on or office.today
    done: list[str] = []
    refused: list[NotDone] = []
    with office.store.act() as act:
        for count, name in enumerate(named):
            progress.step(count, len(named), name)
            try:
                found = register.case_id_of(office.store, name)
                if found not in done:
                    recording.put_event(act, office, found, event, day, given)
                    done.append(found)
            except OfficeError as why:
                refused.append(NotDone(name, why.message, why.remedy))
        if not done:
            first = refused[0]
            raise RuleRefused(
                _("The request can be recorded on none of the {count} cases. {reason}").format(
                    count=len(named), reason=first.message
                ),
                first.remedy,
            )
    lines = tuple(register.line(office.store, one, office.today) for one in done)
    return Requested(event, lines, tuple(refused), act.id, act.changes)
