"""What lies with an application in its package, on its way into the case as documents."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.findings import Finding, Severity
from app.domain.record import Record, RecordKind
from app.errors import _, plural
from app.services.cases import LARGEST_ATTACHMENT, document_facts
from app.services.offices import Office
from app.services.parcels import Held
from app.standards import container
from app.standards.packages import sorting
from app.storage import register

if TYPE_CHECKING:
    from app.standards.source import Source
    from app.storage.act import Act

_SAYS_NOTHING = frozenset({"file.attachment", "xml.no-record", "us-tsdr.document-list"})
"""Findings of a file that is told to be attached somewhere, which it then is."""
_KINDS = {RecordKind.SEQUENCE_LISTING: "sequence_listing", RecordKind.SEARCH_REPORT: "search_report"}


@dataclass(frozen=True, slots=True)
class Enclosing:
    """The case the files go into. `new`: it is being made; else it is held already and left as it is."""

    id: str
    number: str
    new: bool
    confidential: bool
    pictures: tuple[str, ...] = ()


def completed(record: Record, parts: Sequence[Held]) -> Record:
    """The record with the texts its package has in files of their own."""
    return sorting.completed(record, (r for part in parts for r in part.records)) if parts else record


def joined(act: Act, office: Office, case: Enclosing | None, parts: Sequence[Held]) -> list[Finding]:
    """Put the files into the case, or compare them with what it holds; what is to be said about them."""
    if case is None or not parts:
        return []
    return _kept(act, office, case, parts) if case.new else _compared(office, case, parts)


def _kept(act: Act, office: Office, case: Enclosing, parts: Sequence[Held]) -> list[Finding]:
    said: list[Finding] = []
    for part in parts:
        source = part.opened.source
        if source is None:
            continue
        if source.size > LARGEST_ATTACHMENT:
            said.append(_left_out(source, _("it is larger than 512 MiB")))
            continue
        facts = document_facts(
            source.short, _kind(part, case), office.today, confidential=case.confidential
        )  # fmt: skip
        try:
            with source.open() as stream:
                act.document(case.id, stream, facts)
        except container.READ_TROUBLE as trouble:
            said.append(_left_out(source, getattr(trouble, "strerror", None) or str(trouble)))
            continue
        said += [
            replace(event, where=f"{part.opened.file}: {event.where}")
            for event in part.events
            if isinstance(event, Finding) and event.rule not in _SAYS_NOTHING
        ]
        if part.unknown:
            said.append(_not_read(source))
    return said


def _kind(part: Held, case: Enclosing) -> str:
    for record in part.records:
        return _KINDS.get(record.kind, "application")
    name = part.opened.source.short.lower() if part.opened.source else ""
    return "drawing" if name in {picture.lower() for picture in case.pictures} else "annex"


def _compared(office: Office, case: Enclosing, parts: Sequence[Held]) -> list[Finding]:
    """Which of the files the case holds already, by their hashes; nothing is stored."""
    known = {document.sha256 for document in register.case(office.store, case.id, office.today).documents}
    new = [part for part in parts if part.opened.source and _sha256(part.opened.source) not in known]
    said = [
        Finding(
            Severity.WARNING, part.opened.file, "intake.not-held",
            _("This came with an application held as case {number}, but is not among its documents.").format(
                number=case.number
            ),
            remedy=_("Attach it to that case if it belongs there."),
        )
        for part in new
    ]  # fmt: skip
    if held := len(parts) - len(new):
        text = plural(
            "{count} further file of the package is among the documents of case {number} already.",
            "{count} further files of the package are among the documents of case {number} already.",
            held,
        )
        said.append(
            Finding(Severity.NOTE, case.number, "intake.held", text.format(count=held, number=case.number))
        )
    return said


def _sha256(source: Source) -> str:
    """The hash of a file's bytes; "" where they cannot be read."""
    digest = hashlib.sha256()
    try:
        with source.open() as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
    except container.READ_TROUBLE:
        return ""
    return digest.hexdigest()


def _left_out(source: Source, why: str) -> Finding:
    return Finding(
        Severity.ERROR, source.name, "intake.left-out",
        _("This lay with an application, but could not be kept ({why}).").format(why=why),
        remedy=_("Ask the sender for the file again and attach it to the case."),
    )  # fmt: skip


def _not_read(source: Source) -> Finding:
    return Finding(
        Severity.NOTE, source.name, "intake.not-read",
        _("This is in no format that is read here; it was kept as a document of its application."),
    )  # fmt: skip
