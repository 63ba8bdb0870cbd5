"""Cutting a stream into its XML documents without reading it whole.

Weekly files of offices hold thousands of documents one after another. A document ends where its root
element is closed, and, should it have been cut off, where the next XML declaration begins.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from copy import copy
from typing import IO

from app.standards.xml.prolog import doctype_end

_BETWEEN = b" \t\r\n\x00\x1a"
_GAP = re.compile(rb"(?:[ \t\r\n\x00\x1a]+|\xef\xbb\xbf)++")
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

    def __init__(self, stream: IO[bytes], block: int) -> None:
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
            if gap := _GAP.match(self._buffer):
                self._line += gap.group().count(b"\n")
                self._buffer = self._buffer[gap.end() :]
            if len(self._buffer) > _HELD or (not self._fill() and self._ended):
                return bool(self._buffer)

    def _document(self) -> Iterator[bytes]:
        """The bytes of one document, in pieces, up to where the next begins."""
        self._past = b""
        ends = _RootEnd()
        searched = 1
        while True:
            before = copy(ends)
            cut = ends.find(self._buffer)
            if (next_ := self._next_declaration(searched, cut)) >= 0:
                # The root had not ended there: what was found is the end of another.
                ends = before
                end = ends.find(self._buffer[:next_])
                cut = end if end >= 0 else next_
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

    def _next_declaration(self, start: int, end: int) -> int:
        """Where the next XML declaration begins, unless it is quoted in a CDATA section or comment.

        end  looked for before this place; -1 for the whole buffer
        """
        at = start + 1
        end = end if end >= 0 else len(self._buffer)
        # A question mark is rare: looking for it alone is five times as quick as for the whole mark.
        while (at := self._buffer.find(b"?", at, end) - 1) >= 0:
            if not _DECLARATION.match(self._buffer, at):
                at += 2
                continue
            before = (self._past + self._buffer[max(0, at - _WINDOW) : at])[-_WINDOW:]
            quoted = before.rfind(b"<![CDATA[") > before.rfind(b"]]>") or before.rfind(
                b"<!--"
            ) > before.rfind(b"-->")
            if not quoted:
                return at
            at += 5
        return -1


_STEPS = (0, 0, 1, -1)
"""What a tag adds to the depth: by its last group, 1 closes itself, 2 opens, 3 closes."""


class _RootEnd:
    """Looks for the end of the root element: some documents of a row have no declaration to cut at.

    done  bytes of the buffer already looked through, safe to hand over
    """

    def __init__(self) -> None:
        self.done = 0
        self._name = b""
        self._opens = self._closes = _FIRST_TAG
        self._depth = 0

    def find(self, buffer: bytes) -> int:
        """Place after the root's closing tag; -1 while it is not there."""
        if not self._name:
            if not self._named(buffer):
                # Never a root: let large leading text through, the reader will refuse it.
                self.done = len(buffer) if len(buffer) > _NO_ROOT else 0
                return -1
            return self.find(buffer)
        at = counted = self.done
        # One search for the name finds both kinds of tags: it is what this costs that counts.
        while (at := buffer.find(self._name, at)) >= 0:
            begins, at = at, at + len(self._name)
            if buffer[begins - 2 : begins] == b"</":
                tag = self._closes.match(buffer, begins - 2)
            elif buffer[begins - 1 : begins] == b"<":
                tag = self._opens.match(buffer, begins - 1)
            else:
                continue
            if tag is None:
                continue
            if self._depth and (another := _doctype(buffer, counted, tag.start())) >= 0:
                return another
            counted = at = tag.end()
            self._depth += _STEPS[tag.lastindex or 0]
            if self._depth <= 0:
                return at
        if self._depth and (another := _doctype(buffer, counted, len(buffer))) >= 0:
            return another
        last = buffer.rfind(b"<", counted)
        # A tag that may go on is looked at again; what was counted must not be counted twice.
        tail = (
            last if last >= 0 and buffer.find(b">", last) < 0 and len(buffer) - last < 65_536 else len(buffer)
        )
        self.done = max(counted, tail)
        return -1

    def _named(self, buffer: bytes) -> bool:
        found = _FIRST_TAG.search(buffer)
        doctype = buffer.find(b"<!DOCTYPE")
        if found and 0 <= doctype < found.start():
            end = doctype_end(buffer, doctype)
            found = _FIRST_TAG.search(buffer, end) if end >= 0 else None
        if not found:
            return False
        self._name = found.group(1)
        name = re.escape(self._name)
        # Which group took part tells the kind of tag: _STEPS.
        self._opens = re.compile(rb"<" + name + rb"(?=[\s/>])[^<>]*?(?:(/)|())>")
        self._closes = re.compile(rb"</" + name + rb"()()()\s*>")
        self.done = found.start()
        return True


def _doctype(buffer: bytes, start: int, end: int) -> int:
    """Where another document begins without a declaration; exclamation marks are rarer than brackets."""
    first = buffer.find(b"!", start, end)
    return buffer.find(b"<!DOCTYPE", max(first - 1, start), end) if first >= 0 else -1


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
