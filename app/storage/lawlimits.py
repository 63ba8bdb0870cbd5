"""Running limits as the register holds them, with what they count from: to count them by another law."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from app.storage import casefiles
from app.storage.office import OfficeStore


@dataclass(frozen=True, slots=True)
class Facts:
    """What a case's limits count from. `priorities`: the days of those claimed; `route`: how it came."""

    case: str
    number: str
    right: str
    filing_date: date | None
    priorities: tuple[date, ...]
    route: str


@dataclass(frozen=True, slots=True)
class RunningLimit:
    """A limit nobody has closed. `event` opened it, on the day `happened` ("" and None where it does not
    stand in the case); `steps`: the rule, key and values of each step of its reckoning."""

    facts: Facts
    id: str
    rule: str
    event: str
    last_day: date
    happened: date | None
    steps: tuple[tuple[str, str, dict[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that stands in a case, with its fields and day."""

    event: str
    on: date
    fields: dict[str, Any]


def running(store: OfficeStore, today: date) -> Iterator[RunningLimit]:
    """The limits that run on `today`, by case; only cases that have one are read."""
    rows = store.db.execute(
        """SELECT d.id, d.rule, d.last_day, d.event, c.id, c.content
        FROM deadlines AS d JOIN cases AS c ON c.id = d.case_id
        WHERE d.state = 'open' AND d.last_day >= ? ORDER BY d.case_id""",
        [today.isoformat()],
    )
    for _case, limits in groupby(rows, key=itemgetter(4)):
        several = list(limits)
        content = json.loads(several[0][5])
        facts = _facts(content)
        steps = {one["id"]: one.get("steps", ()) for one in content["limits"]}
        events = {one["id"]: (one["event"], _day(one["on"])) for one in content["events"]}
        for limit, rule, last_day, event, _id, _content in several:
            named, on = events.get(event, ("", None))
            reckoned = tuple((s["rule"], s.get("key", ""), s.get("values") or {}) for s in steps[limit])
            yield RunningLimit(facts, limit, rule, named, _day(last_day), on, reckoned)


def with_events(
    store: OfficeStore, events: Iterable[str], closed: Iterable[str]
) -> Iterator[tuple[Facts, tuple[Happened, ...]]]:
    """The cases on which one of `events` stands, but those of a status of `closed`; each with the events that
    stand, by their days."""
    wanted = set(events)
    # A name that is found in the text may stand there as something else: looked at again below.
    rows = store.db.execute(
        """SELECT content FROM cases WHERE status NOT IN (SELECT value FROM json_each(?))
        AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(content, value))""",
        [json.dumps(sorted(closed)), json.dumps([f'"{name}"' for name in sorted(wanted)])],
    )
    for (text,) in rows:
        content = json.loads(text)
        voided = set(content["voided"])
        standing = [
            Happened(e["event"], _day(e["on"]), e["fields"])
            for e in content["events"]
            if e["act"] not in voided
        ]
        if any(one.event in wanted for one in standing):
            yield _facts(content), tuple(sorted(standing, key=lambda one: one.on))


def _facts(content: dict[str, Any]) -> Facts:
    fields = content["fields"]
    claimed = [
        _day(p["date"])
        for p in fields.get("priorities") or ()
        if p.get("date") and p.get("state", "claimed") == "claimed"
    ]
    return Facts(
        content["id"], content["number"], content["right"], casefiles.filing_date(content), tuple(claimed),
        str(fields.get("route") or ""),
    )  # fmt: skip


def _day(text: str) -> date:
    return date.fromisoformat(text)
