"""Where a case stands, worked out from its events (never typed in)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.case import Event, Row, Status
from app.domain.law import LawPack, StatusRule, in_language
from app.rules.rows import Standing


def standing(
    law: LawPack, right: str, rows: Sequence[Row], events: Iterable[Event], language: str = "en"
) -> tuple[Status, tuple[Row, ...]]:
    """Status and rows after `events`, which come in their order: by legal date, then as recorded.

    The last event that leads to a status decides; others (a note, a citation) leave it as it is, and so
    does one that ends only some of the rows. Events taken back do not count. Before any, the pack's first
    status that needs no event.
    """
    rules = _of_right(law, right)
    by_event: dict[str, list[StatusRule]] = {}
    for rule in rules:
        for name in rule.after:
            by_event.setdefault(name, []).append(rule)
    found = next((rule for rule in rules if not rule.after), None)
    since = None
    stand = Standing(law, rows)
    for event in events:
        whole = stand.take(event)
        rule_now = None if event.voided or not whole else _leads(by_event.get(event.event, ()), found)
        if rule_now is not None and rule_now is not found:
            found, since = rule_now, event.on
    if found is None:
        return Status("", ""), stand.rows(language)
    status = Status(found.code, in_language(found.name, language), since, _standard_code(found, right))
    return status, stand.rows(language)


def is_closed(law: LawPack, code: str) -> bool:
    """Whether a case of this status has ended."""
    return any(rule.closed for rule in law.statuses if rule.code == code)


def leads_to(law: LawPack, right: str, event: str, code: str = "") -> StatusRule | None:
    """The status `event` leads to out of the status `code`, None where it leaves the status as it is."""
    rules = _of_right(law, right)
    now = next((rule for rule in rules if rule.code == code), None)
    return _leads([rule for rule in rules if event in rule.after], now)


def _leads(rules: Iterable[StatusRule], now: StatusRule | None) -> StatusRule | None:
    code = now.code if now else ""
    return next((rule for rule in rules if not rule.only_from or code in rule.only_from), None)


def _standard_code(rule: StatusRule, right: str) -> str:
    """Each right has its own standard: ST.61 for marks, ST.87 for designs, ST.27 for the rest."""
    if right == "trade_mark":
        return rule.st61 or rule.st27
    if right == "design":
        return rule.st87 or rule.st27
    return rule.st27


def _of_right(law: LawPack, right: str) -> list[StatusRule]:
    return [rule for rule in law.statuses if not rule.rights or right in rule.rights]
