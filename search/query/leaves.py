"""What a single word, quoted string, date, class or number of a query means."""

from __future__ import annotations

import re
import unicodedata

from app.domain.publication import number_key
from app.errors import _
from app.text import fold
from search.query import tree
from search.query.refusal import QueryRefused
from search.query.values import class_symbol, dates
from search.text.analyser import LONGEST_WORD, is_blankless, tokens

_TRUNCATION = re.compile(r"[*?#]+|\$\d*")
_ELASTIC = re.compile(r"[*?$]")
_PIECE = re.compile(r"[*?#$]|\w", re.UNICODE)
MOST_SIGNS = 5
MOST_SKIPPED = 99


def text_leaf(text: str, at: int, *, quoted: bool) -> tree.Node:
    """The words of a chunk or a quoted string: a word, a truncated word, or several in a row.

    Words inside one chunk (`anti-lock`, `l'eau`) follow each other, each by its stem; the words of a
    quoted string follow each other exactly as written.
    """
    items = _items(text, at, quoted)
    if not items:
        raise QueryRefused(_("There is no letter and no digit here to search for."), at)
    return items[0] if len(items) == 1 else tree.Phrase(tuple(items), at)


def _items(text: str, at: int, quoted: bool) -> list[tree.Term | tree.Wild]:
    items: list[tree.Term | tree.Wild] = []
    for part, start in _runs(text):
        if _TRUNCATION.search(part):
            items.extend(_truncated(part, at + start, quoted))
        else:
            items.extend(_words(part, at + start, quoted))
    return items


def _runs(text: str) -> list[tuple[str, int]]:
    """Stretches of word characters and signs of truncation, with where they begin."""
    runs: list[tuple[str, int]] = []
    start = None
    for index, character in enumerate(text):
        if _counts(character):
            start = index if start is None else start
        elif start is not None:
            runs.append((text[start:index], start))
            start = None
    if start is not None:
        runs.append((text[start:], start))
    return runs


def _counts(character: str) -> bool:
    return character in "*?#$" or character.isalnum() or unicodedata.category(character)[0] == "M"


def _words(part: str, at: int, quoted: bool) -> list[tree.Term | tree.Wild]:
    return [
        tree.Term(
            unicodedata.normalize("NFC", token.raw), quoted or is_blankless(token.raw), at + token.start
        )
        if not quoted
        else tree.Term(token.folded, True, at + token.start)
        for token in tokens(part)
    ]


def _truncated(part: str, at: int, quoted: bool) -> list[tree.Term | tree.Wild]:
    if not any(c not in "*?#$" and not c.isdigit() for c in part) and not re.match(
        r"\d", part.lstrip("*?#$")
    ):
        raise QueryRefused(_("A sign of truncation needs a letter or digit beside it."), at)
    if is_blankless(part):
        return _truncated_blankless(part, at, quoted)
    pattern = _pattern(part, at)
    if len(_ELASTIC.findall(pattern)) > MOST_SIGNS:
        raise QueryRefused(
            _("A word takes at most {count} signs of truncation.").format(count=MOST_SIGNS), at
        )
    return [tree.Wild(pattern, at)]


def _truncated_blankless(part: str, at: int, quoted: bool) -> list[tree.Term | tree.Wild]:
    """In a script without blanks every stretch is found inside longer ones anyway."""
    core = re.sub(r"\A(?:[*?]|\$\d*)+|(?:[*?]|\$\d*)+\Z", "", part)
    if _TRUNCATION.search(core):
        raise QueryRefused(
            _("A word in a script without blanks cannot be truncated in its middle."), at,
            _("Write its parts as words joined by ADJ, for example 太 ADJ/2 電."),
        )  # fmt: skip
    return _words(core, at + part.index(core), quoted)


def _pattern(part: str, at: int) -> str:
    """`part` folded, with runs of signs in their shortest form."""
    pieces: list[str] = []
    end = 0
    for sign in _TRUNCATION.finditer(part):
        pieces.append(fold(part[end : sign.start()]))
        pieces.append(_sign(sign.group(), at + sign.start()))
        end = sign.end()
    pieces.append(fold(part[end:]))
    return re.sub(r"\*+", "*", "".join(pieces))[:LONGEST_WORD]


