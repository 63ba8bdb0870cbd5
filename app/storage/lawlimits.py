"""Running limits as the register holds them, with what they count from: to count them by another law."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from app.rules.priorities import standing_days
from app.rules.recounting import Facts, Happened, RunningLimit, counted
from app.storage import casefiles
from app.storage.office import OfficeStore


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
            how = counted((s["rule"], s.get("key", ""), s.get("values") or {}) for s in steps[limit])
            yield RunningLimit(facts, limit, rule, named, _day(last_day), on, how)


def with_events(
    store: OfficeStore, events: Iterable[str], closed: Iterable[str]
) -> Iterator[tuple[Facts, tuple[Happened, ...]]]:
    """The cases on which one of `events` stands, but those of a status of `closed`; each with the events that
    stand, by their days."""
    wanted = set(events)
    # A name that is found in the text may stand there as something else: looked at again below.
    rows = store.db.execute(
        """SELECT c.content FROM cases AS c JOIN docket AS d ON d.case_id = c.id
        WHERE d.status NOT IN (SELECT value FROM json_each(?))
        AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(c.content, value))""",
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
    return Facts(
        content["id"], content["number"], content["right"], casefiles.filing_date(content),
        standing_days(casefiles.priorities_of(content)), str(content["fields"].get("route") or ""),
    )  # fmt: skip


def _day(text: str) -> date:
    return date.fromisoformat(text)
