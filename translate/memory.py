"""What was translated before: one protocol, kept in memory or on a connection handed over.

Nothing here opens a file. An office hands in a connection to its own (encrypted) database; without
an office a translation is remembered only as long as the program runs, so no unpublished sentence
ever lies in a cache in clear.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from translate.pieces import Span


@dataclass(frozen=True, slots=True)
class Kept:
    """A remembered rendering; `through` is the English in the middle of two packs, `alignment` is
    empty where it was not asked for."""

    target: str
    score: float
    cut_off: bool = False
    through: str = ""
    alignment: tuple[Span, ...] = ()


class Memory(Protocol):
    """Recalls renderings by key (`key_of`) and remembers new ones."""

    def recall(self, keys: Sequence[str]) -> dict[str, Kept]:
        """What is known of `keys`; the unknown are absent."""
        ...

    def remember(self, kept: Mapping[str, Kept]) -> None:
        """Keep these; the same key again replaces."""
        ...


def key_of(source: str, packs: str, options: Mapping[str, Any]) -> str:
    """64 hex digits over sentence, hashes of the packs and options: another pack, another key."""
    parts = json.dumps([source, packs, dict(options)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()


class InMemory:
    """Remembers until the program ends, at most `limit` renderings; the oldest go first."""

    def __init__(self, kept: Mapping[str, Kept] | None = None, limit: int = 20_000) -> None:
        self._kept: dict[str, Kept] = dict(kept or {})
        self._limit = limit

    def recall(self, keys: Sequence[str]) -> dict[str, Kept]:
        """What is known of `keys`."""
        return {key: self._kept[key] for key in keys if key in self._kept}

    def remember(self, kept: Mapping[str, Kept]) -> None:
        """Keep these."""
        self._kept.update(kept)
        for key in list(self._kept)[: max(0, len(self._kept) - self._limit)]:
            del self._kept[key]


class OnConnection:
    """Remembers in the table `translation_memory` of a database whose connection is handed over.

    The table is derived: it may be emptied at any time. Writes join the transaction of the caller.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @staticmethod
    def schema() -> str:
        """The statement that makes the table; whoever owns the database runs it once."""
        return (
            "CREATE TABLE IF NOT EXISTS translation_memory (key TEXT PRIMARY KEY, target TEXT NOT NULL,"
            " score REAL NOT NULL, cut_off INTEGER NOT NULL, through TEXT NOT NULL,"
            " alignment TEXT NOT NULL) WITHOUT ROWID"
        )

    def recall(self, keys: Sequence[str]) -> dict[str, Kept]:
        """What is known of `keys`."""
        found: dict[str, Kept] = {}
        for some in _groups(keys, 400):
            holes = ",".join("?" * len(some))
            rows = self._connection.execute(
                "SELECT key, target, score, cut_off, through, alignment FROM translation_memory"
                f" WHERE key IN ({holes})",
                some,
            )
            for key, target, score, cut_off, through, places in rows:
                spans = tuple(Span(*place) for place in json.loads(places))
                found[key] = Kept(target, score, bool(cut_off), through, spans)
        return found

    def remember(self, kept: Mapping[str, Kept]) -> None:
        """Keep these."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO translation_memory VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    key,
                    k.target,
                    k.score,
                    int(k.cut_off),
                    k.through,
                    json.dumps([s.places for s in k.alignment]),
                )
                for key, k in kept.items()
            ],
        )


def _groups(keys: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))
