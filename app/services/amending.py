"""Amendments: new texts of claims, goods or designs as versions; nothing filed is ever overwritten.

Sources: PLT Article 6(1); PCT Articles 19 and 34(2)(b), Rules 46.5 and 66.8 (replacement sheets, and where
each amendment has its basis in the application as filed).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.amendments import RowDiff, Version, VersionRow
from app.domain.case import Case, Row
from app.domain.changes import Changes
from app.errors import FileRefused, OfficeError, RuleRefused, UsageError, _
from app.history.versions import AMENDMENT, BEFORE, DELETED, RowsThen, row_versions
from app.rules import claimtexts, textdiff
from app.services import cases, recording
from app.services.offices import Office
from app.storage import register
from app.storage.act import Act, inside
from app.storage.casefiles import text_in
from app.text import clean

LARGEST_CLAIMS = 8 << 20
LONGEST_ROW = 200_000


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is filed: `texts` by label ("" strikes the row out), `basis` by label; `whole`: rows that are
    not named are struck out (a whole new set of claims)."""

    texts: Mapping[str, str]
    basis: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Amended:
    """The case after it and the version it made; `act` takes it back."""

    case: Case
    version: Version
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
        texts = _texts(case, given)
        acted = _statuses(office, case, texts)
        _write(act, office, case, texts, given.basis)
        fields: dict[str, Any] = {"rows": ",".join(texts)}
        if given.basis:
            fields["basis"] = "; ".join(f"{label}: {clean(text)}" for label, text in given.basis.items())
        recording.put_event(act, office, found, AMENDMENT, on or office.today, fields, acted)
    return Amended(cases.show(office, found), versions(office, found)[-1], act.id, act.changes)


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


def _texts(case: Case, given: Amendment) -> dict[str, str]:
    """label -> new text ("" where struck out) of the rows that change."""
    known = {row.label: row for row in case.rows}
    wanted = {label.strip(): text.strip() for label, text in given.texts.items()}
    if given.whole:
        wanted |= {row.label: "" for row in case.rows if row.live and row.label not in wanted}
    for label, text in wanted.items():
        row = known.get(label)
        if row is not None and not row.live and row.status != DELETED and text:
            raise RuleRefused(
                _("Row {row} is {status}; its text cannot be amended. Nothing was recorded.").format(
                    row=label, status=row.status_name or row.status
                ),
                _("Amend rows that are still part of the case."),
            )
        if not label or len(text) > LONGEST_ROW or (row is None and not text):
            raise UsageError(
                _("The case has no row “{row}” to strike out. Nothing was recorded.").format(row=label),
                _("Name the row by its label and give its new text; no text strikes it out."),
            )
    changed = {label: text for label, text in wanted.items() if _changes(known.get(label), text)}
    _refuse_stray_basis(given.basis, changed)
    left = [row for row in case.rows if row.live and changed.get(row.label) != ""]
    if not changed or (case.rows and not left and not any(changed.values())):
        raise RuleRefused(
            _("The amendment changes no text. Nothing was recorded.") if not changed
            else _("The amendment would leave nothing of the case. Nothing was recorded."),
            _("Give the new text of at least one row."),
        )  # fmt: skip
    return changed


def _changes(row: Row | None, text: str) -> bool:
    if row is None:
        return bool(text)
    return row.text.strip() != text if row.live else bool(text)


def _refuse_stray_basis(basis: Mapping[str, str], changed: Mapping[str, str]) -> None:
    stray = [label for label in basis if not changed.get(label)]
    if stray:
        raise UsageError(
            _(
                "A basis is given for {rows}, which the amendment leaves as it is. Nothing was recorded."
            ).format(rows=", ".join(stray)),
            _("Give a basis for rows that change."),
        )


def _statuses(office: Office, case: Case, texts: Mapping[str, str]) -> dict[str, str]:
    known = {row.label: row for row in case.rows}
    struck = {known[label].id: DELETED for label, text in texts.items() if not text}
    if struck and DELETED not in office.law.row_statuses:
        raise RuleRefused(
            _("The law pack knows no row status “{status}”. Nothing was recorded.").format(status=DELETED),
            _("Amend the texts of the rows, or record their withdrawal."),
        )
    back = {known[n].id: BEFORE for n, text in texts.items() if text and n in known and not known[n].live}
    return struck | back


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
