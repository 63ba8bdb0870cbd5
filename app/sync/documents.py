"""Documents: which parts the store lacks, and putting those together that came.

Parts that were read lie sealed in `OFFICE/incoming/<blob id>/` until the last one is there, so that an
interrupted exchange goes on with the next part.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from app.domain.changes import Changes
from app.errors import _
from app.seal import NotGenuine
from app.storage import engine
from app.storage.segments import Manifest
from app.sync import layout, parts
from app.sync.session import Quarantined, Session

INCOMING = "incoming"


def lacking_here(session: Session) -> dict[str, tuple[Manifest, ...]]:
    """Documents the log names whose bytes are not on this station, with the parts they travel in."""
    named = session.shelf.documents()
    if not named:
        return {}
    manifests, blobs = session.shelf.manifests(), session.store.blobs
    return {
        blob: manifests.get(blob, ()) for blob in sorted(named) if layout_safe(blob) and not blobs.has(blob)
    }


def layout_safe(blob: str) -> bool:
    """Whether an operation's blob id has the form of one (an insider may have written any text)."""
    return len(blob) == 64 and not set(blob) - set("0123456789abcdef")


def read_documents(session: Session) -> None:
    """Bring in every document whose parts the store shows."""
    lacking = lacking_here(session)
    if not lacking:
        return
    for done, manifests in enumerate(lacking.values()):
        session.progress.step(done, len(lacking), _("documents"))
        for manifest in manifests:
            if manifest.epoch in session.roster.epochs and _read(
                session, manifest, listed_parts(session, manifest.blob)
            ):
                break


def _read(session: Session, manifest: Manifest, listed: dict[str, list[layout.Entry]]) -> bool:
    folder = session.store.path / INCOMING / manifest.blob
    whole = True
    for index, sha256 in enumerate(manifest.parts):
        session.progress.step(index, len(manifest.parts), _("documents"))
        if _is_here(folder / sha256, sha256):
            continue
        whole = _fetch(session, manifest, index, listed, folder) and whole
    return whole and _put_together(session, manifest, folder)


def _is_here(path: Path, sha256: str) -> bool:
    try:
        return layout.digest(path.read_bytes()) == sha256
    except FileNotFoundError:
        return False


def _fetch(
    session: Session, manifest: Manifest, index: int, listed: dict[str, list[layout.Entry]], folder: Path
) -> bool:
    """Read one part from the store and keep it, sealed as it is."""
    sha256 = manifest.parts[index]
    for entry in listed.get(layout.part_path(manifest.blob, index, sha256), ()):
        try:
            data = session.shop.read(entry.path, parts.FILE_MAX)
        except FileNotFoundError:
            continue
        if layout.digest(data) != sha256:
            session.tally.aside(Quarantined(entry.path, _("it was damaged"), layout.digest(data)))
            continue
        with engine.plain_troubles(folder):
            folder.mkdir(parents=True, exist_ok=True)
            waiting = folder / f"{sha256}.part"
            with waiting.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            waiting.replace(folder / sha256)
        session.tally.took(data)
        return True
    return False


def _put_together(session: Session, manifest: Manifest, folder: Path) -> bool:
    """Open the parts into the shelf; whether the document is what the log says it is."""
    key, office = session.roster.epochs[manifest.epoch], session.ring.office
    sha256, _size = session.shelf.documents()[manifest.blob]
    blobs = session.store.blobs

    def part(index: int) -> bytes:
        return parts.open_part((folder / manifest.parts[index]).read_bytes(), manifest, index, office, key)

    try:
        kept = blobs.put(parts.Joined(len(manifest.parts), part))  # type: ignore[arg-type]
    except NotGenuine as why:
        shutil.rmtree(folder, ignore_errors=True)
        session.tally.aside(Quarantined(layout.blob_folder(manifest.blob), str(why)))
        return False
    shutil.rmtree(folder, ignore_errors=True)
    if (kept.id, kept.sha256) != (manifest.blob, sha256):
        if kept.fresh and kept.id not in session.shelf.documents():
            blobs.drop(kept.id)
        told = _("its parts make up another document than the log names")
        session.tally.aside(Quarantined(layout.blob_folder(manifest.blob), told))
        return False
    session.tally.documents += 1
    session.tally.changes |= Changes(frozenset({"document"}))
    return True


def lacking_there(session: Session) -> Iterator[tuple[Manifest, tuple[int, ...]]]:
    """Documents here whose parts the store lacks: manifest and the numbers of the parts."""
    manifests = session.shelf.manifests()
    if not manifests:
        return
    blobs = session.store.blobs
    doubted = {blob for said in session.said.values() for blob in said.missing}
    session.there.documents = _seen(session) - doubted
    for blob, several in sorted(manifests.items()):
        one = next((m for m in several if m.epoch in session.roster.epochs), None)
        if one is None or blob in session.there.documents or not blobs.has(blob):
            continue
        listed = listed_parts(session, blob)
        missing = tuple(
            index for index, sha256 in enumerate(one.parts)
            if not _is_there(session, listed, layout.part_path(blob, index, sha256), blob in doubted)
        )  # fmt: skip
        if missing:
            yield one, missing
        else:
            session.there.documents.add(blob)


def listed_parts(session: Session, blob: str) -> dict[str, list[layout.Entry]]:
    """The parts of a document that the store shows; one folder at a time where looking is dear."""
    return session.listing(layout.BLOBS if session.shop.near else layout.blob_folder(blob))


def _seen_name(session: Session) -> str:
    return "sync-there-" + layout.digest(session.shop.address.encode("utf-8", "surrogatepass"))[:16]


def _seen(session: Session) -> set[str]:
    """Documents once seen whole in a store where looking is dear; nobody's when it was emptied since."""
    kept = session.store.private.get(_seen_name(session))
    return set() if session.shop.near or not session.there.card or not kept else set(json.loads(kept))


def remember_seen(session: Session) -> None:
    """Keep which documents a dear store holds, so that they are not looked for each time."""
    now = session.there.documents
    if not session.shop.near and now != _seen(session):
        session.shelf.keep_private({_seen_name(session): json.dumps(sorted(now)).encode()})


def _is_there(session: Session, listed: dict[str, list[layout.Entry]], path: str, doubted: bool) -> bool:
    """Whether the store shows the part; read anew when another station could not read it."""
    for entry in listed.get(path, ()):
        if entry.size % parts.PAGE or not entry.size:
            continue
        if not doubted:
            return True
        try:
            if layout.digest(session.shop.read(entry.path, parts.FILE_MAX)) == layout.sha_in(path):
                return True
        except FileNotFoundError:
            continue
    return False
