"""A station's own keys and what it knows of the office's, kept in the office database.

Kept: the office's card and the newest roster it could open, both as the files they travel in. From
them and the station's own seed everything else follows. In an office without a passphrase they lie in
clear in the database, as the whole office does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.errors import OfficeError, _
from app.seal import Identity, NotGenuine
from app.storage import private
from app.storage.office import OfficeStore
from app.storage.segments import Shelf
from app.sync import card, roster

CARD = "sync-card"
KEYS = "sync-keys"
REMOVED = "sync-removed"


@dataclass(frozen=True, slots=True)
class Keyring:
    """What this station can sign, open and check.

    card_file, keys_file   as they travel
    roster                 None on a station that was not accepted yet
    root                   only where the office was founded
    removed                the office has taken this station off its list
    """

    office: str
    station: str
    identity: Identity
    card: card.Card | None
    card_file: bytes
    keys_file: bytes
    roster: roster.Roster | None
    root: Identity | None
    removed: bool

    @property
    def founder(self) -> Identity:
        """The office's root, where the office was founded. Raises LookupError elsewhere."""
        if self.root is None:
            raise LookupError("the office was not founded here")
        return self.root

    @property
    def accepted(self) -> bool:
        """Whether it may read and write in the office's exchange folder."""
        return self.roster is not None and not self.removed


def load(store: OfficeStore) -> Keyring:
    """What is kept; founds the office's keys where the office was made and none are there yet."""
    own = store.private
    seed = own.get(private.ROOT_SEED)
    if seed is not None and own.get(KEYS) is None:
        _found(store, Identity(seed))
    card_file, keys_file = own.get(CARD) or b"", own.get(KEYS) or b""
    known = card.read(card_file) if card_file else None
    opened = None
    if known and keys_file:
        opened = roster.read(keys_file, store.office_id, known.root, store.station, store.identity)
    return Keyring(
        store.office_id, store.station, store.identity, known, card_file, keys_file, opened,
        Identity(seed) if seed is not None else None, own.get(REMOVED) is not None,
    )  # fmt: skip


def _found(store: OfficeStore, root: Identity) -> None:
    first = roster.Member(
        store.station, store.identity.sign_public, store.identity.box_public, store.officer,
        roster.REGISTRAR,
    )  # fmt: skip
    office_key = store.private.get(private.OFFICE_KEY) or b""
    files = {
        CARD: card.write(card.Card(store.office_id, root.sign_public), root),
        KEYS: roster.write(roster.found(store.office_id, first, office_key), root),
    }
    Shelf(store).keep_private(files)


def publish(store: OfficeStore, ring: Keyring, following: roster.Roster) -> None:
    """Make `following` the office's roster. Only where the root key is."""
    if ring.root is None:
        raise OfficeError(
            _("Only the registrar's station, where the office was made, changes the list of stations."),
            _("Do it there, then synchronise."),
        )
    Shelf(store).keep_private({KEYS: roster.write(following, ring.root)})


def newer(ring: Keyring, file: bytes) -> Keyring:
    """The keys after reading a roster of the exchange folder: the same object when it is not newer.

    Raises NotGenuine. A newer roster without a box for us: we were removed (or are not accepted yet).
    """
    if ring.card is None:
        raise NotGenuine(_("the office's card is missing"))
    serial, _epoch = roster.peek(file, ring.office, ring.card.root)
    if ring.roster is not None and serial <= ring.roster.serial:
        return ring
    try:
        found = roster.read(file, ring.office, ring.card.root, ring.station, ring.identity)
    except roster.NotForUs:
        return ring if ring.roster is None else replace(ring, removed=True)
    return replace(ring, roster=found, keys_file=file)


def keep(store: OfficeStore, ring: Keyring) -> None:
    """Keep what a newer roster brought."""
    kept = {KEYS: ring.keys_file}
    if ring.removed:
        kept[REMOVED] = b"1"
    if ring.roster is not None and store.private.get(private.OFFICE_KEY) is None:
        kept[private.OFFICE_KEY] = ring.roster.office_key
    Shelf(store).keep_private(kept)
