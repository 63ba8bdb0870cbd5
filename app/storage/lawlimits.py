"""Running limits as the register holds them, with what they count from: to count them by another law."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

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


_FACTS = """c.id, c.number, c.right, c.filing_date, json_extract(c.content, '$.fields.priorities'),
  json_extract(c.content, '$.fields.route')"""


def running(store: OfficeStore, today: date) -> Iterator[RunningLimit]:
    """The limits that run on `today`, in no order; only they are read."""
    rows = store.db.execute(
        f"""SELECT d.id, d.rule, d.last_day,
          (SELECT json_array(json_extract(value, '$.event'), json_extract(value, '$.on'))
            FROM json_each(c.content, '$.events') WHERE json_extract(value, '$.id') = d.event),
          (SELECT json_extract(value, '$.steps') FROM json_each(c.content, '$.limits')
            WHERE json_extract(value, '$.id') = d.id),
          {_FACTS}
        FROM deadlines AS d JOIN cases AS c ON c.id = d.case_id
        WHERE d.state = 'open' AND d.last_day >= ?""",
        [today.isoformat()],
    )
    for row in rows:
        event, on = json.loads(row[3] or '["", ""]')
        steps = tuple(
            (s["rule"], s.get("key", ""), s.get("values") or {}) for s in json.loads(row[4] or "[]")
        )
        yield RunningLimit(_facts(row[5:]), row[0], row[1], event, _day(row[2]), _maybe(on), steps)


def with_events(
    store: OfficeStore, events: Iterable[str], closed: Iterable[str]
) -> Iterator[tuple[Facts, tuple[Happened, ...]]]:
    """The cases on which one of `events` stands, but those of a status of `closed`; each with the events that
    stand, by their days."""
    rows = store.db.execute(
        f"""SELECT {_FACTS}, json_extract(c.content, '$.events'), json_extract(c.content, '$.voided')
        FROM cases AS c WHERE c.status NOT IN (SELECT value FROM json_each(?)) AND EXISTS (
          SELECT 1 FROM json_each(c.content, '$.events')
          WHERE json_extract(value, '$.event') IN (SELECT value FROM json_each(?)))""",
        [json.dumps(sorted(closed)), json.dumps(sorted(events))],
    )
    for row in rows:
        voided = set(json.loads(row[7]))
        standing = [
            Happened(e["event"], _day(e["on"]), e["fields"])
            for e in json.loads(row[6])
            if e["act"] not in voided
        ]
        yield _facts(row), tuple(sorted(standing, key=lambda one: one.on))


def _facts(row: tuple[Any, ...]) -> Facts:
    claimed = [
        p["date"]
        for p in json.loads(row[4] or "[]")
        if p.get("date") and p.get("state", "claimed") == "claimed"
    ]
    return Facts(row[0], row[1], row[2], _maybe(row[3]), tuple(_day(day) for day in claimed), row[5] or "")


def _maybe(text: str | None) -> date | None:
    return _day(text) if text else None


def _day(text: str) -> date:
    return date.fromisoformat(text)
