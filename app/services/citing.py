"""Search reports of other authorities: their citations come into the case (ISR, IPRP; WIPO ST.36, ST.96)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.case import Case
from app.domain.changes import Changes
from app.domain.findings import Finding, Severity
from app.domain.record import CitedDocument, Record
from app.errors import FileRefused, RuleRefused, _
from app.progress import SILENT, Progress
from app.rules.fields import CATEGORIES
from app.services import inspecting, recording
from app.services.cases import document_facts
from app.services.offices import Office
from app.storage import register

if TYPE_CHECKING:
    from app.storage.act import Act

CITATION = "citation"
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Cited:
    """The case with its new citations; `added` of them, `known` were there already. `act` takes them back."""

    case: Case
    added: int
    known: int
    findings: tuple[Finding, ...]
    act: str
    changes: Changes


@dataclass(slots=True)
class _Count:
    added: int = 0
    known: int = 0
    findings: list[Finding] = field(default_factory=list)


def cite(office: Office, case_id: str, paths: Iterable[Path], *, progress: Progress = SILENT) -> Cited:
    """Bring the citations of search reports into the case, and the files into its dossier, in one act.

    Refused when none of the files cites anything; nothing is recorded then.
    """
    found = register.case_id_of(office.store, case_id)
    if CITATION not in office.law.events:
        raise RuleRefused(
            _("The law pack knows no event “{event}”. Nothing was recorded.").format(event=CITATION),
            _("Look at the events of the law pack."),
        )
    count = _Count()
    files = list(dict.fromkeys(paths))
    with office.store.act() as act:
        case = recording.snapshot(act, office, found)
        have = {_key(c.office, c.number) for c in case.citations}
        for path in files:
            _one_file(act, office, case, path, have, count, progress)
        if not count.added and not count.known:
            raise FileRefused(
                _("Nothing is cited in {files}. Nothing was recorded.").format(
                    files=", ".join(path.name for path in files)
                ),
                _("Name the XML of the search report."),
            )
    after = register.case(office.store, found, office.today)
    return Cited(after, count.added, count.known, tuple(count.findings), act.id, act.changes)


def _one_file(
    act: Act, office: Office, case: Case, path: Path, have: set[str], count: _Count, progress: Progress
) -> None:
    cites = False
    for seen in inspecting.inspect([path], progress=progress):
        if seen.refused is not None:
            raise seen.refused
        for record in seen.records:
            if record.citations and (trouble := _of_another(case, record)):
                count.findings.append(trouble)
            for one in record.citations:
                cites = True
                _one(act, office, case.id, one, have, count)
    if cites:
        facts = document_facts(path.name, "search_report", office.today, confidential=case.confidential)
        with path.open("rb") as stream:
            act.document(case.id, stream, facts)


def _one(act: Act, office: Office, case_id: str, cited: CitedDocument, have: set[str], count: _Count) -> None:
    number = cited.number or cited.text[:_LONGEST]
    key = _key(cited.office, number)
    if not number or key in have:
        count.known += bool(number)
        return
    have.add(key)
    letters = [c for c in re.findall(r"[A-Z]", cited.category.upper()) if c in CATEGORIES]
    fields: dict[str, Any] = {
        "office": cited.office if re.fullmatch(r"[A-Z]{2}", cited.office) else "",
        "number": number, "kind_code": cited.kind_code, "category": ",".join(dict.fromkeys(letters)),
        "claims": cited.claims, "text": cited.text if cited.number else "",
    }  # fmt: skip
    recording.put_event(act, office, case_id, CITATION, office.today, recording.plain_fields(fields))
    count.added += 1


def _key(office: str, number: str) -> str:
    return f"{office}/{register.squeezed(number)}"


def _of_another(case: Case, record: Record) -> Finding | None:
    """A finding where the report says that it is on an application this case is not."""
    said = record.application_number or record.publication_number
    names = ("international_number", "application_number", "publication_number")
    ours = {register.squeezed(str(case.fields[name])) for name in names if case.fields.get(name)}
    ours.add(register.squeezed(case.number))
    theirs = {register.squeezed(n) for n in (record.application_number, record.publication_number) if n}
    if not theirs or theirs & ours:
        return None
    return Finding(
        Severity.WARNING, said, "citing.other",
        _("The report is on {number}; see that it belongs to this case.").format(number=said),
        remedy=_("Take the act back if it does not."),
    )  # fmt: skip
