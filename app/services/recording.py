"""Steps that several services take inside one act: start a case, put rows and events on it.

Nothing here opens a transaction; the service that was asked does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from app.domain.case import Case, Deadline
from app.domain.law import LawPack, LetterRule
from app.domain.record import Right
from app.history.content import ACTS_ON, CREATED, LIMIT_CLOSED, LIMIT_OPENED, NUMBER, case_content
from app.rules import clocks
from app.rules import events as rules
from app.rules import rows as row_rules
from app.services.offices import Office
from app.storage.act import Act, inside, new_id
from app.storage.casefiles import to_case


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case starts from.

    facts   `kind`, `office`, `identity`, `confidential`, `language`
    fields  registers, by name
    rows    `{kind, label, texts}` in order
    filed   the day it counts from
    """

    right: Right
    filed: date
    facts: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    rows: Iterable[Mapping[str, Any]] = ()


def start_case(act: Act, office: Office, new: NewCase) -> str:
    """Create a case with its number, fields and rows; its id."""
    office.refuse_jumped_clock()
    law, case_id = office.law, new_id()
    entity = f"case:{case_id}"
    value = {**new.facts, "right": str(new.right), "law": {"pack": law.name, "version": law.version}}
    act.event(entity, CREATED, {**value, "on": new.filed.isoformat()})
    number_case(act, office, case_id, new.right, new.filed)
    for name, content in new.fields.items():
        if content not in (None, "", [], {}, ()):
            act.set(entity, name, content)
    for order, row in enumerate(new.rows):
        act.set(inside("row", case_id), "row", {**row, "order": order})
    return case_id


def number_case(act: Act, office: Office, case_id: str, right: Right, filed: date) -> str:
    """Give the case the next number of its right's series, or a provisional one without a lease."""
    entity, rule = f"case:{case_id}", office.law.rights.get(str(right))
    year = office.today.year
    serial = act.number(f"case-{right}", year, case_id) if rule else None
    if rule is None or serial is None:
        number = f"P-{office.store.station[:4].upper()}-{case_id[:6].upper()}"
        act.event(entity, NUMBER, {"number": number, "provisional": True, "on": filed.isoformat()})
        return number
    number = rule.series.format(year=year, serial=serial)
    act.event(entity, NUMBER, {"number": number, "provisional": False, "on": filed.isoformat()})
    return number


def letter_series(rule: LetterRule) -> str:
    """The name under which a letter's numbers are leased: templates of one series share it."""
    head = rule.series.partition("{")[0].lower()
    return "letter-" + "".join(c for c in head if c.isalnum() or c == "/").strip("/")


def snapshot(act: Act, office: Office, case_id: str) -> Case:
    """The case as it stands within the act."""
    content = case_content(case_id, act.history(case_id))
    return to_case(content, office.law, office.today)


def put_event(
    act: Act,
    office: Office,
    case_id: str,
    event: str,
    on: date,
    fields: Mapping[str, Any],
    acts_on: Mapping[str, str] | None = None,
) -> tuple[str, tuple[Deadline, ...]]:
    """Record an event the law allows, open and close the limits that follow from it.

    The id of its operation and the limits opened. `acts_on`: what rows become (id -> status), where the
    service knows better than the law pack. Raises RuleRefused.
    """
    if event in clocks.ACCORDING:
        office.refuse_jumped_clock()
    case, law = snapshot(act, office, case_id), office.law
    rules.refuse(law, case, event, fields, on=on, today=office.today)
    closed = rules.closed(law, case, event, on, fields)
    opened = rules.opened(law, case, event, on, fields)
    written = {**fields, ACTS_ON: dict(acts_on)} if acts_on else _with_rows(law, case, event, fields)
    return _write_event(act, case_id, event, on, written, closed, opened)


def put_past_event(act: Act, office: Office, case_id: str, event: str, on: date) -> str:
    """Record what a document handed in proves of the past; the id of its operation.

    Limits that ended before today ran in the register the document comes from, so only those that
    still run are opened here.
    """
    case, law = snapshot(act, office, case_id), office.law
    opened = tuple(d for d in rules.opened(law, case, event, on, {}) if d.last_day >= office.today)
    closed = rules.closed(law, case, event, on, {})
    return _write_event(act, case_id, event, on, _with_rows(law, case, event, {}), closed, opened)[0]


def _with_rows(law: LawPack, case: Case, event: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, and the rows the event acts on where it acts on any."""
    rule = law.events.get(event)
    acted = row_rules.effects(law, rule, case.rows, fields) if rule else {}
    return {**fields, ACTS_ON: acted} if acted else dict(fields)


def _write_event(
    act: Act,
    case_id: str,
    event: str,
    on: date,
    fields: Mapping[str, Any],
    closed: Iterable[Deadline],
    opened: Iterable[Deadline],
) -> tuple[str, tuple[Deadline, ...]]:
    entity = f"case:{case_id}"
    operation = act.event(entity, event, {**fields, "on": on.isoformat()})
    for deadline in closed:
        act.event(entity, LIMIT_CLOSED, {"limit": deadline.id, "state": str(deadline.state), "by": operation})
    return operation, tuple(open_limit(act, case_id, operation, deadline) for deadline in opened)


def open_limit(act: Act, case_id: str, operation: str, deadline: Deadline) -> Deadline:
    """Write a limit as a fact with its reckoning; the limit with its id."""
    value = {
        "rule": deadline.rule, "name": deadline.name, "event": operation, "owner": str(deadline.owner),
        "unrolled": deadline.unrolled.isoformat(), "last_day": deadline.last_day.isoformat(),
        "provision": deadline.provision,
        "steps": [asdict(step) for step in deadline.steps],
    }  # fmt: skip
    return replace(deadline, id=act.event(f"case:{case_id}", LIMIT_OPENED, value), event=operation)


def plain_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Event fields without empty ones, dates as text."""
    plain = {}
    for name, value in fields.items():
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        plain[name] = value.isoformat() if isinstance(value, date) else value
    return plain
