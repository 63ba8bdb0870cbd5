"""How events act on the rows of a case: goods of a class, claims, designs.

Refusal, opposition, division, renewal act on rows, not on "the application" (STLT Articles 7 and 13; Madrid
Regulations Rule 17; Paris Convention Article 4G). Which event gives a row which status is the law pack's;
here is only how it is worked out. An event that names no row means all that it can act on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.case import Event, Row
from app.domain.law import EventRule, LawPack, in_language
from app.errors import RuleRefused, _
from app.rules.days import spoken
from app.rules.fields import labels

LIVE = "live"
"""The status of a row on which nothing acted yet."""

BEFORE = "before"
"""As `row_status` of an event: back to the status before the last act on the row."""


@dataclass(frozen=True, slots=True)
class _Past:
    """What a row was: status and since when, oldest first."""

    stages: tuple[tuple[str, date | None], ...] = ((LIVE, None),)

    @property
    def now(self) -> tuple[str, date | None]:
        return self.stages[-1]

    def then(self, status: str, on: date) -> _Past:
        if status == BEFORE:
            return _Past(self.stages[:-1] or ((LIVE, None),))
        return self if self.now[0] == status else _Past((*self.stages, (status, on)))


class Standing:
    """The rows of a case while its events are told one after another, in their order."""

    def __init__(self, law: LawPack, rows: Sequence[Row]) -> None:
        self._law = law
        self._first = tuple(rows)
        self._past = {row.id: _Past() for row in rows}

    def take(self, event: Event) -> bool:
        """Let an event act; whether it concerns the case as a whole and not only some of its rows.

        An event that ends the rows it names concerns the case as a whole only when none is left of those
        that were there when it was recorded. Asked anew of the rows each time: two stations may each have
        ended the half that the other left.
        """
        rule = self._law.events.get(event.event)
        if rule is None or event.voided or not self._past:
            return True
        acted = effects(self._law, rule, self.rows(), event.fields) if event.rows is None else event.rows
        for row_id, status in acted.items():
            if row_id in self._past:
                self._past[row_id] = self._past[row_id].then(status, event.on)
        if not _names(rule, event.fields) or not ends(self._law, rule.row_status):
            return True
        return not any(row.live and row.recorded <= event.recorded for row in self.rows())

    def rows(self, language: str = "en") -> tuple[Row, ...]:
        """The rows as they stand now."""
        return tuple(self._row(row, language) for row in self._first)

    def _row(self, row: Row, language: str) -> Row:
        status, since = self._past[row.id].now
        known = self._law.row_statuses.get(status)
        return replace(
            row, status=status, since=since, live=not ends(self._law, status),
            status_name=in_language(known.name, language) if known else "",
        )  # fmt: skip


def effects(
    law: LawPack, rule: EventRule, rows: Sequence[Row], given: Mapping[str, object]
) -> dict[str, str]:
    """What an event makes of which rows: id -> status. Written into the log with the event, so that a row
    that comes later, or a new version of the law, changes nothing of what was done."""
    chosen = chosen_rows(law, rule, rows, given) if rule.row_status or rule.rest_status else ()
    acted = {row.id: rule.row_status for row in chosen if rule.row_status}
    if rule.rest_status and _names(rule, given):
        hit = {row.id for row in chosen}
        acted |= {row.id: rule.rest_status for row in _in_reach(law, rule, rows) if row.id not in hit}
    return acted


def ends(law: LawPack, status: str) -> bool:
    """Whether a row of this status is no longer part of the right."""
    known = law.row_statuses.get(status)
    return known is not None and known.ended


def is_partial(law: LawPack, event: str, rows: Sequence[Row], given: Mapping[str, object]) -> bool:
    """Whether `event` with the fields `given` ends some of the live rows and leaves others."""
    rule = law.events.get(event)
    if rule is None or not ends(law, rule.row_status) or not _names(rule, given):
        return False
    hit = {row.id for row in chosen_rows(law, rule, rows, given)}
    return any(row.live and row.id not in hit for row in rows)


def chosen_rows(
    law: LawPack, rule: EventRule, rows: Sequence[Row], given: Mapping[str, object]
) -> tuple[Row, ...]:
    """The rows an event acts on: those it names, by label or id, else all it can act on."""
    reach = _in_reach(law, rule, rows)
    names = _names(rule, given)
    if not names:
        return reach
    return tuple(row for row in reach if row.id in names or row.label in names)


def refuse(law: LawPack, rule: EventRule, rows: Sequence[Row], given: Mapping[str, object]) -> None:
    """Raises RuleRefused when the event names rows on which it cannot act any more, or finds none."""
    if not rule.row_status or not rows:
        return
    reach = {row.id for row in _in_reach(law, rule, rows)}
    names = _names(rule, given)
    barred = [row for row in rows if row.id not in reach and (row.id in names or row.label in names)]
    if barred:
        row = barred[0]
        message = _("“{event}” cannot act on {row}: it is {status}. Nothing was recorded.")
        if row.since:
            message = _("“{event}” cannot act on {row}: it is {status} since {since}. Nothing was recorded.")
        raise RuleRefused(
            message.format(
                event=rule.id, row=row.label, status=row.status_name or row.status,
                since=spoken(row.since) if row.since else "",
            ),
            _what_can_be_named(rows, reach),
        )  # fmt: skip
    if rule.row_from and not reach:
        raise RuleRefused(
            _("“{event}” finds no row it can act on. Nothing was recorded.").format(event=rule.id),
            _what_can_be_named(rows, reach),
        )


def _what_can_be_named(rows: Sequence[Row], reach: Iterable[str]) -> str:
    free = [row.label for row in rows if row.id in set(reach)]
    if not free:
        return _("Look at the rows of the case.")
    return _("Rows that can be named: {rows}.").format(rows=", ".join(free[:40]))


def _in_reach(law: LawPack, rule: EventRule, rows: Sequence[Row]) -> tuple[Row, ...]:
    if rule.row_from:
        return tuple(row for row in rows if row.status in rule.row_from)
    return tuple(row for row in rows if not ends(law, row.status))


def _names(rule: EventRule, given: Mapping[str, object]) -> frozenset[str]:
    """Labels and ids in the event's fields of the kind `rows`."""
    asked = (given.get(name) for name, kind in rule.fields.items() if kind == "rows")
    return frozenset().union(*map(named_in, asked))


def named_in(value: object) -> frozenset[str]:
    """Labels and ids in the value of a field of the kind `rows`: a list of them, or `1-3, 5`."""
    return frozenset(labels(value))
