"""The dispatch of a refusal, rehearsed: what the International Bureau would say of it.

Madrid Regulations, Rule 18; Hague Common Regulations, Rule 19. The demands are the law pack's
(`rehearsal.toml`), `app.rules.demands` tries them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.findings import Finding, Severity
from app.domain.law import DemandRule, in_language
from app.rules import demands, designations
from app.rules.checks import Trouble
from app.rules.dispatch import Dispatch, answer_period

STAGE = "refusal"


class WouldBe(StrEnum):
    """What the International Bureau would make of the refusal."""

    ACCEPTED = "accepted"
    IRREGULAR = "irregular"
    NOT_REGARDED = "not regarded as such"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The verdict with all that was found; `answer_by`: the answer period the law pack would give
    (first and last day), None where it gives none."""

    would_be: WouldBe
    findings: tuple[Finding, ...]
    last_day: date | None
    answer_by: tuple[date, date] | None


def rehearse(dispatch: Dispatch, language: str = "en") -> Rehearsal:
    """Try every demand of the case's route on the refusal."""
    found: list[Finding] = []
    verdict = WouldBe.ACCEPTED
    for demand in dispatch.law.demands:
        if demand.stage != STAGE or dispatch.route.id not in demand.routes:
            continue
        for trouble in demands.TESTS[demand.test](dispatch, demand.parameters):
            found.append(_finding(demand, trouble, language))
            verdict = _worse(verdict, demand.consequence)
    clock = designations.refusal_clock(dispatch.route, dispatch.case)
    return Rehearsal(verdict, tuple(found), clock.last_day if clock else None, answer_period(dispatch))


def _worse(verdict: WouldBe, consequence: str) -> WouldBe:
    if consequence == "not-regarded":
        return WouldBe.NOT_REGARDED
    if consequence == "irregular" and verdict is WouldBe.ACCEPTED:
        return WouldBe.IRREGULAR
    return verdict


_SEVERITY = {"not-regarded": Severity.ERROR, "irregular": Severity.WARNING, "advice": Severity.NOTE}


def _finding(demand: DemandRule, trouble: Trouble, language: str) -> Finding:
    return Finding(
        _SEVERITY[demand.consequence], trouble.where, f"rehearsal.{demand.id}", trouble.message,
        demand.provision, in_language(demand.remedy, language), f"rehearsal.{demand.id}:{trouble.key}",
    )  # fmt: skip
