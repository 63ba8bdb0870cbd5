"""Entities into characters, on the way from the file to the parser.

Works on UTF-8 pieces of any size; what stands inside a CDATA section is left alone. An entity no set
knows becomes a visible mark, U+FFFD and its name, with a finding.
"""

from __future__ import annotations

import re

from app.domain.findings import Severity
from app.errors import _
from app.standards.source import Notes
from app.standards.xml.entities import character

_NAMED = re.compile(rb"&(?!amp;|lt;|gt;|quot;|apos;)([A-Za-z_:\x80-\xff][\w.:\-\x80-\xff]{0,63});")
_CDATA = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.S)
_LONGEST_TOKEN = 80


class Substitute:
    """Feed pieces, get pieces back; a reference cut in two by the pieces is put together first."""

    def __init__(self, declared: dict[str, str], notes: Notes) -> None:
        self._declared = declared
        self._notes = notes
        self._held = b""
        self._in_cdata = False
        self._known: dict[bytes, bytes] = {}

    def feed(self, piece: bytes) -> bytes:
        """As much as is safe to hand on; a token that may go on is held back."""
        data = self._held + piece if self._held else piece
        cut = max(data.rfind(b">"), data.rfind(b"\n")) + 1
        if cut == 0 or len(data) - cut > _LONGEST_TOKEN:
            # No tag ends near: cut where no reference is open.
            cut = len(data) - _LONGEST_TOKEN
            open_at = max(data.rfind(b"&", max(cut - _LONGEST_TOKEN, 0), cut), data.rfind(b"<", 0, cut))
            if open_at >= 0 and cut - open_at < _LONGEST_TOKEN:
                cut = open_at
        if cut <= 0:
            self._held = data
            return b""
        self._held = data[cut:]
        return self._replaced(data[:cut])

    def rest(self) -> bytes:
        """What was held back, at the end."""
        held, self._held = self._held, b""
        return self._replaced(held)

    def _replaced(self, data: bytes) -> bytes:
        marked = b"!" in data
        starts = data.rfind(b"<![CDATA[") if marked and b"CDATA[" in data else -1
        ends = data.rfind(b"]]>") if starts >= 0 or self._in_cdata else -1
        was_in, self._in_cdata = self._in_cdata, starts > ends or (self._in_cdata and ends < 0)
        if b"&" not in data:
            return data
        if not was_in and starts < 0 and not (marked and b"<!--" in data):
            return _NAMED.sub(self._character, data)
        return self._around_cdata(data, was_in)

    def _around_cdata(self, data: bytes, was_in: bool) -> bytes:
        """Replace everywhere but inside CDATA sections and comments."""
        out, at = [], 0
        if was_in:
            end = data.find(b"]]>")
            if end < 0:
                return data
            at = end + 3
            out.append(data[:at])
        for section in _CDATA.finditer(data, at):
            out.append(_NAMED.sub(self._character, data[at : section.start()]))
            out.append(section.group())
            at = section.end()
        out.append(_NAMED.sub(self._character, data[at:]))
        return b"".join(out)

    def _character(self, reference: re.Match[bytes]) -> bytes:
        name = reference.group(1)
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._looked_up(name.decode("utf-8", "replace"))
        return found

    def _looked_up(self, name: str) -> bytes:
        text = self._declared.get(name)
        if text is None:
            text = character(name)
        if text is None:
            self._notes.add(
                Severity.WARNING, name, "xml.entity-unknown",
                _("No set known here has the character “&{name};”; a mark stands in its place.").format(
                    name=name
                ),
                remedy=_("Look it up in the original and correct the text by hand."),
            )  # fmt: skip
            text = f"\ufffd[{name}]"
        return "".join(f"&#{ord(c)};" for c in text).encode()
