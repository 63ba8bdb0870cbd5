"""Taking an act back: when it may be, and the one operation that does it."""

from __future__ import annotations

from app.errors import RuleRefused, _
from app.history.content import CREATED, LIMIT_CLOSED
from app.history.operation import SETTLE, VOID, Operation
from app.history.registers import History
from app.storage.act import Act


def take_back(act: Act, case_id: str, named: str | None) -> str:
    """Void an act of the case within `act`, on every case it wrote to; the id of the act taken back.

    Raises RuleRefused.
    """
    history = act.history(case_id)
    wanted = named or _newest(act, history)
    if wanted is None:
        raise RuleRefused(
            _("Nothing on this case can be taken back. It was left as it was."),
            _("Correct it by a new event that names the old one."),
        )
    if reason := stands_in_the_way(history, wanted) or _elsewhere(act, case_id, wanted):
        raise RuleRefused(
            _("{reason} The case was left as it was.").format(reason=reason),
            _("Correct it by a new event that names the old one."),
        )
    for one in act.cases_of(wanted):
        act.void(f"case:{one}", wanted)
    return wanted


def _elsewhere(act: Act, case_id: str, wanted: str) -> str:
    """Why the act cannot be taken back on one of the other cases it wrote to; "" when it can."""
    for one in act.cases_of(wanted):
        if one != case_id and (reason := stands_in_the_way(act.history(one), wanted)):
            return _("The act concerns other cases too. {reason}").format(reason=reason)
    return ""


def _newest(act: Act, history: History) -> str | None:
    for operation in reversed(history.standing):
        if operation.t == VOID or stands_in_the_way(history, operation.g):
            continue
        if not _elsewhere(act, operation.case, operation.g):
            return operation.g
    return None


def stands_in_the_way(history: History, act: str) -> str:
    """Why `act` cannot be taken back, in a sentence; "" when it can."""
    parts = [o for o in history.operations if o.g == act]
    if not parts:
        return _("This case has no act “{act}”.").format(act=act)
    if act in history.voided:
        return _("This act was taken back already.")
    if any(o.f == CREATED for o in parts):
        return _("A case that was opened keeps its number and is never undone; record its withdrawal.")
    if any(o.e.startswith("letter:") for o in parts):
        return _("A letter was issued in this act; a letter is replaced, not undone.")
    if any(o.t in (SETTLE, VOID) for o in parts):
        return _("A settled conflict or an undo is not taken back.")
    if _built_on(history, parts):
        return _("Something later stands on this act.")
    return ""


def _built_on(history: History, parts: list[Operation]) -> bool:
    ours = {o.id for o in parts}
    last = max(o.key for o in parts)
    for o in history.standing:
        if o.id in ours:
            continue
        if ours & set(o.b):
            return True
        if o.f == LIMIT_CLOSED and o.v.get("limit") in ours:
            return True
        if o.e.startswith("letter:") and o.f == "issued" and o.key > last:
            return True
    return False
