"""Collections of published records: a folder with `collection.json`, `records.db` and its indexes.

A collection holds nothing confidential and needs no office database. `records.db` is the truth; the
full-text indexes and picture descriptors beside it are made from it and may be thrown away.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
import uuid
from pathlib import Path

from app.errors import OfficeError, StorageRefused, _
from app.storage import engine
from app.storage.shelf import Shelf

FORMAT = 1
_LONGEST_NAME = 60
# Windows keeps these names for devices, whatever comes after a dot.
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\..*)?\Z", re.IGNORECASE)


def home_of(office_folder: Path) -> Path:
    """Where the collections of an office lie."""
    return office_folder / "collections"


def safe_name(name: str) -> str:
    """`name`, composed, when every file system can hold a folder of that name; refused otherwise."""
    composed = unicodedata.normalize("NFC", name)
    plain = all(c.isalnum() or unicodedata.category(c)[0] == "M" or c in "-_. " for c in composed)
    if (
        not composed
        or not plain
        or composed[0] in "-. "
        or composed[-1] in ". "
        or len(composed) > _LONGEST_NAME
        or len(composed.encode()) > 180
        or _DEVICES.match(composed)
    ):
        raise OfficeError(
            _("A collection cannot be called “{name}”. Nothing was made.").format(name=name),
            _("Take letters, digits, blanks, “-”, “_” and “.”, at most {count} characters.").format(
                count=_LONGEST_NAME
            ),
        )
    return composed


def names(office_folder: Path) -> list[str]:
    """The collections of an office, in the order of their names."""
    home = home_of(office_folder)
    if not home.is_dir():
        return []
    found = [p.name for p in home.iterdir() if (p / "collection.json").is_file()]
    return sorted(unicodedata.normalize("NFC", name) for name in found)


def create(office_folder: Path, name: str) -> Shelf:
    """Make an empty collection. Refused when one of that name (in any case) is there."""
    name = safe_name(name)
    taken = {other.casefold() for other in names(office_folder)}
    if name.casefold() in taken:
        raise OfficeError(
            _("There is a collection “{name}” already. Nothing was changed.").format(name=name),
            _("Add to it, or choose another name."),
        )
    folder = home_of(office_folder) / name
    with engine.plain_troubles(folder):
        folder.mkdir(parents=True, exist_ok=True)
        about = {"format": FORMAT, "name": name, "id": uuid.uuid4().hex}
        Shelf(folder, about).close()
        # Last, so that a folder without it is a collection that was never finished.
        fresh = folder / "collection.json.new"
        fresh.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        fresh.replace(folder / "collection.json")
    return Shelf(folder, about)


def open_shelf(office_folder: Path, name: str) -> Shelf:
    """The collection of that name. Refused when there is none, or when a newer program made it."""
    folder = home_of(office_folder) / safe_name(name)
    try:
        about = json.loads((folder / "collection.json").read_text(encoding="utf-8"))
        made = int(about["format"])
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise OfficeError(
            _("There is no collection “{name}”.").format(name=name),
            _("The list of collections shows those there are."),
            command="collection list",
        ) from trouble
    if made > FORMAT:
        raise OfficeError(
            _("The collection “{name}” has format {theirs}; this program reads up to {ours}.").format(
                name=name, theirs=made, ours=FORMAT
            ),
            _("Install a newer version of this program. Nothing was changed."),
        )
    return Shelf(folder, about)


def drop(office_folder: Path, name: str) -> None:
    """Remove a collection with its indexes and pictures."""
    shelf = open_shelf(office_folder, name)
    shelf.close()
    with engine.plain_troubles(shelf.folder):
        # First the file that makes it a collection, so that a half-removed folder is none.
        (shelf.folder / "collection.json").unlink()
        shutil.rmtree(shelf.folder)


def refuse_unless_writable(folder: Path) -> None:
    """Refuse early, before files are read, when the collection's folder cannot be written."""
    probe = folder / ".probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError as trouble:
        raise StorageRefused(
            _("The folder {folder} cannot be written. Nothing was added.").format(folder=folder),
            _("Check its rights and the space on the disk."),
        ) from trouble
