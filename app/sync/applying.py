"""From read to applied: segments are applied when what they rest on is here, and wait until then."""

from __future__ import annotations

from collections.abc import Iterator

from app.errors import _, plural
from app.history.operation import GENESIS, chain_hash
from app.seal import NotGenuine
from app.storage.segments import Waiting
from app.sync import judging, layout, segments
from app.sync.segments import Dep, Header, Segment
from app.sync.session import Quarantined, Session

TOGETHER = 4 << 20  # bytes of operations applied in one transaction


def load_waiting(session: Session) -> None:
    """Recall what waited at the end of the last exchange; a newer program may read more of it now."""
    for one in session.shelf.waiting():
        try:
            session.waiting[one.sha256] = segments.peek(one.file)[1]
        except segments.TooNew:
            session.waiting[one.sha256] = None


def hold(session: Session, segment: Segment) -> None:
    """Take a genuine segment up; `keep_held` writes it down. One of our own that this disk did not seal
    comes from a copy of this station, or from before it was set back to a backup: we go on under a new
    incarnation."""
    header, store = segment.header, session.store
    if header.writer == store.station and header.incarnation == store.incarnation:
        store.new_incarnation()
    session.waiting[segment.sha256] = header
    session.fresh[segment.sha256] = segment
    session.fresh_bytes += sum(len(raw) for raw, _o in segment.operations)
    session.unkept.append(segment.sha256)


def keep_held(session: Session) -> None:
    """Write down what was taken up, in one transaction, before anything of it is applied."""
    taken = [session.fresh[sha256] for sha256 in session.unkept]
    if not taken:
        return
    rows = [Waiting(s.sha256, s.header.writer, s.header.incarnation, s.header.n, s.file) for s in taken]
    own = [s for s in taken if s.header.writer == session.store.station]
    session.shelf.hold(rows, [o.id for s in own for _raw, o in s.operations])
    session.unkept.clear()


def hold_unread(session: Session, data: bytes, place: judging.Place) -> None:
    """Keep a segment that only a newer program, or a key still on its way, can open."""
    sha256 = layout.digest(data)
    session.shelf.hold([Waiting(sha256, place.writer, place.incarnation, place.n, data)])
    try:
        session.waiting[sha256] = segments.peek(data)[1]
    except segments.TooNew:
        session.waiting[sha256] = None


def apply_ready(session: Session) -> None:
    """Apply everything that rests on nothing missing, in the order of its dependence."""
    keep_held(session)
    while batch := _next_batch(session):
        _apply(session, batch)


def _next_batch(session: Session) -> list[Segment]:
    """Segments that can be applied together, each after those it rests on."""
    batch: list[Segment] = []
    placed, size = set[str](), 0
    left = sorted((h.writer, h.incarnation, h.n, sha) for sha, h in session.waiting.items() if h)
    while size < TOGETHER:
        later = []
        for place in left:
            sha256, header = place[-1], session.waiting[place[-1]]
            if header is None or any(dep.sha256 not in placed for dep in lacking(session, header)):
                later.append(place)
            elif size < TOGETHER and (segment := _opened(session, sha256)):
                batch.append(segment)
                placed.add(sha256)
                size += sum(len(raw) for raw, _o in segment.operations)
        if len(later) == len(left):
            break
        left = later
    return batch


def lacking(session: Session, header: Header) -> Iterator[Dep]:
    """The segments a waiting one rests on that are not applied here."""
    if header.prev != GENESIS and header.prev not in session.known:
        yield Dep(header.writer, header.incarnation, header.n - 1, header.prev)
    for dep in header.deps:
        if dep.sha256 not in session.known and dep.sha256 not in session.aside and not _cut(session, dep):
            yield dep


def _cut(session: Session, dep: Dep) -> bool:
    """Whether it was written by a station after it was removed: nobody waits for that."""
    member = session.roster.members.get(dep.writer)
    return member is not None and not member.allows(dep.incarnation, dep.n)


def _opened(session: Session, sha256: str) -> Segment | None:
    """The segment, judged; None when it was set aside or still cannot be opened."""
    if found := session.fresh.get(sha256):
        return found
    file = session.shelf.held_file(sha256)
    try:
        return judging.judge(file, session.roster)
    except judging.NotYet:
        return None
    except NotGenuine as why:
        set_aside(session, sha256, "", str(why), file)
        return None


def _apply(session: Session, batch: list[Segment]) -> None:
    """Apply segments that fit the log, in one transaction, then put them away. What rests on one that does
    not fit goes on waiting."""
    good: dict[str, Segment] = {}
    links, written = set[tuple[str, int, str]](), dict[str, bytes]()
    for segment in batch:
        if any(dep.sha256 not in good for dep in lacking(session, segment.header)):
            continue
        if why := _misfit(session, segment, links, written):
            set_aside(session, segment.sha256, _path(segment), why, segment.file)
            continue
        good[segment.sha256] = segment
        links |= {(o.i, o.n, chain_hash(raw)) for raw, o in segment.operations}
        written |= {o.id: raw for raw, o in segment.operations}
    if not good:
        return
    done = session.store.apply(raw for segment in good.values() for raw, _o in segment.operations)
    session.shelf.keep_manifests(one for segment in good.values() for one in segment.manifests)
    kept = [(segment.kept(mine=False), segment.file) for segment in good.values()]
    session.shelf.applied(kept)
    session.tally.applied += done.applied
    session.tally.changes |= done.changes
    for row, _file in kept:
        session.known[row.sha256] = row
        session.waiting.pop(row.sha256, None)
        session.fresh.pop(row.sha256, None)


