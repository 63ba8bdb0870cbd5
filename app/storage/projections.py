"""Tables made from the log. `refresh` brings one case up; `rebuild` makes all of them anew.

A row is a pure function of the case's operations and the law pack, so a rebuilt table has the same
bytes. Nothing here depends on the day.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from app.domain.law import LawPack
from app.history.content import case_content, content_bytes, words_of_scans
from app.history.operation import Operation
from app.history.registers import History
from app.progress import SILENT, Progress
from app.storage import casefiles, docketrows, log, numbers
from app.text import words

TABLES = ("cases", "deadlines", "documents", "letters", "numbers", "leases", "docket")


def refresh(db: Database, case_id: str, law: LawPack) -> None:
    """Make the rows of one case anew. The caller holds the transaction."""
    _forget(db, case_id)
    history = History(log.of_case(db, case_id))
    content = case_content(case_id, history)
    if content:
        _write_case(db, content)
        _write_docket(db, content, law)
        _write_text(db, content, words_of_scans(history))
        _write_parts(db, content)


def take_number(db: Database, operation: Operation) -> None:
    """Add what one operation says of numbers. An act taken back keeps its number: none is used twice."""
    series, value = operation.e.partition(":")[2], operation.v
    if operation.f == numbers.ASSIGNED:
        db.execute(
            "INSERT OR IGNORE INTO numbers VALUES (?, ?, ?, ?, ?)",
            [series, value["year"], value["serial"], value.get("for", ""), operation.id],
        )
    elif operation.f in (numbers.LEASED, numbers.ASKED):
        db.execute(
            "INSERT OR IGNORE INTO leases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [operation.id, operation.f, series, value["year"], value.get("first", 0), value.get("last", 0),
             value["station"], value["incarnation"], value.get("answers", "")],
        )  # fmt: skip


def refresh_numbers(db: Database) -> None:
    """Make the tables of numbers anew from the log."""
    db.execute("DELETE FROM numbers")
    db.execute("DELETE FROM leases")
    for operation in log.of_case(db, log.NUMBERS):
        take_number(db, operation)


def rebuild(db: Database, law: LawPack, progress: Progress = SILENT) -> int:
    """Drop what the projections hold and make it again from the log; the number of cases."""
    for table in (*TABLES, "case_text"):
        db.execute(f"DELETE FROM {table}")
    rows = db.execute(
        "SELECT DISTINCT case_id FROM ops WHERE case_id NOT IN ('', ?) ORDER BY 1", [log.NUMBERS]
    )
    cases = [row[0] for row in rows]
    for done, case_id in enumerate(cases):
        progress.step(done, len(cases), case_id[:8])
        refresh(db, case_id, law)
    refresh_numbers(db)
    return len(cases)


def dump(db: Database) -> bytes:
    """Every projected row in one order, for comparing two builds byte by byte."""
    lines = [
        json.dumps([table, *row], ensure_ascii=False, default=str)
        for table in TABLES
        for row in db.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3")
    ]
    text = db.execute("SELECT id, words FROM case_text ORDER BY 1")
    lines += [json.dumps(["case_text", *row], ensure_ascii=False) for row in text]
    return "\n".join(lines).encode()


def digest(db: Database) -> str:
    """SHA-256 over the register's content: equal on stations that hold the same operations."""
    total = hashlib.sha256()
    for case_id, sha256 in db.execute("SELECT id, sha256 FROM cases ORDER BY id"):
        total.update(f"{case_id}:{sha256}\n".encode())
    for row in db.execute("SELECT series, year, serial, case_id, operation FROM numbers ORDER BY 1, 2, 3, 5"):
        total.update(f"{row}\n".encode())
    return total.hexdigest()


def content_of(db: Database, case_id: str) -> dict[str, Any] | None:
    """The stored content of a case, None where there is none."""
    row = db.execute("SELECT content FROM cases WHERE id = ?", [case_id]).fetchone()
    return json.loads(row[0]) if row else None


def text_row(case_id: str) -> int:
    """The row of a case in the full-text table: the head of its random id, so that it is found at once."""
    return int(case_id[:15], 16)


