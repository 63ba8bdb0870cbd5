"""What one exchange knows and has done so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.changes import Changes
from app.progress import Progress
from app.storage.office import OfficeStore
from app.storage.segments import Kept, Shelf
from app.sync.heads import Heads
from app.sync.keys import Keyring
from app.sync.layout import Entry
from app.sync.roster import Roster
from app.sync.segments import Header, Segment
from app.sync.stores import Store


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file of the store that was not applied. `healed`: a good copy was put in its place."""

    file: str
    reason: str
    sha256: str = ""
    healed: bool = False


@dataclass
class Tally:
    """Counts of one exchange: files and bytes both ways, operations and documents that came. `new_store`:
    nothing of the office lay there before it."""

    wrote: int = 0
    read: int = 0
    bytes_written: int = 0
    bytes_read: int = 0
    applied: int = 0
    documents: int = 0
    changes: Changes = field(default_factory=Changes)
    waiting: list[str] = field(default_factory=list)
    forks: list[str] = field(default_factory=list)
    quarantined: dict[str, Quarantined] = field(default_factory=dict)
    new_store: bool = False

    def and_then(self, later: Tally) -> Tally:
        """The sums of two exchanges in a row; what waits is as the later one found it."""
        return Tally(
            self.wrote + later.wrote, self.read + later.read, self.bytes_written + later.bytes_written,
            self.bytes_read + later.bytes_read, self.applied + later.applied,
            self.documents + later.documents, self.changes | later.changes, later.waiting, later.forks,
            {**self.quarantined, **later.quarantined}, self.new_store,
        )  # fmt: skip

    def took(self, data: bytes) -> None:
        """One file came."""
        self.read += 1
        self.bytes_read += len(data)

    def aside(self, one: Quarantined) -> None:
        """One file was not taken."""
        self.quarantined[one.file or one.sha256] = one


@dataclass
class There:
    """What the store is known to hold. `card`: the office's card lies there, so that it was not emptied;
    `documents`: ids of those seen whole there, remembered where looking is dear."""

    card: bool = False
    documents: set[str] = field(default_factory=set)


@dataclass
class Session:
    """The office, the store, and what stands in both.

    known     segments applied here, by SHA-256
    waiting   headers of whole segments that wait; None for one only a newer program can read
    aside     segments set aside for good, by SHA-256, with the reason
    fresh     segments opened in this exchange and not applied yet, `fresh_bytes` of operations
    unkept    those of them that are not written down yet
    damaged   names of files in the store whose bytes are wrong and that we hold: to be written anew
    unread    SHA-256 in the names of files we could not read and do not hold
    """

    store: OfficeStore
    shop: Store
    ring: Keyring
    progress: Progress
    shelf: Shelf = field(init=False)
    known: dict[str, Kept] = field(init=False)
    waiting: dict[str, Header | None] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, Segment] = field(default_factory=dict)
    fresh_bytes: int = 0
    unkept: list[str] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    said: dict[str, Heads] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    there: There = field(default_factory=There)
    _listed: dict[str, dict[str, list[Entry]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.store)
        self.known = self.shelf.known()
        self.aside = {one.sha256: one.reason for one in self.shelf.aside()}

    @property
    def roster(self) -> Roster:
        """The office's stations and keys; only where this station was accepted."""
        if self.ring.roster is None:
            raise ValueError("a station that was not accepted has no roster")
        return self.ring.roster

    def holds(self, sha256: str) -> bool:
        """Whether the segment is on this disk, applied or waiting."""
        return sha256 in self.known or sha256 in self.waiting

    def listing(self, prefix: str) -> dict[str, list[Entry]]:
        """Files of the store below a folder, as found when first asked, by the name we would give them; two
        spellings may meet."""
        if prefix not in self._listed:
            found: dict[str, list[Entry]] = {}
            for entry in self.shop.list(prefix):
                found.setdefault(entry.name, []).append(entry)
            self._listed[prefix] = found
        return self._listed[prefix]

    def forget_fresh(self) -> None:
        """Let opened segments go; those that wait are kept on the disk."""
        self.fresh.clear()
        self.fresh_bytes = 0

    def ends(self) -> list[Kept]:
        """The last segments of all chains applied here (two where a station was cloned)."""
        before = {kept.prev for kept in self.known.values()}
        return [kept for kept in self.known.values() if kept.sha256 not in before]
