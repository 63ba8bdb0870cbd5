"""What ReportLab draws for us: fonts, codes and marks on a canvas. Lengths in points from the bottom left."""

from __future__ import annotations

import io
from typing import Any

from app.letters.codes import code128_text, qr_modules
from app.paths import resources

REGULAR = "NotoSerif-Regular"
BOLD = "NotoSerif-Bold"
MM = 72 / 25.4
_QUIET_MODULES = 10


def canvas(out: io.BytesIO, width: float, height: float, title: str) -> Any:
    """A canvas of one page size with our fonts, embedded; the same calls give the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    load_fonts()
    page = Canvas(out, pagesize=(width, height), invariant=1, initialFontName=REGULAR, pageCompression=1)
    page.setTitle(title)
    return page


def load_fonts() -> None:
    """Make the letters' Latin fonts known to ReportLab."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in (REGULAR, BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(resources() / "fonts" / f"{name}.ttf")))


def width_of(text: str, font: str, size: float) -> float:
    """Width of `text` in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    load_fonts()
    return float(stringWidth(text, font, size))


def draws(text: str) -> bool:
    """Whether ReportLab sets `text` rightly: every character in our Latin font, none right-to-left."""
    from reportlab.pdfbase.pdfmetrics import getFont

    load_fonts()
    glyphs = getFont(REGULAR).face.charToGlyph
    return all(ord(character) in glyphs for character in text)


def fitted(text: str, font: str, size: float, width: float) -> str:
    """`text`, shortened with an ellipsis until it fits into `width` points."""
    if width_of(text, font, size) <= width:
        return text
    while text and width_of(text + "…", font, size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def draw_qr(page: Any, text: str, x: float, y: float, side: float) -> None:
    """A QR code filling the square of `side` points whose lower left corner is (x, y)."""
    modules = qr_modules(text)
    step = side / len(modules)
    page.setFillGray(0)
    path = page.beginPath()
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                path.rect(x + column * step, y + side - (row + 1) * step, step, step)
    page.drawPath(path, stroke=0, fill=1)


def draw_code128(page: Any, number: str, x: float, y: float, width: float, height: float) -> None:
    """A Code 128 symbol of `number` with its quiet zones, at most `width` points wide."""
    from reportlab.graphics.barcode.code128 import Code128

    text = code128_text(number)
    modules = Code128(text, barWidth=1, barHeight=height, quiet=0).width + 2 * _QUIET_MODULES
    bar = min(width / modules, 0.33 * MM)
    symbol = Code128(text, barWidth=bar, barHeight=height, quiet=0)
    page.setFillGray(0)
    symbol.drawOn(page, x + _QUIET_MODULES * bar, y)
