"""A case as a line of moments: events with the letters, service and limits that hang on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.case import Case, Deadline, Event, LimitState
from app.domain.dossier import LetterEntry
from app.errors import _
from ui import words
from ui.theme import Tone
from ui.widgets.painting import Chip


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a moment: a letter, its service, a limit. `lit` is the running limit."""

    icon: str
    title: str
    note: str = ""
    chip: Chip | None = None
    trailing: str = ""
    tone: Tone = Tone.QUIET
    lit: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One day on the line. `kind`: event | voided | today | ahead."""

    on: date
    title: str
    note: str = ""
    kind: str = "event"
    hanging: tuple[Hanging, ...] = ()
    key: str = ""


def moments(case: Case, today: date) -> tuple[Moment, ...]:
    """The line from the first event over today to the limits still ahead."""
    letters = {letter.id: letter for letter in case.letters}
    told: set[str] = set()
    past = []
    for event in sorted(case.events, key=lambda e: (e.on, e.recorded)):
        letter = letters.get(str(event.fields.get("letter", "")))
        hanging: list[Hanging] = []
        if letter and letter.id not in told and not event.voided:
            told.add(letter.id)
            hanging += _letter(letter)
        hanging += [_limit(d, today) for d in case.deadlines if d.event == event.id]
        kind = "voided" if event.voided else "event"
        past.append(Moment(event.on, event.name, note_of(event), kind, tuple(hanging), event.id))
    now = Moment(today, _("Today, {day}").format(day=words.full_day(today)), kind="today")
    ahead = [
        Moment(
            d.last_day,
            _("Last day: {limit}").format(limit=d.name),
            words.days_left(d.last_day, today),
            "ahead",
            (),
            d.id,
        )
        for d in sorted(case.deadlines, key=lambda d: d.last_day)
        if d.state is LimitState.RUNNING
    ]
    return (*past, now, *ahead)


def _letter(letter: LetterEntry) -> list[Hanging]:
    name = _("{name} {number}").format(name=letter.name, number=words.isolate(letter.number))
    languages = words.listed(words.language_name(code) for code in letter.languages)
    hanging = [Hanging("mail", name, languages, key=f"letter {letter.document}")]
    if letter.served:
        hanging.append(Hanging("circle-check", _("Served {day}").format(day=words.full_day(letter.served))))
    return hanging


def _limit(deadline: Deadline, today: date) -> Hanging:
    title = _("{limit}: {day}").format(limit=deadline.name, day=words.named_day(deadline.last_day))
    key = f"limit {deadline.id}"
    if deadline.state is LimitState.MET:
        return Hanging("clock", title, deadline.provision, Chip(_("Met"), Tone.GREEN), key=key)
    if deadline.state is LimitState.LIFTED:
        return Hanging("clock", title, deadline.provision, Chip(_("Lifted")), key=key)
    tone = words.limit_tone(deadline, today)
    left = words.days_left(deadline.last_day, today)
    return Hanging("clock", title, deadline.provision, trailing=left, tone=tone, lit=True, key=key)


_SHOWN = (
    "provision",
    "office",
    "number",
    "kind_code",
    "category",
    "claims",
    "grounds",
    "reasons",
    "reason",
    "date",
    "period",
    "text",
    "what",
    "opponent",
    "place",
    "gazette",
    "basis",
    "body",
    "receipt",
)


def note_of(event: Event) -> str:
    """What the event's own fields say, in one line."""
    fields: Mapping[str, object] = event.fields
    if event.event == "citation":
        return _citation(fields)
    if "letter" in fields:
        return ""
    parts = [str(fields[name]) for name in _SHOWN if fields.get(name)]
    return " · ".join(parts)


def _citation(fields: Mapping[str, object]) -> str:
    said = {name: str(value) for name, value in fields.items() if value}
    document = " ".join(said[n] for n in ("office", "number", "kind_code") if n in said)
    category = _("category {category}").format(category=said["category"]) if "category" in said else ""
    claims = _("claims {claims}").format(claims=said["claims"]) if "claims" in said else ""
    return " · ".join(p for p in (words.isolate(document), category, claims, said.get("title", "")) if p)
