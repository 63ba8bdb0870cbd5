"""What lies in a case's dossier: documents, letters, fees and money, citations, conflicts of values.

Snapshots like the rest of a case; `app.domain.case` holds the case itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Day = date  # where a field is itself called `date`


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the dossier. `id` opens its bytes (`cases.document_bytes`); `name` is for display."""

    id: str
    kind: str
    name: str
    sha256: str
    bytes: int
    media_type: str
    received: date
    language: str = ""
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class LetterEntry:
    """A letter of the case. `state`: issued | printed | served | replaced; `opens` is a limit id."""

    id: str
    template: str
    number: str
    state: str
    date: date
    sha256: str
    document: str
    name: str = ""
    languages: tuple[str, ...] = ()
    opens: str = ""
    served: Day | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee of the case; `due` and `paid` are decimal strings in `currency`.

    id        the fee and what it fell due with; `what` is the law pack's fee
    state     due | overdue | underpaid | paid | paid_late | refunded | credit
    since     the day it fell due; `last_day` the last day to pay it, None where no limit runs
    """

    id: str
    what: str
    due: str
    paid: str
    receipt: str
    state: str
    name: str = ""
    currency: str = ""
    since: date | None = None
    last_day: date | None = None
    paid_on: date | None = None
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came for the case, or was given back (`refund`). `what`: the fee it names, "" for none."""

    id: str
    what: str
    amount: str
    currency: str
    on: date
    receipt: str = ""
    payer: str = ""
    reference: str = ""
    refund: bool = False


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One of several live values of a guarded field. `id` names the operation, for settling."""

    id: str
    value: object
    who: str
    when: str
    station: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two stations set the same guarded field unaware of one another; blocks letters till settled."""

    id: str
    case: str
    field: str
    values: tuple[ConflictValue, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited against the case. `category` per ST.14 (X, Y, A, P, E, O, T, L, D);
    `claims` as text ("1-3, 5"); `passages` as text; `record` is the collection's hit id. `published`, `filed`
    and `priority` are the document's own dates, on which P and E rest."""

    id: str
    office: str
    number: str
    kind_code: str
    category: str
    claims: str = ""
    passages: str = ""
    title: str = ""
    record: str = ""
    published: date | None = None
    filed: date | None = None
    priority: date | None = None
