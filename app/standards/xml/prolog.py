"""What stands before the root element: declaration, comments, DOCTYPE; read as text, never obeyed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from app.errors import _
from app.standards.trouble import Broken

_SPACE = b" \t\r\n\x00\x1a"
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._:\-]+)["']""")
_ROOT = re.compile(rb"<([^\s<>/!?'\"=&][^\s<>/'\"=&]*)")
_ATTRIBUTE = re.compile(rb"""(?<=\s)([^\s=<>"'/]++)\s*+=\s*+("[^"]*+"|'[^']*+')""")
_ENTITY = re.compile(
    rb"""<!ENTITY\s+(%\s+)?([^\s"'<>]+)\s+(?:(SYSTEM|PUBLIC)\s[^<>]*?(NDATA\s+\S+)?\s*>|("[^"]*"|'[^']*')\s*>)"""
)
_IN_DOCTYPE = re.compile(rb"""["'>\[\]]|<!--""")
_IN_TAG = re.compile(rb"""["'<>]""")
_REFERENCE = re.compile(r"&(?!#|amp;|lt;|gt;|quot;|apos;)|<")
_NO_ELEMENT = -1
_START = 16_384
_SHORT = 128
"""Characters an entity of the internal subset may stand for; longer ones are no characters but tricks."""
# Encodings offices use in which every byte below 0x40 of markup is itself, or that Python decodes anyway.
_KNOWN = (
    "iso8859",
    "iso-8859",
    "latin",
    "cp",
    "windows",
    "koi8",
    "gb",
    "big5",
    "euc",
    "shift",
    "iso2022",
    "iso-2022",
    "mac",
    "johab",
    "tis",
    "hz",
)


@dataclass(frozen=True, slots=True)
class Prolog:
    """root       the root's name as written, prefix included
    attributes   of the root, as written
    namespace    the root's own, "" where none is declared
    entities     name -> text, the short ones of the internal subset
    barred       names of entities that were left out (from elsewhere, or made of others)
    lines        line feeds before the root
    start        the first bytes from the root on, for formats whose root says little
    """

    root: str
    attributes: dict[str, str] = field(default_factory=dict)
    namespace: str = ""
    entities: dict[str, str] = field(default_factory=dict)
    barred: tuple[str, ...] = ()
    lines: int = 0
    start: bytes = b""

    @property
    def name(self) -> str:
        """The root's name without prefix."""
        return self.root.rpartition(":")[2]

    @property
    def claims(self) -> str:
        """Namespace and attributes of the root in small letters: of which standard it says it is."""
        return f"{self.namespace} {' '.join(self.attributes.values())}".lower()


