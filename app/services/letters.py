"""Letters: what may be sent, a look before sending, and the act of sending.

A letter is a legal act. Issuing gives it the next number of its series, opens its limit, freezes its
content and puts the PDF into the dossier, all in one transaction: when one step fails there is no
letter and no number is used up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.case import Case, Deadline
from app.domain.changes import Changes
from app.domain.law import LetterRule, Named
from app.errors import RuleRefused, _
from app.rules import events as rules
from app.services import dispatching, drafting, recording
from app.services.drafting import Wording
from app.services.offices import Office
from app.services.posting import PrintRun, label, labels, pdf, print_run, reprint, serve
from app.storage import register
from app.storage.act import inside

if TYPE_CHECKING:
    from app.letters.draft import Draft
    from app.letters.render import Rendered
    from app.storage.act import Act


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A letter the law pack knows: the rights it serves, languages it is written in."""

    id: str
    name: Named
    rights: tuple[str, ...]
    languages: tuple[str, ...]
    opens: str = ""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter of the office. `state`: issued | printed | served | replaced."""

    id: str
    number: str
    case: str
    case_number: str
    template: str
    state: str
    date: date
    document: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter sent: its id and number, the document in the dossier, the PDF and its SHA-256.

    opens_limit   the limit it opened, None where it opens none
    unprinted     characters of names or texts that no bundled font has; a mark stands in their place
    """

    letter: str
    number: str
    document: str
    sha256: str
    pdf: bytes
    opens_limit: Deadline | None
    unprinted: str = ""
    changes: Changes = field(default_factory=Changes)


def templates(office: Office) -> tuple[TemplateLine, ...]:
    """The letters of the law pack in force."""
    return tuple(
        TemplateLine(rule.id, rule.name, rule.rights, rule.languages, rule.opens)
        for rule in office.law.letters.values()
    )


def listed(office: Office) -> tuple[LetterLine, ...]:
    """All letters of the office, newest first."""
    return tuple(
        LetterLine(row.id, row.number, row.case_id, row.case_number, row.template, row.state, row.date,
                   row.document)
        for row in register.letters(office.store)
    )  # fmt: skip


def preview(
    office: Office,
    case_id: str,
    template: str,
    *,
    on: date | None = None,
    languages: Iterable[str] | None = None,
    wording: Wording | None = None,
) -> bytes:
    """The letter as it would be issued, as PDF, marked DRAFT and without a number. Writes nothing."""
    case = register.case(office.store, register.case_id_of(office.store, case_id), office.today)
    rule = drafting.rule_for(office, case, template)
    day = on or office.today
    chosen = drafting.worded(rule, case, languages, wording)
    facts = {"template": rule.id} | dispatching.carried(office, case, rule, chosen)
    opened = rules.opened(office.law, case, rule.event, day, facts)
    draft = drafting.drafted(office, *dispatching.spoken_case(case, rule, day, facts), day, chosen)
    return _rendered(replace(draft, limit=_limit_of(rule, opened))).pdf


def issue(
    office: Office,
    case_id: str,
    template: str,
    *,
    on: date | None = None,
    languages: Iterable[str] | None = None,
    wording: Wording | None = None,
) -> Issued:
    """Write, number and file one letter; nothing is kept if any step fails.

    Refused while two stations disagree on the case, for a right the template does not serve, when the
    law does not allow the letter's event now, when this station has no number left, and when the
    International Bureau would not regard the letter as what it is, unless the field `reason` says why.
    """
    found = register.case_id_of(office.store, case_id)
    day = on or office.today
    with office.store.act() as act:
        case = recording.snapshot(act, office, found)
        rule = drafting.rule_for(office, case, template)
        _refuse_disputed(case)
        _refuse_too_early(case, day)
        chosen = drafting.worded(rule, case, languages, wording)
        dispatching.refuse_dispatch(office, case, rule, day, chosen)
        entity = inside("letter", found)
        letter_id = entity.partition(":")[2]
        number = _number(act, office, rule, letter_id)
        carried = dispatching.carried(office, case, rule, chosen)
        facts = carried | _facts(office, rule, number, letter_id)
        _event, opened = recording.put_event(act, office, found, rule.event, day, facts)
        limit = _limit_of(rule, opened)
        told, as_told = dispatching.spoken_case(case, rule, day, carried)
        draft = replace(drafting.drafted(office, told, as_told, day, chosen), number=number, limit=limit)
        rendered = _rendered(draft)
        document = act.document(found, rendered.pdf, _document(case, draft))
        act.event(entity, "issued", _frozen(draft, rendered, document))
    return Issued(
        letter_id, number, document, rendered.sha256, rendered.pdf, limit, _unprinted(rendered), act.changes
    )


