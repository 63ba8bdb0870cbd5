"""Designations of the international systems: by which route a case came, and what its clocks say.

Madrid Protocol, Article 5(2); Hague Agreement (1999 Act), Article 12(2); PCT Articles 22 and 39. Which
limit is the office's own, how long it is and what starts it is the law pack's (`routes.toml`, `limits.toml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.case import Case, Deadline, LimitState
from app.domain.findings import Finding, Severity
from app.domain.law import LawPack, RouteRule
from app.domain.record import Record
from app.errors import RuleRefused, _
from app.rules.days import day_or_none, spoken

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


def clock_starts(route: RouteRule, record: Record, given: Mapping[str, str]) -> date | None:
    """The day of the event that starts the office's limit: of sending, of publication, of filing. `given` by
    hand stands before what the record says; None where neither tells."""
    if route.id == PCT:
        return day_or_none(record.filing_date)
    if route.from_publication:
        return day_or_none(given.get("published") or record.publication_date)
    return day_or_none(given.get(NOTIFIED) or record.as_filed.get(NOTIFIED, "")[:10])


def why_not_from(route: RouteRule, day: date | None, today: date) -> Finding | None:
    """Why no designation can be taken in whose limit counts from this day; None when it can."""
    if day is None:
        wanted = "published" if route.from_publication else NOTIFIED
        wanted = "filing_date" if route.id == PCT else wanted
        message = _("The day from which the limit of this designation counts is not known.")
        remedy = _("Give it in the field {name}, as 2026-11-25.").format(name=wanted)
    elif day > today:
        message = _("The limit of this designation would count from {day}, which is still to come.").format(
            day=spoken(day)
        )
        remedy = _("Take it in from that day on; check the clock of this machine.")
    else:
        return None
    return Finding(Severity.ERROR, "", "designation.day", message, route.provision, remedy)


def is_secret(route: RouteRule, record: Record) -> bool:
    """An international application may be unpublished still, a design deferred; a mark is never secret."""
    return not record.published if route.id == PCT else record.deferred
