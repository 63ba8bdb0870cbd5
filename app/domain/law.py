"""A law pack as values: what `app.storage.lawpacks` reads and `app.rules` reasons with.

Form on disk: TOML files of one folder; see `resources/law/README.md`. Names by language are
mappings `{"en": ..., "fr": ..., "ar": ...}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.case import Owner

Named = Mapping[str, str]


def in_language(names: Named, language: str) -> str:
    """The name in `language`, else English, else any, else ""."""
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


@dataclass(frozen=True, slots=True)
class RightRule:
    """What is granted: number series (`XX/P/{year}/{serial:06}`), kind of rows, term."""

    id: str
    name: Named
    series: str
    row_kind: str
    st13_type: str = ""
    term: str = ""
    provision: str = ""


@dataclass(frozen=True, slots=True)
class EventRule:
    """What may happen to a case. `allowed_when` holds status codes (empty: always); `opens` and
    `closes` limit ids; `fields` name -> kind (text, date, number, rows, citations, document).

    row_status   what the rows become that it names (all, when it names none); `before`: what they were
    rest_status  what the others become when it names some
    row_from     the statuses of rows it can act on (empty: those that are not ended)
    inherited    a case divided from this one has it too
    """

    id: str
    name: Named
    rights: tuple[str, ...] = ()
    allowed_when: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    two_person: bool = False
    provision: str = ""
    row_status: str = ""
    rest_status: str = ""
    row_from: tuple[str, ...] = ()
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class RowStatusRule:
    """A status of a row (goods of a class, claim, design). `ended`: it is no longer part of the right."""

    id: str
    name: Named
    ended: bool = False
    provision: str = ""


@dataclass(frozen=True, slots=True)
class StatusRule:
    """A status and the events that lead to it, with the standards' codes. `only_from`: the statuses out
    of which they do (empty: any)."""

    code: str
    name: Named
    after: tuple[str, ...]
    rights: tuple[str, ...] = ()
    st27: str = ""
    st61: str = ""
    st87: str = ""
    closed: bool = False
    provision: str = ""
    only_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """How far a limit may be extended: at most `max` (a period), counted from unrolled or rolled."""

    max: str
    counted_from: str = "unrolled"


@dataclass(frozen=True, slots=True)
class LimitRule:
    """A time limit. `period` like `2m`, `60d`, `1y`; `roll`: next-open | previous-open | none;
    `counted_from`: the event's date (`event`), or `filing`, `priority`, `anniversary` (the next
    anniversary of the filing that is a whole number of periods away)."""

    id: str
    name: Named
    opened_by: tuple[str, ...]
    period: str
    roll: str
    calendar: str
    owner: Owner
    rights: tuple[str, ...] = ()
    counted_from: str = "event"
    extend: Extension | None = None
    met_by: tuple[str, ...] = ()
    on_miss: str = ""
    provision: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days the office is closed.

    rest     weekdays of weekly rest, Monday 0 … Sunday 6
    yearly   (month, day) -> name, every year
    easter   days from Easter Sunday (Gregorian) -> name
    closed   single days -> name, with the legal instrument in words
    """

    id: str
    name: str
    rest: tuple[int, ...] = ()
    yearly: Mapping[tuple[int, int], str] = field(default_factory=dict)
    easter: Mapping[int, str] = field(default_factory=dict)
    closed: Mapping[date, str] = field(default_factory=dict)
    version: str = ""
    provision: str = ""


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A formality. `how`: record (by `test`, a function of `app.rules.checks`, with `parameters`)
    or eye (a person looks). `severity`: error | warning | note."""

    id: str
    name: Named
    rights: tuple[str, ...]
    how: str
    test: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    severity: str = "error"
    provision: str = ""
    remedy: Named = field(default_factory=dict)
    letter: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True)
class LetterRule:
    """A letter template: file in the pack's `letters/`, the rights it serves, the limit it opens, the
    event it records when issued, and the events it may speak `about` (the last of them is meant)."""

    id: str
    name: Named
    rights: tuple[str, ...]
    languages: tuple[str, ...]
    file: str
    event: str
    series: str
    opens: str = ""
    provision: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A fee; `amount` is a decimal string. `per`: case | row (each row of the case beyond `free` ones)."""

    id: str
    name: Named
    rights: tuple[str, ...]
    amount: str
    currency: str
    due_on: str = ""
    provision: str = ""
    per: str = "case"
    free: int = 0


@dataclass(frozen=True, slots=True)
class LawPack:
    """One law, at one version.

    receipts        series of receipts for fees
    payment_counts  the day of a payment that counts: ordered | value | booked
    """

    name: str
    version: str
    title: Named
    jurisdiction: str
    languages: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    office: Mapping[str, Named] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    rights: Mapping[str, RightRule] = field(default_factory=dict)
    events: Mapping[str, EventRule] = field(default_factory=dict)
    statuses: tuple[StatusRule, ...] = ()
    row_statuses: Mapping[str, RowStatusRule] = field(default_factory=dict)
    limits: Mapping[str, LimitRule] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    checks: tuple[CheckRule, ...] = ()
    fees: Mapping[str, FeeRule] = field(default_factory=dict)
    letters: Mapping[str, LetterRule] = field(default_factory=dict)
    letters_folder: str = ""
    receipts: str = "R-{year}/{serial:06}"
    payment_counts: str = "value"
