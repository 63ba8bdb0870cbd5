"""What a time limit is counted from, how many of its periods, and which limits an event opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from app.domain.law import LawPack, LimitRule
from app.rules.periods import last_counted_day, parse_period


def counted_from(
    rule: LimitRule, happened: date | None, filing: date | None, priorities: Iterable[date] = ()
) -> date | None:
    """The day a limit counts from: that of its event (`happened`), of the filing, or the earliest of those
    priorities that stand. A case without a filing date counts from the event; else None."""
    if rule.counted_from == "event":
        return happened
    filing = filing or happened
    if rule.counted_from == "priority" and filing:
        return min([filing, *priorities])
    return filing


def times(rule: LimitRule, start: date, after: date) -> int:
    """How many periods from `start`: of an anniversary, as many as reach past the day `after`; else one."""
    if rule.counted_from != "anniversary":
        return 1
    period, count = parse_period(rule.period), 1
    while last_counted_day(start, replace(period, count=period.count * count)) <= after:
        count += 1
    return count


def runs_for(rule: LimitRule, right: str, route: object) -> bool:
    """Whether the limit is one of cases of this right that came by this route."""
    return (not rule.rights or right in rule.rights) and (not rule.routes or route in rule.routes)


def opened_by(law: LawPack, event: str, given: Mapping[str, object]) -> tuple[LimitRule, ...]:
    """The limits that an event with the fields `given` opens on some case: by its own rule, by theirs, and by
    the letter whose issue it is (`template`)."""
    rule = law.events.get(event)
    named = list(rule.opens) if rule else []
    named += [limit.id for limit in law.limits.values() if event in limit.opened_by]
    letter = law.letters.get(str(given.get("template", "")))
    if letter is not None and letter.event == event and letter.opens:
        named.append(letter.opens)
    return tuple(law.limits[name] for name in dict.fromkeys(named))
