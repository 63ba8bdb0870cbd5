"""Extensions of running limits: which, by how much, and counted from which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.domain.case import Case, Deadline, LimitState
from app.domain.law import LawPack, LimitRule
from app.errors import RuleRefused, _
from app.rules import calendars, limits
from app.rules.periods import last_counted_day, parse_period

EXTENSION = "extension"
"""The event that lengthens a running limit; its fields `limit` and `period` say which, by how much."""


def extension_of(
    law: LawPack, case: Case, given: Mapping[str, object], on: date | None = None
) -> tuple[Deadline, LimitRule, str]:
    """The limit to extend, its rule and the period. Raises RuleRefused with the reason.

    `on` is the day of the extension: one granted in time may be entered after the limit's last day.
    """
    wanted = str(given.get("limit") or "")
    running = [d for d in case.deadlines if _ran(d, on)]
    found = [d for d in running if wanted in (d.id, d.rule)]
    if not found:
        raise RuleRefused(
            _("No running limit “{limit}” stands on this case. Nothing was extended.").format(limit=wanted),
            _("Running: {limits}.").format(limits=", ".join(d.rule for d in running) or _("none")),
        )
    deadline = found[0]
    rule = law.limits.get(deadline.rule)
    if rule is None or rule.extend is None:
        raise RuleRefused(
            _("The law allows no extension of “{limit}”. Nothing was extended.").format(limit=deadline.rule),
            _("See what relief the law gives after the limit has passed."),
        )
    period = str(given.get("period") or rule.extend.max)
    if _longer(deadline, rule, period):
        raise RuleRefused(
            _("“{limit}” may be extended by {max} at most, not by {period}. Nothing was extended.").format(
                limit=deadline.rule, max=parse_period(rule.extend.max).in_words,
                period=parse_period(period).in_words,
            ),
            _("Record the extension with a period the law allows."),
        )  # fmt: skip
    if any(step.rule == EXTENSION for step in deadline.steps):
        raise RuleRefused(
            _("“{limit}” was extended before. Nothing was extended.").format(limit=deadline.rule),
            _("The law allows one extension of a limit."),
        )
    return deadline, rule, period


def _ran(deadline: Deadline, on: date | None) -> bool:
    """Whether the limit ran on the day `on` (None: today)."""
    if deadline.state is LimitState.MISSED:
        return on is not None and on <= deadline.last_day
    return deadline.state is LimitState.RUNNING


def _base(deadline: Deadline, rule: LimitRule) -> date:
    rolled = rule.extend is not None and rule.extend.counted_from == limits.ROLLED
    return deadline.last_day if rolled else deadline.unrolled


def _longer(deadline: Deadline, rule: LimitRule, period: str) -> bool:
    """Whether `period` ends later than the longest extension the rule allows."""
    assert rule.extend is not None
    base = _base(deadline, rule)
    allowed = last_counted_day(base, parse_period(rule.extend.max))
    return last_counted_day(base, parse_period(period)) > allowed


def extended(law: LawPack, deadline: Deadline, rule: LimitRule, period: str) -> Deadline:
    """The limit after its extension: steps of the first reckoning and of the second."""
    terms = limits.Terms(
        calendar=calendars.named_calendar(rule.calendar, law.calendars), roll=rule.roll, rule=EXTENSION,
        provision=rule.provision,
    )  # fmt: skip
    answer = limits.limit(_base(deadline, rule), parse_period(period), terms)
    return replace(
        deadline, id="", event=EXTENSION, unrolled=answer.unrolled, last_day=answer.last_day,
        steps=(*deadline.steps, *answer.steps),
    )  # fmt: skip
