"""Designations of the international systems: by which route a case came, and what its clocks say.

Madrid Protocol, Article 5(2); Hague Agreement (1999 Act), Article 12(2); PCT Articles 22 and 39. Which
limit is the office's own, how long it is and what starts it is the law pack's (`routes.toml`, `limits.toml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.case import Case, Deadline, LimitState
from app.domain.law import LawPack, RouteRule
from app.errors import RuleRefused, _

MADRID, HAGUE, PCT = "madrid", "hague", "pct"

NUMBER, NOTIFIED, BASIC = "international_number", "notified", "basic_mark"
"""Fields of a designation's case: number of the international registration or application, the day from
which the office's clock runs (YYYY-MM-DD), and the basic mark (`office`, `number`, `date`)."""


def route_of(law: LawPack, case: Case) -> RouteRule:
    """The route by which the case came. Raises RuleRefused for a case of the office's own."""
    found = law.routes.get(str(case.fields.get("route") or ""))
    if found is None:
        raise RuleRefused(
            _("{number} came by no international route that the law pack knows. Nothing was done.").format(
                number=case.number
            ),
            _("Name a case that was taken in as a designation."),
            command="designation take FILE",
        )
    return found


def route_for(law: LawPack, right: str) -> RouteRule:
    """The route by which designations of `right` come. Raises RuleRefused where the law has none."""
    found = next((route for route in law.routes.values() if route.right == right), None)
    if found is None:
        raise RuleRefused(
            _("The law pack knows no international route for “{right}”. Nothing was taken in.").format(
                right=right
            ),
            _("Rights with a route: {rights}.").format(
                rights=", ".join(sorted(route.right for route in law.routes.values())) or _("none")
            ),
        )
    return found


def number_of(case: Case) -> str:
    """The number of the international registration, "" where the case has none."""
    return str(case.fields.get(NUMBER) or "").strip()


def refusal_clock(route: RouteRule, case: Case) -> Deadline | None:
    """The office's limit to refuse, whatever became of it; the one that was not replaced by another."""
    known = [d for d in case.deadlines if d.rule == route.refusal_limit]
    standing = [d for d in known if d.state is not LimitState.LIFTED] or known
    return max(standing, key=lambda d: d.last_day, default=None)


def day_in(given: Mapping[str, object], name: str) -> date | None:
    """A day among the fields of an event; None where it is missing or no day."""
    value = given.get(name)
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
