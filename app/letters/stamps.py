"""Copy marks on finished letters: the frozen PDF stays as it is, the mark is laid over when printing.

The first print is the ORIGINAL, once; every later one says COPY, or DUPLICATE for a re-issue. The
mark stands before the letter's number on every page; copies also carry a frame at the top with
the day and the reason.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.letters.drawing import BOLD, MM, REGULAR, canvas, draws, fitted, width_of
from app.letters.words import is_right_to_left, printed


class Mark(StrEnum):
    """What a print is."""

    ORIGINAL = "ORIGINAL"
    COPY = "COPY"
    DUPLICATE = "DUPLICATE"


_IN_FRENCH = {Mark.ORIGINAL: "ORIGINAL", Mark.COPY: "COPIE", Mark.DUPLICATE: "DUPLICATA"}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A mark with the letter's number (empty for a paper without one), the day and the reason."""

    mark: Mark
    number: str = ""
    on: date | None = None
    reason: str = ""


# Where `letterhead.typ` puts the number: baseline from the page's top, side margin, size in points.
_FIRST_LINE = 42.4 * MM
_NEXT_LINES = 20.6 * MM
_MARGIN = 20 * MM
_SIZE = 9.5
# The frame of a copy lies in the top margin, clear of everything a letter prints.
_FRAME = (5.0 * MM, 7.5 * MM)
_INK = (0.70, 0.15, 0.12)


def words_of(mark: Mark, languages: Iterable[str]) -> str:
    """The mark in the letter's languages: `COPY · COPIE`. Scripts but Latin keep the English word."""
    words = [str(mark)]
    if "fr" in languages and _IN_FRENCH[mark] != str(mark):
        words.append(_IN_FRENCH[mark])
    return " · ".join(words)


def stamped(pdf: bytes, stamp: Stamp, languages: tuple[str, ...] = ("en",)) -> bytes:
    """The PDF with the mark on every page. What makes it PDF/A (metadata, colour) is kept."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as letter:
        boxes = [[float(side) for side in page.mediabox] for page in letter.pages]
        sizes = [(box[2] - box[0], box[3] - box[1]) for box in boxes]
        with pikepdf.open(io.BytesIO(_marks(sizes, stamp, languages))) as marks:
            for page, mark in zip(letter.pages, marks.pages, strict=True):
                page.add_overlay(mark, None)
        letter.save(out, deterministic_id=True)
    return out.getvalue()


def _marks(sizes: list[tuple[float, float]], stamp: Stamp, languages: tuple[str, ...]) -> bytes:
    out = io.BytesIO()
    page = canvas(out, *sizes[0], title=str(stamp.mark))
    for index, (width, height) in enumerate(sizes):
        page.setPageSize((width, height))
        if stamp.number:
            _before_number(page, stamp, (index, len(sizes)), (width, height), languages)
        if stamp.mark is not Mark.ORIGINAL or not stamp.number:
            _frame(page, stamp, (width, height), languages)
        page.showPage()
    page.save()
    return out.getvalue()


def _before_number(
    page: Any, stamp: Stamp, place: tuple[int, int], size: tuple[float, float], languages: tuple[str, ...]
) -> None:
    """`ORIGINAL · ` in front of the number, mirrored in letters that run from the right."""
    index, count = place
    number = f"{stamp.number} · {index + 1} / {count}"
    mark = words_of(stamp.mark, languages)
    baseline = size[1] - (_FIRST_LINE if index == 0 else _NEXT_LINES)
    page.setFont(REGULAR, _SIZE)
    page.setFillGray(0.07)
    taken = width_of(number, REGULAR, _SIZE)
    if is_right_to_left(languages[0]):
        page.drawString(_MARGIN + taken, baseline, f" · {mark}")
    else:
        page.drawRightString(size[0] - _MARGIN - taken, baseline, f"{mark} · ")


def _frame(page: Any, stamp: Stamp, size: tuple[float, float], languages: tuple[str, ...]) -> None:
    top, height = _FRAME
    words = words_of(stamp.mark, languages)
    said = " · ".join(_particulars(stamp))
    most = size[0] - 2 * _MARGIN - width_of(words, BOLD, 12) - 30
    said = fitted(said, REGULAR, 8, max(most, 40.0)) if said else ""
    room = width_of(words, BOLD, 12) + (width_of(said, REGULAR, 8) + 8 if said else 0) + 16
    x, y = (size[0] - room) / 2, size[1] - top - height
    page.setStrokeColorRGB(*_INK)
    page.setFillColorRGB(*_INK)
    page.setLineWidth(1.2)
    page.roundRect(x, y, room, height, 3, stroke=1, fill=0)
    page.setFont(BOLD, 12)
    page.drawString(x + 8, y + height / 2 - 4.3, words)
    if said:
        page.setFont(REGULAR, 8)
        page.drawString(x + 16 + width_of(words, BOLD, 12), y + height / 2 - 2.8, said)


def _particulars(stamp: Stamp) -> Iterator[str]:
    """Day and reason; a reason in another script stands in the register, not on the frame."""
    if stamp.on:
        yield printed(stamp.on, "en")
    reason = " ".join(stamp.reason.split())
    if reason and draws(reason):
        yield reason
