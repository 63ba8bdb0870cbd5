"""Every change of a case as people read it: who, when, what it was and what it became."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.history.clock import recorded
from app.history.content import ACTS_ON, CREATED, LIMIT_CLOSED, LIMIT_OPENED, NUMBER
from app.history.operation import ADD, BLOB, REMOVE, SET, SETTLE, VOID, Operation
from app.history.registers import History
from app.storage.casefiles import readable
from app.storage.office import OfficeStore


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change.

    what     event or field
    kind     event | field | document | letter | undo | settled
    old, new values as people read them; `old` lists what the change replaced
    live     its value is (one of) the current ones; always true for facts that stand
    """

    id: str
    when: str
    who: str
    station: str
    what: str
    kind: str
    old: Any
    new: Any
    act: str
    reason: str = ""
    live: bool = True
    voided: bool = False


def lines(store: OfficeStore, case_id: str) -> tuple[HistoryLine, ...]:
    """The history of one case in the order it was written; operations of newer programs are named too."""
    history = store.case_history(case_id)
    by_id = {o.id: o for o in history.operations}
    return tuple(_line(o, by_id, history) for o in history.operations)


def _line(o: Operation, by_id: dict[str, Operation], history: History) -> HistoryLine:
    replaced = [readable(o.f, by_id[parent].v) for parent in o.b if parent in by_id]
    voided = o.g in history.voided
    live = not voided and (o.t not in (SET, SETTLE) or o in history.live(o.e, o.f))
    return HistoryLine(
        id=o.id, when=recorded(o.h), who=o.u, station=o.w, what=_what(o), kind=_kind(o),
        old=replaced[0] if len(replaced) == 1 else (replaced or None), new=_new(o), act=o.g, reason=o.a,
        live=live, voided=voided,
    )  # fmt: skip


def _kind(o: Operation) -> str:
    if o.t == VOID:
        return "undo"
    if o.t == SETTLE:
        return "settled"
    if o.t == BLOB:
        return "document"
    if o.e.startswith("letter:"):
        return "letter"
    return "field" if o.t in (SET, ADD, REMOVE) else "event"


def _what(o: Operation) -> str:
    names = {CREATED: "created", NUMBER: "number", LIMIT_OPENED: "limit", LIMIT_CLOSED: "limit closed"}
    if o.e.startswith("letter:"):
        return f"letter {o.f}"
    return names.get(o.f, o.f)


def _new(o: Operation) -> Any:
    value = o.v
    if o.f == NUMBER:
        return value["number"]
    if o.f == LIMIT_OPENED:
        return f"{value['name']}: {value['last_day']}"
    if o.t == BLOB:
        return value["name"]
    if o.e.startswith("letter:") and isinstance(value, dict):
        return {k: v for k, v in value.items() if k != "snapshot"}
    if isinstance(value, dict):
        value = {k: v for k, v in value.items() if k != ACTS_ON}
    return readable(o.f, value)
