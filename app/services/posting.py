"""After a letter is issued: printing with its copy mark, labels, the post, and proof of service.

The PDF in the dossier never changes. Marks are laid over at printing: the first print of a letter is
its ORIGINAL, once in its life; every other print says COPY, and each is a fact with officer,
day, pages and mark.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.case import Deadline
from app.domain.changes import Changes
from app.domain.law import in_language
from app.errors import FileRefused, OfficeError, RuleRefused, UsageError, _
from app.rules import events as rules
from app.services import recording
from app.services.offices import Office
from app.storage import register

if TYPE_CHECKING:
    from app.letters.labels import Label
    from app.storage.act import Act

LARGEST_PROOF = 64 << 20
SERVED = "served"


@dataclass(frozen=True, slots=True)
class PrintRun:
    """A run ready for the printer: one PDF, pages by letter number in order, sheets of paper."""

    pdf: bytes
    pages: tuple[tuple[str, int], ...]
    sheets: int
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class Served:
    """Service of a letter. `limit` is the limit as late service moved it, None where nothing moved."""

    letter: str
    number: str
    on: date
    limit: Deadline | None
    changes: Changes = field(default_factory=Changes)


def pdf(office: Office, letter_id: str) -> bytes:
    """The frozen PDF of a letter (its id or number), without any copy mark."""
    return _bytes(office, _letter(office, letter_id))


def print_run(
    office: Office, letter_ids: Iterable[str], *, separators: bool = True, duplex: bool = False
) -> PrintRun:
    """Letters as one PDF in the order given, each marked ORIGINAL the first time and COPY afterwards.

    The prints are recorded in one act; a run that fails leaves no letter printed.
    """
    from app.letters.runs import Part
    from app.letters.runs import print_run as join
    from app.letters.stamps import Mark, Stamp, stamped

    letters = [_letter(office, named) for named in dict.fromkeys(letter_ids)]
    if not letters:
        raise UsageError(_("No letter was named. Nothing was printed."), _("Name letters by number."))
    parts, marks = [], []
    for letter in letters:
        mark = Mark.COPY if letter["prints"] else Mark.ORIGINAL
        stamp = Stamp(mark, letter["number"], office.today)
        content = stamped(_bytes(office, letter), stamp, tuple(letter["languages"]))
        parts.append(Part(letter["number"], letter["case_number"], _address(letter), content))
        marks.append(mark)
    name = in_language(office.law.office.get("name") or office.law.title, "en")
    run = join(parts, name, office.today, separators=separators, duplex=duplex)
    with office.store.act() as act:
        for letter, mark, (_number, pages) in zip(letters, marks, run.pages, strict=True):
            _note_print(
                act, letter, "printed", {"mark": str(mark), "pages": pages, "on": office.today.isoformat()}
            )
    return PrintRun(run.pdf, run.pages, run.sheets, act.changes)


def reprint(office: Office, letter_id: str, reason: str) -> bytes:
    """A copy of a letter, stamped COPY with day and reason on every page; recorded with the reason."""
    from app.letters.stamps import Mark, Stamp, stamped

    if not reason.strip():
        raise UsageError(_("A copy needs a reason. Nothing was printed."), _("Say why it is made."))
    letter = _letter(office, letter_id)
    stamp = Stamp(Mark.COPY, letter["number"], office.today, reason.strip())
    copy = stamped(_bytes(office, letter), stamp, tuple(letter["languages"]))
    with office.store.act(authority=reason.strip()) as act:
        value = {"mark": str(Mark.COPY), "reason": reason.strip(), "on": office.today.isoformat()}
        _note_print(act, letter, "reprinted", value)
    return copy


def serve(office: Office, letter_id: str, on: date, proof: Path) -> Served:
    """Record the day a letter was served and the proof of it, which goes into the dossier.

    Where the letter arrived so late that the law gives days back, its running limit is replaced by the
    later one.
    """
    letter = _letter(office, letter_id)
    _refuse_service(office, letter, on)
    content = _proof(proof)
    case_id = letter["case"]
    with office.store.act() as act:
        facts = {
            "kind": "proof-of-service", "name": proof.name, "received": office.today.isoformat(),
            "media_type": "", "language": "", "confidential": False,
        }  # fmt: skip
        document = act.document(case_id, content, _typed(facts))
        act.event(f"letter:{letter['id']}", SERVED, {"on": on.isoformat(), "proof": document})
        limit = _limit_after_service(act, office, letter, on, document)
    return Served(letter["id"], letter["number"], on, limit, act.changes)


def label(office: Office, letter_id: str) -> bytes:
    """The address label of a letter as PDF, 100 x 50 mm, with Code 128 and QR."""
    from app.letters.labels import single

    return single(_label(_letter(office, letter_id)), office.today)


def labels(office: Office, letter_ids: Iterable[str], *, first: int = 0) -> bytes:
    """Labels of several letters on A4 sheets of fourteen, from place `first` on."""
    from app.letters.labels import sheet

    return sheet([_label(_letter(office, named)) for named in letter_ids], office.today, first=first)


def _letter(office: Office, named: str) -> dict[str, Any]:
    """The letter's facts, with the ids of letter and case and the case's number."""
    letter_id, case_id = register.letter_case(office.store, named)
    content = register.content(office.store, case_id)
    letter = next(entry for entry in content["letters"] if entry["id"] == letter_id)
    return {**letter, "case": case_id, "case_number": content["number"]}


def _bytes(office: Office, letter: dict[str, Any]) -> bytes:
    """The PDF, checked against the hash that was frozen with the letter."""
    import hashlib

    blob, _name, _type = register.document_blob(office.store, letter["document"])
    content = office.store.blobs.get(blob)
    if hashlib.sha256(content).hexdigest() != letter["sha256"]:
        raise OfficeError(
            _("The file of letter {number} is not the one that was issued. Nothing was printed.").format(
                number=letter["number"]
            ),
            _("Verify the office, and restore the file from a backup or another station."),
            command="office verify",
        )
    return content


def _address(letter: dict[str, Any]) -> tuple[str, ...]:
    """The addressee as frozen in the letter."""
    return tuple(letter["snapshot"]["to"]["lines"])


def _label(letter: dict[str, Any]) -> Label:
    from app.letters.labels import Label

    return Label(letter["number"], _address(letter), letter["code"])


def _note_print(act: Act, letter: dict[str, Any], fact: str, value: dict[str, Any]) -> None:
    act.event(f"letter:{letter['id']}", fact, value)


def _refuse_service(office: Office, letter: dict[str, Any], on: date) -> None:
    if on > office.today:
        raise RuleRefused(
            _("{on} has not come yet (today is {today}). Nothing was recorded.").format(
                on=on.isoformat(), today=office.today.isoformat()
            ),
            _("Give the day on which it was served."),
        )
    if on.isoformat() < letter["date"]:
        raise RuleRefused(
            _(
                "Letter {number} is dated {date}; it cannot have been served on {on}. Nothing was recorded."
            ).format(number=letter["number"], date=letter["date"], on=on.isoformat()),
            _("Check the day on the proof."),
        )
    if letter["state"] == SERVED:
        raise RuleRefused(
            _("Letter {number} was recorded as served on {on}. Nothing was changed.").format(
                number=letter["number"], on=letter["served"]
            ),
            _("Take that back first if it was wrong."),
            command="case undo CASE",
        )


def _proof(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_PROOF:
            raise FileRefused(
                _("{file} is larger than 64 MiB. Nothing was recorded.").format(file=path),
                _("Scan the proof at a lower resolution."),
            )
        content = path.read_bytes()
    except OSError as trouble:
        raise FileRefused(
            _("{file} cannot be read ({why}). Nothing was recorded.").format(file=path, why=trouble.strerror),
            _("Check its name and its rights."),
        ) from trouble
    if not content:
        raise FileRefused(
            _("{file} is empty. Nothing was recorded.").format(file=path),
            _("Give the proof of service itself."),
        )
    return content


def _typed(facts: dict[str, Any]) -> dict[str, Any]:
    import mimetypes

    shown = "".join(c for c in facts["name"] if c.isprintable())[:200] or _("document")
    return {
        **facts,
        "name": shown,
        "media_type": mimetypes.guess_type(shown)[0] or "application/octet-stream",
    }


def _limit_after_service(
    act: Act, office: Office, letter: dict[str, Any], on: date, proof: str
) -> Deadline | None:
    """Record the law's event of service; the limit it moved, if it moved one (PCT Rule 80.6)."""
    event = office.law.events.get(rules.SERVED)
    if event is None:
        return None
    known = {
        "letter": letter["id"], "number": letter["number"], "template": letter["template"],
        "proof": proof, "document": proof,
    }  # fmt: skip
    fields = {name: value for name, value in known.items() if name in event.fields}
    _operation, moved = recording.put_event(act, office, letter["case"], rules.SERVED, on, fields)
    return moved[0] if moved else None
