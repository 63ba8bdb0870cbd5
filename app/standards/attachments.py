"""Files that hold no data of their own: pages, pictures, sounds, texts. Recognised, to attach to a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from app.domain.findings import Severity
from app.domain.record import Record
from app.errors import _
from app.standards.registry import PlainFormat, XmlFormat
from app.standards.source import Notes, Source
from app.standards.xml.texts import local


def _note(notes: Notes, where: str) -> None:
    notes.add(
        Severity.NOTE, where, "file.attachment",
        _("This is a document without data that can be read into fields."),
        remedy=_("Attach it to the case it belongs to."),
    )  # fmt: skip


def read(source: Source, notes: Notes) -> Iterator[Record]:
    """No records, one note."""
    _note(notes, source.short)
    yield from ()


def read_element(root: etree._Element, notes: Notes) -> Iterator[Record]:
    """No records, one note."""
    _note(notes, local(root))
    yield from ()


def _starts(*marks: bytes) -> Callable[[Source], int]:
    return lambda source: 90 if source.head.startswith(marks) else 0


def _pdf(source: Source) -> int:
    """The mark may stand a little way in: scanners write a header of their own before it."""
    return 90 if b"%PDF-" in source.head[:1024] else 0


def _riff(kind: bytes) -> Callable[[Source], int]:
    return lambda source: 90 if source.head[:4] == b"RIFF" and source.head[8:12] == kind else 0


def _mpeg4(source: Source) -> int:
    return 90 if source.head[4:8] == b"ftyp" else 0


_CONTROL = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))


def _text(source: Source) -> int:
    """Readable text: no control characters, and UTF-8, UTF-16 or one byte a letter."""
    head = source.head
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 10
    if not head.strip() or any(head.count(bytes([byte])) for byte in _CONTROL):
        return 0
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as trouble:
        cut_off = trouble.start > len(head) - 4
        letters = sum(1 for byte in head[:4096] if byte >= 0x80)
        return 10 if cut_off else (5 if letters * 3 < min(len(head), 4096) else 0)
    return 10


FORMATS = (
    PlainFormat("pdf", _pdf, read),
    PlainFormat("tiff", _starts(b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"), read),
    PlainFormat("png", _starts(b"\x89PNG\r\n\x1a\n"), read),
    PlainFormat("jpeg", _starts(b"\xff\xd8\xff"), read),
    PlainFormat("gif", _starts(b"GIF87a", b"GIF89a"), read),
    PlainFormat("bmp", _starts(b"BM"), read),
    PlainFormat("jpeg2000", _starts(b"\x00\x00\x00\x0cjP  ", b"\xff\x4f\xff\x51"), read),
    PlainFormat("webp", _riff(b"WEBP"), read),
    PlainFormat("wav", _riff(b"WAVE"), read),
    PlainFormat("mp3", _starts(b"ID3", b"\xff\xfb", b"\xff\xf3"), read),
    PlainFormat("mp4", _mpeg4, read),
    PlainFormat("rtf", _starts(b"{\\rtf"), read),
    PlainFormat("office-document", _starts(b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), read),
    PlainFormat("text", _text, read),
    XmlFormat("svg", frozenset({"svg"}), read_element),
    XmlFormat(
        "table-of-contents", frozenset({"Application-body", "package-data", "pkgheader"}), read_element
    ),
)
