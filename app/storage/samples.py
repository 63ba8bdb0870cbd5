"""The sample collection a built copy of the program carries: there to be searched before an office has any.

It lies in the program's own folder, which may be read-only, so it is copied into the person's data
folder when it is first asked. A checkout carries none; its demonstration builds one.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from app.paths import data_folder, resources
from app.storage import collections, engine


def bundled() -> Path:
    """The folder below which the sample collection lies in a built copy."""
    return resources() / "demo" / "ready"


def searched(office_folder: Path) -> Path:
    """The folder whose collections are asked: the office's, else a copy of the sample where there is one."""
    if collections.names(office_folder) or not collections.names(bundled()):
        return office_folder
    copy = data_folder() / "sample"
    if not collections.names(copy):
        with engine.plain_troubles(copy):
            waiting = copy.with_name("sample.part")
            shutil.rmtree(waiting, ignore_errors=True)
            waiting.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(bundled(), waiting)
            shutil.rmtree(copy, ignore_errors=True)
            waiting.replace(copy)
    return copy