def _misfit(
    session: Session, segment: Segment, links: set[tuple[str, int, str]], written: dict[str, bytes]
) -> str:
    """Why a genuine segment does not fit the log and what is about to be written, "" when it does."""
    first = segment.operations[0][1]
    if (first.i, first.n - 1, first.p) not in links and not session.shelf.follows(first):
        return _("its first operation does not follow the one before it")
    pairs = [(o.id, raw) for raw, o in segment.operations]
    if any(written.get(ident, raw) != raw for ident, raw in pairs) or session.shelf.clashes(pairs):
        return _("it reuses the identifier of another operation")
    return ""


def _path(segment: Segment) -> str:
    header = segment.header
    return layout.segment_path(header.writer, header.incarnation, header.n, segment.sha256)


def set_aside(session: Session, sha256: str, path: str, reason: str, file: bytes) -> None:
    """Put a forged segment where it is kept and shown, and never applied."""
    session.shelf.set_aside(sha256, path, reason, file)
    session.aside[sha256] = reason
    session.waiting.pop(sha256, None)
    session.fresh.pop(sha256, None)
    session.tally.aside(Quarantined(path, reason, sha256))


def cut_removed(session: Session) -> None:
    """After a new roster: take back what a removed station wrote after its cut."""
    for member in session.roster.members.values():
        if member.cut is None:
            continue
        gone = [
            kept for kept in session.known.values()
            if kept.writer == member.station and not member.allows(kept.incarnation, kept.n)
        ]  # fmt: skip
        reason = _("{name}'s station was removed before this was written").format(name=member.officer)
        listed = [(kept.sha256, _operations(session, kept.sha256)) for kept in gone]
        if session.shelf.cut_off(listed, reason):
            for kept in gone:
                del session.known[kept.sha256]
                path = layout.segment_path(kept.writer, kept.incarnation, kept.n, kept.sha256)
                session.tally.aside(Quarantined(path, reason, kept.sha256))


def _operations(session: Session, sha256: str) -> tuple[str, ...]:
    file = session.shelf.file(sha256)
    _frame, header = segments.peek(file)
    member = session.roster.members[header.writer]
    opened = segments.read(file, member.sign, session.roster.epochs[header.epoch])
    return tuple(o.id for _raw, o in opened.operations)


def say_what_waits(session: Session) -> None:
    """Who waits for what, in sentences."""
    rests: dict[str, tuple[Dep, int]] = {}
    for header in session.waiting.values():
        if header is None:
            session.tally.waiting.append(_("a segment that only a newer program can read"))
            continue
        for dep in lacking(session, header):
            if dep.sha256 not in session.waiting:
                rests[dep.sha256] = (dep, rests.get(dep.sha256, (dep, 0))[1] + 1)
    for dep, count in rests.values():
        told = plural(
            "waiting for segment {n} of {name}'s station ({count} segment rests on it)",
            "waiting for segment {n} of {name}'s station ({count} segments rest on it)",
            count,
        )
        name = session.roster.name_of(dep.writer)
        session.tally.waiting.append(told.format(n=dep.n, name=name, count=count))
    _say_what_was_withheld(session, set(rests))
    _say_forks(session)


def _say_what_was_withheld(session: Session, told: set[str]) -> None:
    """Others held segments that neither this store nor we have: it was set back, or they are on their way."""
    for said in session.said.values():
        for dep in said.heads:
            if dep.sha256 in told or session.holds(dep.sha256) or dep.sha256 in session.unread:
                continue
            member = session.roster.members.get(dep.writer)
            if member is None or not member.allows(dep.incarnation, dep.n):
                continue
            told.add(dep.sha256)
            shown = max((k.n for k in session.known.values() if k.incarnation == dep.incarnation), default=0)
            session.tally.waiting.append(
                _("{who} had segment {n} of {name}'s station; this store shows {shown}").format(
                    who=session.roster.name_of(said.writer), n=dep.n, name=member.officer, shown=shown
                )
            )


def _say_forks(session: Session) -> None:
    """Two segments in one place: a station was copied, or set back to a backup and used on."""
    places: dict[tuple[str, str, int], int] = {}
    for kept in session.known.values():
        place = (kept.writer, kept.incarnation, kept.n)
        places[place] = places.get(place, 0) + 1
    first: dict[str, int] = {}
    for (writer, _inc, n), count in places.items():
        if count > 1:
            first[writer] = min(n, first.get(writer, n))
    for writer, n in first.items():
        session.tally.forks.append(
            _(
                "{name}'s station went on in two copies from segment {n} (cloned, or restored from a "
                "backup); both are kept"
            ).format(name=session.roster.name_of(writer), n=n)
        )
