"""Names in the exchange folder. Lower-case hexadecimal and digits, so that FAT keeps them as they are.

```
ipx1/office.json
ipx1/keys/<epoch 4>-<sha256>.kbx
ipx1/w/<writer 32 hex>/<incarnation 16 hex>/<n // 1000>/<n 8>-<sha256>.seg
ipx1/b/<2 hex>/<blob id 64 hex>/<part 6>-<sha256>.prt
ipx1/h/<writer 32 hex>/<n 8>-<sha256>.head
```
A name says where to look first; what a file is worth is decided by its content alone.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

TOP = "ipx1"
CARD = f"{TOP}/office.json"
KEYS, SEGMENTS, BLOBS, HEADS = (f"{TOP}/{name}/" for name in ("keys", "w", "b", "h"))
_SHA = re.compile(r"-([0-9a-f]{64})\.(?:seg|prt|head|kbx)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the store: its path as the store spells it, and its size in bytes."""

    path: str
    size: int

    @property
    def name(self) -> str:
        """The path as we would spell it: FAT and some servers change the case."""
        return self.path.lower()


def digest(data: bytes) -> str:
    """SHA-256 of a whole file, 64 hex digits: what its name carries."""
    return hashlib.sha256(data).hexdigest()


def sha_in(name: str) -> str:
    """The SHA-256 a name carries, "" where it carries none."""
    found = _SHA.search(name)
    return found.group(1) if found else ""


def key_path(epoch: int, sha256: str) -> str:
    """Where a roster with its keys lies."""
    return f"{KEYS}{epoch:04d}-{sha256}.kbx"


def segment_path(writer: str, incarnation: str, n: int, sha256: str) -> str:
    """Where a segment lies: at most 1,000 in a folder."""
    return f"{SEGMENTS}{writer}/{incarnation}/{n // 1000:d}/{n:08d}-{sha256}.seg"


def blob_folder(blob: str) -> str:
    """The folder of one document's parts."""
    return f"{BLOBS}{blob[:2]}/{blob}/"


def part_path(blob: str, index: int, sha256: str) -> str:
    """Where one part of a document lies."""
    return f"{blob_folder(blob)}{index:06d}-{sha256}.prt"


def head_path(writer: str, n: int, sha256: str) -> str:
    """Where a station says what it holds."""
    return f"{HEADS}{writer}/{n:08d}-{sha256}.head"
