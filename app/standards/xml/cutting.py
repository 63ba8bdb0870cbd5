"""Cutting a stream into its XML documents without reading it whole.

Weekly files of offices hold thousands of documents one after another. A document ends where its root
element is closed, and, should it have been cut off, where the next XML declaration begins.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from app.standards.xml.prolog import doctype_end

_BETWEEN = b" \t\r\n\x00\x1a"
_GAP = re.compile(rb"(?:[ \t\r\n\x00\x1a]+|\xef\xbb\xbf)*+")
_DECLARATION = re.compile(rb"<\?xml\s")
_FIRST_TAG = re.compile(rb"<([A-Za-z_\x80-\xff][^\s<>/'\"=&]*)")
_WINDOW = 8192
_HELD = 32
_NO_ROOT = 4_194_304
_PADDING = 1_048_576
"""White space that may be padding between documents is held back up to this much."""


class Piece:
    """One document of the stream: the line it begins on and its bytes."""

    def __init__(self, line: int, chunks: Iterator[bytes]) -> None:
        self.line = line
        self.chunks = chunks

    def drain(self) -> None:
        """Read past what is left of it."""
        for _chunk in self.chunks:
            pass


class Cutter:
    """Documents of a stream, in order. One must be drained before the next is asked for."""

    def __init__(self, stream: BinaryIO, block: int) -> None:
        self._stream = stream
        self._block = block
        self._buffer = b""
        self._past = b""
        self._line = 1
        self._ended = False
        self._decoder: codecs.IncrementalDecoder | None = None
        self._first = True

    def documents(self) -> Iterator[Piece]:
        """Each stretch that may be a document; white space between them belongs to none."""
        while self._skip_between():
            piece = Piece(self._line, self._document())
            yield piece
            piece.drain()

    def _fill(self) -> bool:
        if self._ended:
            return False
        raw = self._stream.read(self._block)
        if not raw:
            self._ended = True
            if self._decoder is not None:
                self._buffer += self._decoder.decode(b"", final=True).encode()
            return False
        if self._first:
            self._first = False
            self._decoder = _wide(raw)
        self._buffer += self._decoder.decode(raw).encode() if self._decoder else raw
        return True

    def _skip_between(self) -> bool:
        while True:
            if gap := _GAP.match(self._buffer).end():  # type: ignore[union-attr]
                self._line += self._buffer.count(b"\n", 0, gap)
                self._buffer = self._buffer[gap:]
            if len(self._buffer) > _HELD or (not self._fill() and self._ended):
                return bool(self._buffer)

    def _document(self) -> Iterator[bytes]:
        """The bytes of one document, in pieces, up to where the next begins."""
        self._past = b""
        ends = _RootEnd()
        searched = 1
        while True:
            cut = self._next_declaration(searched)
            end = ends.find(self._buffer[:cut] if cut >= 0 else self._buffer)
            cut = end if end >= 0 else cut
            if cut >= 0:
                yield self._hand_over(cut, last=True)
                return
            if self._ended:
                yield self._hand_over(len(self._buffer), last=True)
                return
            safe = min(ends.done, len(self._buffer) - _HELD)
            padding = safe - len(_unpadded(self._buffer[:safe])) if safe > 0 else 0
            if padding < _PADDING:
                safe -= padding
            if safe > 0:
                yield self._hand_over(safe)
                ends.done -= safe
            searched = 0 if safe > 0 else searched
            self._fill()

    def _hand_over(self, cut: int, *, last: bool = False) -> bytes:
        handed, self._buffer = self._buffer[:cut], self._buffer[cut:]
        self._past = (self._past + handed[-_WINDOW:])[-_WINDOW:]
        self._line += handed.count(b"\n")
        return _unpadded(handed) if last else handed

    def _next_declaration(self, start: int) -> int:
        """Where the next XML declaration begins, unless it is quoted in a CDATA section or comment."""
        at = start
        while True:
            at = self._buffer.find(b"<?xml", at)
            if at < 0 or not _DECLARATION.match(self._buffer, at):
                if at < 0:
                    return -1
                at += 5
                continue
            before = (self._past + self._buffer[max(0, at - _WINDOW) : at])[-_WINDOW:]
            quoted = before.rfind(b"<![CDATA[") > before.rfind(b"]]>") or before.rfind(
                b"<!--"
            ) > before.rfind(b"-->")
            if not quoted:
                return at
            at += 5


class _RootEnd:
    """Looks for the end of the root element: some documents of a row have no declaration to cut at.

    done  bytes of the buffer already looked through, safe to hand over
    """

    def __init__(self) -> None:
        self.done = 0
        self._open = self._close = b""
        self._opens = self._closes = _FIRST_TAG
        self._depth = 0

    def find(self, buffer: bytes) -> int:
        """Place after the root's closing tag; -1 while it is not there."""
        if not self._open:
            if not self._named(buffer):
                # Never a root: let large leading text through, the reader will refuse it.
                self.done = len(buffer) if len(buffer) > _NO_ROOT else 0
                return -1
            return self.find(buffer)
        at = self.done
        while True:
            close = self._closing(buffer, at)
            end = close[0] if close else len(buffer)
            if (root_end := self._opened(buffer, at, end)) >= 0:
                return root_end
            another = buffer.find(b"<!DOCTYPE", at, end) if self._depth else -1
            if another >= 0:
                return another
            if close is None:
                break
            at = close[1]
            self._depth -= 1
            if self._depth <= 0:
                return at
        last = buffer.rfind(b"<", at)
        # A tag that may go on is looked at again; what was counted must not be counted twice.
        tail = (
            last if last >= 0 and buffer.find(b">", last) < 0 and len(buffer) - last < 65_536 else len(buffer)
        )
        self.done = max(at, tail)
        return -1

    def _opened(self, buffer: bytes, at: int, end: int) -> int:
        """Count the root's name opening between two places; the place after it where it closes itself."""
        while (at := buffer.find(self._open, at, end)) >= 0:
            if tag := self._opens.match(buffer, at, end):
                self._depth += not tag.group(1)
                if not self._depth:
                    return tag.end()
            at += 1
        return -1

    def _closing(self, buffer: bytes, at: int) -> tuple[int, int] | None:
        while (at := buffer.find(self._close, at)) >= 0:
            if tag := self._closes.match(buffer, at):
                return at, tag.end()
            at += 1
        return None

    def _named(self, buffer: bytes) -> bool:
        found = _FIRST_TAG.search(buffer)
        doctype = buffer.find(b"<!DOCTYPE")
        if found and 0 <= doctype < found.start():
            end = doctype_end(buffer, doctype)
            found = _FIRST_TAG.search(buffer, end) if end >= 0 else None
        if not found:
            return False
        self._open, self._close = b"<" + found.group(1), b"</" + found.group(1)
        name = re.escape(found.group(1))
        self._opens = re.compile(rb"<" + name + rb"(?=[\s/>])[^<>]*?(/?)>")
        self._closes = re.compile(rb"</" + name + rb"\s*>")
        self.done = found.start()
        return True


def _unpadded(data: bytes) -> bytes:
    """Without white space, zeros and byte order marks behind it: they belong to no document."""
    while True:
        shorter = data.rstrip(_BETWEEN)
        shorter = shorter.removesuffix(codecs.BOM_UTF8)
        if shorter == data:
            return data
        data = shorter


def _wide(raw: bytes) -> codecs.IncrementalDecoder | None:
    """A decoder for UTF-16 and UTF-32, told by byte order mark or by the first `<`."""
    for mark, name in (
        (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
        (b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"),
    ):  # fmt: skip
        if raw.startswith(mark):
            return codecs.getincrementaldecoder(name)("replace")
    return None
