"""The docket's own table: one slim row a case with its nearest limit, and the questions asked of it.

A hundred thousand cases are paged, narrowed and counted from it without their contents being touched.
Which limits protect by the office's silence is the law pack's, and asked of it anew each time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlite_utils import Database

from app.domain.case import CaseLine, Deadline, LimitState, Owner, Status
from app.domain.docket import DayCount, DocketAsk, DocketChoices, DocketPage, DocketSort
from app.domain.record import Right
from app.storage.docketrows import NO_DAY
from app.storage.office import OfficeStore
from app.text import fold

_COLUMNS = """d.case_id, d.number, d.right, d.title, d.applicant, d.status, d.status_name, d.since, d.st27,
  d.filing_date, d.officer, d.confidential, d.conflicts, d.provisional,
  d.limit_id, d.rule, d.limit_name, d.event, d.owner, d.unrolled, d.last_day"""
_DEADLINE = "id, rule, name, event, owner, unrolled, last_day"

ABOVE, BELOW = "above", "below"
"""The two bands of the docket by limit: cases in which silence protects, and the others."""

_KEYS: Mapping[DocketSort, tuple[str, ...]] = {
    DocketSort.LIMIT: ("d.last_day", "d.number", "d.case_id"),
    DocketSort.NUMBER: ("d.number", "d.case_id"),
    DocketSort.TITLE: ("d.title_key", "d.number", "d.case_id"),
    DocketSort.STATUS: ("d.status_name", "d.number", "d.case_id"),
}


def lines(store: OfficeStore, today: date, *, until: date | None = None) -> tuple[CaseLine, ...]:
    """The docket: cases in which the office's silence would count as protection first, nearest such limit
    first; then nearest limit first, cases without a limit last. `until` keeps limits up to a day."""
    where, values = "", []
    if until is not None:
        where, values = " WHERE d.last_day <= ? AND d.limit_id <> ''", [until.isoformat()]
    query = f"SELECT {_COLUMNS} FROM docket AS d{where} ORDER BY d.last_day, d.number, d.case_id"
    guarded = _guarded(store, today)
    found = [_line(row, today, guarded) for row in store.db.execute(query, values)]
    first = [line for line in found if line.office_limit]
    if not first:
        return tuple(found)
    first.sort(key=lambda line: (line.office_limit.last_day if line.office_limit else date.max, line.number))
    return (*first, *(line for line in found if not line.office_limit))


def line(store: OfficeStore, case_id: str, today: date) -> CaseLine | None:
    """One line of the docket; None where the case is not held."""
    query = f"SELECT {_COLUMNS} FROM docket AS d WHERE d.case_id = ?"
    row = store.db.execute(query, [case_id]).fetchone()
    return _line(row, today, _guarded(store, today, (case_id,))) if row else None


def page(
    store: OfficeStore, asked: DocketAsk, today: date, *, limit: int, after: Sequence[str] = ()
) -> DocketPage:
    """At most `limit` lines of what is asked, those behind `after` (a page's `next`)."""
    question = _Question(store, asked, today)
    found: list[tuple[str, tuple[Any, ...]]] = []
    for band in question.bands_from(after):
        behind = tuple(after[1:]) if after and after[0] == band else ()
        rows = question.rows(store.db, band, behind, limit + 1 - len(found))
        found += [(band, row) for row in rows]
        if len(found) > limit:
            break
    shown, keys = found[:limit], len(_KEYS[asked.sort])
    guarded = _guarded(store, today, [row[keys] for _band, row in shown])
    told = tuple(_line(row[keys:], today, guarded) for _band, row in shown)
    further = (shown[-1][0], *map(str, shown[-1][1][:keys])) if len(found) > limit and shown else ()
    if after:
        return DocketPage(told, further)
    days, silent = question.days(store.db), question.silent(store.db)
    return DocketPage(told, further, sum(one.count for one in days) + silent, days, silent)


def choices(store: OfficeStore) -> DocketChoices:
    """What the cases of the office can be narrowed by, and how many they are."""
    db = store.db
    return DocketChoices(
        tuple(row[0] for row in db.execute("SELECT DISTINCT right FROM docket ORDER BY right")),
        tuple(
            (row[0], row[1])
            for row in db.execute(
                "SELECT status, status_name FROM docket GROUP BY status_name, status ORDER BY status_name"
            )
            if row[0]
        ),
        tuple(
            row[0]
            for row in db.execute("SELECT DISTINCT officer FROM docket WHERE officer <> '' ORDER BY officer")
        ),
        db.execute("SELECT count(*) FROM docket").fetchone()[0],
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of SQL with its values."""

    text: str
    values: tuple[Any, ...] = ()


class _Question:
    """What is asked of the docket as SQL; every value is bound."""

    def __init__(self, store: OfficeStore, asked: DocketAsk, today: date) -> None:
        self._asked = asked
        rules = json.dumps([rule.id for rule in store.law.limits.values() if rule.silence])
        self._silent = _Part(
            "WITH silent AS MATERIALIZED (SELECT case_id, min(last_day) AS day FROM deadlines "
            "INDEXED BY deadlines_rule WHERE state = 'open' AND rule IN (SELECT value FROM json_each(?)) "
            "GROUP BY case_id) ",
            (rules,),
        )
        self._where = _narrowing(asked, today)
        self._banded = asked.sort is DocketSort.LIMIT and not asked.descending

    def bands_from(self, after: Sequence[str]) -> tuple[str, ...]:
        """The bands that hold what is asked, from the one `after` names on."""
        whole = (ABOVE, BELOW) if self._banded else (BELOW,)
        return whole[whole.index(after[0]) :] if after and after[0] in whole else whole

    def rows(self, db: Database, band: str, behind: tuple[str, ...], limit: int) -> list[tuple[Any, ...]]:
        """Rows of a band behind the keys `behind`: the keys themselves, then the columns."""
        keys = ("s.day", "d.number", "d.case_id") if band == ABOVE else _KEYS[self._asked.sort]
        source = (
            "silent AS s CROSS JOIN docket AS d ON d.case_id = s.case_id" if band == ABOVE else "docket AS d"
        )
        parts = [self._where]
        if band == BELOW and self._banded:
            parts.append(_Part("d.case_id NOT IN (SELECT case_id FROM silent)"))
        way = "DESC" if self._asked.descending else "ASC"
        if behind:
            sign = "<" if self._asked.descending else ">"
            parts.append(_Part(f"({', '.join(keys)}) {sign} ({', '.join('?' * len(keys))})", behind))
        where = _joined(parts)
        order = ", ".join(f"{key} {way}" for key in keys)
        query = f"SELECT {', '.join(keys)}, {_COLUMNS} FROM {source}{where.text} ORDER BY {order} LIMIT ?"
        return self._ask(db, query, (*where.values, limit))

    def days(self, db: Database) -> tuple[DayCount, ...]:
        """How many cases outside the upper band have their nearest limit on which day."""
        parts = [self._where]
        if self._banded:
            parts.append(_Part("d.case_id NOT IN (SELECT case_id FROM silent)"))
        where = _joined(parts)
        query = f"SELECT d.last_day, count(*) FROM docket AS d{where.text} GROUP BY d.last_day ORDER BY 1"
        found = self._ask(db, query, where.values)
        return tuple(
            DayCount(None if day == NO_DAY else date.fromisoformat(day), count) for day, count in found
        )

    def silent(self, db: Database) -> int:
        """How many cases stand in the upper band."""
        if not self._banded:
            return 0
        where = _joined([self._where])
        query = (
            f"SELECT count(*) FROM silent AS s CROSS JOIN docket AS d ON d.case_id = s.case_id{where.text}"
        )
        return int(self._ask(db, query, where.values)[0][0])

    def _ask(self, db: Database, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        found = db.execute(self._silent.text + query, [*self._silent.values, *values])
        return list(found.fetchall())


def _joined(parts: Iterable[_Part]) -> _Part:
    """Conditions that all hold."""
    asked = [part for part in parts if part.text]
    if not asked:
        return _Part("")
    text = " WHERE " + " AND ".join(part.text for part in asked)
    return _Part(text, tuple(value for part in asked for value in part.values))


def _narrowing(asked: DocketAsk, today: date) -> _Part:
    named = {"right": asked.right, "status": asked.status, "officer": asked.officer}
    # The plus keeps the planner on the index that holds all of them in the order of the docket.
    parts = [_Part(f"+d.{column} = ?", (value,)) for column, value in named.items() if value]
    if asked.owner == Owner.OFFICE:
        parts.append(_Part("(d.owner = 'office' OR d.case_id IN (SELECT case_id FROM silent))"))
    elif asked.owner:
        parts.append(_Part("d.owner = ?", (asked.owner,)))
    if asked.due is not None:
        until = date.fromordinal(min(today.toordinal() + asked.due, date.max.toordinal() - 1))
        parts.append(_Part("d.last_day <= ?", (until.isoformat(),)))
    parts += [_Part("instr(d.words, ?) > 0", (word,)) for word in fold(asked.text).split()]
    whole = _joined(parts)
    return _Part(whole.text.removeprefix(" WHERE "), whole.values)


def _guarded(store: OfficeStore, today: date, case_ids: Sequence[str] | None = None) -> dict[str, Deadline]:
    """The next open limit after which silence counts as protection, by case; of some cases where named."""
    silent = [rule.id for rule in store.law.limits.values() if rule.silence]
    if not silent:
        return {}
    by = "deadlines_rule" if case_ids is None else "deadlines_case"
    query = f"SELECT case_id, {_DEADLINE} FROM deadlines INDEXED BY {by} WHERE state = 'open'"
    values = [json.dumps(silent)]
    if case_ids is None:
        query += " AND rule IN (SELECT value FROM json_each(?))"
    else:
        query += " AND rule IN (SELECT value FROM json_each(?))"
        query += " AND case_id IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(list(case_ids)))
    rows = store.db.execute(query + " ORDER BY last_day DESC, id DESC", values)
    return {row[0]: replace(_deadline(row[1:], today), silent=True) for row in rows}


def _deadline(row: Sequence[Any], today: date) -> Deadline:
    last_day = date.fromisoformat(row[6])
    state = LimitState.MISSED if last_day < today else LimitState.RUNNING
    return Deadline(
        row[0], row[1], row[2], row[3], Owner(row[4]), date.fromisoformat(row[5]), last_day, state
    )


def _line(row: Sequence[Any], today: date, guarded: Mapping[str, Deadline]) -> CaseLine:
    office_limit = guarded.get(row[0])
    limit = _deadline(row[14:21], today) if row[14] else None
    if limit and office_limit and limit.id == office_limit.id:
        limit = office_limit
    return CaseLine(
        id=row[0], number=row[1], right=Right(row[2]), title=row[3], applicant=row[4],
        status=Status(row[5], row[6], date.fromisoformat(row[7]) if row[7] else None, row[8]),
        next_limit=limit, filing_date=date.fromisoformat(row[9]) if row[9] else None, officer=row[10],
        confidential=bool(row[11]), conflicts=row[12], provisional=bool(row[13]), office_limit=office_limit,
    )  # fmt: skip
