"""A pack's own test vectors: days worked out by hand, against which its limits are reckoned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.law import LawPack
from app.errors import OfficeError, _
from app.rules import calendars, limits
from app.rules.periods import parse_period
from app.storage.lawsource import Source, closures, each


def run_vectors(source: Source, law: LawPack) -> None:
    """Note each vector whose days are not the ones worked out by hand."""
    for place, row in each(source, "vectors.toml"):
        if not (row.get("period") or row.get("limit")):
            source.blame("vectors.toml", place, "missing-key", _("“period” or “limit” is missing."))
            continue
        try:
            answer = _reckon(law, row)
        except OfficeError as refusal:
            source.blame("vectors.toml", place, "vector", str(refusal))
            continue
        for key, day in (("unrolled", answer.unrolled), ("last_day", answer.last_day)):
            if row[key] != day:
                message = _("{key} should be {wanted}, and the rules give {got}.").format(
                    key=key, wanted=row[key].isoformat(), got=day.isoformat()
                )
                source.blame("vectors.toml", (*place, key), "vector", message)


def _reckon(law: LawPack, row: dict[str, Any]) -> limits.Limit:
    """A vector reckoned as it says; what it does not say is its limit's, else the usual."""
    rule = law.limits.get(row.get("limit", ""))
    name = row.get("calendar") or (rule.calendar if rule else calendars.DEFAULT)
    calendar = calendars.named_calendar(name, law.calendars)
    if closed := closures(row):
        calendar = replace(calendar, closed={**calendar.closed, **closed})
    terms = limits.Terms(
        calendar=calendar,
        roll=row.get("roll") or (rule.roll if rule else limits.NEXT_OPEN),
        received=row.get("received"),
        extend=parse_period(row["extend"]) if "extend" in row else None,
        extend_from=row.get("extend_from", limits.UNROLLED),
        served_after=parse_period(rule.served_after) if rule and rule.served_after else None,
    )
    return limits.limit(row["from"], parse_period(row.get("period") or (rule.period if rule else "")), terms)
