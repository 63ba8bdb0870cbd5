"""Amendments: new texts of claims, goods or designs as versions; nothing filed is ever overwritten.

Sources: PLT Article 6(1); PCT Articles 19 and 34(2)(b), Rules 46.5 and 66.8 (replacement sheets, and where
each amendment has its basis in the application as filed).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.amendments import AMENDMENT, DELETED, Amendment, RowDiff, Version, VersionRow
from app.domain.case import Case
from app.domain.changes import Changes
from app.domain.findings import Finding
from app.errors import FileRefused, OfficeError, _
from app.history.versions import RowsThen, row_versions
from app.rules import amendments, checks_amendments, claimtexts, textdiff
from app.services import cases, recording
from app.services.offices import Office
from app.storage import register
from app.storage.act import Act, inside
from app.storage.casefiles import text_in
from app.text import clean

LARGEST_CLAIMS = 8 << 20


@dataclass(frozen=True, slots=True)
class Amended:
    """The case after it, the version it made, and what the formalities of amendments find; `act` takes it
    back."""

    case: Case
    version: Version
    findings: tuple[Finding, ...]
    act: str
    changes: Changes


def from_file(path: Path, basis: Mapping[str, str] | None = None) -> Amendment:
    """A whole set of claims from a text file (UTF-8), each claim starting with its number on a line."""
    try:
        if path.stat().st_size > LARGEST_CLAIMS:
            raise FileRefused(
                _("{file} is too large for a set of claims. Nothing was recorded.").format(file=path),
                _("Name the text of the claims alone."),
            )
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise FileRefused(
            _("{file} cannot be read as text ({why}). Nothing was recorded.").format(file=path, why=trouble),
            _("Save the claims as plain text in UTF-8."),
        ) from trouble
    found = claimtexts.parted(text)
    if not found:
        raise FileRefused(
            _("{file} holds no numbered claim. Nothing was recorded.").format(file=path),
            _("Start each claim on a line with its number, as in “1. A pump …”."),
        )
    return Amendment(found, basis or {}, whole=True)


def amend(office: Office, case_id: str, given: Amendment, *, on: date | None = None) -> Amended:
    """Record an amendment and the new texts as a version, in one act.

    Refused like any event the law does not allow; for a row that is no longer part of the right; where
    nothing would change or no row would stay.
    """
    found = register.case_id_of(office.store, case_id)
    with office.store.act() as act:
        case = recording.snapshot(act, office, found)
        texts = amendments.changed(case, given)
        acted = amendments.row_statuses(office.law, case, texts)
        _write(act, office, case, texts, given.basis)
        fields: dict[str, Any] = {"rows": ",".join(texts)}
        if given.basis:
            fields["basis"] = "; ".join(f"{label}: {clean(text)}" for label, text in given.basis.items())
        recording.put_event(act, office, found, AMENDMENT, on or office.today, fields, acted)
    after = cases.show(office, found)
    findings = checks_amendments.found(office.law, after.findings)
    return Amended(after, versions(office, found)[-1], findings, act.id, act.changes)


def versions(office: Office, case_id: str) -> tuple[Version, ...]:
    """Every version of the rows, the filed one first."""
    found = register.case_id_of(office.store, case_id)
    case = register.case(office.store, found, office.today)
    told: list[Version] = []
    before: dict[str, VersionRow] = {}
    for number, then in enumerate(row_versions(found, office.store.case_history(found)), 1):
        rows = _version_rows(then, before, case.language, first=number == 1)
        day = date.fromisoformat(then.on) if then.on else case.filing_date
        told.append(Version(number, day, rows, then.event, then.act, then.who))
        before = {row.id: row for row in rows if row.change != DELETED}
    return tuple(told)


def diff(
    office: Office, case_id: str, first: int | None = None, last: int | None = None
) -> tuple[RowDiff, ...]:
    """What version `last` (the newest unless given) has that `first` (the one before it) has not, by word."""
    known = versions(office, case_id)
    to = _version(known, last if last is not None else len(known))
    start = _version(known, first if first is not None else max(1, to.number - 1))
    old = {row.id: row for row in start.rows if row.change != DELETED}
    new = {row.id: row for row in to.rows if row.change != DELETED}
    gone = [row for row_id, row in old.items() if row_id not in new]
    told = [_row_diff(old.get(row_id), row) for row_id, row in new.items()]
    return (*told, *(RowDiff(r.label, DELETED, textdiff.pieces(r.text, "")) for r in gone))


def _write(act: Act, office: Office, case: Case, texts: Mapping[str, str], basis: Mapping[str, str]) -> None:
    known = {row.label: row for row in case.rows}
    history = act.history(case.id)
    right = office.law.rights.get(str(case.right))
    kind = next((row.kind for row in case.rows), right.row_kind if right else "claim")
    places = {row.label: place for place, row in enumerate(case.rows)}
    for label, text in texts.items():
        if not text:
            continue
        row = known.get(label)
        entity = f"row:{row.id}" if row else inside("row", case.id)
        value = dict(history.value(entity, "row", {})) if row else {}
        order = value.get("order", places.get(label, _order(label, len(case.rows))))
        value |= {"kind": value.get("kind", kind), "label": label, "order": order,
                  "texts": {case.language or "und": text}}  # fmt: skip
        value.pop("basis", None)
        if given := clean(basis.get(label, "")):
            value["basis"] = given
        act.set(entity, "row", value)


def _order(label: str, rows: int) -> int:
    """Where a new row stands: a claim by its number, others last."""
    return int(label) - 1 if label.isdecimal() and len(label) < 5 else rows


def _version_rows(
    then: RowsThen, before: Mapping[str, VersionRow], language: str, *, first: bool
) -> tuple[VersionRow, ...]:
    rows = []
    for row_id, value in then.rows.items():
        text = text_in(value.get("texts") or {}, language)
        old = before.get(row_id)
        change = "filed" if first else ("new" if old is None else "same" if old.text == text else "amended")
        rows.append(VersionRow(row_id, str(value.get("label", "")), text, value.get("basis", ""), change))
    struck = [row for row_id, row in before.items() if row_id not in then.rows]
    return (*rows, *(VersionRow(r.id, r.label, r.text, "", DELETED) for r in struck))


def _version(known: tuple[Version, ...], number: int) -> Version:
    if not 1 <= number <= len(known):
        raise OfficeError(
            _("The case has no version {number} of its rows.").format(number=number),
            _("It has versions 1 to {last}.").format(last=len(known)),
        )
    return known[number - 1]


def _row_diff(old: VersionRow | None, new: VersionRow) -> RowDiff:
    if old is None:
        return RowDiff(new.label, "new", textdiff.pieces("", new.text), new.basis)
    change = "same" if old.text == new.text else "amended"
    return RowDiff(new.label, change, textdiff.pieces(old.text, new.text), new.basis)
