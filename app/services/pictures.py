"""Pictures of marks: kept in a collection, described, looked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from app.domain.findings import Finding, Severity
from app.errors import FileRefused, OfficeError, _
from app.imaging import pictures as imaging
from app.progress import SILENT, Progress
from app.storage.shelf import Shelf
from search.images import descriptors
from search.images.prepared import Prepared, prepare

_SIDE = 512  # pixels: the sign beside a long word is still large enough to be seen


def prepared(path: Path) -> Prepared:
    """The mark in a picture file. Refused when the file is no picture or shows nothing."""
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise FileRefused(
            _("{file} cannot be read ({why}).").format(file=path.name, why=trouble.strerror),
            _("Check its name and its rights."),
        ) from trouble
    return _mark_in(data)


def _mark_in(data: bytes) -> Prepared:
    pixels = imaging.load(data, _SIDE)
    found = prepare(pixels.width, pixels.height, pixels.rgba)
    if found is None:
        raise FileRefused(
            _("Nothing is to be seen in this picture: it has one colour only."),
            _("Look at it in a viewer, and ask for another."),
        )
    return found


def keep(shelf: Shelf, pictured: Iterable[tuple[int, Path]], progress: Progress = SILENT) -> list[Finding]:
    """Copy the pictures of these rows into the collection and describe them, in one transaction.

    What is wrong with a picture is a finding; its record stays without one.
    """
    findings: list[Finding] = []
    described: list[tuple[int, str, bytes]] = []
    for number, (row, path) in enumerate(pictured, 1):
        progress.step(number, None, path.name)
        try:
            data = path.read_bytes()
            if shelf.picture_described(row, descriptors.VERSION) == _name_of(data, path.suffix):
                continue  # the same picture again: describing it is the dear part
            views = descriptors.described(_mark_in(data)).to_bytes()
        except FileRefused as refusal:
            findings.append(_finding(path, refusal))
        except OSError as trouble:
            findings.append(
                _finding(path, OfficeError(_("It cannot be read ({why}).").format(why=trouble.strerror)))
            )
        else:
            described.append((row, _stored(shelf, data, path.suffix), views))
    shelf.put_pictures(described, descriptors.VERSION)
    return findings


def _stored(shelf: Shelf, data: bytes, suffix: str) -> str:
    """Keep a copy of the picture in the collection; its name there."""
    name = _name_of(data, suffix)
    folder = shelf.folder / "images"
    folder.mkdir(exist_ok=True)
    fresh = folder / f"{name}.new"
    fresh.write_bytes(data)
    fresh.replace(folder / name)
    return name


def _name_of(data: bytes, suffix: str) -> str:
    """The name of a picture's copy, made from what it holds."""
    return hashlib.sha256(data).hexdigest()[:32] + suffix.lower()


def _finding(path: Path, refusal: OfficeError) -> Finding:
    return Finding(Severity.WARNING, path.name, "register.image", refusal.message, remedy=refusal.remedy)


def described(shelf: Shelf) -> list[tuple[int, descriptors.Described]]:
    """Row and description of every picture; those described by an older version are described anew."""
    old = shelf.outdated_pictures(descriptors.VERSION)
    if old:
        keep(shelf, [(row, shelf.folder / "images" / file) for row, file in old])
    return [
        (row, descriptors.Described.from_bytes(views))
        for row, _file, views in shelf.pictures(descriptors.VERSION)
    ]
