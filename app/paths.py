"""Where the program keeps what is its own on this machine, and where its data lies.

Nothing here makes a folder: whoever writes does.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP = "marula"


def data_folder() -> Path:
    """The person's own data folder of this program (XDG on Linux, its equals elsewhere)."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / APP


def default_office() -> Path:
    """`$MARULA_OFFICE`, else `office` in the person's data folder."""
    named = os.environ.get("MARULA_OFFICE")
    return Path(named) if named else data_folder() / "office"


def resources() -> Path:
    """The folder of bundled data; inside a frozen build it lies beside the program's libraries."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    return Path(__file__).resolve().parent.parent / "resources"
