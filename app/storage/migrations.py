"""The database's shape, step by step. Each step runs in one transaction with the record that it ran.

The *format* below is what a program must know to open the office at all; a step that an older
program could not live with raises it.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from app.errors import StorageRefused, _
from app.storage import docketrows
from app.storage.engine import plain_troubles

FORMAT = 1

steps = Migrations("office")


@steps()
def log(db: Database) -> None:
    """Operations as they came, the head of every chain, and what is this station's own."""
    _run(
        db,
        """CREATE TABLE ops (
             seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
             w TEXT NOT NULL, i TEXT NOT NULL, n INTEGER NOT NULL,
             case_id TEXT NOT NULL, act TEXT NOT NULL, hash TEXT NOT NULL, raw BLOB NOT NULL)""",
        "CREATE INDEX ops_chain ON ops (w, i, n)",
        "CREATE INDEX ops_case ON ops (case_id)",
        "CREATE INDEX ops_act ON ops (act)",
        "CREATE TABLE private (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    )


@steps()
def projections(db: Database) -> None:
    """Tables made from the log; they may be dropped and made again."""
    _run(
        db,
        """CREATE TABLE cases (
             id TEXT PRIMARY KEY, number TEXT NOT NULL, provisional INTEGER NOT NULL,
             right TEXT NOT NULL, title TEXT NOT NULL, applicant TEXT NOT NULL,
             status TEXT NOT NULL, status_name TEXT NOT NULL, since TEXT NOT NULL, st27 TEXT NOT NULL,
             filing_date TEXT NOT NULL, officer TEXT NOT NULL, confidential INTEGER NOT NULL,
             conflicts INTEGER NOT NULL, identity TEXT NOT NULL, sha256 TEXT NOT NULL,
             content TEXT NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX cases_number ON cases (number)",
        "CREATE INDEX cases_identity ON cases (identity)",
        """CREATE TABLE deadlines (
             id TEXT PRIMARY KEY, case_id TEXT NOT NULL, rule TEXT NOT NULL, name TEXT NOT NULL,
             event TEXT NOT NULL, owner TEXT NOT NULL, unrolled TEXT NOT NULL,
             last_day TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX deadlines_case ON deadlines (case_id, state, last_day)",
        "CREATE INDEX deadlines_day ON deadlines (state, last_day)",
        """CREATE TABLE documents (
             id TEXT PRIMARY KEY, case_id TEXT NOT NULL, blob TEXT NOT NULL, sha256 TEXT NOT NULL,
             bytes INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL,
             confidential INTEGER NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX documents_case ON documents (case_id)",
        "CREATE INDEX documents_blob ON documents (blob)",
        """CREATE TABLE letters (
             id TEXT PRIMARY KEY, case_id TEXT NOT NULL, number TEXT NOT NULL, template TEXT NOT NULL,
             state TEXT NOT NULL, date TEXT NOT NULL, document TEXT NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX letters_case ON letters (case_id)",
        """CREATE TABLE numbers (
             series TEXT NOT NULL, year INTEGER NOT NULL, serial INTEGER NOT NULL,
             case_id TEXT NOT NULL, operation TEXT NOT NULL,
             PRIMARY KEY (series, year, serial, operation)) WITHOUT ROWID""",
        """CREATE TABLE leases (
             operation TEXT PRIMARY KEY, kind TEXT NOT NULL, series TEXT NOT NULL, year INTEGER NOT NULL,
             first INTEGER NOT NULL, last INTEGER NOT NULL, station TEXT NOT NULL,
             incarnation TEXT NOT NULL, answers TEXT NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX leases_series ON leases (series, year, first)",
        "CREATE VIRTUAL TABLE case_text USING fts5(id UNINDEXED, words, tokenize='unicode61')",
    )


@steps()
def segments(db: Database) -> None:
    """What travels: sealed segments as they were written, those that wait, those set aside; which of our
    operations are in a segment already; and the parts each document travels in."""
    _run(
        db,
        """CREATE TABLE segments (
             sha256 TEXT PRIMARY KEY, writer TEXT NOT NULL, incarnation TEXT NOT NULL, n INTEGER NOT NULL,
             prev TEXT NOT NULL, ops_to INTEGER NOT NULL, ops_hash TEXT NOT NULL, mine INTEGER NOT NULL,
             bytes INTEGER NOT NULL, file BLOB NOT NULL)""",
        "CREATE INDEX segments_chain ON segments (writer, incarnation, n)",
        """CREATE TABLE held (
             sha256 TEXT PRIMARY KEY, writer TEXT NOT NULL, incarnation TEXT NOT NULL, n INTEGER NOT NULL,
             file BLOB NOT NULL)""",
        """CREATE TABLE quarantine (
             sha256 TEXT PRIMARY KEY, path TEXT NOT NULL, reason TEXT NOT NULL, file BLOB NOT NULL)""",
        "CREATE TABLE carried (id TEXT PRIMARY KEY) WITHOUT ROWID",
        """CREATE TABLE manifests (
             blob TEXT NOT NULL, epoch INTEGER NOT NULL, size INTEGER NOT NULL, parts TEXT NOT NULL,
             PRIMARY KEY (blob, epoch)) WITHOUT ROWID""",
    )


@steps()
def docket(db: Database) -> None:
    """One slim row a case for the docket, so that it is paged without reading what is in the cases."""
    _run(db, docketrows.TABLE, *docketrows.INDEXES)
    docketrows.part_from_cases(db)


def _run(db: Database, *statements: str) -> None:
    for statement in statements:
        db.execute(statement)


def bring_up(db: Database, path: Path) -> None:
    """Run what has not run yet. Refused when the office was last opened with a newer program."""
    with plain_troubles(path):
        written = int(db.execute("PRAGMA user_version").fetchone()[0])
        if written > FORMAT:
            raise StorageRefused(
                _(
                    "This office is in format {theirs}, made by a newer program; this one knows format "
                    "{ours}. Nothing was changed."
                ).format(theirs=written, ours=FORMAT),
                _("Install the newer program, or open a backup made before."),
            )
        known = {migration.name for migration in steps._migrations}
        strange = sorted({m.name for m in steps.applied(db)} - known)
        if strange:
            raise StorageRefused(
                _(
                    "This office has parts that this program does not know ({parts}): it was opened with "
                    "a newer program. Nothing was changed."
                ).format(parts=", ".join(strange)),
                _("Install the newer program, or open a backup made before."),
            )
        if steps.pending(db):
            steps.apply(db)
        if written != FORMAT:
            db.execute(f"PRAGMA user_version={FORMAT:d}")
