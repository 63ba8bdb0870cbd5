"""The docket's rows: what is shown of a case in a list, with its nearest open limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from app.text import fold

NO_DAY = "9999-12-31"
"""The last day of a case without a limit: it stands behind all others."""

TABLE = """CREATE TABLE docket (
  case_id TEXT PRIMARY KEY, number TEXT NOT NULL, provisional INTEGER NOT NULL, right TEXT NOT NULL,
  title TEXT NOT NULL, applicant TEXT NOT NULL, status TEXT NOT NULL, status_name TEXT NOT NULL,
  since TEXT NOT NULL, st27 TEXT NOT NULL, filing_date TEXT NOT NULL, officer TEXT NOT NULL,
  confidential INTEGER NOT NULL, conflicts INTEGER NOT NULL, title_key TEXT NOT NULL, words TEXT NOT NULL,
  limit_id TEXT NOT NULL, rule TEXT NOT NULL, limit_name TEXT NOT NULL, event TEXT NOT NULL,
  owner TEXT NOT NULL, unrolled TEXT NOT NULL, last_day TEXT NOT NULL) WITHOUT ROWID"""

INDEXES = (
    # Everything that narrows stands in it, so that counting by day reads nothing else.
    "CREATE INDEX docket_limit ON docket (last_day, number, case_id, right, status, officer, owner)",
    "CREATE INDEX docket_number ON docket (number, case_id)",
    "CREATE INDEX docket_title ON docket (title_key, number, case_id)",
    "CREATE INDEX docket_status ON docket (status_name, number, case_id, status)",
    "CREATE INDEX docket_right ON docket (right)",
    "CREATE INDEX docket_officer ON docket (officer)",
    "CREATE INDEX deadlines_rule ON deadlines (rule, state, case_id, last_day)",
)

OPENING = ("id", "rule", "name", "event", "owner", "unrolled", "last_day")
"""What is kept of the nearest open limit, as the table of limits calls it."""


def write(db: Database, case_id: str, facts: Sequence[Any], nearest: Sequence[str] | None) -> None:
    """Make the row of a case. The caller holds the transaction.

    facts    its columns from `number` to `conflicts`, in the order of the table
    nearest  `OPENING` of the open limit that ends first, None where no limit is open
    """
    number, title, applicant = facts[0], facts[3], facts[4]
    row = [
        case_id, *facts, fold(title), fold(f"{number} {title} {applicant}"),
        *(nearest or ("", "", "", "", "", "", NO_DAY)),
    ]  # fmt: skip
    db.execute(f"INSERT INTO docket VALUES ({', '.join('?' * len(row))})", row)


def forget(db: Database, case_id: str) -> None:
    """Take the row of a case out."""
    db.execute("DELETE FROM docket WHERE case_id = ?", [case_id])


def part_from_cases(db: Database) -> None:
    """Make both tables of the one there was: what the docket shows goes into its rows, and `cases` keeps
    what a case holds."""
    facts = """number, provisional, right, title, applicant, status, status_name, since, st27, filing_date,
      officer, confidential, conflicts"""
    for case_id, *columns in db.execute(f"SELECT id, {facts} FROM cases").fetchall():
        nearest = db.execute(
            f"SELECT {', '.join(OPENING)} FROM deadlines WHERE case_id = ? AND state = 'open' "
            "ORDER BY last_day, id LIMIT 1",
            [case_id],
        ).fetchone()
        write(db, case_id, columns, nearest)
    for statement in (
        "ALTER TABLE cases RENAME TO cases_before",
        "CREATE TABLE cases (id TEXT PRIMARY KEY, identity TEXT NOT NULL, sha256 TEXT NOT NULL, "
        "content TEXT NOT NULL) WITHOUT ROWID",
        "INSERT INTO cases SELECT id, identity, sha256, content FROM cases_before",
        "DROP TABLE cases_before",
        "CREATE INDEX cases_identity ON cases (identity)",
    ):
        db.execute(statement)
