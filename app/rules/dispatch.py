"""A refusal about to leave for the International Bureau, with all that it says."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.case import Case, Event
from app.domain.law import LawPack, RouteRule
from app.rules import events as rules

EARLIER_RIGHT = "earlier_right"
"""The event that enters an earlier mark or design on which a refusal rests."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A refusal about to leave.

    on         the day of sending
    given      fields of the refusal: `grounds`, `provision`, `basis` (absolute, relative, opposition,
               formal), `scope` (total, partial), `rows`, `response_starts`, `response_ends`,
               `response_from`, `opponent`, `opponent_address`, `sent_by` (post, electronic), `pronounced`
    earlier    fields of each earlier mark or design it cites
    languages  of the letter, the first prevails
    """

    law: LawPack
    route: RouteRule
    case: Case
    on: date
    given: Mapping[str, object] = field(default_factory=dict)
    earlier: tuple[Mapping[str, object], ...] = ()
    languages: tuple[str, ...] = ()
    signatory: str = ""

    def text(self, name: str) -> str:
        """A field as text; a text in one language alone (`grounds_fr`) counts too."""
        own = str(self.given.get(name) or "").strip()
        others = (
            str(v).strip()
            for k, v in self.given.items()
            if k.startswith(f"{name}_") and len(k) == len(name) + 3
        )
        return own or next((text for text in others if text), "")


def answer_period(dispatch: Dispatch) -> tuple[date, date] | None:
    """First and last day to answer, as the law pack counts them from the day of sending."""
    if not dispatch.route.response_limit:
        return None
    limit = rules.reckon(dispatch.law, dispatch.route.response_limit, dispatch.route.refusal, dispatch.on)
    return dispatch.on, limit.last_day


def drafted(route: RouteRule, case: Case) -> Event | None:
    """The refusal being prepared: the last one drafted that no refusal has followed."""
    return waiting(case, (route.drafted,), route.refusal)


def waiting(case: Case, acts: Container[str], answer: str) -> Event | None:
    """The last of the events `acts` that no event `answer` has followed, in the order they were recorded."""
    last = None
    for event in sorted((e for e in case.events if not e.voided), key=lambda e: e.recorded):
        if event.event in acts:
            last = event
        elif event.event == answer:
            last = None
    return last


def earlier_rights(case: Case) -> tuple[Mapping[str, object], ...]:
    """The earlier marks or designs entered on the case."""
    return tuple(e.fields for e in case.events if e.event == EARLIER_RIGHT and not e.voided)
