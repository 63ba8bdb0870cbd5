"""What a letter is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.case import Case, Deadline, Event
from app.domain.law import LawPack, LetterRule

SIDE_BY_SIDE = "side"
ONE_AFTER_THE_OTHER = "after"


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a letter is made from.

    languages  the first prevails
    number     of the letter; "" makes a draft, marked as such on every page
    limit      what the letter opens, already reckoned
    picture    the mark or design as a clean PNG (never a sender's own bytes), empty without one
    fields     the examiner's own: `your_reference`, `signatory`, `text`, `annexes`, `addressee` …
    layout     "side" (columns) or "after" (one language under the other)
    """

    case: Case
    rule: LetterRule
    law: LawPack
    languages: tuple[str, ...]
    on: date
    number: str = ""
    limit: Deadline | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    layout: str = SIDE_BY_SIDE
    picture: bytes = b""


def act_spoken_of(draft: Draft) -> Event | None:
    """The act the letter speaks of: the last one of that name, or the one `fields["event"]` names."""
    wanted = str(draft.fields.get("event") or "")
    names = set(draft.rule.about) or {draft.rule.event, draft.rule.id}
    last = None
    for event in draft.case.events:
        if not event.voided and (event.id == wanted or (not wanted and event.event in names)):
            last = event
    return last
