"""Packs: list, install, remove, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.progress import Progress

if TYPE_CHECKING:
    from app.services.offices import Office
    from app.services.packs import PackChange, PackLine


def listed(office: Office, progress: Progress) -> tuple[PackLine, ...]:
    """All packs that can be used or are offered."""
    from app.services import packs

    return packs.list(office.path)


def install(office: Office, progress: Progress, file: Path) -> PackChange:
    """Install a pack into the office."""
    from app.services import packs

    return packs.install(office.path, file, progress=progress)


def remove(office: Office, progress: Progress, name: str, kind: str) -> PackChange:
    """Remove a pack."""
    from app.services import packs

    return packs.remove(office.path, name, kind=kind)


def verify(office: Office, progress: Progress) -> tuple[PackLine, ...]:
    """Compare the hash of every file of every installed pack."""
    from app.services import packs

    return packs.verify(office.path, progress=progress)
