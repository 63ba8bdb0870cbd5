"""The one door to lxml: hostile, broken and endless XML in, elements and findings out.

The parser never sees a document type declaration. It is read here, as text: its internal subset may
name images (NDATA) and short characters, nothing of it is loaded from anywhere and nothing recursive is
expanded. Entities are replaced by their characters before parsing (`entities.character`), so a missing
DTD costs no text. A file may hold many documents one after another; each is cut out of the stream, and
each is read by itself, so that one broken document never costs its neighbours.

Memory is bounded by the largest single record, never by the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree

from app.domain.findings import Severity
from app.errors import _
from app.standards.source import Notes
from app.standards.trouble import Broken, in_words
from app.standards.xml.prolog import Prolog, read_prolog
from app.standards.xml.substituting import Substitute
from app.standards.xml.texts import inside

BLOCK = 131_072
RECORD_BYTES = 64 * 1024 * 1024
"""Bytes of XML one record may have; the largest real publications stay under 40 MB."""
RECORD_MARKUP = 4_000_000
"""Angle brackets one record may have: bounds the tree, whose nodes cost far more than their text."""
UNCOUNTED = 1_000_000
"""Bytes below which the angle brackets of a record are not worth counting."""
PROLOG_BYTES = 4 * 1024 * 1024

_HARDENED: dict[str, Any] = {
    "encoding": "utf-8", "resolve_entities": False, "no_network": True, "load_dtd": False,
    "dtd_validation": False, "huge_tree": False, "remove_comments": True, "remove_pis": True,
    "collect_ids": False,
}  # fmt: skip


@dataclass(slots=True)
class Document:
    """One XML document of a stream.

    prolog  what stands before its root element, and the root's name
    line    line of the file on which it begins, counted from 1
    """

    prolog: Prolog
    line: int
    _pieces: Iterator[bytes]
    _notes: Notes

    def elements(self, tags: tuple[str, ...] = ()) -> Iterator[etree._Element]:
        """The record elements in order, each complete, each forgotten once the next is asked for.

        tags  local names at which a record ends; none means the root is the record.

        An element is handed out when the next one is complete or the document has ended, so that
        what stands beside it (`getnext`) has been read too. Raises Broken.
        """
        if not tags:
            yield self._whole()
            return
        parser = etree.XMLPullParser(events=("end",), tag=[f"{{*}}{tag}" for tag in tags], **_HARDENED)
        waiting: etree._Element | None = None
        size = markup = 0
        complete = False
        try:
            for piece in self._fed():
                size += len(piece)
                markup += piece.count(b"<")
                if size > RECORD_BYTES or markup > RECORD_MARKUP:
                    raise self._too_large()
                parser.feed(piece)
                for _event, element in parser.read_events():
                    if inside(element, *tags):
                        continue  # part of a larger record: a design of an application
                    complete = element.getparent() is None
                    if waiting is not None:
                        yield waiting
                        _forget(waiting)
                        size = markup = 0
                    waiting = element
            parser.close()
        except etree.XMLSyntaxError as trouble:
            yield from self._rescued(parser, waiting, tags)
            broken = in_words(trouble, self.line)
            if complete and waiting is not None:
                self._warn_of_the_rest(broken.line)
                return
            raise broken from None
        if waiting is not None:
            yield waiting
            _forget(waiting)

    def _whole(self) -> etree._Element:
        """The root, when the document is one record: without events the parser is a third faster."""
        parser = etree.XMLParser(**_HARDENED)
        pieces: list[bytes] = []
        size = markup = counted = 0
        try:
            for piece in self._fed():
                size += len(piece)
                pieces.append(piece)
                # A tree is dear only where it is large: most documents are never counted.
                if size > UNCOUNTED:
                    markup += sum(one.count(b"<") for one in pieces[counted:])
                    counted = len(pieces)
                if size > RECORD_BYTES or markup > RECORD_MARKUP:
                    raise self._too_large()
                parser.feed(piece)
            return parser.close()
        except etree.XMLSyntaxError as trouble:
            broken = in_words(trouble, self.line)
            root = _up_to_its_end(pieces, self.prolog.name)
            if root is None:
                raise broken from None
            self._warn_of_the_rest(broken.line)
            return root

    def _warn_of_the_rest(self, line: int) -> None:
        """The root had ended: what follows it is no part of the document."""
        self._notes.add(
            Severity.WARNING, _("line {line}").format(line=line), "xml.after-the-end",
            _("Something stands after the end of this document; it was passed over."),
        )  # fmt: skip

    def _rescued(
        self, parser: etree.XMLPullParser, waiting: etree._Element | None, tags: tuple[str, ...]
    ) -> Iterator[etree._Element]:
        """Records that were complete before the document broke off."""
        if waiting is not None:
            yield waiting
            _forget(waiting)
        for _event, element in parser.read_events():
            if not inside(element, *tags):
                yield element
                _forget(element)

    def _fed(self) -> Iterator[bytes]:
        """The document as the parser may see it: UTF-8, no declaration, entities replaced."""
        substitute = Substitute(self.prolog.entities, self._notes)
        yield b"\n" * self.prolog.lines or b" "
        try:
            for piece in self._pieces:
                if fed := substitute.feed(piece):
                    yield fed
        except Broken as broken:
            raise Broken(broken.why, self.line + broken.line - 1) from None
        if rest := substitute.rest():
            yield rest

    def _too_large(self) -> Broken:
        return Broken(
            _("one record is larger than {size} MB, more than any publication has").format(
                size=RECORD_BYTES // 1024 // 1024
            ),
            self.line,
        )


def _up_to_its_end(pieces: list[bytes], root: str) -> etree._Element | None:
    """The root of a document that goes on behind it, None where it had not ended."""
    parser = etree.XMLPullParser(events=("end",), tag=f"{{*}}{root}", **_HARDENED)
    try:
        for piece in pieces:
            parser.feed(piece)
    except etree.XMLSyntaxError:
        pass  # the same error as before; what matters is what was complete by then
    ended = [element for _event, element in parser.read_events() if element.getparent() is None]
    return ended[-1] if ended else None


def _forget(element: etree._Element) -> None:
    """Free a record and everything that stands before its parents; what stands beside it is kept for
    the next."""
    if element.getparent() is None:
        return  # the document goes with it
    parent = element.getparent()
    parent.remove(element)
    step: etree._Element | None = parent
    while step is not None:
        above = step.getparent()
        if above is not None:
            while (earlier := step.getprevious()) is not None:
                above.remove(earlier)
        step = above


def documents(stream: IO[bytes], notes: Notes) -> Iterator[Document | Broken]:
    """The documents of a stream in order; a stretch that is no document comes as Broken.

    What is left unread of one is passed over when the next is asked for.
    """
    from app.standards.xml.cutting import Cutter

    for piece in Cutter(stream, BLOCK).documents():
        try:
            prolog, rest = read_prolog(piece.chunks, PROLOG_BYTES)
        except Broken as broken:
            piece.drain()
            yield Broken(broken.why, piece.line + broken.line - 1)
            continue
        if prolog is None:
            piece.drain()
            continue
        document = Document(prolog, piece.line, rest, notes)
        _warn_of_entities(prolog, piece.line, notes)
        yield document
        piece.drain()


def _warn_of_entities(prolog: Prolog, line: int, notes: Notes) -> None:
    for name in prolog.barred:
        notes.add(
            Severity.WARNING, _("line {line}").format(line=line), "xml.entity-barred",
            _("The document wants “{name}” filled in from elsewhere or from itself; it was not.").format(
                name=name
            ),
        )  # fmt: skip
