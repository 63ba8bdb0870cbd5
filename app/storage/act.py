"""One act: the operations of one service call, written in one transaction with what they project."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from app.domain.changes import Changes
from app.errors import OfficeError, _
from app.history import clock
from app.history.operation import ADD, BLOB, EVENT, REMOVE, SET, SETTLE, VOID, Operation, chain_hash
from app.history.registers import History
from app.storage import log, numbers, projections
from app.storage.blobs import Kept
from app.storage.private import CLOCK

if TYPE_CHECKING:
    from app.storage.office import OfficeStore


def new_id() -> str:
    """128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


def inside(kind: str, case_id: str) -> str:
    """A new entity within a case: `kind:<case>-<16 hex>`."""
    return f"{kind}:{case_id}-{secrets.token_hex(8)}"


class Act:
    """Write operations; `OfficeStore.act` opens, commits or takes back the transaction around it."""

    def __init__(self, store: OfficeStore, authority: str) -> None:
        self.id = new_id()
        self.authority = authority
        self._store = store
        self._db = store.db
        self._head = log.head(self._db, store.station, store.incarnation)
        self._clock = store.private.text(CLOCK)
        self._cases: set[str] = set()
        self._finished: set[str] = set()
        self._kinds: set[str] = set()
        self._fresh: list[str] = []
        self._history: dict[str, History] = {}

    @property
    def changes(self) -> Changes:
        """What was touched so far."""
        return Changes(frozenset(self._kinds), frozenset(self._cases))

    def history(self, case_id: str) -> History:
        """The case (`""`: the office) as it stands, this act included."""
        if case_id not in self._history:
            self._history[case_id] = History(log.of_case(self._db, case_id))
        return self._history[case_id]

    def cases_of(self, act: str) -> tuple[str, ...]:
        """The cases an act wrote to."""
        return tuple(sorted({o.case for o in log.acts(self._db, act)} - {"", log.NUMBERS}))

    def event(self, entity: str, name: str, value: dict[str, Any]) -> str:
        """Write a fact; the id of its operation."""
        return self._write(EVENT, entity, name, value)

    def set(self, entity: str, field: str, value: Any) -> str:
        """Set a register, replacing the values that are live here."""
        return self._write(SET, entity, field, value, self._live(entity, field))

    def add(self, entity: str, field: str, value: Any) -> str:
        """Put a member into a set."""
        return self._write(ADD, entity, field, value)

    def remove(self, entity: str, field: str, value: Any) -> str:
        """Take a member out of a set: replaces every addition of it that is known here."""
        history = self.history(_case_of(entity))
        parents = tuple(o.id for o in history.standing if (o.t, o.e, o.f, o.v) == (ADD, entity, field, value))
        return self._write(REMOVE, entity, field, value, parents)

    def settle(self, entity: str, field: str, value: Any) -> str:
        """End a conflict: names all live values; the act's authority is the reason."""
        return self._write(SETTLE, entity, field, value, self._live(entity, field))

    def void(self, entity: str, act: str) -> str:
        """Take an act back as a whole."""
        return self._write(VOID, entity, "act", act)

    def document(self, case_id: str, content: bytes | BinaryIO | Kept, facts: dict[str, Any]) -> str:
        """Put a file into the dossier; the document's id.

        facts: `kind`, `name`, `media_type`, `received` (YYYY-MM-DD), `language`, `confidential`.
        """
        kept = content if isinstance(content, Kept) else self.keep(content)
        entity = inside("document", case_id)
        value = {**facts, "blob": kept.id, "sha256": kept.sha256, "bytes": kept.bytes}
        self._write(BLOB, entity, "document", value)
        return entity.partition(":")[2]

    def keep(self, content: bytes | BinaryIO) -> Kept:
        """Put a content on the shelf for documents of this act; gone again if the act fails."""
        kept = self._store.blobs.put(content)
        if kept.fresh:
            self._fresh.append(kept.id)
        return kept

    def number(self, series: str, year: int, purpose: str) -> int | None:
        """The next serial of a series for `purpose` (a case or letter id); None: only provisional.

        The registrar's station leases itself a new block when its own is used up.
        """
        here = (self._store.station, self._store.incarnation)
        serial = numbers.free(self._db, series, year, here)
        if serial is None and self._store.is_registrar:
            self.lease(series, year, *here)
            serial = numbers.free(self._db, series, year, here)
        if serial is not None:
            self.event(f"number:{series}", numbers.ASSIGNED, {"year": year, "serial": serial, "for": purpose})
        return serial

    def lease(self, series: str, year: int, station: str, incarnation: str, answers: str = "") -> None:
        """Give a station the next block of a series. Only the registrar's station does."""
        first, last = numbers.next_block(self._db, series, year)
        value = {"year": year, "first": first, "last": last, "station": station, "incarnation": incarnation}
        if answers:
            value["answers"] = answers
        self.event(f"number:{series}", numbers.LEASED, value)

    def _live(self, entity: str, field: str) -> tuple[str, ...]:
        return tuple(sorted(o.id for o in self.history(_case_of(entity)).live(entity, field)))

    def _write(self, kind: str, entity: str, name: str, value: Any, parents: tuple[str, ...] = ()) -> str:
        store = self._store
        self._clock = clock.tick(self._clock, datetime.now(UTC))
        written = Operation(
            id=new_id(), w=store.station, i=store.incarnation, n=self._head.n + 1, p=self._head.hash,
            g=self.id, t=kind, e=entity, f=name, v=value, b=parents, h=self._clock, u=store.officer,
            a=self.authority,
        )  # fmt: skip
        try:
            raw = written.to_bytes()
        except UnicodeEncodeError as trouble:
            raise OfficeError(
                _("A text holds a character that is only half of one. Nothing was recorded."),
                _("Type the text anew; where it was pasted or came from a terminal, in UTF-8."),
            ) from trouble
        operation = Operation.from_bytes(raw)
        log.append(self._db, raw, operation)
        self._head = log.Head(operation.n, chain_hash(raw))
        if entity.startswith("number:"):
            projections.take_number(self._db, operation)
        case_id = operation.case
        if case_id in self._history:
            self._history[case_id] = History((*self._history[case_id].operations, operation))
        if case_id:
            self._cases.add(case_id)
            self._finished.discard(case_id)
        self._kinds.add(entity.partition(":")[0])
        return operation.id

    def finish(self, case_id: str) -> None:
        """Bring up the tables of one case and let go of its operations, in an act over very many cases."""
        projections.refresh(self._db, case_id, self._store.law)
        self._history.pop(case_id, None)
        self._finished.add(case_id)

    def project(self) -> None:
        """Bring up the tables for what this act touched."""
        for case_id in sorted(self._cases - self._finished):
            projections.refresh(self._db, case_id, self._store.law)
        self._store.private.set(CLOCK, self._clock.encode())

    def take_back_files(self) -> None:
        """The act failed: remove contents that only it had brought."""
        for name in self._fresh:
            self._store.blobs.drop(name)


def _case_of(entity: str) -> str:
    kind, _colon, rest = entity.partition(":")
    if kind == "case":
        return rest
    return "" if kind in ("office", "officer", "number", "person", "calendar") else rest.partition("-")[0]
