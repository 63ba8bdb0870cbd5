"""A case as everybody sees it: `case show` of the command line has the same names.

Dates are `datetime.date`; ids are the same on every station. Everything is a snapshot: it holds
no connection and may be handed between threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.dossier import Citation, Conflict, Document, Fee, LetterEntry, Payment
from app.domain.examination import Cell, Feature, Objection
from app.domain.findings import Finding
from app.domain.record import Right


class Owner(StrEnum):
    """Who has to keep a limit."""

    APPLICANT = "applicant"
    OFFICE = "office"


class LimitState(StrEnum):
    """`missed` is a limit whose last day has passed unmet; nothing follows from it by itself."""

    RUNNING = "running"
    MET = "met"
    MISSED = "missed"
    LIFTED = "lifted"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reckoning of a date: the rule, its provision, and what it did, in words.

    key, values   what `text` says, for saying it in another language (`app.rules.reckoning`); "" where
                  only the words are known
    """

    rule: str
    provision: str
    text: str
    key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A limit on a case. `unrolled` is the last day before rolling, `last_day` after it. `silent`: the
    office's own, after which its silence counts as protection."""

    id: str
    rule: str
    name: str
    event: str
    owner: Owner
    unrolled: date
    last_day: date
    state: LimitState
    steps: tuple[Step, ...] = ()
    provision: str = ""
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """Computed from events by the law pack; never typed in. `st27` also carries ST.61 and ST.87."""

    code: str
    name: str
    since: date | None = None
    st27: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A fact on the case. `on` is the legal date, `recorded` when it was written (UTC, ISO); `rows`: the
    rows it acted on, id -> what they became; None where that was not written with it."""

    id: str
    event: str
    on: date
    recorded: str
    who: str
    station: str
    act: str
    fields: Mapping[str, object] = field(default_factory=dict)
    name: str = ""
    voided: bool = False
    rows: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class CaseParty:
    """A person in a role, as filed and as linked. `person` is the id of a person record or ""."""

    id: str
    role: str
    name: str
    as_filed: str = ""
    address: str = ""
    country: str = ""
    since: date | None = None
    until: date | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A goods row, claim or design: what refusals, divisions and renewals act on.

    `kind`: class | claim | design. `label`: Nice number, claim number, design number. `texts` is
    by language; `text` is the one of the case's language. `status` comes from the events that acted on
    the row, `status_name` is its name in the language spoken, "" while nothing did; a row that is not
    `live` is no longer part of the right. `basis` is where an amended text stands in the application as
    filed, `amended` says that the text is not the filed one, which is `filed_text`; `added` came later;
    `recorded` is when it came (UTC, ISO).
    """

    id: str
    kind: str
    label: str
    text: str
    status: str = "live"
    since: date | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    live: bool = True
    status_name: str = ""
    basis: str = ""
    amended: bool = False
    added: bool = False
    filed_text: str = ""
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class CasePriority:
    """A priority claimed on the case; `rows` are the ids of the rows it covers (empty: all)."""

    office: str
    number: str
    date: date | None
    kind: str = "foreign"
    rows: tuple[str, ...] = ()
    state: str = "claimed"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of the docket. `office_limit`: the next limit after which silence counts as protection."""

    id: str
    number: str
    right: Right
    title: str
    applicant: str
    status: Status
    next_limit: Deadline | None
    filing_date: date | None
    officer: str = ""
    confidential: bool = False
    conflicts: int = 0
    provisional: bool = False
    office_limit: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The whole file."""

    id: str
    number: str
    right: Right
    kind: str
    title: str
    titles: Mapping[str, str]
    status: Status
    office: str
    filing_date: date | None
    confidential: bool
    law: Mapping[str, str]
    officer: str
    provisional: bool = False
    language: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    abstracts: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    parties: tuple[CaseParty, ...] = ()
    rows: tuple[Row, ...] = ()
    priorities: tuple[CasePriority, ...] = ()
    documents: tuple[Document, ...] = ()
    letters: tuple[LetterEntry, ...] = ()
    fees: tuple[Fee, ...] = ()
    payments: tuple[Payment, ...] = ()
    citations: tuple[Citation, ...] = ()
    findings: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    objections: tuple[Objection, ...] = ()
    features: tuple[Feature, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def next_limit(self) -> Deadline | None:
        """The running or missed limit with the earliest last day."""
        return _next(self.deadlines)

    @property
    def office_limit(self) -> Deadline | None:
        """The next limit after which the office's silence counts as protection."""
        return _next(d for d in self.deadlines if d.silent)


def _next(deadlines: Iterable[Deadline]) -> Deadline | None:
    open_ones = [d for d in deadlines if d.state in (LimitState.RUNNING, LimitState.MISSED)]
    return min(open_ones, key=lambda d: (d.last_day, d.id), default=None)