def read_prolog(chunks: Iterator[bytes], limit: int) -> tuple[Prolog | None, Iterator[bytes]]:
    """The prolog, and the document from its root tag on in UTF-8. None when there is nothing at all.

    limit  bytes within which the root has to come
    Raises Broken; its line counts from the document's first.
    """
    data = b""
    for chunk in chunks:
        data += chunk
        at = _root_at(data)
        if at is not None and at >= 0:
            break
        if len(data) > limit:
            raise Broken(_("no element begins within its first {size} KB").format(size=limit // 1024), 1)
    else:
        rest = data.strip(_SPACE + codecs.BOM_UTF8)
        if not rest or (_root_at(rest) == _NO_ELEMENT and b"<?xml" not in rest and b"<!DOCTYPE" not in rest):
            return None, iter(())
        raise Broken(_("it ends before its first element"), data.count(b"\n") + 1)
    prolog, root_tag_end = _understood(data, at)
    return prolog, _decoded(data[:at], _root_mended(data[at:], prolog, root_tag_end - at), chunks)


def _root_at(data: bytes) -> int | None:
    """Where the whole start tag of the root begins; None while more is needed, `_NO_ELEMENT` where all that
    came is complete, but no element."""
    at = 3 if data.startswith(codecs.BOM_UTF8) else 0
    while True:
        while at < len(data) and data[at] in _SPACE:
            at += 1
        if at >= len(data):
            return _NO_ELEMENT if at > 0 else None
        if data.startswith(b"<?", at):
            end = data.find(b"?>", at)
            step = 2
        elif data.startswith(b"<!--", at):
            end = data.find(b"-->", at + 4)
            step = 3
        elif data.startswith(b"<!DOCTYPE", at):
            end = doctype_end(data, at)
            step = 1
        elif data[at : at + 1] != b"<":
            raise Broken(_("it begins with text, not with an element"), data[:at].count(b"\n") + 1)
        else:
            return at if _tag_end(data, at) >= 0 else None
        if end < 0:
            return None
        at = end + step


def doctype_end(data: bytes, at: int) -> int:
    """Place of the `>` that closes a DOCTYPE, -1 while it is not there."""
    inside = False
    while token := _IN_DOCTYPE.search(data, at):
        at = token.end()
        found = token.group()
        if found == b"[":
            inside = True
        elif found == b"]":
            inside = False
        elif found == b">":
            if not inside:
                return token.start()
        else:
            closing = b"-->" if found == b"<!--" else found
            end = data.find(closing, at)
            if end < 0:
                return -1
            at = end + len(closing)
    return -1


def _tag_end(data: bytes, at: int) -> int:
    """Place after the `>` of a start tag, or of the `<` that breaks it; -1 while neither is there."""
    at += 1
    while token := _IN_TAG.search(data, at):
        if token.group() == b">":
            return token.end()
        if token.group() == b"<":
            return token.start()
        at = data.find(token.group(), token.end()) + 1
        if not at:
            return -1
    return -1


def _understood(data: bytes, at: int) -> tuple[Prolog, int]:
    found = _ROOT.match(data, at)
    lines = data[:at].count(b"\n")
    if not found:
        raise Broken(_("its first tag has no name"), lines + 1)
    end = _tag_end(data, at)
    root = found.group(1).decode("utf-8", "replace")
    tag = data[at:end]
    attributes = {
        key.decode("utf-8", "replace"): unescape(value[1:-1].decode("utf-8", "replace"))
        for key, value in _ATTRIBUTE.findall(tag)
    }
    prefix = root.rpartition(":")[0]
    namespace = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "")
    entities, barred = _entities(data[:at])
    return Prolog(root, attributes, namespace, entities, barred, lines, data[at : at + _START]), end


def _entities(before: bytes) -> tuple[dict[str, str], tuple[str, ...]]:
    kept: dict[str, str] = {}
    barred: list[str] = []
    start = before.find(b"<!DOCTYPE")
    if start < 0:
        return kept, ()
    subset = _without_comments(before[start:])
    for parameter, raw_name, outside, image, value in _ENTITY.findall(subset):
        name = raw_name.decode("utf-8", "replace")
        if image:
            continue
        text = value[1:-1].decode("utf-8", "replace")
        if parameter or outside or len(text) > _SHORT or _REFERENCE.search(text):
            barred.append(name)
        else:
            kept.setdefault(name, unescape(text))
    return kept, tuple(barred[:20])


def _without_comments(text: bytes) -> bytes:
    kept, at = [], 0
    while (start := text.find(b"<!--", at)) >= 0 and (end := text.find(b"-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return b"".join([*kept, text[at:]])


def _root_mended(rest: bytes, prolog: Prolog, tag_end: int) -> bytes:
    """Declare the prefixes a root uses without saying so: records cut out of a larger file do that."""
    tag = rest[:tag_end]
    used = {name.partition(":")[0] for name in (prolog.root, *prolog.attributes) if ":" in name}
    used -= {"xmlns", "xml"} | {n[6:] for n in prolog.attributes if n.startswith("xmlns:")}
    if not used:
        return rest
    added = b"".join(f' xmlns:{p}="urn:undeclared:{p}"'.encode() for p in sorted(used))
    name_end = 1 + len(prolog.root.encode())
    return tag[:name_end] + added + tag[name_end:] + rest[tag_end:]


def _decoded(before: bytes, first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces from the root on, in UTF-8."""
    declared = _ENCODING.search(before[:256]) if b"<?xml" in before[:64] else None
    name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    # A document that says UTF-16 and could be read this far was turned into UTF-8 on the way in.
    if name.startswith(
        ("utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf16", "ucs-", "utf-32", "iso-10646")
    ):
        yield first
        yield from chunks
        return
    try:
        if not name.replace("_", "-").startswith(_KNOWN):
            raise LookupError(name)
        decoder = codecs.getincrementaldecoder(name)()
    except LookupError:
        raise Broken(
            _("it says its encoding is “{name}”, which is not known here").format(name=name), 1
        ) from None
    line = before.count(b"\n") + 1
    try:
        yield decoder.decode(first).encode()
        for chunk in chunks:
            line += first.count(b"\n")
            first = chunk
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as trouble:
        line += first[: trouble.start].count(b"\n")
        raise Broken(_("bytes that are not the encoding “{name}” it says").format(name=name), line) from None