def _forget(db: Database, case_id: str) -> None:
    db.execute("DELETE FROM cases WHERE id = ?", [case_id])
    docketrows.forget(db, case_id)
    for table in ("deadlines", "documents", "letters"):
        db.execute(f"DELETE FROM {table} WHERE case_id = ?", [case_id])
    db.execute("DELETE FROM case_text WHERE rowid = ?", [text_row(case_id)])


def _write_case(db: Database, content: dict[str, Any]) -> None:
    raw = content_bytes(content)
    db.execute(
        "INSERT INTO cases VALUES (?, ?, ?, ?)",
        [content["id"], content["identity"], hashlib.sha256(raw).hexdigest(), raw.decode()],
    )


def _write_docket(db: Database, content: dict[str, Any], law: LawPack) -> None:
    events = casefiles.events_only(content, law)
    status, _rows = casefiles.standing_of(content, law, events)
    filed = casefiles.filing_date(content)
    applicants = [p.get("name", "") for p in content["parties"] if p["role"] == "applicant"]
    facts = [
        content["number"], int(content["provisional"]), content["right"], casefiles.title_of(content),
        "; ".join(applicants), status.code, status.name, status.since.isoformat() if status.since else "",
        status.st27, filed.isoformat() if filed else "", content["fields"].get("officer") or "",
        int(content["confidential"] and not casefiles.is_published(events)), len(content["conflicts"]),
    ]  # fmt: skip
    open_limits = [_limit_row(d) for d in content["limits"] if not d["closed"]]
    nearest = min(open_limits, key=lambda row: (row[-1], row[0]), default=None)
    docketrows.write(db, content["id"], facts, nearest)


def _limit_row(limit: dict[str, Any]) -> list[str]:
    """`docketrows.OPENING` of a limit."""
    name = limit.get("name") or limit["rule"]
    return [
        limit["id"], limit["rule"], name, limit.get("event", ""), limit["owner"], limit["unrolled"],
        limit["last_day"],
    ]  # fmt: skip


def _write_text(db: Database, content: dict[str, Any], scanned: Iterable[str]) -> None:
    """What a case is found by. The words of scans are folded already."""
    said = " ".join([_text(content), *scanned])
    db.execute(
        "INSERT INTO case_text (rowid, id, words) VALUES (?, ?, ?)",
        [text_row(content["id"]), content["id"], said],
    )


def _write_parts(db: Database, content: dict[str, Any]) -> None:
    case_id = content["id"]
    _insert(
        db, "deadlines",
        ([d["id"], case_id, *_limit_row(d)[1:], d["closed"] or "open"] for d in content["limits"]),
    )  # fmt: skip
    _insert(
        db, "documents",
        ([d["id"], case_id, d["blob"], d["sha256"], d["bytes"], d["kind"], d["name"], d["media_type"],
          int(bool(d.get("confidential")))] for d in content["documents"]),
    )  # fmt: skip
    _insert(
        db, "letters",
        ([x["id"], case_id, x["number"], x["template"], x["state"], x["date"], x["document"]]
         for x in content["letters"]),
    )  # fmt: skip


def _insert(db: Database, table: str, rows: Iterable[list[Any]]) -> None:
    for row in rows:
        db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _text(content: dict[str, Any]) -> str:
    """Folded words of what a person may look for: numbers, names, titles, texts of rows, notes."""
    fields = content["fields"]
    said: list[str] = [content["number"], casefiles.title_of(content)]
    said += (fields.get("titles") or {}).values()
    said += (fields.get("abstracts") or {}).values()
    said += [str(fields.get(name, "")) for name in ("tags", "remark")]
    said += [str(v) for k, v in fields.items() if k.endswith("_number")]
    said += [f"{p.get('name', '')} {p.get('city', '')}" for p in content["parties"]]
    said += [text for row in content["rows"] for text in (row.get("texts") or {}).values()]
    said += [x["number"] for x in content["letters"]]
    said += [str(e["fields"].get("text", "")) for e in content["events"]]
    said += [d["name"] for d in content["documents"]]
    return " ".join(word.folded for piece in said for word in words(str(piece)))
