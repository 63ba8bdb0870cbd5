"""A print run: several letters as one PDF in order, with what the person at the printer needs.

A sheet between the letters carries the next one's number and bar code; a posting list comes last.
Page counts are the letters' own: separators and list are not counted.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import _, plural
from app.letters.drawing import BOLD, MM, REGULAR, canvas, draw_code128
from app.letters.render import typeset
from app.letters.words import printed
from app.paths import resources

A4 = (210 * MM, 297 * MM)


@dataclass(frozen=True, slots=True)
class Part:
    """A letter ready to print: number, case number, address lines, stamped PDF."""

    number: str
    case: str
    lines: tuple[str, ...]
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Run:
    """The run as one PDF. `pages` by letter number, in order; `sheets` counts every sheet of paper."""

    pdf: bytes
    pages: tuple[tuple[str, int], ...]
    sheets: int


def print_run(
    parts: Sequence[Part], office: str, on: date, *, separators: bool = True, duplex: bool = False
) -> Run:
    """Join the letters. `duplex` fills each letter up to whole sheets, so that the next begins a new one.

    One letter alone has neither separator nor list.
    """
    import pikepdf

    out, pages = io.BytesIO(), []
    many = len(parts) > 1
    with pikepdf.Pdf.new() as run:
        for index, part in enumerate(parts):
            if many and separators:
                _append(run, _separator(part, index, len(parts)), duplex)
            pages.append((part.number, _append(run, part.pdf, duplex)))
        if many:
            _append(run, posting_list(parts, [count for _number, count in pages], office, on), duplex)
        sheets = (len(run.pages) + 1) // 2 if duplex else len(run.pages)
        run.save(out, deterministic_id=True)
    return Run(out.getvalue(), tuple(pages), sheets)


def _append(run: Any, pdf: bytes, duplex: bool) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as part:
        count = len(part.pages)
        run.pages.extend(part.pages)
    if duplex and count % 2:
        run.add_blank_page(page_size=A4)
    return count


def _separator(part: Part, index: int, count: int) -> bytes:
    """A sheet with number and bar code, large enough to find in a pile."""
    out = io.BytesIO()
    page = canvas(out, *A4, title=part.number)
    page.setFont(BOLD, 28)
    page.drawString(20 * MM, 255 * MM, part.number)
    page.setFont(REGULAR, 14)
    page.drawString(20 * MM, 244 * MM, part.case)
    page.drawString(20 * MM, 234 * MM, _("Letter {index} of {count}").format(index=index + 1, count=count))
    draw_code128(page, part.number, 12 * MM, 205 * MM, 120 * MM, 18 * MM)
    page.showPage()
    page.save()
    return out.getvalue()


def posting_list(parts: Sequence[Part], pages: Sequence[int], office: str, on: date) -> bytes:
    """The list of registered letters for the post: number, case, addressee, pages, room for the mark."""
    total = sum(pages)
    data = {
        "title": _("Registered letters"),
        "office": office,
        "date": printed(on, "en"),
        "heads": [_("No."), _("Letter"), _("Case"), _("Addressee"), _("Pages"), _("Post mark")],
        "letters": [
            {"number": p.number, "case": p.case, "lines": list(p.lines), "pages": n}
            for p, n in zip(parts, pages, strict=True)
        ],
        "total": plural("{letters} letters, {pages} page", "{letters} letters, {pages} pages", total).format(
            letters=len(parts), pages=total
        ),
        "signatures": [_("Handed over"), _("Taken over by the post")],
    }
    return typeset(data, resources() / "letters" / "posting-list.typ", on)
