"""What the log says of one case: plain content, the same bytes for any order of arrival.

The content holds facts and live values only. Nothing in it depends on the day or on a law pack;
status, names of events and states of limits are worked out from it when it is shown.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.amendments import AMENDMENT
from app.history.clock import recorded
from app.history.operation import BLOB, EVENT, SET, Operation, canonical_json
from app.history.registers import History

# Names of facts of the program itself; all others are events of the law pack.
CREATED = "case/created"
NUMBER = "case/number"
LIMIT_OPENED = "limit/opened"
LIMIT_CLOSED = "limit/closed"

# In the value of an event: the rows it acted on, id -> what they became.
ACTS_ON = "acts_on"

# Beside the facts of a document that holds what was read of a scan: each folded word once.
WORDS = "words"

# Facts of a calendar: days the office is closed besides those of the law pack, and days entered by mistake.
DAYS_CLOSED = "days/closed"
DAYS_OPEN = "days/open"

# Registers of the examination: the features of a claim, and what a citation shows of one.
FEATURES = "features"
CELL = "cell"

# Facts of a payment.
PAID = "paid"
REFUNDED = "refunded"

PARTY_FIELDS = ("applicant", "inventor", "representative")


def case_content(case_id: str, history: History) -> dict[str, Any]:
    """Content of the case `case_id`; `{}` where no standing operation creates it."""
    entity = f"case:{case_id}"
    events = history.events(entity)
    created = next((o for o in events if o.f == CREATED), None)
    if created is None:
        return {}
    numbers = [o for o in events if o.f == NUMBER]
    official = [o for o in numbers if not o.v.get("provisional")]
    number = (official or numbers)[-1].v if numbers else {"number": "", "provisional": True}
    shown = {field: history.value(entity, field) for field in history.fields(entity)}
    return {
        "id": case_id,
        "right": created.v["right"],
        "kind": created.v.get("kind", ""),
        "office": created.v.get("office", ""),
        "law": created.v.get("law", {}),
        "identity": created.v.get("identity", ""),
        "confidential": bool(created.v.get("confidential")),
        "language": created.v.get("language", ""),
        "number": number["number"],
        "provisional": bool(number.get("provisional")),
        "fields": shown,
        "events": [_event(o) for o in history.operations if _is_event(o, entity)],
        "voided": sorted(history.voided & {o.g for o in history.operations}),
        "limits": _limits(events),
        "parties": _parties(entity, history),
        "rows": _rows(history),
        "documents": _documents(history),
        "letters": _letters(history),
        "payments": _payments(history),
        "conflicts": conflicts(history),
        "unknown": history.unknown,
    }


def _is_event(operation: Operation, entity: str) -> bool:
    return operation.e == entity and operation.t == "event/1" and "/" not in operation.f


def _event(o: Operation) -> dict[str, Any]:
    fields = {k: v for k, v in o.v.items() if k not in ("on", ACTS_ON)}
    return {
        "id": o.id, "event": o.f, "on": o.v["on"], "recorded": recorded(o.h), "who": o.u,
        "station": o.w, "act": o.g, "fields": fields, "authority": o.a, "rows": o.v.get(ACTS_ON, {}),
    }  # fmt: skip


def _limits(events: tuple[Operation, ...]) -> list[dict[str, Any]]:
    closed: dict[str, Operation] = {}
    for o in events:
        if o.f == LIMIT_CLOSED:
            closed.setdefault(o.v["limit"], o)
    limits = []
    for o in events:
        if o.f == LIMIT_OPENED:
            end = closed.get(o.id)
            limits.append({**o.v, "id": o.id, "closed": end.v["state"] if end else ""})
    return limits


def _parties(entity: str, history: History) -> list[dict[str, Any]]:
    parties = []
    for role in PARTY_FIELDS:
        for operation in history.live(entity, role)[:1]:
            for index, party in enumerate(named(operation.v)):
                parties.append({**party, "role": role, "id": f"{operation.id}-{index}"})
    return parties


def named(value: Any) -> list[dict[str, str]]:
    """A party register as a list of `{name, country, address, city, as_filed}`: a plain name is one party."""
    if isinstance(value, str):
        return [{"name": value}] if value else []
    return [dict(party) for party in value or ()]


def _rows(history: History) -> list[dict[str, Any]]:
    rows = []
    cells = _cells(history)
    amendments = {o.g for o in history.standing if o.f == AMENDMENT and o.t == EVENT}
    filed = {o.e: o for o in reversed(history.standing) if o.f == "row" and o.t == SET}
    for entity in history.entities("row"):
        for operation in history.live(entity, "row")[:1]:
            row = {**operation.v, "id": entity.partition(":")[2]}
            first = filed.get(entity, operation)
            row["recorded"] = recorded(first.h)
            if first.g in amendments:
                row["added"] = True
            elif first.v.get("texts") != operation.v.get("texts"):
                row["filed"] = first.v.get("texts") or {}
            if features := history.value(entity, FEATURES):
                row["features"] = features
                row["cells"] = [cells[key] for key in sorted(cells) if key[0] in {f["id"] for f in features}]
            rows.append(row)
    return sorted(rows, key=lambda row: (row.get("order", 0), row["id"]))


def _cells(history: History) -> dict[tuple[str, str], dict[str, Any]]:
    """The grid, by (feature, citation)."""
    return {
        (o.v["feature"], o.v["citation"]): {**o.v, "who": o.u}
        for entity in history.entities("link")
        for o in history.live(entity, CELL)[:1]
    }


def _documents(history: History) -> list[dict[str, Any]]:
    return [
        {**{k: v for k, v in o.v.items() if k != WORDS}, "id": entity.partition(":")[2],
         "recorded": recorded(o.h)}
        for entity in history.entities("document")
        for o in history.events(entity)[:1]
        if o.t == BLOB
    ]  # fmt: skip


def words_of_scans(history: History) -> tuple[str, ...]:
    """The folded words that were read of the case's scans: for finding it, not part of its content."""
    documents = (history.events(entity)[:1] for entity in history.entities("document"))
    return tuple(str(o.v[WORDS]) for first in documents for o in first if o.t == BLOB and WORDS in o.v)


