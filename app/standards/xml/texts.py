"""Plain text out of marked-up text: no glued words, no lost ones, one kind of white space."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from lxml import etree

_text_of = etree.XPath("string()")
ST36_BLOCKS = (
    "{*}p",
    "{*}claim-text",
    "{*}br",
    "{*}li",
    "{*}row",
    "{*}entry",
    "{*}heading",
    "{*}ul",
    "{*}ol",
    "{*}sl",
    "{*}dl",
    "{*}dt",
    "{*}dd",
    "{*}tables",
    "{*}title",
    "{*}pre",
    "{*}maths",
    "{*}chemistry",
    "{*}img",
)
ST32_BLOCKS = (
    "{*}PARA",
    "{*}PTEXT",
    "{*}CLMSTEP",
    "{*}H",
    "{*}row",
    "{*}entry",
    "{*}title",
    "{*}LI",
    "{*}DT",
    "{*}DD",
    "{*}MATH-US",
    "{*}TABLE-US",
    "{*}CHEM-US",
    "{*}SNM",
    "{*}BR",
)
PAP_BLOCKS = (
    "{*}paragraph",
    "{*}heading",
    "{*}claim-text",
    "{*}row",
    "{*}entry",
    "{*}title",
    "{*}li",
    "{*}item",
    "{*}math-cwu",
    "{*}table-cwu",
    "{*}chemistry-cwu",
    "{*}number",
)
ST96_BLOCKS = (
    "{*}P",
    "{*}ClaimText",
    "{*}Br",
    "{*}LI",
    "{*}ListItem",
    "{*}Row",
    "{*}Entry",
    "{*}Heading",
    "{*}UL",
    "{*}OL",
    "{*}DL",
    "{*}DT",
    "{*}DD",
    "{*}Table",
    "{*}Title",
    "{*}Pre",
    "{*}Math",
    "{*}ChemicalFormulae",
    "{*}InventionTitle",
)


def pad(root: etree._Element, blocks: tuple[str, ...]) -> None:
    """Put a blank around every block element below `root`, so that blocks never glue words together.

    blocks  the block elements of the standard; inline ones (sub, sup, b, figure references) are
            left alone: H<sub>2</sub>O stays H2O
    Changes the tree; do it once, before taking texts out of it.
    """
    for block in root.iter(*blocks):
        if len(block) or block.text:
            block.text = f" {block.text or ''}"
        block.tail = f" {block.tail or ''}"


def plain(element: etree._Element | None) -> str:
    """All text of an element in one line; "" for None."""
    if element is None:
        return ""
    return tidy(element.text or "" if not len(element) else _text_of(element))


def tidy(text: str) -> str:
    """White space folded to single blanks, NFC; words that only stand for nothing are nothing."""
    text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def value(element: etree._Element | None) -> str:
    """The text of a field; "" where it is a word that stands for nothing (NULL, none)."""
    found = plain(element)
    return "" if len(found) <= _LONGEST_NOTHING and found.upper() in _NOTHING else found


_NOTHING = {"NULL", "(NULL)", "NIL", "NO IMAGE AVAILABLE"}
_LONGEST_NOTHING = max(map(len, _NOTHING))


def first(element: etree._Element | None, *paths: str) -> etree._Element | None:
    """The first element found by the paths (local names, `a/b`), tried in order."""
    for path in paths:
        for found in every(element, path):
            return found
    return None


def field(element: etree._Element | None, *paths: str) -> str:
    """The value of the first path that has one."""
    for path in paths:
        for found in every(element, path):
            if text := value(found):
                return text
    return ""


def every(element: etree._Element | None, path: str) -> Iterator[etree._Element]:
    """All elements at a path of local names (`a/b`, `a/*`, `.`), in order, in whatever namespace."""
    if element is None:
        return
    steps = _paths.get(path) or _steps(path)
    if len(steps) == 1:
        yield from element.iterchildren(steps[0])
        return
    if not steps[0]:
        yield element
        return
    for one in element.iterchildren(steps[0]):
        yield from every(one, path.partition("/")[2])


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Direct children with one of these local names, in document order."""
    for child in element:
        if isinstance(child.tag, str) and local(child) in names:
            yield child


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def values(elements: Iterable[etree._Element]) -> list[str]:
    """The values of elements, empty ones left out."""
    return [text for element in elements if (text := value(element))]


_paths: dict[str, tuple[str, ...]] = {}


def _steps(path: str) -> tuple[str, ...]:
    """`a/b` as lxml's names that match in any namespace; `.` is the element itself."""
    steps = ("", "") if path == "." else tuple(f"{{*}}{step}" for step in path.split("/"))
    _paths[path] = steps
    return steps
