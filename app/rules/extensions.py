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


def extension_of(law: LawPack, case: Case, given: Mapping[str, object]) -> tuple[Deadline, LimitRule, str]:
    """The running limit to extend, its rule and the period. Raises RuleRefused with the reason."""
    wanted = str(given.get("limit") or "")
    running = [d for d in case.deadlines if d.state is LimitState.RUNNING]
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
