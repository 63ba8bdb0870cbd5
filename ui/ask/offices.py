"""Opening, making and joining an office. These run before there is an office to hand over."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import FileRefused, _
from app.paths import data_folder
from app.progress import Progress

if TYPE_CHECKING:
    from app.domain.law import LawPack
    from app.services.offices import BackedUp, Office, Rebuilt, Verified


@dataclass(frozen=True, slots=True)
class Founding:
    """What the person filled in on the first page. `secret` "" leaves the office unencrypted."""

    folder: Path
    officer: str
    secret: str = ""
    law: str = "model"
    invitation: Path | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An open office, or that it wants its passphrase (`office` is None)."""

    folder: Path
    office: Office | None
    law: LawPack | None = None


def open_office(progress: Progress, folder: Path, secret: str = "") -> Opened:
    """Open the office in `folder`; the keyring and the environment are asked before the person."""
    from app.services import offices

    given: bytes | None = secret.encode() if secret else None
    if given is None and offices.needs_secret(folder):
        named = os.environ.get("MARULA_PASSPHRASE_FILE")
        if named:
            given = _first_line(Path(named))
        given = given or offices.remembered_secret(folder)
        if given is None:
            return Opened(folder, None)
    return _opened(folder, offices.open_office(folder, secret=given))


def _opened(folder: Path, office: Office) -> Opened:
    """The law pack is read here, in the worker."""
    return Opened(folder, office, office.law)


def _first_line(file: Path) -> bytes:
    try:
        return file.read_bytes().split(b"\n", 1)[0].rstrip(b"\r")
    except OSError as trouble:
        raise FileRefused(
            _("The passphrase file {file} cannot be read ({why}).").format(file=file, why=trouble.strerror),
            _("Check its name and its rights, or type the passphrase."),
        ) from trouble


def make_office(progress: Progress, founding: Founding) -> Opened:
    """Make a new office and open it."""
    from app.services import offices

    secret = founding.secret.encode() if founding.secret else None
    office = offices.init_office(
        founding.folder, law=founding.law, officer=founding.officer or None, secret=secret
    )
    return _opened(founding.folder, office)


def sample_folder() -> Path:
    """Where the sample office lies on this machine."""
    return data_folder() / "sample"


def sample_office(progress: Progress) -> Opened:
    """Open the sample office, making it the first time."""
    from app.services import demo, offices

    keep = sample_folder()
    if not (keep / "office" / "office.json").is_file():
        demo.walk(keep, progress=progress)
    return _opened(keep / "office", offices.open_office(keep / "office"))


def verify(office: Office, progress: Progress) -> Verified:
    """Check chains, tables and documents."""
    from app.services import offices

    return offices.verify(office, progress=progress)


def rebuild(office: Office, progress: Progress) -> Rebuilt:
    """Make all tables anew from the log."""
    from app.services import offices

    return offices.rebuild(office, progress=progress)


def backup(office: Office, progress: Progress, file: Path) -> BackedUp:
    """Write the whole office into one file."""
    from app.services import offices

    return offices.backup(office, file, progress=progress)


def join_office(progress: Progress, founding: Founding) -> Opened:
    """Make a new station of an office and open it. Its answer file lies beside the invitation."""
    from app.services import offices, stations

    secret = founding.secret.encode() if founding.secret else None
    if founding.invitation is None:
        raise FileRefused(_("No invitation was named."), _("Choose the file your registrar wrote."))
    stations.join(founding.invitation, founding.folder, founding.officer or None, secret)
    return _opened(founding.folder, offices.open_office(founding.folder, secret=secret))
