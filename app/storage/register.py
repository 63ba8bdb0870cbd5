"""Reading the register: dockets, finding, snapshots as of a day. Everything here only reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.case import Case, CaseLine
from app.domain.dossier import Conflict
from app.errors import OfficeError, _
from app.history.content import case_content
from app.history.operation import Operation
from app.history.registers import History
from app.storage import casefiles, docket, log, projections
from app.storage.docket import lines
from app.storage.office import OfficeStore
from app.text import fold, words


def line(store: OfficeStore, case_id: str, today: date) -> CaseLine:
    """One line of the docket. Refused where there is no such case."""
    found = docket.line(store, case_id, today)
    if found is None:
        raise no_case(case_id)
    return found


def limits_ending(store: OfficeStore, days: Iterable[date]) -> tuple[tuple[str, str], ...]:
    """Limits nobody has closed whose last day is one of `days`: (case, limit), by case."""
    wanted = sorted({day.isoformat() for day in days})
    if not wanted:
        return ()
    rows = store.db.execute(
        "SELECT case_id, id FROM deadlines WHERE state = 'open' AND last_day BETWEEN ? AND ?"
        " AND last_day IN (SELECT value FROM json_each(?)) ORDER BY case_id, id",
        [wanted[0], wanted[-1], json.dumps(wanted)],
    )
    return tuple((case_id, limit) for case_id, limit in rows)


def find(store: OfficeStore, text: str, today: date) -> tuple[CaseLine, ...]:
    """Cases whose numbers, names or texts hold the words of `text` (starts of words count), or whose
    number is `text` in any spelling. Exact numbers first."""
    asked = tuple(word.folded for word in words(text))
    if not asked:
        return ()
    found = dict.fromkeys(_by_number(store, text))
    # The folded words hold letters and digits only, so quoting them is enough for FTS5.
    match = " ".join(f'"{word}"*' for word in asked)
    for case_id, said in store.db.execute("SELECT id, words FROM case_text WHERE words MATCH ?", [match]):
        have = said.split()
        if all(any(word.startswith(piece) for word in have) for piece in asked):
            found.setdefault(case_id)
    return tuple(line(store, case_id, today) for case_id in found)


def _by_number(store: OfficeStore, text: str) -> Iterator[str]:
    wanted = squeezed(text)
    if not any(c.isdigit() for c in wanted):
        return
    for case_id, number in store.db.execute("SELECT case_id, number FROM docket ORDER BY number"):
        if squeezed(number) == wanted:
            yield case_id


def by_number(store: OfficeStore) -> dict[str, str]:
    """Case ids by their numbers as `squeezed` writes them."""
    rows = store.db.execute("SELECT number, case_id FROM docket")
    return {squeezed(number): case_id for number, case_id in rows if any(c.isdigit() for c in number)}


def every_case(store: OfficeStore, today: date) -> Iterator[Case]:
    """All cases whole, by number; one in memory at a time."""
    for (case_id,) in store.db.execute("SELECT case_id FROM docket ORDER BY number").fetchall():
        yield case(store, case_id, today)


def squeezed(number: str) -> str:
    """A number without marks, case and padding zeros: `XX/P/2026/000012` and `xx p 2026 12` are one."""
    return "|".join(piece.lstrip("0") for piece in re.findall(r"\d+|[^\W\d_]+", fold(number)))


def case_id_of(store: OfficeStore, named: str) -> str:
    """The id of the case that `named` means: its id, the start of one, or its number. Refused otherwise."""
    db = store.db
    row = db.execute(
        "SELECT case_id FROM docket WHERE case_id = ?1 OR number = ?1", [_asked(named)]
    ).fetchone()
    if row:
        return str(row[0])
    if re.fullmatch(r"[0-9a-f]{6,31}", named):
        rows = db.execute("SELECT id FROM cases WHERE substr(id, 1, ?) = ?", [len(named), named]).fetchall()
        if len(rows) == 1:
            return str(rows[0][0])
    same = list(_by_number(store, named))
    if len(same) == 1:
        return same[0]
    raise no_case(named)


def _asked(named: str) -> str:
    """What a person typed as the database takes it: half a character becomes a question mark."""
    return named.encode("utf-8", "replace").decode()


def no_case(named: str) -> OfficeError:
    """The refusal for a case that is not held."""
    return OfficeError(
        _("This office holds no case “{named}”.").format(named=named),
        _("Look for it by number, name or title."),
        command="case find WORDS",
    )


def content(store: OfficeStore, case_id: str) -> dict[str, Any]:
    """The content of a case. Refused where there is none."""
    found = projections.content_of(store.db, case_id)
    if found is None:
        raise no_case(case_id)
    return found


def case(store: OfficeStore, case_id: str, today: date) -> Case:
    """The case as it stands."""
    return casefiles.to_case(content(store, case_id), store.law, today)


def case_on(store: OfficeStore, case_id: str, as_of: date | None, known: date | None, today: date) -> Case:
    """The case as of a day: `as_of` keeps facts in force then, `known` what had been written then."""
    operations = log.of_case(store.db, case_id)
    if known is not None:
        operations = [o for o in operations if o.h[:10] <= known.isoformat()]
    if as_of is not None:
        days = in_force(operations)
        operations = [o for o in operations if days[o.id] <= as_of.isoformat()]
    found = case_content(case_id, History(operations))
    if not found:
        raise OfficeError(
            _("The register held no such case on that day."), _("Ask for a later day, or without a day.")
        )
    return casefiles.to_case(found, store.law, as_of or known or today)


def in_force(operations: list[Operation]) -> dict[str, str]:
    """Operation id -> the day it took effect (YYYY-MM-DD): its own legal date, else the earliest of its
    act (what one act sets holds from the act's fact on), else the day it was written."""
    acts: dict[str, str] = {}
    for o in operations:
        if day := _legal_day(o):
            acts[o.g] = min(acts.get(o.g, day), day)
    return {o.id: _legal_day(o) or acts.get(o.g, o.h[:10]) for o in operations}


def _legal_day(operation: Operation) -> str:
    value = operation.v
    for key in ("on", "received", "date") if isinstance(value, dict) else ():
        day = value.get(key)
        if isinstance(day, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            return day
    return ""


def identities(store: OfficeStore, identity: str) -> tuple[tuple[str, str], ...]:
    """(id, number) of cases that were taken in from the same document before."""
    rows = store.db.execute(
        "SELECT d.case_id, d.number FROM cases AS c JOIN docket AS d ON d.case_id = c.id"
        " WHERE c.identity = ? ORDER BY d.number",
        [identity],
    )
    return tuple((row[0], row[1]) for row in rows)


def open_conflicts(store: OfficeStore) -> tuple[Conflict, ...]:
    """All conflicts of the office, by case number."""
    rows = store.db.execute(
        "SELECT case_id FROM docket WHERE conflicts > 0 ORDER BY number, case_id"
    ).fetchall()
    contents = [content(store, row[0]) for row in rows]
    return tuple(casefiles.to_conflict(c, whole) for whole in contents for c in whole["conflicts"])


def document_blob(store: OfficeStore, document_id: str) -> tuple[str, str, str]:
    """(blob id, name, media type) of a document. Refused where there is none."""
    row = store.db.execute(
        "SELECT blob, name, media_type FROM documents WHERE id = ?", [_asked(document_id)]
    ).fetchone()
    if row is None:
        raise OfficeError(
            _("This office holds no document “{named}”.").format(named=document_id),
            _("Choose it among the documents of its case."),
            command="case show CASE",
        )
    return row[0], row[1], row[2]


def letter_case(store: OfficeStore, named: str) -> tuple[str, str]:
    """(letter id, case id) of the letter that `named` means, its id or its number."""
    row = store.db.execute(
        "SELECT id, case_id FROM letters WHERE id = ?1 OR number = ?1", [_asked(named)]
    ).fetchone()
    if row is None:
        raise OfficeError(
            _("This office holds no letter “{named}”.").format(named=named),
            _("The list of letters shows their numbers."),
            command="letter list",
        )
    return row[0], row[1]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter of the office with the number of its case."""

    id: str
    case_id: str
    case_number: str
    number: str
    template: str
    state: str
    date: date
    document: str


def letters(store: OfficeStore) -> tuple[LetterRow, ...]:
    """All letters, newest first."""
    rows = store.db.execute(
        "SELECT l.id, l.case_id, c.number, l.number, l.template, l.state, l.date, l.document "
        "FROM letters l JOIN docket c ON c.case_id = l.case_id ORDER BY l.date DESC, l.number DESC, l.id"
    )
    return tuple(
        LetterRow(row[0], row[1], row[2], row[3], row[4], row[5], date.fromisoformat(row[6]), row[7])
        for row in rows
    )


def provisional_cases(store: OfficeStore) -> tuple[tuple[str, str], ...]:
    """(id, right) of cases that still carry a provisional number, oldest filing first."""
    rows = store.db.execute(
        "SELECT case_id, right FROM docket WHERE provisional = 1 ORDER BY filing_date, number"
    )
    return tuple((row[0], row[1]) for row in rows)


__all__ = [
    "LetterRow", "by_number", "case", "case_id_of", "case_on", "content", "document_blob", "every_case",
    "find", "identities", "in_force", "letter_case", "letters", "limits_ending", "line", "lines", "no_case",
    "open_conflicts", "provisional_cases", "squeezed",
]  # fmt: skip
