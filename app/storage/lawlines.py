"""On which line of a TOML text a key stands: the reader of the standard library does not say."""

from __future__ import annotations

import re
import tomllib

from app.errors import FileRefused, _

Place = tuple[str | int, ...]

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_PART}(?:\s*\.\s*{_PART})*)\s*\]\]?")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class Lines:
    """Places (`("limit", 2, "period")`) and the lines (from 1) they stand on."""

    def __init__(self, text: str) -> None:
        self._text = text.splitlines()
        self._spans: dict[Place, tuple[int, int]] = {}
        self._counts: dict[Place, int] = {}
        self._read()

    def of(self, place: Place, mention: str = "") -> int:
        """The line of `place`, or of what holds it; within a value of many lines, the one with `mention`."""
        while place and place not in self._spans:
            place = place[:-1]
        first, last = self._spans.get(place, (1, 1))
        if mention:
            for number in range(first, last + 1):
                line = _without_comment(self._text[number - 1])
                if f'"{mention}"' in line or f"'{mention}'" in line:
                    return number
        return first

    def _read(self) -> None:
        inside: Place = ()
        number = 0
        while number < len(self._text):
            line = self._text[number]
            if header := _HEADER.match(line):
                inside = self._enter(_parts(header[2]), header[1] == "[[")
                self._spans[inside] = (number + 1, number + 1)
                self._spans.setdefault(_parts(header[2]), (number + 1, number + 1))
            elif key := _KEY.match(line):
                last = self._end_of_value(number, key.end())
                place = (*inside, *_parts(key[1]))
                self._spans[place] = (number + 1, last + 1)
                number = last
            number += 1

    def _enter(self, parts: Place, is_array: bool) -> Place:
        """The place a header opens; below an array of tables that is its newest member."""
        place: Place = ()
        for depth, part in enumerate(parts, 1):
            place = (*place, part)
            if is_array and depth == len(parts):
                self._counts[place] = self._counts.get(place, -1) + 1
            if place in self._counts:
                place = (*place, self._counts[place])
        return place

    def _end_of_value(self, number: int, column: int) -> int:
        """The line (from 0) on which the value that begins at `column` of line `number` ends."""
        depth, quote = 0, ""
        while number < len(self._text):
            line = self._text[number]
            while column < len(line):
                depth, quote, column = _step(line, column, depth, quote)
            if depth <= 0 and len(quote) != 3:
                return number
            number, column = number + 1, 0
            quote = quote if len(quote) == 3 else ""
        return len(self._text) - 1


def _step(line: str, column: int, depth: int, quote: str) -> tuple[int, str, int]:
    """One token further: depth of brackets, quote that is open, next column."""
    if quote:
        if line.startswith(quote, column):
            return depth, "", column + len(quote)
        return depth, quote, column + (2 if line[column] == "\\" and quote[0] == '"' else 1)
    sign = line[column]
    if sign == "#":
        return depth, "", len(line)
    if sign in "\"'":
        mark = sign * 3 if line.startswith(sign * 3, column) else sign
        return depth, mark, column + len(mark)
    return depth + (sign in "[{") - (sign in "]}"), "", column + 1


def _without_comment(line: str) -> str:
    column, quote = 0, ""
    while column < len(line):
        if not quote and line[column] == "#":
            return line[:column]
        _depth, quote, column = _step(line, column, 0, quote)
    return line


def _parts(dotted: str) -> Place:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def parse(text: str, name: str) -> dict[str, object]:
    """The tables of a TOML text. Raises FileRefused with the line where it stops making sense."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise FileRefused(
            _("{file} is nested too deeply to be a law pack. Nothing of it was taken.").format(file=name),
            _("Ask the sender for the pack again."),
        ) from None
    except ValueError as trouble:  # TOMLDecodeError, and numbers too long to be read
        found = _AT_LINE.search(str(trouble))
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        why = _AT_LINE.sub("", str(trouble)).replace("(at end of document)", "").strip()
        raise FileRefused(
            _("{file} stops making sense at line {line} ({why}). Nothing of the law pack was taken.").format(
                file=name, line=line, why=why
            ),
            _("Put that line right, or ask the sender for the pack again."),
            line=line,
        ) from trouble
