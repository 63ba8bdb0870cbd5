"""Searches as evidence on a case, unity of invention, and the report drawn up from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.domain.changes import Changes
from app.domain.searchreport import Search, SearchReport, UnityGroup
from app.progress import SILENT, Progress
from app.rules import searchreports
from app.services import cases, recording, searching
from app.services.offices import Office
from app.storage import register


@dataclass(frozen=True, slots=True)
class Searched:
    """The case with one more search on it."""

    case: Case
    search: Search
    act: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Unity:
    """The case and the groups that were recorded."""

    case: Case
    groups: tuple[UnityGroup, ...]
    act: str
    changes: Changes


def searched(
    office: Office,
    case_id: str,
    query: str,
    *,
    collections: Sequence[str] = (),
    engine: str = "auto",
    progress: Progress = SILENT,
) -> Searched:
    """Search the collections and record on the case what was asked, of what, over what reach, and the count.

    Nothing is recorded where the query is refused or the law does not allow the event.
    """
    found = register.case_id_of(office.store, case_id)
    page = searching.search(
        office.path, query, collections=collections, engine=engine, limit=1, progress=progress
    )
    reach = "; ".join(
        f"{c.collection}: {c.records} ({c.first or '?'} – {c.last or '?'}; {', '.join(c.offices) or '-'})"
        for c in page.coverage
    )
    fields = {
        "query": page.query, "collections": ", ".join(c.collection for c in page.coverage), "coverage": reach,
        "engine": page.engine, "count": str(page.total), "record": page.record_id,
    }  # fmt: skip
    done = cases.record(office, found, searchreports.SEARCHED, fields=fields)
    return Searched(done.case, searchreports.searches(done.case)[-1], done.act, done.changes)


def unity(
    office: Office,
    case_id: str,
    groups: str,
    *,
    reason: str = "",
    searched: str = "",
    on: date | None = None,
) -> Unity:
    """Record the groups of inventions (`1-3;4-6`); `searched` names those that are searched, by number.

    Refused unless every claim stands in one group, and in one alone.
    """
    found = register.case_id_of(office.store, case_id)
    with office.store.act() as act:
        case = recording.snapshot(act, office, found)
        claims = [row.label for row in case.rows if row.kind == "claim" and row.live]
        searchreports.groups(groups, claims)
        fields = recording.plain_fields({"groups": groups, "reasons": reason, "searched": searched})
        recording.put_event(act, office, found, searchreports.UNITY, on or office.today, fields)
    told = searchreports.groups_of(fields)
    return Unity(cases.show(office, found), told, act.id, act.changes)


def search_report(office: Office, case_id: str) -> SearchReport:
    """The search report as the case stands. Writes nothing."""
    return searchreports.report(
        register.case(office.store, register.case_id_of(office.store, case_id), office.today)
    )
