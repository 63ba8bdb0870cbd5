"""Two versions of a text, word by word: what stayed, what came, what went.

Words are runs of letters with their marks; scripts written without blanks (Chinese, Japanese, Thai, Khmer,
Lao, Burmese) are compared letter by letter, a letter with its marks.
"""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

from app.domain.amendments import DiffPiece

SAME, NEW, GONE = "same", "new", "gone"

# Scripts without blanks between words: Thai to Lao, Burmese, Khmer, kana and ideographs of every plane.
_NO_BLANKS = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x4DBF),
              (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))  # fmt: skip


def pieces(old: str, new: str) -> tuple[DiffPiece, ...]:
    """How `new` came of `old`. The pieces `same` and `gone` joined are `old`; `same` and `new`, `new`."""
    before, after = tokens(old), tokens(new)
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    found: list[DiffPiece] = [DiffPiece(SAME, "".join(before[:head]))]
    for op, a, b, c, d in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(DiffPiece(SAME, "".join(middle[0][a:b])))
            continue
        found += [DiffPiece(GONE, "".join(middle[0][a:b])), DiffPiece(NEW, "".join(middle[1][c:d]))]
    found.append(DiffPiece(SAME, "".join(before[len(before) - tail :])))
    return _joined(found)


def tokens(text: str) -> list[str]:
    """Words, runs of blanks, and every other sign by itself; joined they are the text."""
    found: list[str] = []
    kind = ""
    for c in text:
        now = _kind(c)
        if found and (now == "mark" or (now == kind and now in ("word", "blank"))):
            found[-1] += c
        else:
            found.append(c)
            kind = now
    return found


def _kind(c: str) -> str:
    category = unicodedata.category(c)[0]
    if category == "M":
        return "mark"
    if c.isspace():
        return "blank"
    if category in "LN" or c in "\u200c\u200d":
        return "sign" if any(first <= ord(c) <= last for first, last in _NO_BLANKS) else "word"
    return "sign"


def _alike(one: list[str], other: list[str]) -> int:
    """How many tokens both begin with."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _joined(found: list[DiffPiece]) -> tuple[DiffPiece, ...]:
    joined: list[DiffPiece] = []
    for piece in found:
        if not piece.text:
            continue
        if joined and joined[-1].op == piece.op:
            joined[-1] = DiffPiece(piece.op, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return tuple(joined)
