"""The writing half of an exchange: seal what is ours, then put into the store whatever it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.errors import OfficeError, _
from app.history.operation import GENESIS, Operation, chain_hash
from app.storage.segments import Kept, Manifest, Unsealed, blobs_of
from app.sync import documents, heads, layout, parts, segments, stores
from app.sync.segments import Dep, Header
from app.sync.session import Session

HEAD_COUNT = "sync-head-n"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file the store lacks: its path, its size in bytes, and what makes it."""

    path: str
    size: int
    data: Callable[[], bytes]


def seal_own(session: Session) -> tuple[Kept, ...]:
    """Seal our operations that are in no segment yet: once, and before anything is published."""
    runs = session.shelf.unsealed()
    if not runs:
        return ()
    manifests = own_manifests(session, runs)
    session.shelf.keep_manifests(manifests.values())
    made = session.shelf.seal(lambda run: sealed(session, run, manifests))
    session.known |= {kept.sha256: kept for kept in made}
    return made


def own_manifests(session: Session, runs: Iterable[Unsealed]) -> dict[str, Manifest]:
    """The parts of every document that the runs bring and that lies here."""
    known, roster = session.shelf.manifests(), session.roster
    found: dict[str, Manifest] = {}
    for run in runs:
        for blob in blobs_of(run.operations):
            blobs = session.store.blobs
            if blob in known:
                found[blob] = known[blob][-1]
            elif blob not in found and documents.layout_safe(blob) and blobs.has(blob):
                size = sum(len(part) for part in blobs.parts(blob))
                key = roster.epochs[roster.epoch]
                found[blob] = parts.manifest_of(blobs, blob, size, roster.office, roster.epoch, key)
    return found


def sealed(session: Session, run: Unsealed, manifests: dict[str, Manifest]) -> Iterator[tuple[Kept, bytes]]:
    """The segments of one run of our operations."""
    store, roster = session.store, session.roster
    n = run.before.n if run.before else 0
    prev = run.before.sha256 if run.before else GENESIS
    here = (store.station, run.incarnation)
    deps = tuple(
        Dep(end.writer, end.incarnation, end.n, end.sha256)
        for end in session.ends() if (end.writer, end.incarnation) != here
    )  # fmt: skip
    for batch in segments.batches(run.operations):
        n += 1
        header = Header(roster.office, store.station, run.incarnation, n, prev, deps, roster.epoch)
        brought = [manifests[blob] for blob in dict.fromkeys(blobs_of(batch)) if blob in manifests]
        file = segments.write(header, batch, brought, roster.epochs[roster.epoch], store.identity)
        prev, deps = layout.digest(file), ()
        last = Operation.from_bytes(batch[-1])
        yield (
            Kept(
                prev,
                store.station,
                run.incarnation,
                n,
                header.prev,
                last.n,
                chain_hash(batch[-1]),
                True,
                len(file),
            ),
            file,
        )


def lacking(session: Session) -> list[Outgoing]:
    """Everything the store lacks, in the order it is written: what others need first comes first."""
    out: list[Outgoing] = []
    card, keys_file = session.ring.card_file, session.ring.keys_file
    if not session.there.card:
        out.append(Outgoing(layout.CARD, len(card), lambda: card))
    keys_path = layout.key_path(session.roster.epoch, layout.digest(keys_file))
    if keys_path in session.damaged or keys_path not in session.listing(layout.KEYS):
        out.append(Outgoing(keys_path, len(keys_file), lambda: keys_file))
    out += _parts(session)
    out += _segments(session)
    return out


def _segments(session: Session) -> Iterator[Outgoing]:
    listed = session.listing(layout.SEGMENTS)
    for sha256, kept in session.known.items():
        path = layout.segment_path(kept.writer, kept.incarnation, kept.n, sha256)
        if path not in listed or path in session.damaged:
            yield Outgoing(path, kept.bytes, lambda sha256=sha256: session.shelf.file(sha256))  # type: ignore[misc]
    for one in session.shelf.waiting():
        path = layout.segment_path(one.writer, one.incarnation, one.n, one.sha256)
        if path not in listed or path in session.damaged:
            yield Outgoing(path, len(one.file), lambda file=one.file: file)  # type: ignore[misc]


