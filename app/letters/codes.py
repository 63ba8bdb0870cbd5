"""The machine-readable codes of the paper loop: what they say, and how they are drawn.

A code on a letter names office, letter, case and date and ends in a check taken from the frozen
snapshot: whoever reads it back finds the letter, and sees whether it is the one that was sent.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

QUIET_ZONE = 2
CODE128_TEXT = 48


def check_of(snapshot: Mapping[str, Any]) -> str:
    """Ten hexadecimal digits of the SHA-256 of the snapshot's canonical JSON."""
    canonical = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:10].upper()


def code_text(office: str, number: str, case: str, on: str, check: str) -> str:
    """`XX;L/2026/000001;XX/P/2026/000007;2026-11-22;7F3A09BC12`; nothing confidential in it."""
    return ";".join((office, number, case, on, check))


def qr_modules(text: str) -> list[list[bool]]:
    """The dark modules of a QR code (ISO/IEC 18004, error correction M), rows from the top."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return [[bool(dark) for dark in row] for row in code.modules]


def qr_svg(text: str) -> str:
    """The QR code as an SVG of one path, a quiet zone of two modules round it."""
    modules = qr_modules(text)
    side = len(modules) + 2 * QUIET_ZONE
    path = "".join(
        f"M{start + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z"
        for y, row in enumerate(modules)
        for start, length in _dark_runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" '
        f'viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )


def png_svg(png: bytes) -> str:
    """A PNG inside an SVG of its size: the way a picture reaches Typst as text, without a file."""
    width, height = (int.from_bytes(png[start : start + 4], "big") for start in (16, 20))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"><image width="{width}" '
        f'height="{height}" xlink:href="data:image/png;base64,{b64encode(png).decode()}"/></svg>'
    )


def _dark_runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """(start, length) of each run of dark modules: one rectangle a run leaves no hairlines."""
    start = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield start, length
        start += length


def code128_text(number: str) -> str:
    """A letter's number in the characters Code 128 prints (ISO/IEC 15417): ASCII, no blanks."""
    plain = "".join(c if c.isascii() and c.isprintable() and c != " " else "-" for c in number)
    return plain[:CODE128_TEXT]