def _refuse_too_early(case: Case, day: date) -> None:
    if case.filing_date is not None and day < case.filing_date:
        raise RuleRefused(
            _("A letter of {day} would be older than the application of {filed}. No letter was made.").format(
                day=day, filed=case.filing_date
            ),
            _("Give the day on which the letter leaves the office."),
        )


def _refuse_disputed(case: Case) -> None:
    if case.conflicts:
        raise RuleRefused(
            _("Two stations disagree on {fields} of this case. No letter was made.").format(
                fields=", ".join(sorted({conflict.field for conflict in case.conflicts}))
            ),
            _("Settle that first; both values stand in the list of conflicts."),
            command="conflict list",
        )


def _rendered(draft: Draft) -> Rendered:
    from app.letters.render import render

    return render(draft)


def _number(act: Act, office: Office, rule: LetterRule, letter_id: str) -> str:
    """The next number of the letter's series. Letters are never numbered provisionally."""
    year = office.today.year
    serial = act.number(recording.letter_series(rule), year, letter_id)
    if serial is None:
        raise RuleRefused(
            _("This station has no letter numbers left. No letter was made."),
            _("Exchange with the office once: it hands out a new block of numbers."),
            command="sync STORE",
        )
    return rule.series.format(year=year, serial=serial)


def _facts(office: Office, rule: LetterRule, number: str, letter_id: str) -> dict[str, Any]:
    """Fields of the letter's event, those of them that the law pack's event has."""
    event = office.law.events.get(rule.event)
    known = {"template": rule.id, "number": number, "letter": letter_id}
    return {name: value for name, value in known.items() if event is None or name in event.fields}


def _limit_of(rule: LetterRule, opened: Iterable[Deadline]) -> Deadline | None:
    """Of the limits the act opened the one the letter is about."""
    limits = list(opened)
    return next((d for d in limits if d.rule == rule.opens), limits[0] if limits else None)


def _document(case: Case, draft: Draft) -> dict[str, Any]:
    safe = "".join(c if c.isalnum() else "-" for c in draft.number)
    return {
        "kind": "letter", "name": f"{draft.rule.id} {safe}.pdf", "media_type": "application/pdf",
        "received": draft.on.isoformat(), "language": draft.languages[0], "confidential": case.confidential,
    }  # fmt: skip


def _frozen(draft: Draft, rendered: Rendered, document: str) -> dict[str, Any]:
    """The letter's facts. `snapshot` is all the letter says; with the template's hash it is the letter."""
    return {
        "template": draft.rule.id,
        "number": draft.number,
        "date": draft.on.isoformat(),
        "languages": list(draft.languages),
        "document": document,
        "sha256": rendered.sha256,
        "opens": draft.limit.id if draft.limit else "",
        "code": rendered.code,
        "template_sha256": rendered.template_sha256,
        "law": {"pack": draft.law.name, "version": draft.law.version},
        "snapshot": dict(rendered.snapshot),
    }


def _unprinted(rendered: Rendered) -> str:
    from app.letters.glyphs import unprinted

    return unprinted("".join(_strings(rendered.snapshot)))


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _strings(part)


__all__ = [
    "Issued", "LetterLine", "PrintRun", "TemplateLine", "Wording", "issue", "label", "labels",
    "listed", "pdf", "preview", "print_run", "reprint", "serve", "templates",
]  # fmt: skip