def _letters(history: History) -> list[dict[str, Any]]:
    letters = []
    for entity in history.entities("letter"):
        facts = history.events(entity)
        issued = next((o for o in facts if o.f == "issued"), None)
        if issued is None:
            continue
        letter = {**issued.v, "id": entity.partition(":")[2], "state": "issued", "act": issued.g}
        for o in facts:
            if o.f == "printed" and letter["state"] == "issued":
                letter["state"] = "printed"
            elif o.f == "served":
                letter |= {"state": "served", "served": o.v["on"], "proof": o.v.get("proof", "")}
            elif o.f == "replaced":
                letter |= {"state": "replaced"}
        letter["prints"] = sum(1 for o in facts if o.f in ("printed", "reprinted"))
        letters.append(letter)
    return letters


def _payments(history: History) -> list[dict[str, Any]]:
    return [
        {**o.v, "id": entity.partition(":")[2], "refund": o.f == REFUNDED}
        for entity in history.entities("fee")
        for o in history.events(entity)
        if o.f in (PAID, REFUNDED)
    ]


def conflicts(history: History) -> list[dict[str, Any]]:
    """Guarded registers with different live values. The id names these very values."""
    found = []
    for entity, field, values in history.contested():
        ident = f"{entity.partition(':')[2][:32]}-{field}-" + "".join(sorted(o.id[:8] for o in values))
        found.append(
            {
                "id": ident,
                "entity": entity,
                "field": field,
                "values": [
                    {"id": o.id, "value": o.v, "who": o.u, "when": recorded(o.h), "station": o.w}
                    for o in sorted(values, key=lambda o: o.key)
                ],
            }
        )
    return found


def closed_days(history: History) -> dict[str, dict[date, str]]:
    """Days an office entered as closed, by calendar, each with the instrument that closed it."""
    found: dict[str, dict[date, str]] = {}
    for entity in history.entities("calendar"):
        days: dict[date, str] = {}
        for o in history.events(entity):
            for text in o.v.get("days", ()):
                if o.f == DAYS_CLOSED:
                    days[date.fromisoformat(text)] = str(o.v.get("instrument", ""))
                elif o.f == DAYS_OPEN:
                    days.pop(date.fromisoformat(text), None)
        if days:
            found[entity.partition(":")[2]] = days
    return found


def content_bytes(content: dict[str, Any]) -> bytes:
    """The content's one form in bytes, for comparing and for the digest."""
    return canonical_json(content)
