"""One exchange with a store: read what we lack, apply it, seal what is ours, write what the store lacks.

Safe to repeat, to interrupt anywhere and to do in any order with any store. Absence is never a deletion:
an emptied store is filled again. A second exchange with nothing new writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.errors import _
from app.progress import SILENT, Progress
from app.storage.office import OfficeStore
from app.sync import applying, documents, keys, layout, reading, stores, writing
from app.sync.session import Session, Tally
from app.sync.stores import Store
from app.sync.turns import our_turn


class Removed(stores.StoreTrouble):
    """This station was taken off the office's list."""


@dataclass(frozen=True, slots=True)
class Travels:
    """What would go and come: (kind, files, bytes) both ways. Kinds: keys, changes, documents."""

    out: tuple[tuple[str, int, int], ...]
    back: tuple[tuple[str, int, int], ...]
    waiting: tuple[str, ...]
    new_store: bool = False

    @property
    def bytes_out(self) -> int:
        """Bytes that would be written."""
        return sum(size for _kind, _files, size in self.out)

    @property
    def bytes_back(self) -> int:
        """Bytes that would be read."""
        return sum(size for _kind, _files, size in self.back)


def exchange(store: OfficeStore, shop: Store, progress: Progress = SILENT) -> Tally:
    """Exchange with a store. Raises StoreTrouble when it cannot be used or stops answering; what was
    exchanged until then stays and a repeat goes on from there."""
    with our_turn(store.path):
        shop.open(make=True)
        session = _begin(store, shop, progress)
        reading.keep_roster(session)
        _refuse_removed(session)
        if not session.ring.accepted:
            session.tally.waiting.append(_("waiting to be accepted by the office"))
            return session.tally
        shop.tidy()
        outgoing: list[writing.Outgoing] = []
        try:
            reading.read_segments(session)
            reading.read_heads(session)
            documents.read_documents(session)
            writing.seal_own(session)
            outgoing = writing.lacking(session)
            writing.write_all(session, outgoing)
            writing.write_head(session)
        except FileNotFoundError as trouble:
            raise stores.gone(shop.address, trouble.strerror or "") from trouble
        documents.remember_seen(session)
        writing.note_published(session)
        applying.say_what_waits(session)
        _say_missing_documents(session)
        return session.tally


def plan(store: OfficeStore, shop: Store, progress: Progress = SILENT, *, make: bool = False) -> Travels:
    """What an exchange would move; nothing is written, here or there but for the store's folder (`make`)."""
    shop.open(make=make)
    session = _begin(store, shop, progress)
    _refuse_removed(session)
    if not session.ring.accepted:
        return Travels((), (), (_("waiting to be accepted by the office"),), session.tally.new_store)
    applying.load_waiting(session)
    back = [e for s, e in _segments_there(session) if not session.holds(s)]
    out = writing.lacking(session)
    runs = session.shelf.unsealed()
    manifests = writing.own_manifests(session, runs)
    fresh = [kept for run in runs for kept, _file in writing.sealed(session, run, manifests)]
    documents_out = [one for one in out if one.path.startswith(layout.BLOBS)]
    new_parts = [m for blob, m in manifests.items() if blob not in session.shelf.manifests()]
    return Travels(
        _kinds({
            "keys": [one.size for one in out if one.path.startswith((layout.CARD, layout.KEYS))],
            "changes": [o.size for o in out if o.path.startswith(layout.SEGMENTS)] + [k.bytes for k in fresh],
            "documents": [one.size for one in documents_out] + [m.size for m in new_parts],
        }),
        _kinds({"changes": [e.size for e in back], "documents": _parts_back(session)}),
        (),
        session.tally.new_store,
    )  # fmt: skip


def _begin(store: OfficeStore, shop: Store, progress: Progress) -> Session:
    """See that the store is ours and who belongs to the office."""
    session = Session(store, shop, keys.load(store), progress)
    _guarded(shop, lambda: reading.check_card(session))
    _guarded(shop, lambda: reading.read_rosters(session))
    return session


def _refuse_removed(session: Session) -> None:
    if session.ring.removed:
        raise Removed(
            _("This station was taken off the office's list. Nothing was read or written."),
            _("Speak to the registrar; to work again, join the office anew with an invitation."),
            command="station join FILE DIR",
        )


def _guarded(shop: Store, step: Callable[[], None]) -> None:
    try:
        step()
    except FileNotFoundError as trouble:
        raise stores.gone(shop.address, trouble.strerror or "") from trouble


def _segments_there(session: Session) -> list[tuple[str, layout.Entry]]:
    listed = session.listing(layout.SEGMENTS)
    return [
        (layout.sha_in(name), entries[0]) for name, entries in sorted(listed.items()) if name.endswith(".seg")
    ]


def _parts_back(session: Session) -> list[int]:
    sizes = []
    for blob, several in documents.lacking_here(session).items():
        names = {layout.part_path(blob, at, sha) for m in several for at, sha in enumerate(m.parts)}
        listed = documents.listed_parts(session, blob) if names else {}
        sizes += [entries[0].size for name, entries in listed.items() if name in names]
    return sizes


def _kinds(sizes: dict[str, list[int]]) -> tuple[tuple[str, int, int], ...]:
    return tuple((kind, len(each), sum(each)) for kind, each in sizes.items() if each)


def _say_missing_documents(session: Session) -> None:
    missing = len(documents.lacking_here(session))
    if missing:
        session.tally.waiting.append(
            _("{count} documents have not arrived on this station yet").format(count=missing)
        )
