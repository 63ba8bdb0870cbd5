"""The objects of one long JSON array, one at a time, however large the file.

Answers of the Open Data Portal hold one application or a whole year of them.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from app.errors import _
from app.standards.trouble import Broken

_BLOCK = 262_144
LARGEST_ITEM = 32 * 1024 * 1024
"""Characters one object may have; the file of one application stays under 2 MB."""
_DEEPEST = 100
_DECODER = json.JSONDecoder(parse_constant=lambda _name: None)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.S)
_BETWEEN = re.compile(r"[\s,]*")


class _Text:
    """The text of a stream, what was read already forgotten; keeps count of the lines."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self.text = ""
        self.line = 1
        self.ended = False

    def more(self) -> bool:
        """Read on; False at the end."""
        raw = self._stream.read(max(_BLOCK, len(self.text) // 2))
        self.ended = not raw
        self.text += self._decoder.decode(raw, final=not raw)
        return bool(raw)

    def forget(self, upto: int) -> None:
        """Let go of what stands before `upto`."""
        self.line += self.text.count("\n", 0, upto)
        self.text = self.text[upto:]


def objects(stream: BinaryIO, array: str, encoding: str = "utf-8-sig") -> Iterator[dict[str, Any]]:
    """The objects in the array that is the value of the key `array`, wherever it stands; where no such key
    is, those of the outermost array, or the outermost object itself. Other values are passed over.

    Raises Broken with the line where the text is no JSON, or one object is too large or too deep.
    """
    text = _Text(stream, encoding)
    text.more()
    key = re.compile(rf'"{array}"\s*:\s*(?=[\[{{])')
    while not (found := key.search(text.text)) and len(text.text) < LARGEST_ITEM and text.more():
        pass
    text.forget(found.end() if found else len(text.text) - len(text.text.lstrip()))
    one_only = not text.text.startswith("[")
    if not one_only:
        text.forget(1)
    while _at_next(text):
        value = _item(text)
        if isinstance(value, dict):
            yield value
        if one_only:
            return


def object_in(place: object, name: str) -> dict[str, Any]:
    """The object under a key; an empty one where there is none."""
    found = place.get(name) if isinstance(place, dict) else None
    return found if isinstance(found, dict) else {}


def objects_in(place: object, name: str) -> list[dict[str, Any]]:
    """The objects in the list under a key; anything else in it is passed over."""
    found = place.get(name) if isinstance(place, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _at_next(text: _Text) -> bool:
    """Stand at the next value of the array; False behind its last one."""
    while True:
        gap = _BETWEEN.match(text.text)
        text.forget(gap.end() if gap else 0)
        if text.text:
            return not text.text.startswith("]")
        if not text.more():
            raise Broken(_("it ends in the middle of its data"), text.line)


def _item(text: _Text) -> Any:
    """The value that begins here. It is measured first: nesting without end must not reach the decoder."""
    at = depth = 0
    while True:
        at, depth = _measured(text, at, depth)
        if depth == 0 or text.ended:
            break
        if len(text.text) > LARGEST_ITEM:
            raise Broken(_("one of its objects is larger than any application’s"), text.line)
        text.more()
    try:
        value, end = _DECODER.raw_decode(text.text)
    except json.JSONDecodeError as trouble:
        line = text.line + text.text.count("\n", 0, trouble.pos)
        if trouble.pos >= len(text.text.rstrip()) or depth:
            raise Broken(_("it ends in the middle of its data"), line) from None
        raise Broken(_("it is not well-formed JSON"), line) from None
    except (RecursionError, ValueError):
        raise Broken(_("a number in it has too many digits, or it is nested too deep"), text.line) from None
    text.forget(end)
    return value


def _measured(text: _Text, at: int, depth: int) -> tuple[int, int]:
    """Go on from `at`; the place reached and the depth there. Depth 0 means the value is whole."""
    for token in _TOKEN.finditer(text.text, at):
        mark = token.group()
        if mark in "{[":
            depth += 1
            if depth > _DEEPEST:
                raise Broken(_("elements are nested too deep"), text.line)
        elif mark in "}]":
            depth -= 1
            if depth <= 0:
                return token.end(), 0
        at = token.end()
    return at, depth or (0 if text.text[:1] not in "{[" else 1)
