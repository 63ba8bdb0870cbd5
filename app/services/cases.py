"""Cases: the docket, one case, what may be done with it and what was done."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.case import Case, CaseLine
from app.domain.changes import Changes
from app.domain.docket import DocketAsk, DocketChoices, DocketPage
from app.domain.findings import Finding
from app.domain.law import EventRule
from app.domain.record import Right
from app.errors import FileRefused, OfficeError, RuleRefused, UsageError, _, spoken_language
from app.rules import checks
from app.rules import events as rules
from app.services import recording, undoing
from app.services.offices import Office
from app.storage import changelog, register
from app.storage import docket as store_docket

# Nobody's register holds anything older; such a day is a slip of the pen.
EARLIEST = date(1700, 1, 1)
ONE_LINE = ("title", "applicant", "representative", "officer")
EDITABLE = ("title", "applicant", "representative", "tags", "remark", "officer")
LARGEST_ATTACHMENT = 512 << 20
PAGE = 200


@dataclass(frozen=True, slots=True)
class Recorded:
    """The case after a write; `act` names what was written, for undo."""

    case: Case
    act: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Checked:
    """What the formalities check found."""

    findings: tuple[Finding, ...]
    changes: Changes = field(default_factory=Changes)


HistoryLine = changelog.HistoryLine


def docket(office: Office, *, due: int | None = None) -> tuple[CaseLine, ...]:
    """All cases, nearest limit first; `due` keeps those whose next limit ends within so many days."""
    if due is None:
        return register.lines(office.store, office.today)
    _refuse_negative(due)
    until = date.fromordinal(min(office.today.toordinal() + due, date.max.toordinal()))
    return register.lines(office.store, office.today, until=until)


def docket_page(
    office: Office, asked: DocketAsk | None = None, *, limit: int = PAGE, after: Sequence[str] = ()
) -> DocketPage:
    """At most `limit` lines of the docket that pass what is asked, those behind a page's `next`.

    Refused for days that are negative; a page's `next` is good for the same question alone.
    """
    wanted = asked or DocketAsk()
    if wanted.due is not None:
        _refuse_negative(wanted.due)
    return store_docket.page(office.store, wanted, office.today, limit=max(1, limit), after=after)


def docket_choices(office: Office) -> DocketChoices:
    """What the docket can be narrowed by: the rights, states and examiners its cases have."""
    return store_docket.choices(office.store)


def find(office: Office, text: str) -> tuple[CaseLine, ...]:
    """Cases by number in any spelling, or by words of names, titles and texts (starts count)."""
    return register.find(office.store, text, office.today)


def show(office: Office, case_id: str, *, as_of: date | None = None, known: date | None = None) -> Case:
    """The whole file. `as_of`: what was in force that day; `known`: what had been written by then."""
    found = register.case_id_of(office.store, case_id)
    if as_of is None and known is None:
        case = register.case(office.store, found, office.today)
    else:
        case = register.case_on(office.store, found, as_of, known, office.today)
    return _with_checks(office, case)


def check(office: Office, case_id: str) -> Checked:
    """Run the automatic formalities and list what a person must look at. Writes nothing."""
    return Checked(show(office, case_id).findings)


def _with_checks(office: Office, case: Case) -> Case:
    return replace(case, findings=(*case.findings, *checks.run(office.law, case, spoken_language())))


def new(office: Office, right: str, fields: Mapping[str, str]) -> Recorded:
    """Open a case by hand. Fields: `title`, `applicant`, `representative`, `filing_date`, `language`,
    `tags`, `remark`, `officer`; anything else is refused with what may be set."""
    kind = _right(office, right)
    allowed = (*EDITABLE, "filing_date", "language", "confidential")
    _refuse_unknown(fields, allowed)
    filed = _day(fields.get("filing_date", ""), "filing_date") or office.today
    facts = {
        "kind": "application", "office": office.law.jurisdiction,
        "language": _one_of(fields, "language", "[a-z]{2,3}|", _("Write it as en, fr or ar.")),
        "confidential": _one_of(fields, "confidential", "yes|no|", _("Write yes or no.")) != "no",
    }  # fmt: skip
    registers = {k: _tidy(k, v) for k, v in fields.items() if k not in ("language", "confidential")}
    registers["filing_date"] = filed.isoformat()
    with office.store.act() as act:
        case_id = recording.start_case(act, office, recording.NewCase(kind, filed, facts, registers))
        recording.put_event(act, office, case_id, "filed", filed, {})
    return _recorded(office, case_id, act)


def attach(
    office: Office, case_id: str, files: Iterable[Path], *, kind: str = "annex", confidential: bool = False
) -> Recorded:
    """Put files into the dossier, whole or none of them."""
    found = register.case_id_of(office.store, case_id)
    with office.store.act() as act:
        for path in files:
            facts = document_facts(path.name, kind, office.today, confidential=confidential)
            try:
                if not path.exists():
                    raise FileRefused(
                        _("There is no file {file}. Nothing was attached.").format(file=path),
                        _("Check its name and the drive."),
                    )
                if not path.is_file():
                    raise FileRefused(
                        _("{file} is no file. Nothing was attached.").format(file=path),
                        _("Name files; a whole folder is taken in at the reception."),
                        command="intake FOLDER",
                    )
                if path.stat().st_size > LARGEST_ATTACHMENT:
                    raise FileRefused(
                        _("{file} is larger than 512 MiB. Nothing was attached.").format(file=path),
                        _("Split it, or attach a smaller scan."),
                    )
                with path.open("rb") as source:
                    act.document(found, source, facts)
            except OSError as trouble:
                raise FileRefused(
                    _("{file} cannot be read ({why}). Nothing was attached.").format(
                        file=path, why=trouble.strerror
                    ),
                    _("Check its name and its rights."),
                ) from trouble
    return _recorded(office, found, act)


def document_facts(
    name: str, kind: str, received: date, *, language: str = "", confidential: bool = False
) -> dict[str, Any]:
    """The facts of a document: its display name is cleaned, its type guessed from the name."""
    shown = "".join(c for c in name if c.isprintable())[:200] or _("document")
    return {
        "kind": kind, "name": shown, "received": received.isoformat(), "language": language,
        "media_type": mimetypes.guess_type(shown)[0] or "application/octet-stream",
        "confidential": confidential,
    }  # fmt: skip


def record(
    office: Office,
    case_id: str,
    event: str,
    *,
    on: date | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Recorded:
    """Record an event the law allows now; its limits are opened and closed in the same act.

    Refused with the reason and what is allowed; the case is left as it was.
    """
    found = register.case_id_of(office.store, case_id)
    day = _plausible(on) if on else office.today
    with office.store.act() as act:
        recording.put_event(act, office, found, event, day, recording.plain_fields(fields or {}))
    return _recorded(office, found, act)


def edit(office: Office, case_id: str, fields: Mapping[str, str]) -> Recorded:
    """Set guarded and soft fields. What they replace stays in the history."""
    found = register.case_id_of(office.store, case_id)
    _refuse_unknown(fields, EDITABLE)
    if not fields:
        raise UsageError(
            _("No field was given; nothing was changed."),
            _("Give at least one field its new value."),
            command="case edit CASE --field NAME=VALUE",
        )
    for name in ("title", "applicant"):
        if name in fields and not _tidy(name, fields[name]):
            raise RuleRefused(
                _("The field “{name}” cannot be empty. Nothing was changed.").format(name=name),
                _("Give the new value."),
            )
    with office.store.act() as act:
        for name, value in fields.items():
            act.set(f"case:{found}", name, _tidy(name, value))
    return _recorded(office, found, act)


def undo(office: Office, case_id: str, act_id: str | None = None) -> Recorded:
    """Take back an act as a whole, the newest that may be taken back unless one is named.

    Refused when something later stands on it; both stay in the history.
    """
    found = register.case_id_of(office.store, case_id)
    with office.store.act() as act:
        undoing.take_back(act, found, act_id)
    return _recorded(office, found, act)


def history(office: Office, case_id: str) -> tuple[HistoryLine, ...]:
    """Every change of the case in order, replaced and losing values included."""
    found = register.case_id_of(office.store, case_id)
    return changelog.lines(office.store, found)


def allowed(office: Office, case_id: str) -> tuple[EventRule, ...]:
    """The events the law allows on the case now."""
    case = register.case(office.store, register.case_id_of(office.store, case_id), office.today)
    return rules.allowed(office.law, case)


def document_bytes(office: Office, document_id: str) -> bytes:
    """The original bytes of a document."""
    blob, _name, _type = register.document_blob(office.store, document_id)
    return office.store.blobs.get(blob)


def _recorded(office: Office, case_id: str, act: Any) -> Recorded:
    return Recorded(
        _with_checks(office, register.case(office.store, case_id, office.today)), act.id, act.changes
    )


def _right(office: Office, named: str) -> Right:
    known = [right for right in Right if str(right) in office.law.rights]
    if named not in [str(right) for right in known]:
        raise OfficeError(
            _("The law of this office knows no right “{named}”. Nothing was opened.").format(named=named),
            _("Rights are: {rights}.").format(rights=", ".join(known)),
        )
    return Right(named)


def _refuse_unknown(fields: Mapping[str, str], allowed_names: Iterable[str]) -> None:
    names = tuple(allowed_names)
    for name in fields:
        if name not in names:
            raise UsageError(
                _("There is no field “{name}” to set by hand. Nothing was changed.").format(name=name),
                _("Fields are: {names}.").format(names=", ".join(names)),
            )


def _tidy(name: str, value: str) -> str:
    """What was typed, without control characters; a name or title on one line."""
    if name in ONE_LINE:
        return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", value).split())
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", value).strip()


def _one_of(fields: Mapping[str, str], name: str, form: str, remedy: str) -> str:
    value = fields.get(name, "")
    if not re.fullmatch(form, value):
        raise UsageError(
            _("“{text}” cannot stand in {name}. Nothing was changed.").format(text=value, name=name), remedy
        )
    return value


def _refuse_negative(due: int) -> None:
    if due < 0:
        raise UsageError(
            _("Days until a limit are counted from today and cannot be negative."), _("Give 0 or more.")
        )


def _plausible(day: date) -> date:
    if day < EARLIEST:
        raise UsageError(
            _("{day} is before any register began. Nothing was changed.").format(day=day),
            _("Give the year with its four digits, as in 2026-11-25."),
        )
    return day


def _day(text: str, name: str) -> date | None:
    if not text:
        return None
    try:
        return _plausible(date.fromisoformat(text))
    except ValueError as trouble:
        raise UsageError(
            _("“{text}” is no date for {name}. Nothing was changed.").format(text=text, name=name),
            _("Write dates as 2026-11-25."),
        ) from trouble
