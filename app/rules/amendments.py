"""What an amendment may change: which rows take a new text, are struck out, or come in again.

Sources: PLT Article 6(1); PCT Articles 19 and 34(2)(b).
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.amendments import BEFORE, DELETED, Amendment
from app.domain.case import Case, Row
from app.domain.law import LawPack
from app.errors import RuleRefused, UsageError, _

LONGEST_ROW = 200_000
"""Characters of a claim or of the goods of a class."""


def changed(case: Case, given: Amendment) -> dict[str, str]:
    """label -> new text ("" where struck out) of the rows that change.

    Raises RuleRefused for a row that is no longer part of the right, where nothing would change or no row
    would stay; UsageError for a row that is none, and a basis of a row that stays as it is.
    """
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
    found = {label: text for label, text in wanted.items() if _changes(known.get(label), text)}
    _refuse_stray_basis(given.basis, found)
    left = [row for row in case.rows if row.live and found.get(row.label) != ""]
    if not found or (case.rows and not left and not any(found.values())):
        raise RuleRefused(
            _("The amendment changes no text. Nothing was recorded.") if not found
            else _("The amendment would leave nothing of the case. Nothing was recorded."),
            _("Give the new text of at least one row."),
        )  # fmt: skip
    return found


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


def row_statuses(law: LawPack, case: Case, texts: Mapping[str, str]) -> dict[str, str]:
    """What an amendment of these texts makes of rows: id -> status of those struck out or taken in again."""
    known = {row.label: row for row in case.rows}
    struck = {known[label].id: DELETED for label, text in texts.items() if not text}
    if struck and DELETED not in law.row_statuses:
        raise RuleRefused(
            _("The law pack knows no row status “{status}”. Nothing was recorded.").format(status=DELETED),
            _("Amend the texts of the rows, or record their withdrawal."),
        )
    back = {known[n].id: BEFORE for n, text in texts.items() if text and n in known and not known[n].live}
    return struck | back
