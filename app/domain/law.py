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
    anniversary of the filing that is a whole number of periods away); `served_after`: a period after which
    the letter of the event counts as served, the limit counts from that day; `silence`: the office's own
    limit after which silence counts as protection, shown above all others; `routes`: only cases that came
    by one of these routes (empty: any)."""

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
    served_after: str = ""
    silence: bool = False
    routes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekdayRule:
    """A feast kept on a day of the week: the first `weekday` (Monday 0) from `day` of `month` on (`after`),
    else the last until it. `day` past the end of the month means its last."""

    weekday: int
    month: int
    day: int
    after: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days the office is closed.

    rest           weekdays of weekly rest, Monday 0 … Sunday 6
    yearly         (month, day) -> name, every year
    easter         days from Easter Sunday (Gregorian) -> name
    orthodox       days from Easter Sunday of the Julian reckoning -> name
    by_weekday     feasts of a day of the week -> name
    observed       where a feast of `yearly` goes that falls on a day of rest: next-open | nearest-open | ""
    observed_from  weekdays out of which it goes; empty: those of `rest`
    closed         single days -> name, with the legal instrument in words
    based_on       calendars whose closed days are in this one too
    """

    id: str
    name: str
    rest: tuple[int, ...] = ()
    yearly: Mapping[tuple[int, int], str] = field(default_factory=dict)
    easter: Mapping[int, str] = field(default_factory=dict)
    closed: Mapping[date, str] = field(default_factory=dict)
    version: str = ""
    provision: str = ""
    orthodox: Mapping[int, str] = field(default_factory=dict)
    by_weekday: Mapping[WeekdayRule, str] = field(default_factory=dict)
    observed: str = ""
    observed_from: tuple[int, ...] = ()
    based_on: tuple[str, ...] = ()


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
    event it records when issued, and the events it may speak `about` (the last of them is meant).

    addressee   whom it goes to, where that is neither the applicant nor the representative
    carries     its event takes over the fields of the act it speaks of, and those given with the letter
    rehearsed   before it leaves, the International Bureau is played (`app.rules.rehearsal`)
    """

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
    addressee: Named = field(default_factory=dict)
    carries: bool = False
    rehearsed: bool = False


@dataclass(frozen=True, slots=True)
class RouteRule:
    """An international system by which cases of a right come: Madrid, The Hague, PCT.

    notified         the event of the designation, that starts the office's clock
    from_publication  its day is that of the publication, not of the notification
    refusal          the event of a refusal, `drafted` the one that prepares it
    refusal_limit    the office's limit to refuse, `response_limit` the one to answer a refusal
    response_min     periods of which an answer must be given at least one, for refusals from `response_since`
    calendar         days the International Bureau is closed
    languages        those the International Bureau takes communications in
    checked_before   formalities of the checklist that the International Bureau has looked at already
    """

    id: str
    name: Named
    right: str
    notified: str
    provision: str
    from_publication: bool = False
    refusal: str = ""
    drafted: str = ""
    refusal_limit: str = ""
    response_limit: str = ""
    response_min: tuple[str, ...] = ()
    response_since: date | None = None
    calendar: str = "none"
    languages: tuple[str, ...] = ()
    checked_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemandRule:
    """What the International Bureau demands, tried by `test` with `parameters`.

    stage         refusal (a test of `app.rules.demands`) | certification (of `app.rules.certification`)
    consequence   where it fails: not-regarded (no refusal at all) | irregular | advice
    """

    id: str
    name: Named
    routes: tuple[str, ...]
    test: str
    consequence: str
    provision: str
    remedy: Named = field(default_factory=dict)
    parameters: Mapping[str, object] = field(default_factory=dict)
    stage: str = "refusal"


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
    also_show       calendars whose dates stand beside the Gregorian: ethiopian | hijri | buddhist
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
    routes: Mapping[str, RouteRule] = field(default_factory=dict)
    demands: tuple[DemandRule, ...] = ()
    receipts: str = "R-{year}/{serial:06}"
    payment_counts: str = "value"
    also_show: tuple[str, ...] = ()
