"""Words of a PDF page with their boxes, from PDFium's text layer."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import Any

# [text, x0, y0, x1, y1], points from the top left
Word = list[Any]
# (character, left, bottom, right, top) in the page's own space, points from the bottom left
Glyph = tuple[str, float, float, float, float]
Mapped = Callable[[float, float], float]
_FINE = 20
_FAR = 1000.0
_UNBROKEN = re.compile(r"\S+")
# No character, a soft line end, halves of pairs: PDFium's text layer holds places for them.
_BLANKS = dict.fromkeys("\0\ufffe\uffff\ufffd", " ")
_COLUMN_GAP = 3.0
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
MAX_CHARACTERS = 200_000


def is_right_to_left(text: str) -> bool:
    """Whether the text holds letters that run from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def lines_of(words: list[Word]) -> list[list[Word]]:
    """Words as lines in reading order, for pages with right-to-left text.

    A line runs from the right when it holds such letters; words of another script inside it keep
    their own order. A wide gap ends a line: the next column is another.
    """
    lines: list[list[Word]] = []
    for word in words:
        if lines and _goes_on(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_ordered(line) for line in lines]


def _goes_on(before: Word, word: Word) -> bool:
    middle, height = (word[2] + word[4]) / 2, before[4] - before[2]
    apart = max(word[1] - before[3], before[1] - word[3])
    reach = max(height, word[4] - word[2])
    return bool(before[2] - reach / 2 <= middle <= before[4] + reach / 2 and apart < _COLUMN_GAP * reach)


def _ordered(line: list[Word]) -> list[Word]:
    ascending = sorted(line, key=lambda word: float(word[1]))
    if not any(is_right_to_left(word[0]) for word in line):
        return ascending
    ordered: list[Word] = []
    run: list[Word] = []
    for word in reversed(ascending):
        if is_right_to_left(word[0]):
            ordered += run[::-1]
            run = []
            ordered.append(word)
        else:
            run.append(word)
    return ordered + run[::-1]


def words_of(page: Any, width: float, height: float) -> list[Word]:
    """The words of a `pypdfium2.PdfPage` in the order of its text layer.

    `width`, `height`: the page as shown, in points; rotation and crop box are taken into account.
    """
    layer = page.get_textpage()
    try:
        count = min(layer.count_chars(), MAX_CHARACTERS)
        text = _characters(layer.raw, count)
        words = [
            word
            for match in _UNBROKEN.finditer(text)
            for word in _words_at(layer.raw, match.start(), match.group())
        ]
    finally:
        layer.close()
    return _on_screen(page, words, width, height)


def _characters(raw: Any, count: int) -> str:
    """The layer's characters, one for each of its places: what has no character is a blank."""
    import pypdfium2.raw as pdfium

    buffer = (ctypes.c_ushort * (2 * count + 1))()
    written = pdfium.FPDFText_GetText(raw, 0, count, buffer)
    units = bytes(buffer)[: 2 * max(written - 1, 0)]
    text = units.decode("utf-16-le", "replace")
    if len(text) != count:
        # Places and code units part ways (characters beyond 16 bits, soft line ends): ask one by one.
        text = "".join(_character(pdfium.FPDFText_GetUnicode(raw, place)) for place in range(count))
    return "".join(_BLANKS.get(character, character) for character in text)


def _words_at(raw: Any, start: int, text: str) -> list[Word]:
    """The word at a place of the layer, from its first and last box where it stands on one level line."""
    first, last = _box(raw, start), _box(raw, start + len(text) - 1)
    level = first and last and first[0] <= last[0] and first[1] < last[3] and last[1] < first[3]
    if not level or is_right_to_left(text):
        return _spelled(raw, start, text)
    assert first is not None and last is not None
    middle = _box(raw, start + len(text) // 2) or first
    boxes = (first, middle, last)
    return [[text, first[0], min(b[1] for b in boxes), last[2], max(b[3] for b in boxes)]]


def _spelled(raw: Any, start: int, text: str) -> list[Word]:
    """The word or words at a place, character by character: over a line end, turned, or in Arabic."""
    words: list[Word] = []
    word: list[Glyph] = []
    for place, character in enumerate(text, start):
        box = _box(raw, place)
        if box is None:
            continue
        glyph = (character, *box)
        if word and _broken(word[-1], glyph):
            words.append(_word(word))
            word = []
        word.append(glyph)
    return [*words, _word(word)] if word else words


def _box(raw: Any, place: int) -> tuple[float, float, float, float] | None:
    """(left, bottom, right, top) of the character at a place."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _side in range(4))
    if not pdfium.FPDFText_GetCharBox(raw, place, left, right, bottom, top):
        return None
    return left.value, bottom.value, right.value, top.value


def _word(glyphs: list[Glyph]) -> Word:
    """One word. PDFium turns Latin words round inside right-to-left lines; by their place they read right."""
    text = "".join(glyph[0] for glyph in glyphs)
    if not is_right_to_left(text) and glyphs[-1][1] < glyphs[0][1]:
        text = "".join(glyph[0] for glyph in sorted(glyphs, key=lambda glyph: glyph[1]))
    lefts, bottoms, rights, tops = zip(*(glyph[1:] for glyph in glyphs), strict=True)
    return [text, min(lefts), min(bottoms), max(rights), max(tops)]


def _character(code: int) -> str:
    """The character; what PDFium puts for a soft line end or no character at all is a blank."""
    return " " if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 else chr(code)


def _broken(before: Glyph, here: Glyph) -> bool:
    """Whether the next character starts a new line: it stands wholly below or above, and further back."""
    apart = here[2] > before[4] or here[4] < before[2]
    return apart and abs(here[1] - before[1]) > 2 * (before[4] - before[2])


def _on_screen(page: Any, words: list[Word], width: float, height: float) -> list[Word]:
    """Boxes from the page's own space to points from the top left of the page as shown."""
    across, down = _seen_at(page, width, height)
    shown: list[Word] = []
    for text, left, bottom, right, top in words:
        ax, bx = (across(left, bottom), across(right, top))
        ay, by = (down(left, bottom), down(right, top))
        shown.append([text, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)])
    if any(is_right_to_left(word[0]) for word in shown):
        return [word for line in lines_of(shown) for word in line]
    return shown


def _seen_at(page: Any, width: float, height: float) -> tuple[Mapped, Mapped]:
    """How a point of the page's space is seen, as two plain sums found from three points."""
    import pypdfium2.raw as pdfium

    def seen(x: float, y: float) -> tuple[float, float]:
        dx, dy = ctypes.c_int(), ctypes.c_int()
        size = round(width * _FINE), round(height * _FINE)
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, dx, dy)
        return dx.value / _FINE, dy.value / _FINE

    (x0, y0), (x1, y1), (x2, y2) = seen(0, 0), seen(_FAR, 0), seen(0, _FAR)
    return (
        lambda x, y: x0 + (x1 - x0) * x / _FAR + (x2 - x0) * y / _FAR,
        lambda x, y: y0 + (y1 - y0) * x / _FAR + (y2 - y0) * y / _FAR,
    )
