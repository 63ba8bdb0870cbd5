"""Documents on their way: sealed parts of 1 MiB, so that an interrupted copy goes on where it stopped.

```
IPXP | nonce (24) | ciphertext          inside: length (4, big-endian) | plain bytes | zeros
```
The zeros make the file a multiple of 4 KiB. A part is sealed under the key of an epoch and bound to
office, document, place and number of parts, with a nonce that follows from its content: every station
that holds the document makes the same file, so any of them can put a lost part back. Which parts make
up a document (its manifest: the SHA-256 of every part file) stands in the segment that brings it, under
that segment's signature; the whole is compared with the document's id and SHA-256 when it is put together.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from app.errors import _
from app.seal import NONCE_BYTES, NotGenuine, seal_same, subkey, unseal
from app.storage import blobs as shelf
from app.storage.blobs import Blobs
from app.storage.segments import Manifest
from app.sync import layout

MAGIC = b"IPXP"
PART = shelf.PART
PAGE = 4096
FILE_MAX = PART + 2 * PAGE
_AROUND = len(MAGIC) + NONCE_BYTES + 16


def part_count(size: int) -> int:
    """How many parts a document of `size` bytes travels in; an empty one in a single part."""
    return max(1, -(-size // PART))


def sealed_parts(blobs: Blobs, blob: str, size: int, office: str, key: bytes) -> Iterator[bytes]:
    """The part files of a document on this station, in order. `key` is the epoch's."""
    count = part_count(size)
    for index, plain in enumerate(blobs.parts(blob) if size else (b"",)):
        inside = len(plain).to_bytes(4, "big") + plain
        inside += bytes(-(_AROUND + len(inside)) % PAGE)
        yield MAGIC + seal_same(subkey(key, "part"), inside, _place(office, blob, index, count))


def manifest_of(blobs: Blobs, blob: str, size: int, office: str, epoch: int, key: bytes) -> Manifest:
    """Seal every part once to learn its name."""
    names = tuple(layout.digest(part) for part in sealed_parts(blobs, blob, size, office, key))
    return Manifest(blob, epoch, size, names)


def open_part(data: bytes, manifest: Manifest, index: int, office: str, key: bytes) -> bytes:
    """The plain bytes of one part. Raises NotGenuine."""
    if layout.digest(data) != manifest.parts[index] or data[:4] != MAGIC:
        raise NotGenuine(_("it was damaged"))
    bound = _place(office, manifest.blob, index, len(manifest.parts))
    inside = unseal(subkey(key, "part"), data[4:], bound)
    length = int.from_bytes(inside[:4], "big")
    if length > PART or length > len(inside) - 4:
        raise NotGenuine(_("its length does not fit"))
    return inside[4 : 4 + length]


def _place(office: str, blob: str, index: int, count: int) -> bytes:
    return f"{office}:{blob}:{index}/{count}".encode()


class Joined(io.RawIOBase):
    """A document read from its parts, for `Blobs.put`. `part` gives the plain bytes of part i."""

    def __init__(self, count: int, part: Callable[[int], bytes]) -> None:
        super().__init__()
        self._count, self._part = count, part
        self._next, self._rest = 0, b""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, fewer only at the end."""
        while (size < 0 or len(self._rest) < size) and self._next < self._count:
            self._rest += self._part(self._next)
            self._next += 1
        taken = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(taken) :]
        return taken
