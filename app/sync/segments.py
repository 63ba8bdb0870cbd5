"""Segments: operations of one station, compressed, sealed, chained and signed.

```
IPX1 | length of the header (4) | header JSON | nonce (24) | ciphertext | signature (64)
```
header   `format`, `reader` (least version that can read it), `office`, `writer`, `incarnation`, `n` (from 1
         within both), `prev` (SHA-256 of the segment before it, zeros for none), `deps` (segments of others
         that the writer had applied: `[[writer, incarnation, n, sha256], …]`), `epoch` (of the key)
inside   length (4, big-endian) | zstd of JSON lines | zeros, so that the file is a multiple of 4 KiB

A line is the bytes of an operation, its `p` left empty where it is the hash of the operation on the line
before (a third of the bytes, and no compression finds them), or `{"manifest": {"blob", "epoch", "size",
"parts": […]}}`: the SHA-256 of each sealed part of a document that an operation in this segment names
(`app.sync.parts`). Manifests come first.

What counts is the whole file's SHA-256, which its name and the next segment's `prev` carry; the
signature of the roster's key of `writer`; the seal; and that every operation inside is the writer's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.errors import _
from app.history.operation import BadOperation, Operation, chain_hash
from app.seal import (
    NONCE_BYTES,
    SIGNATURE_BYTES,
    Identity,
    NotGenuine,
    pack,
    seal,
    subkey,
    unpack,
    unseal,
)
from app.storage.segments import Kept, Manifest
from app.sync import frames, layout

FORMAT = 1
PAGE = 4096
CLOSES_AT = 1 << 20  # bytes of lines after which the next act begins a new segment
SPLITS_AT = 4 << 20  # an act larger than this is divided
FILE_MAX = 48 << 20  # bytes of a segment file that are read at all
LINES_MAX = 64 << 20  # bytes its lines may unfold to
_TAG_BYTES = 16


class TooNew(Exception):
    """A newer program wrote this: keep it, hand it on, read it after an update."""


@dataclass(frozen=True, slots=True)
class Dep:
    """A segment another station had written and the writer had applied."""

    writer: str
    incarnation: str
    n: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a segment says in clear about its place; bound to its content by seal and signature."""

    office: str
    writer: str
    incarnation: str
    n: int
    prev: str
    deps: tuple[Dep, ...]
    epoch: int

    def as_json(self) -> dict[str, object]:
        """The header's JSON object."""
        return {
            "format": FORMAT, "reader": FORMAT, "office": self.office, "writer": self.writer,
            "incarnation": self.incarnation, "n": self.n, "prev": self.prev, "epoch": self.epoch,
            "deps": [[d.writer, d.incarnation, d.n, d.sha256] for d in self.deps],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment that was opened and found genuine. `operations` are pairs (bytes, what they say)."""

    header: Header
    sha256: str
    operations: tuple[tuple[bytes, Operation], ...]
    manifests: tuple[Manifest, ...]
    file: bytes

    def kept(self, *, mine: bool) -> Kept:
        """The row that is kept of it."""
        last, head = self.operations[-1], self.header
        return Kept(
            self.sha256, head.writer, head.incarnation, head.n, head.prev, last[1].n, chain_hash(last[0]),
            mine, len(self.file),
        )  # fmt: skip


def write(
    header: Header, operations: Iterable[bytes], manifests: Iterable[Manifest], key: bytes, signer: Identity
) -> bytes:
    """The file of a segment. `key` is the epoch's."""
    lines = [*(_manifest_line(one) for one in manifests), *_lines(operations)]
    bound = frames.front(frames.SEGMENT, header.as_json())
    packed = pack(b"\n".join(lines))
    inside = len(packed).to_bytes(4, "big") + packed
    around = len(bound) + NONCE_BYTES + _TAG_BYTES + SIGNATURE_BYTES
    inside += bytes(-(around + len(inside)) % PAGE)
    return frames.signed(bound, seal(subkey(key, "segment"), inside, bound), signer)


def peek(data: bytes) -> tuple[frames.Frame, Header]:
    """The header, nothing proven. Raises NotGenuine (not a segment) or TooNew."""
    frame = frames.parse(frames.SEGMENT, data)
    read = frame.header
    if not frames.is_count(read.get("reader"), 1):
        raise NotGenuine(_("its header cannot be read"))
    if read["reader"] > FORMAT:
        raise TooNew
    deps = read.get("deps")
    fits = (
        frames.is_hex(read.get("office"), 32) and frames.is_hex(read.get("writer"), 32)
        and frames.is_hex(read.get("incarnation"), 16) and frames.is_hex(read.get("prev"), 64)
        and frames.is_count(read.get("n"), 1) and frames.is_count(read.get("epoch"), 1)
        and isinstance(deps, list) and all(_is_dep(dep) for dep in deps)
    )  # fmt: skip
    if not fits:
        raise NotGenuine(_("its header cannot be read"))
    return frame, Header(
        read["office"], read["writer"], read["incarnation"], read["n"], read["prev"],
        tuple(Dep(*dep) for dep in read["deps"]), read["epoch"],
    )  # fmt: skip


def _is_dep(dep: object) -> bool:
    return (
        isinstance(dep, list) and len(dep) == 4 and frames.is_hex(dep[0], 32) and frames.is_hex(dep[1], 16)
        and frames.is_count(dep[2], 1) and frames.is_hex(dep[3], 64)
    )  # fmt: skip


def read(data: bytes, public: bytes, key: bytes) -> Segment:
    """Open a segment with its writer's public key and its epoch's key.

    Raises NotGenuine, with the reason, for anything that this writer did not seal in this form.
    """
    frame, header = peek(data)
    frame.check(public)
    inside = unseal(subkey(key, "segment"), frame.body, frame.bound)
    length = int.from_bytes(inside[:4], "big")
    if len(data) % PAGE or length > len(inside) - 4 or any(inside[4 + length :]):
        raise NotGenuine(_("its padding does not fit"))
    operations: list[tuple[bytes, Operation]] = []
    manifests: list[Manifest] = []
    for line in unpack(inside[4 : 4 + length], LINES_MAX).split(b"\n"):
        if line.startswith(b'{"manifest":'):
            manifests.append(_manifest(line))
        else:
            raw = _filled(line, operations[-1][0]) if operations else line
            operations.append((raw, _operation(raw, header)))
    _check_chain(operations)
    return Segment(header, layout.digest(data), tuple(operations), tuple(manifests), data)


# The keys before `p` hold texts, a number and a list of texts, in which a quotation mark is escaped; so the
# first place where these bytes stand is the key itself.
_LINK = b',"p":"'


def _lines(operations: Iterable[bytes]) -> Iterator[bytes]:
    """Operations with `p` left out where the line before gives it."""
    before = b""
    for raw in operations:
        full = _LINK + chain_hash(before).encode() if before else b""
        yield raw.replace(full, _LINK, 1) if full and raw.partition(_LINK)[2].startswith(full[6:]) else raw
        before = raw


def _filled(line: bytes, before: bytes) -> bytes:
    """The operation's bytes again."""
    head, link, rest = line.partition(_LINK)
    return head + link + chain_hash(before).encode() + rest if link and rest.startswith(b'"') else line


def _operation(line: bytes, header: Header) -> Operation:
    try:
        operation = Operation.from_bytes(line)
    except BadOperation as trouble:
        raise NotGenuine(_("it holds something that is not an operation")) from trouble
    if (operation.w, operation.i) != (header.writer, header.incarnation):
        raise NotGenuine(_("it holds an operation of another station than its writer"))
    return operation


def _check_chain(operations: list[tuple[bytes, Operation]]) -> None:
    if not operations:
        raise NotGenuine(_("it holds no operation"))
    for (before, one), (_raw, following) in pairwise(operations):
        if following.n != one.n + 1 or following.p != chain_hash(before):
            raise NotGenuine(_("its operations do not follow one another"))


def _manifest_line(one: Manifest) -> bytes:
    content = {"blob": one.blob, "epoch": one.epoch, "size": one.size, "parts": list(one.parts)}
    return frames.canonical({"manifest": content})


def _manifest(line: bytes) -> Manifest:
    try:
        read = json.loads(line)["manifest"]
        blob, epoch, size, parts = read["blob"], read["epoch"], read["size"], read["parts"]
    except (ValueError, KeyError, TypeError, RecursionError) as trouble:
        raise NotGenuine(_("its list of parts cannot be read")) from trouble
    whole = isinstance(parts, list) and all(frames.is_hex(part, 64) for part in parts)
    if not (whole and frames.is_hex(blob, 64) and frames.is_count(epoch, 1) and frames.is_count(size)):
        raise NotGenuine(_("its list of parts cannot be read"))
    return Manifest(blob, epoch, size, tuple(parts))


def batches(operations: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    """Divide operations into segments: between acts after 1 MiB, inside an act only beyond 4 MiB."""
    batch: list[bytes] = []
    size, act = 0, ""
    for raw in operations:
        this = Operation.from_bytes(raw).g
        closed = size >= CLOSES_AT and this != act
        if batch and (closed or size + len(raw) > SPLITS_AT):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(raw)
        size, act = size + len(raw) + 1, this
    if batch:
        yield tuple(batch)
