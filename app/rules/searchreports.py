"""What a search report says and must say (WIPO ST.14; PCT Rules 13 and 43)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.domain.case import Case, Event
from app.domain.dossier import Citation
from app.domain.findings import Finding, Severity
from app.domain.searchreport import Cited, Search, SearchReport, UnityGroup
from app.errors import RuleRefused, _
from app.rules import claimtexts
from app.rules.fields import labels
from app.rules.priorities import earliest

SEARCHED, UNITY = "search_recorded", "unity_found"
_ORDER = "XYEPAODTL"


def report(case: Case) -> SearchReport:
    """The report as the case stands: its searches, citations, groups, and what is still wanting."""
    standing = [event for event in case.events if not event.voided]
    strategy = searches(case)
    found = next((event for event in reversed(standing) if event.event == UNITY), None)
    unity = groups_of(found.fields) if found else ()
    live = [row.label for row in case.rows if row.kind == "claim" and row.live]
    left_out = [label for group in unity if not group.searched for label in group.claims]
    citations = sorted(case.citations, key=lambda c: (_rank(c.category), c.office, c.number))
    return SearchReport(
        case=case.id, number=case.number, title=case.title, filing_date=case.filing_date,
        earliest_priority=earliest(case),
        classes={name: symbols for name, symbols in case.classes.items() if symbols},
        examiner=case.officer or (strategy[-1].who if strategy else ""),
        completed=max((one.on for one in strategy), default=None), strategy=strategy,
        citations=tuple(_cited(one) for one in citations),
        claims=claimtexts.spans(label for label in live if label not in left_out),
        claims_not_searched=claimtexts.spans(left_out), unity=unity,
        unity_reasons=str(found.fields.get("reasons") or "") if found else "",
        findings=tuple(_wanting(case, strategy, left_out)),
    )  # fmt: skip


def searches(case: Case) -> tuple[Search, ...]:
    """The searches recorded on the case, in the order they were recorded."""
    return tuple(_search(event) for event in case.events if event.event == SEARCHED and not event.voided)


def groups(text: str, claims: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The groups of `1-3; 4-6`. Raises RuleRefused unless each claim stands in just one."""
    found = tuple(tuple(labels(part)) for part in re.split(r"[;؛；]", text) if part.strip())
    named = [label for group in found for label in group]
    unknown = [label for label in named if label not in claims]
    twice = [label for label in dict.fromkeys(named) if named.count(label) > 1]
    missing = [label for label in claims if label not in named]
    for wrong, message in (
        (unknown, _("The case has no claim {claims}. Nothing was recorded.")),
        (twice, _("Claims {claims} stand in two groups. Nothing was recorded.")),
        (missing, _("Claims {claims} stand in no group. Nothing was recorded.")),
    ):
        if wrong:
            raise RuleRefused(
                message.format(claims=claimtexts.spans(wrong)),
                _("Name every claim once, groups parted by semicolons: 1-3;4-6."),
            )
    return found


def groups_of(fields: Mapping[str, object]) -> tuple[UnityGroup, ...]:
    """The groups as they were recorded; all are searched unless `searched` names some by number."""
    searched = labels(fields.get("searched"))
    parts = [part for part in re.split(r"[;؛；]", str(fields.get("groups") or "")) if part.strip()]
    return tuple(
        UnityGroup(n, tuple(labels(part)), not searched or str(n) in searched)
        for n, part in enumerate(parts, 1)
    )


def reference(one: Citation) -> str:
    """A patent document as ST.14 names it: office, number, kind, day of publication. Others by title."""
    name = " ".join(part for part in (one.office, one.number, one.kind_code) if part) or one.title
    return f"{name} ({one.published.isoformat()})" if one.published else name


def _search(event: Event) -> Search:
    f = {name: str(value) for name, value in event.fields.items()}
    count = f.get("count", "")
    return Search(
        event.on, f.get("query", ""), f.get("collections", ""), f.get("coverage", ""), f.get("engine", ""),
        int(count) if count.isdecimal() else 0, f.get("record", ""), event.who,
    )  # fmt: skip


def _cited(one: Citation) -> Cited:
    return Cited(one.id, one.category, one.claims, reference(one), one.passages, one.title)


def _rank(category: str) -> int:
    places = [_ORDER.index(letter) for letter in category.upper() if letter in _ORDER]
    return min(places, default=len(_ORDER))


def _wanting(case: Case, strategy: Sequence[Search], left_out: Sequence[str]) -> list[Finding]:
    """What the report lacks, and what it must not be read as."""
    found = []
    if not strategy:
        found.append(_finding("searched", _("No search is recorded.")))
    elif not case.citations:
        message = _("Nothing is cited: that nothing was found holds for the collections named alone.")
        found.append(_finding("coverage", message, Severity.NOTE))
    claims = {r.label: r.text for r in case.rows if r.kind == "claim" and r.live and r.label not in left_out}
    since = earliest(case) or case.filing_date
    early = [c for c in case.citations if c.published and since and c.published < since]
    named = {label for c in early for label in labels(c.claims) or list(claims)}
    for label in claimtexts.independent(claims):
        if case.citations and label not in named:
            message = _("Independent claim {n} is held against no document published before {day}.")
            found.append(_finding(f"claim-{label}", message.format(n=label, day=since or "-")))
    for one in case.citations:
        if not one.category:
            message = _("{document} has no category.").format(document=reference(one))
            found.append(_finding(f"category-{one.id[:8]}", message))
    return found


def _finding(key: str, message: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(
        severity, _("search report"), "search_report", message, "WIPO Standard ST.14; PCT Rule 43", "",
        f"search_report:{key}",
    )  # fmt: skip
