"""`office.json`: what must be known before the database can be opened. Nothing in it is secret."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from app.errors import StorageRefused, _
from app.seal import Derivation
from app.storage.engine import plain_troubles

NAME = "office.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """Office id (32 hex), format, and how a passphrase becomes the key (None: no passphrase)."""

    office_id: str
    derivation: Derivation | None
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Put it into the folder, whole or not at all."""
        content: dict[str, object] = {"format": self.format, "office": self.office_id}
        if self.derivation:
            content["key"] = {
                "function": "argon2id", "salt": self.derivation.salt.hex(),
                "memory_kib": self.derivation.memory_kib, "passes": self.derivation.passes,
            }  # fmt: skip
        waiting = folder / (NAME + ".part")
        with plain_troubles(folder):
            with waiting.open("w", encoding="utf-8") as out:
                out.write(json.dumps(content, indent=1) + "\n")
                out.flush()
                os.fsync(out.fileno())
            waiting.replace(folder / NAME)


def read(folder: Path) -> OfficeFile:
    """The office file of `folder`. Refused where there is no office, or one of a newer program."""
    path = folder / NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        key = content.get("key")
        form = int(content["format"])
        derivation = Derivation(bytes.fromhex(key["salt"]), key["memory_kib"], key["passes"]) if key else None
        found = OfficeFile(str(content["office"]), derivation, form)
    except FileNotFoundError as trouble:
        raise StorageRefused(
            _("There is no office in {folder}. Nothing was changed.").format(folder=folder),
            _("Make a new office there, or name another folder."),
            command="office init FOLDER",
        ) from trouble
    except OSError as trouble:
        raise StorageRefused(
            _("The office in {folder} cannot be read ({why}).").format(folder=folder, why=trouble.strerror),
            _("Look at the rights of the folder."),
        ) from trouble
    except (ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise StorageRefused(
            _("{path} does not read as the file of an office. Nothing was changed.").format(path=path),
            _("Restore it from a backup of the office."),
        ) from trouble
    if found.format > FORMAT:
        raise StorageRefused(
            _(
                "This office is in format {theirs}, made by a newer program; this one knows format {ours}. "
                "Nothing was changed."
            ).format(theirs=found.format, ours=FORMAT),
            _("Install the newer program, or open a backup made before."),
        )
    return found
