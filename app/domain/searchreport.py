"""A search report on a case, with the parts WIPO Standard ST.14 and PCT Rule 43 ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class Search:
    """One search that was carried out: `count` hits of `query` in `collections`, which reach over `coverage`
    (in words); `record` names the search as evidence."""

    on: date
    query: str
    collections: str
    coverage: str
    engine: str
    count: int
    record: str
    who: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A document with its categories and the claims it is cited against; `reference`: how ST.14 names it."""

    id: str
    category: str
    claims: str
    reference: str
    passages: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class UnityGroup:
    """Claims of one invention (PCT Rule 13). `searched` is false where its fee was not paid."""

    number: int
    claims: tuple[str, ...]
    searched: bool = True


@dataclass(frozen=True, slots=True)
class SearchReport:
    """`classes`: the fields searched; `completed`: the day of the last search, None before any."""

    case: str
    number: str
    title: str
    filing_date: date | None
    earliest_priority: date | None
    classes: Mapping[str, tuple[str, ...]]
    examiner: str
    completed: date | None
    strategy: tuple[Search, ...]
    citations: tuple[Cited, ...]
    claims: str
    claims_not_searched: str
    unity: tuple[UnityGroup, ...]
    unity_reasons: str
    findings: tuple[Finding, ...]
