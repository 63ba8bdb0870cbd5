"""What is wrong with an XML document, in words a person can pass on to its sender."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from app.errors import _


class Broken(Exception):
    """A document stops making sense.

    why   what is wrong, the second half of a sentence
    line  line of the file, counted from 1
    """

    def __init__(self, why: str, line: int) -> None:
        super().__init__(f"{why} ({line})")
        self.why = why
        self.line = line


def in_words(trouble: etree.XMLSyntaxError, first_line: int) -> Broken:
    """The parser's complaint as Broken. `first_line` is where the document begins in its file."""
    line = max(first_line, first_line + (trouble.lineno or 1) - 1)
    return Broken(_WORDS.get(trouble.code or 0, _otherwise)(str(trouble.msg or "")), line)


def _otherwise(message: str) -> str:
    lowered = message.lower()
    if "depth" in lowered:
        return _("elements are nested too deep")
    if "huge" in lowered or "too long" in lowered or "too big" in lowered:
        return _("one piece of text in it is too long")
    return _("it is not well-formed XML")


def _mismatch(message: str) -> str:
    """`Opening and ending tag mismatch: b line 3 and p, line 4 …`"""
    words = message.replace(",", " ").split()
    try:
        opened, closed = words[words.index("mismatch:") + 1], words[words.index("and", 4) + 1]
    except (ValueError, IndexError):
        return _("an element is closed that was not the last one opened")
    return _("“{opened}” was opened, but “{closed}” is closed").format(opened=opened, closed=closed)


# libxml2's own error numbers (xmlParserErrors)
_WORDS: dict[int, Callable[[str], str]] = {
    4: lambda m: _("there is nothing in it"),
    5: lambda m: _("something stands after its end"),
    9: lambda m: _("a character that XML does not allow, or bytes of another encoding than it says"),
    23: lambda m: _("a bare “&”, or an entity without its semicolon"),
    26: lambda m: _("an entity that nothing explains"),
    38: lambda m: _("a “<” inside the value of an attribute"),
    39: lambda m: _("the value of an attribute has no quotation marks"),
    40: lambda m: _("the value of an attribute is not closed"),
    41: lambda m: _("an attribute has no value"),
    42: lambda m: _("an attribute is given twice"),
    45: lambda m: _("a comment is not closed"),
    47: lambda m: _("a processing instruction is not closed"),
    63: lambda m: _("a CDATA section is not closed"),
    65: lambda m: _("two attributes with no space between them"),
    68: lambda m: _("a bare “&” or “<”, or a name that does not begin with a letter"),
    73: lambda m: _("a tag is not closed"),
    74: lambda m: _("it ends before its last element is closed"),
    76: _mismatch,
    77: lambda m: _("it ends before its last element is closed"),
    81: lambda m: _("bytes of another encoding than it says"),
    201: lambda m: _("a prefix of an element is not declared"),
}
