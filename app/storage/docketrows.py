"""How the docket's rows are written: the case's own columns and its nearest open limit, in one place."""

from __future__ import annotations

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

_CASE = """SELECT number, provisional, right, title, applicant, status, status_name, since, st27, filing_date,
  officer, confidential, conflicts FROM cases WHERE id = ?"""
_NEAREST = """SELECT id, rule, name, event, owner, unrolled, last_day FROM deadlines
  WHERE case_id = ? AND state = 'open' ORDER BY last_day, id LIMIT 1"""


def write(db: Database, case_id: str) -> None:
    """Make the row of a case from `cases` and `deadlines`. The caller holds the transaction."""
    case = db.execute(_CASE, [case_id]).fetchone()
    limit = db.execute(_NEAREST, [case_id]).fetchone() or ("", "", "", "", "", "", NO_DAY)
    number, title, applicant = case[0], case[3], case[4]
    said = fold(f"{number} {title} {applicant}")
    row = [case_id, *case, fold(title), said, *limit]
    db.execute(f"INSERT INTO docket VALUES ({', '.join('?' * len(row))})", row)


def forget(db: Database, case_id: str) -> None:
    """Take the row of a case out."""
    db.execute("DELETE FROM docket WHERE case_id = ?", [case_id])
