"""Address labels: a sheet of fourteen or one alone, with Code 128 and QR.

ReportLab draws frames and codes. The address is set by Typst and laid over, because ReportLab puts
Arabic words in the wrong order and has no second font inside a line.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.letters.drawing import MM, REGULAR, canvas, draw_code128, draw_qr, fitted
from app.letters.render import typeset
from app.paths import resources


@dataclass(frozen=True, slots=True)
class Label:
    """One label: letter number, address lines (name first), text of the QR code."""

    number: str
    lines: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Stock:
    """A kind of label paper, in millimetres: page, labels across and down, first label and pitch."""

    page: tuple[float, float]
    across: int
    down: int
    origin: tuple[float, float]
    pitch: tuple[float, float]
    label: tuple[float, float]

    @property
    def count(self) -> int:
        """Labels on a sheet."""
        return self.across * self.down

    def place(self, index: int) -> tuple[float, float]:
        """Top left corner of label `index` (row by row), in millimetres from the page's top left."""
        row, column = divmod(index, self.across)
        return self.origin[0] + column * self.pitch[0], self.origin[1] + row * self.pitch[1]


A4_FOURTEEN = Stock((210, 297), 2, 7, (4.65, 15.1), (101.6, 38.1), (99.1, 38.1))
"""The common sheet of fourteen, 99.1 x 38.1 mm."""
SINGLE = Stock((100, 50), 1, 1, (0, 0), (100, 50), (100, 50))
"""One label of 100 x 50 mm, as label printers take it."""

_INSET = 4.0
_QR = 18.0
_BAR = 8.0
_SMALL = 6.5


def sheet(labels: Sequence[Label], on: date, *, stock: Stock = A4_FOURTEEN, first: int = 0) -> bytes:
    """Labels as PDF, from place `first` (0 is the top left) of the first sheet on."""
    drawn, addresses = io.BytesIO(), []
    page = canvas(drawn, stock.page[0] * MM, stock.page[1] * MM, "Labels")
    placed = [(first + n, label) for n, label in enumerate(labels)]
    for number in range((first + len(labels) - 1) // stock.count + 1 if labels else 0):
        here = [(i % stock.count, label) for i, label in placed if i // stock.count == number]
        addresses.append([_address(stock, index, label) for index, label in here])
        for index, label in here:
            _draw(page, stock, index, label)
        page.showPage()
    page.save()
    width, height = stock.page
    data = {"width": width, "height": height, "sheets": addresses}
    return _laid_over(drawn.getvalue(), typeset(data, resources() / "letters" / "addresses.typ", on))


def single(label: Label, on: date) -> bytes:
    """One label on a page of its own, 100 x 50 mm."""
    return sheet([label], on, stock=SINGLE)


def _address(stock: Stock, index: int, label: Label) -> dict[str, Any]:
    x, y = stock.place(index)
    width, height = stock.label
    return {
        "x": x + _INSET, "y": y + _INSET, "w": width - 3 * _INSET - _QR,
        "h": height - 2 * _INSET - _BAR - 3.5, "lines": list(label.lines),
    }  # fmt: skip


def _draw(page: Any, stock: Stock, index: int, label: Label) -> None:
    x, top = stock.place(index)
    width, height = stock.label
    bottom = stock.page[1] - top - height
    corner = x + width - _INSET - _QR, bottom + height - _INSET - _QR
    draw_qr(page, label.code, corner[0] * MM, corner[1] * MM, _QR * MM)
    room = width - 2 * _INSET
    draw_code128(page, label.number, x * MM, (bottom + _INSET + 1.5) * MM, (room - 8) * MM, _BAR * MM)
    page.setFont(REGULAR, _SMALL)
    page.drawString((x + _INSET) * MM, (bottom + 2.4) * MM, fitted(label.number, REGULAR, _SMALL, room * MM))


def _laid_over(below: bytes, above: bytes) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(below)) as sheet_pdf, pikepdf.open(io.BytesIO(above)) as texts:
        for page, text in zip(sheet_pdf.pages, texts.pages, strict=True):
            page.add_overlay(text, None)
        sheet_pdf.save(out, deterministic_id=True)
    return out.getvalue()
