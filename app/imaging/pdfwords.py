"""Words of a PDF page with their boxes, from PDFium's text layer."""

from __future__ import annotations

import ctypes
import re
from typing import Any

# [text, x0, y0, x1, y1], points from the top left
Word = list[Any]
# (character, left, bottom, right, top) in the page's own space, points from the bottom left
Glyph = tuple[str, float, float, float, float]
_FINE = 20
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
    import pypdfium2.raw as pdfium

    layer = page.get_textpage()
    try:
        raw = layer.raw
        words: list[Word] = []
        word: list[Glyph] = []
        sides = [ctypes.c_double() for _side in range(4)]
        pointers = [ctypes.byref(side) for side in sides]
        for index in range(min(layer.count_chars(), MAX_CHARACTERS)):
            character = _character(pdfium.FPDFText_GetUnicode(raw, index))
            blank = not character.strip()
            if not blank and not pdfium.FPDFText_GetCharBox(raw, index, *pointers):
                continue
            left, right, bottom, top = (side.value for side in sides)
            glyph = (character, left, bottom, right, top)
            if word and (blank or _broken(word[-1], glyph)):
                words.append(_word(word))
                word = []
            if not blank:
                word.append(glyph)
        if word:
            words.append(_word(word))
        return _on_screen(pdfium, page, words, width, height)
    finally:
        layer.close()


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


def _on_screen(pdfium: Any, page: Any, words: list[Word], width: float, height: float) -> list[Word]:
    """Boxes from the page's own space to points from the top left of the page as shown."""
    across, down = round(width * _FINE), round(height * _FINE)
    x, y = ctypes.c_int(), ctypes.c_int()
    shown: list[Word] = []
    for text, left, bottom, right, top in words:
        corners = []
        for px, py in ((left, bottom), (right, top)):
            pdfium.FPDF_PageToDevice(
                page.raw, 0, 0, across, down, 0, px, py, ctypes.byref(x), ctypes.byref(y)
            )
            corners.append((x.value / _FINE, y.value / _FINE))
        (ax, ay), (bx, by) = corners
        shown.append([text, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)])
    if any(is_right_to_left(word[0]) for word in shown):
        return [word for line in lines_of(shown) for word in line]
    return shown
