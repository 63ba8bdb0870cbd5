"""The reading half of an exchange: card, rosters, segments and statements of others."""

from __future__ import annotations

from app.errors import _
from app.seal import NotGenuine
from app.sync import applying, card, heads, judging, keys, layout, roster, segments, stores
from app.sync.layout import Entry
from app.sync.session import Quarantined, Session


def check_card(session: Session) -> None:
    """Refuse another office's exchange folder before anything is read or written; note a store that holds
    nothing of an office yet."""
    try:
        data = session.shop.read(layout.CARD, card.FILE_MAX)
    except FileNotFoundError:
        session.tally.new_store = True
        return
    session.there.card = data == session.ring.card_file
    try:
        found = card.read(data)
    except NotGenuine as why:
        session.tally.aside(Quarantined(layout.CARD, str(why)))
        return
    if found.office != session.ring.office:
        raise stores.StoreTrouble(
            _("{store} is the exchange folder of another office. Nothing was read or written.").format(
                store=session.shop.address
            ),
            _("Use another folder for this office, for example a folder of its own on the stick."),
        )


def read_rosters(session: Session) -> None:
    """Read the newest list of stations and keys. `keep_roster` keeps it."""
    newest = layout.digest(session.ring.keys_file)
    for name, entries in session.listing(layout.KEYS).items():
        if not name.endswith(".kbx"):
            continue
        for entry in entries:
            data = _bytes(session, entry, roster.FILE_MAX)
            sha256 = layout.digest(data)
            if layout.sha_in(name) == newest != sha256:
                session.damaged.add(name)
            try:
                ring = keys.newer(session.ring, data)
            except NotGenuine as why:
                session.tally.aside(Quarantined(entry.path, str(why), sha256))
                continue
            if ring is not session.ring:
                session.tally.took(data)
                session.ring = ring


def keep_roster(session: Session) -> None:
    """Keep a roster that was newer, and take back what stations it removed wrote after their cut."""
    before = session.store.private.get(keys.KEYS) or b""
    if session.ring.removed or session.ring.keys_file != before:
        keys.keep(session.store, session.ring)
    if session.ring.accepted:
        applying.cut_removed(session)


def read_segments(session: Session) -> None:
    """Read what we lack, judge it, keep it, and apply what is ready, a batch at a time."""
    applying.load_waiting(session)
    listed = session.listing(layout.SEGMENTS)
    found = [(name, entry) for name in sorted(listed) if name.endswith(".seg") for entry in listed[name]]
    for done, (name, entry) in enumerate(found):
        session.progress.step(done, len(found), _("reading"))
        sha256 = layout.sha_in(name)
        if sha256 in session.aside:
            session.tally.aside(Quarantined(entry.path, session.aside[sha256], sha256))
        elif session.holds(sha256):
            _compare(session, name, entry)
        else:
            _take(session, name, entry)
        if session.fresh_bytes > applying.TOGETHER:
            applying.apply_ready(session)
            # What still waits lies on the disk; it is opened again when what it rests on is here.
            session.forget_fresh()
    applying.apply_ready(session)


def _compare(session: Session, name: str, entry: Entry) -> None:
    """Look whether a file we hold is still whole in the store; by size alone where reading is dear."""
    sha256 = layout.sha_in(name)
    good = session.known[sha256].bytes == entry.size if sha256 in session.known else True
    if good and session.shop.near:
        good = layout.digest(_bytes(session, entry, segments.FILE_MAX)) == sha256
    if not good:
        session.damaged.add(name)
        session.tally.aside(
            Quarantined(
                entry.path, _("it was damaged; a good copy was put in its place"), sha256, healed=True
            )
        )


def _take(session: Session, name: str, entry: Entry) -> None:
    data = _bytes(session, entry, segments.FILE_MAX)
    sha256 = layout.digest(data)
    if session.holds(sha256):
        return
    try:
        segment = judging.judge(data, session.roster)
    except judging.NotYet as later:
        if later.place:
            session.tally.took(data)
            applying.hold_unread(session, data, later.place)
        session.tally.waiting.append(_("waiting: {what}").format(what=later.reason))
    except NotGenuine as why:
        if layout.sha_in(name) == sha256:
            # It lies in the store; a copy here would let a stranger fill our disk.
            applying.set_aside(session, sha256, entry.path, str(why), b"")
        else:
            session.unread.add(layout.sha_in(name))
            told = _("it was damaged ({why})").format(why=why)
            session.tally.aside(Quarantined(entry.path, told, sha256))
    else:
        session.tally.took(data)
        applying.hold(session, segment)


def read_heads(session: Session) -> None:
    """What the other stations say they hold and lack: the newest genuine statement of each."""
    for name, entries in sorted(session.listing(layout.HEADS).items(), reverse=True):
        if not name.endswith(".head"):
            continue
        for entry in entries:
            data = _bytes(session, entry, heads.FILE_MAX)
            try:
                member = session.roster.members.get(heads.writer_of(data))
                if member is None or member.cut is not None:
                    continue
                said = heads.read(data, session.ring.office, member.sign)
            except NotGenuine as why:
                if layout.sha_in(name) == layout.digest(data):
                    session.tally.aside(Quarantined(entry.path, str(why)))
                else:
                    session.tally.aside(Quarantined(entry.path, _("it was damaged ({why})").format(why=why)))
                continue
            before = session.said.get(said.writer)
            if before is None or before.n < said.n:
                session.said[said.writer] = said
    _notice_restore(session)


def _notice_restore(session: Session) -> None:
    """Somebody, perhaps we ourselves, holds segments of ours that this disk knows nothing of: it was set
    back to a backup. We go on under a new incarnation, before our counters meet theirs."""
    store = session.store
    for said in session.said.values():
        for dep in said.heads:
            ours = (dep.writer, dep.incarnation) == (store.station, store.incarnation)
            if ours and not session.holds(dep.sha256):
                store.new_incarnation()
                return


def _bytes(session: Session, entry: Entry, limit: int) -> bytes:
    """The file; nothing when another station took it away between listing and reading."""
    try:
        return session.shop.read(entry.path, limit)
    except FileNotFoundError:
        return b""
