"""Picture formats: what ST.36, ST.67 and ST.88 recommend, and names that do not fit what the file is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.findings import Finding, Severity
from app.domain.record import Record, Right
from app.errors import _
from app.standards.source import Source

_UNWANTED = {
    "bmp": "BMP", "dib": "BMP", "webp": "WebP", "heic": "HEIC", "heif": "HEIC", "psd": "Photoshop",
    "wmf": "WMF", "emf": "EMF", "pcx": "PCX", "ico": "ICO", "avif": "AVIF",
}  # fmt: skip
_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"GIF8", "gif"),
    (b"%PDF-", "pdf"),
    (b"BM", "bmp"),
)
_SAME = {"jpeg": "jpg", "jpe": "jpg", "tiff": "tif"}
_KNOWN = frozenset(sign for _bytes, sign in _SIGNS)


def named(record: Record, _now: str) -> Iterable[Finding]:
    """Pictures a record names, by the ending of the name; a name without one says nothing."""
    return _named(record) if record.image_names or record.mark is not None else ()


def _named(record: Record) -> Iterator[Finding]:
    names = record.image_names
    if record.mark is not None and record.mark.image:
        names = (*names, record.mark.image)
    odd = sorted({_UNWANTED[end] for name in names if (end := _ending(name)) in _UNWANTED})
    if odd:
        yield Finding(
            Severity.NOTE, "images", "check.image-format",
            _("Pictures are in {formats}, which the standard does not recommend.").format(
                formats=", ".join(odd)
            ),
            _standard(record.right), _("Ask for PNG, JPEG or TIFF."),
        )  # fmt: skip


def member(source: Source, where: str) -> Iterator[Finding]:
    """A file of a delivery that is a picture itself, by its first bytes."""
    ending = _ending(source.name)
    is_ = next((kind for sign, kind in _SIGNS if source.head.startswith(sign)), "")
    if is_ == "bmp" or (not is_ and ending in _UNWANTED):
        yield Finding(
            Severity.NOTE, where, "check.image-format",
            _("{name} is a {format} picture, which the standards do not recommend.").format(
                name=where, format=_UNWANTED.get(ending, "BMP")
            ),
            _("ST.36, ST.67, ST.88: formats of pictures"), _("Ask for PNG, JPEG or TIFF."),
        )  # fmt: skip
    elif is_ and ending in _KNOWN and ending != is_:
        yield Finding(
            Severity.WARNING, where, "check.image-name",
            _("{name} is named as {ending}, but is {format}.").format(
                name=where, ending=ending.upper(), format=is_.upper()
            ),
            _("ST.36, ST.67, ST.88: formats of pictures"),
            _("Programs that go by the name will not show it: rename it before it is handed on."),
        )  # fmt: skip


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return _SAME.get(ending, ending)


def _standard(right: Right) -> str:
    if right is Right.TRADE_MARK:
        return _("ST.67: electronic management of the figurative elements of marks")
    if right is Right.DESIGN:
        return _("ST.88: electronic representation of designs")
    return _("ST.36: formats of pictures")