def _sign(sign: str, at: int) -> str:
    if not sign.startswith("$"):
        return sign
    if sign == "$":
        return "*"
    count = int(sign[1:6])
    if not 1 <= count <= MOST_SKIPPED:
        raise QueryRefused(_("A number after $ goes from 1 to {most}.").format(most=MOST_SKIPPED), at)
    return f"${count}"


def date_leaf(text: str, sign: str, at: int) -> tree.Range:
    """`2019`, `2019-2021`, `201903`, `2019-03-15`, `"2005 2010"`, and the comparisons."""
    value = text.strip()
    if sign in ("=", "within"):
        first, last = _date_pair(value, at)
        low, high = first[0], last[1]
    else:
        low, high = _compared(_date(value, at), sign)
    if low > high:
        raise QueryRefused(_("This range of dates ends before it begins."), at)
    return tree.Range(low, high, at)


def _compared(day: tuple[int, int], sign: str) -> tuple[int, int]:
    """Numbers that are no date (20201232) may stand in for the day after: only their order counts."""
    if sign == ">=":
        return day[0], 99991231
    if sign == ">":
        return day[1] + 1, 99991232
    return (1, day[1]) if sign == "<=" else (1, day[0] - 1)


def _date(value: str, at: int) -> tuple[int, int]:
    found = dates(value)
    if found is None:
        raise QueryRefused(
            _("“{value}” is not a date.").format(value=value), at,
            _("Write a year (2019), a month (201903), a day (20190315), or two of them with a hyphen."),
        )  # fmt: skip
    return found


def _date_pair(value: str, at: int) -> tuple[tuple[int, int], tuple[int, int]]:
    single = dates(value)
    if single is not None:
        return single, single
    for between in (r"[\s,:;]+", r"\s*(?:-|–|\.\.)\s*"):
        ends = [end for end in re.split(between, value) if end]
        if len(ends) == 2 and all(dates(end) for end in ends):
            return _date(ends[0], at), _date(ends[1], at)
    half = re.fullmatch(r"(\d{4}-\d\d(?:-\d\d)?)-(\d{4}-\d\d(?:-\d\d)?)", value)
    if half is not None:
        return _date(half[1], at), _date(half[2], at)
    day = _date(value, at)
    return day, day


def class_leaf(field: str, text: str, at: int) -> tree.ClassIs:
    """`A01B`, `A01B 33/00`, `H01M10/low`; a star at the end says the same as leaving it out."""
    value = text.strip().upper()
    low = re.search(r"/\s*LOW\Z", value)
    stem = value[: low.start()] if low else value
    begins = stem.endswith(("*", "$"))
    stem = stem.rstrip("*$").rstrip("/ ") if begins else stem
    symbol = class_symbol(stem)
    if symbol is None:
        raise QueryRefused(
            _("“{value}” is not a class symbol.").format(value=text.strip()), at,
            _("Write it like A01B, A01B 33/00 or H01M10/low."),
        )  # fmt: skip
    ends_whole = begins and not stem_is_step(symbol, value)
    return tree.ClassIs(field, symbol, ("/" in symbol and bool(low or begins)) or ends_whole, at)


def stem_is_step(symbol: str, value: str) -> bool:
    """A starred symbol that stops at a level of the scheme: everything below it is meant anyway.

    `A01B*` does, `A01B33/*` too; `A01B3*` is the beginning of a group number and does not.
    """
    return len(symbol) <= 4 or value.rstrip("*$ ").endswith("/")


def number_leaf(field: str, text: str, at: int) -> tree.NumberIs:
    """A number in any spelling; the signs of truncation stay where they stand."""
    value = "".join(text.split()).upper()
    if not number_key(value):
        raise QueryRefused(_("There is no digit here to search for."), at)
    if len(_ELASTIC.findall(value)) > MOST_SIGNS:
        raise QueryRefused(
            _("A number takes at most {count} signs of truncation.").format(count=MOST_SIGNS), at
        )
    return tree.NumberIs(field, value, at)