def _parts(session: Session) -> Iterator[Outgoing]:
    for manifest, indexes in documents.lacking_there(session):
        made = _Parts(session, manifest)
        for index in indexes:
            path = layout.part_path(manifest.blob, index, manifest.parts[index])
            last = index == len(manifest.parts) - 1
            size = _part_size(manifest.size - index * parts.PART if last else parts.PART)
            yield Outgoing(path, size, lambda index=index, made=made: made.part(index))  # type: ignore[misc]


def _part_size(plain: int) -> int:
    return -(-(plain + 4 + 44) // parts.PAGE) * parts.PAGE


class _Parts:
    """The part files of one document, made one after another as they are asked for."""

    def __init__(self, session: Session, manifest: Manifest) -> None:
        key = session.roster.epochs[manifest.epoch]
        self._manifest = manifest
        self._made = enumerate(
            parts.sealed_parts(session.store.blobs, manifest.blob, manifest.size, session.ring.office, key)
        )

    def part(self, index: int) -> bytes:
        """Part `index`; b"" when the document on this disk is not what it was."""
        try:
            for at, data in self._made:
                if at == index:
                    return data if layout.digest(data) == self._manifest.parts[index] else b""
        except OfficeError:
            return b""
        return b""


def write_all(session: Session, outgoing: list[Outgoing]) -> None:
    """Write file after file. A store that fails is named with how far it came; a repeat goes on there."""
    tally, total = session.tally, len(outgoing)
    for done, one in enumerate(outgoing):
        session.progress.step(done, total, _("writing"))
        try:
            data = one.data()
            if not data:
                tally.waiting.append(_("a document that is damaged on this station; another must bring it"))
                continue
            session.shop.write(one.path, data)
        except stores.StoreTrouble as trouble:
            raise with_progress(trouble, tally.wrote, total) from trouble
        tally.wrote += 1
        tally.bytes_written += len(data)


def with_progress(trouble: stores.StoreTrouble, done: int, total: int) -> stores.StoreTrouble:
    """The refusal with "3 of 12 files were written"."""
    told = _("{what} {done} of {total} files were written; the office itself is unchanged.")
    return stores.StoreTrouble(told.format(what=trouble.message, done=done, total=total), trouble.remedy)


def write_head(session: Session) -> None:
    """Say what we hold now, when it is not what the store has us say already."""
    before = session.said.get(session.store.station)
    ends = sorted(session.ends(), key=lambda kept: (kept.writer, kept.incarnation, kept.n, kept.sha256))
    missing = tuple(documents.lacking_here(session))
    said = heads.Heads(
        session.ring.office, session.store.station, 0,
        tuple(Dep(kept.writer, kept.incarnation, kept.n, kept.sha256) for kept in ends),
        missing[: heads.LISTED], tuple(sorted(session.unread - {""}))[: heads.LISTED],
    )  # fmt: skip
    if before and before.says() == said.says():
        return
    own = session.store.private
    n = max(before.n if before else 0, int(own.text(HEAD_COUNT, "0"))) + 1
    data = heads.write(heads.Heads(said.office, said.writer, n, *said.says()), session.store.identity)  # type: ignore[arg-type]
    path = layout.head_path(said.writer, n, layout.digest(data))
    session.shelf.keep_private({HEAD_COUNT: str(n).encode()})
    session.shop.write(path, data)
    session.tally.wrote += 1
    session.tally.bytes_written += len(data)
    for name, entries in session.listing(layout.HEADS).items():
        for entry in entries:
            if name != path and name.startswith(f"{layout.HEADS}{said.writer}/"):
                session.shop.remove(entry.path)


def note_published(session: Session) -> None:
    """Remember how far our operations are in a store, for "n changes exist only here"."""
    sent: dict[str, int] = {}
    for kept in session.known.values():
        if kept.writer == session.store.station:
            sent[kept.incarnation] = max(kept.ops_to, sent.get(kept.incarnation, 0))
    own = session.store.private
    changed = {
        f"published-{incarnation}": str(n).encode()
        for incarnation, n in sent.items() if own.text(f"published-{incarnation}", "0") != str(n)
    }  # fmt: skip
    if changed:
        session.shelf.keep_private(changed)
