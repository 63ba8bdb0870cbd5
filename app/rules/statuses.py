"""Where a case stands, worked out from its events (never typed in)."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.case import Event, Status
from app.domain.law import LawPack, StatusRule, in_language


def status_of(law: LawPack, right: str, events: Iterable[Event], language: str = "en") -> Status:
    """The status after `events`, which come in their order: by legal date, then as recorded.

    The last event that leads to a status decides; others (a note, a citation) leave it as it is.
    Events taken back do not count. Before any, the pack's first status that needs no event.
    """
    found = _first(law, right)
    since = None
    by_event = {name: rule for rule in reversed(_of_right(law, right)) for name in rule.after}
    for event in events:
        rule = None if event.voided else by_event.get(event.event)
        if rule is not None and rule is not found:
            found, since = rule, event.on
    if found is None:
        return Status("", "")
    # One code for each right's own standard: ST.27 patents, ST.61 marks, ST.87 designs.
    standard = found.st27 or found.st61 or found.st87
    if right == "trade_mark":
        standard = found.st61 or found.st27
    elif right == "design":
        standard = found.st87 or found.st27
    return Status(found.code, in_language(found.name, language), since, standard)


def status_rule(law: LawPack, right: str, code: str) -> StatusRule | None:
    """The rule of a status code for this right."""
    return next((rule for rule in _of_right(law, right) if rule.code == code), None)


def leads_to(law: LawPack, right: str, event: str) -> StatusRule | None:
    """The status an event leads to, None where it leaves the status as it is."""
    return next((rule for rule in _of_right(law, right) if event in rule.after), None)


def _of_right(law: LawPack, right: str) -> list[StatusRule]:
    return [rule for rule in law.statuses if not rule.rights or right in rule.rights]


def _first(law: LawPack, right: str) -> StatusRule | None:
    return next((rule for rule in _of_right(law, right) if not rule.after), None)
