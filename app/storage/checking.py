"""Figures of an office, and whether it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import StorageRefused, _
from app.progress import SILENT, Progress
from app.storage import engine, log, projections
from app.storage.office import DATABASE, OfficeStore


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is."""

    operations: int
    cases: int
    unsynced: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at and what is wrong, in words. `rebuild_helps`: only the tables are behind."""

    operations: int
    documents: int
    problems: tuple[str, ...]
    rebuild_helps: bool = False


def counts(store: OfficeStore) -> Counts:
    """Operations, cases, operations that are only here, cases with conflicts."""
    db = store.db
    cases, conflicts = db.execute("SELECT count(*), total(conflicts > 0) FROM docket").fetchone()
    return Counts(log.count(db), int(cases), unsynced(store), int(conflicts))


def unsynced(store: OfficeStore) -> int:
    """Operations of this station that were not yet put into any store."""
    sent = int(store.private.text(f"published-{store.incarnation}", "0"))
    return log.head(store.db, store.station, store.incarnation).n - sent


def stations(store: OfficeStore) -> Iterator[tuple[str, str, int]]:
    """(station, officer, operations here) of every station the log knows."""
    written = dict(store.db.execute("SELECT w, count(*) FROM ops GROUP BY w").fetchall())
    officers: dict[str, str] = {store.station: store.officer}
    history = store.office_history()
    for entity in history.entities("officer"):
        for fact in history.events(entity):
            if fact.f == "joined":
                officers[entity.partition(":")[2]] = str(fact.v.get("name", ""))
    for station in sorted({*written, *officers}):
        yield station, officers.get(station, ""), int(written.get(station, 0))


def check(store: OfficeStore, progress: Progress = SILENT) -> Checked:
    """Look at everything that can be checked without another station."""
    problems: list[str] = []
    operations = documents = 0
    rebuild_helps = False
    progress.step(0, 4, _("the database file"))
    try:
        problems += _database(store)
        progress.step(1, 4, _("the chains of the log"))
        operations = log.count(store.db)
        problems += log.problems(store.db)
        progress.step(2, 4, _("the documents"))
        for bad, name in _documents(store):
            documents += 1
            if bad:
                problems.append(_("document {name}: its file is missing or was changed").format(name=name))
        progress.step(3, 4, _("the tables against the log"))
        if not problems and not _tables_fit(store):
            rebuild_helps = True
            problems.append(_("the tables differ from the log; rebuilding the office makes them anew"))
    except engine.DatabaseError as trouble:
        problems.append(_("the database cannot be read to its end ({why})").format(why=trouble))
    progress.step(4, 4, "")
    return Checked(operations, documents, tuple(problems), rebuild_helps)


def _database(store: OfficeStore) -> Iterator[str]:
    if store.encrypted:
        for (line,) in store.db.execute("PRAGMA cipher_integrity_check"):
            yield _("database: {line}").format(line=line)
    for (line,) in store.db.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield _("database: {line}").format(line=line)


def _documents(store: OfficeStore) -> Iterator[tuple[bool, str]]:
    blobs = None
    for blob, sha256, name in store.db.execute(
        "SELECT DISTINCT blob, sha256, name FROM documents ORDER BY 1"
    ):
        blobs = blobs or store.blobs
        yield (blobs.has(blob) and not blobs.whole(blob, sha256)), name


def _tables_fit(store: OfficeStore) -> bool:
    """Build the tables anew inside a transaction that is taken back, and compare."""
    before = projections.dump(store.db)
    store.db.conn.execute("BEGIN IMMEDIATE")
    try:
        projections.rebuild(store.db, store.law)
        return projections.dump(store.db) == before
    finally:
        store.db.conn.execute("ROLLBACK")


def rebuild(store: OfficeStore, progress: Progress = SILENT) -> int:
    """Make all tables anew in one transaction; the number of cases."""
    try:
        with engine.writing(store.db, store.path / DATABASE) as db:
            return projections.rebuild(db, store.law, progress)
    except ValueError as trouble:
        raise StorageRefused(
            _(
                "The log holds an operation that cannot be read ({why}). The tables were left as they were."
            ).format(why=trouble),
            _("Verify the office, then restore a backup or join again from a store."),
            command="office verify",
        ) from trouble
