"""The five years in which an international registration depends on its basic mark.

Madrid Protocol, Article 6(2) to (4); Madrid Regulations, Rule 22. Which events end a basic mark, and which
proceedings carry the dependency on when they began within the five years, is the law pack's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.case import Case, Event, LimitState, Row
from app.domain.law import LawPack
from app.errors import _
from app.rules.checks import Parameters, Test, Trouble
from app.rules.days import spoken
from app.rules.rows import named_in

REGISTERED = "international_registration"
"""The event that ties a basic mark to an international registration (fields `number`, `date`)."""

NOTIFIED = "ceasing_notified"
"""The event that the International Bureau was told of the ceasing of effect."""


@dataclass(frozen=True, slots=True)
class Ceased:
    """What ended of a basic mark: by which event, for which rows (empty: for all), and whether only
    after the five years, in proceedings that began within them. `tie` made the international registration
    dependent, `until` a day."""

    event: Event
    rows: tuple[Row, ...]
    tie: Event
    until: date
    afterwards: bool = False


def ends_of_dependency(case: Case, limit: str) -> tuple[Event, date] | None:
    """The tie to the international registration and the last day of the dependency; None without any."""
    tie = next((e for e in reversed(case.events) if e.event == REGISTERED and not e.voided), None)
    clock = [d for d in case.deadlines if tie and d.rule == limit and d.state is not LimitState.LIFTED]
    return (tie, max(d.last_day for d in clock)) if tie and clock else None


def ceased(case: Case, parameters: Parameters) -> Iterator[Ceased]:
    """What ended of the basic mark and was not told to the International Bureau yet.

    `events` end or limit a mark, `pending` are proceedings that count when they began within the
    dependency, `limit` is the pack's limit of the dependency.
    """
    tied = ends_of_dependency(case, str(parameters.get("limit", "dependency")))
    if tied is None:
        return
    tie, end = tied
    began = [e for e in case.events if e.event in _names(parameters, "pending") and not e.voided]
    open_ended = any(tie.on <= e.on <= end for e in began)
    for event in case.events:
        if event.voided or event.event not in _names(parameters, "events") or event.on < tie.on:
            continue
        afterwards = event.on > end
        if afterwards and not open_ended:
            continue
        rows = _lost(case, event)
        if rows is not None and not _told(case, event, rows):
            yield Ceased(event, rows, tie, end, afterwards)


def _names(parameters: Parameters, key: str) -> tuple[str, ...]:
    value = parameters.get(key)
    return tuple(str(one) for one in value) if isinstance(value, (list, tuple)) else ()


def _lost(case: Case, event: Event) -> tuple[Row, ...] | None:
    """The rows the event took from the mark for good; () for all of a case without rows; None for none.

    A limitation takes goods out of rows that live on; what was appealed and came back is not lost.
    """
    if event.rows:
        return tuple(row for row in case.rows if row.id in event.rows and not row.live) or None
    named = named_in(event.fields.get("rows"))
    return tuple(row for row in case.rows if not named or row.label in named or row.id in named)


def _told(case: Case, event: Event, rows: tuple[Row, ...]) -> bool:
    """Whether a notification after the event covers its rows."""
    for told in case.events:
        if told.event != NOTIFIED or told.voided or (told.on, told.recorded) < (event.on, event.recorded):
            continue
        named = named_in(told.fields.get("rows"))
        if not named or {row.label for row in rows} <= named:
            return True
    return False


def basic_mark_ceased(_law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """Each end of the basic mark that the International Bureau has to be told of, with the rows."""
    for one in ceased(case, parameters):
        message = _(
            "“{event}” of {day} concerns the basic mark of international registration {number}, dependent "
            "until {end}: tell the International Bureau that it ceases for {rows}."
        )
        if one.afterwards:
            message = _(
                "“{event}” of {day} ends proceedings that began while international registration {number} "
                "was dependent, until {end}: tell the International Bureau that it ceases for {rows}."
            )
        rows = ", ".join(row.label for row in one.rows)
        yield Trouble(
            one.event.id, _("basic mark"),
            message.format(
                event=one.event.name or one.event.event, day=spoken(one.event.on),
                number=one.tie.fields.get("number") or "-", end=spoken(one.until),
                rows=_("class {rows}").format(rows=rows) if rows else _("all goods and services"),
            ),
        )  # fmt: skip


def translation_filed(law: LawPack, case: Case, parameters: Parameters) -> Iterator[Trouble]:
    """An international application in a language that is none of the office's has its translation
    (`route`, `event`)."""
    if case.fields.get("route") != parameters.get("route", "pct"):
        return
    if not case.language or case.language in law.languages:
        return
    wanted = str(parameters.get("event", "translation_filed"))
    if not any(e.event == wanted and not e.voided for e in case.events):
        message = _("The international application is in “{language}” and its translation is missing.")
        yield Trouble("translation", _("translation"), message.format(language=case.language))


TESTS: Mapping[str, Test] = {
    "basic_mark_ceased": basic_mark_ceased,
    "translation_filed": translation_filed,
}
"""The tests a law pack may name for cases with an international side."""
