"""Plain text out of marked-up text: no glued words, no lost ones, one kind of white space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import methodcaller
from typing import cast

from lxml import etree

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
ST36_INNER = tuple(block for block in ST36_BLOCKS if block not in ("{*}p", "{*}heading"))
"""For texts that are taken paragraph by paragraph."""
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
    behind: etree._Element | None = None
    for block in root.iter(*blocks):
        # To set a text costs ten times what it costs to look at it.
        text, tail = block.text, block.tail
        if text:
            if not text[0].isspace() and not _is_apart(block, behind):
                block.text = f" {text}"
        elif len(block) and not _is_apart(block, behind):
            block.text = " "
        if not tail:
            block.tail = " "
            behind = block
        elif not tail[0].isspace():
            block.tail = f" {tail}"
            behind = None
        else:
            behind = block if tail[-1].isspace() else None


def _is_apart(block: etree._Element, behind: etree._Element | None) -> bool:
    """Whether white space stands before a block already; `behind` is one known to have some behind it."""
    before = block.getprevious()
    if before is None:
        above = block.getparent()
        lead = above.text if above is not None else None
    elif before is behind:
        return True
    else:
        lead = before.tail
    return lead is not None and lead[-1:].isspace()


def plain(element: etree._Element | None) -> str:
    """All text of an element in one line; "" for None."""
    if element is None:
        return ""
    text = _all_text(element) if len(element) else element.text
    return folded(text) if text else ""


def _all_text(element: etree._Element) -> str:
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return text


def tidy(text: str) -> str:
    """White space folded to single blanks, NFC."""
    if text.isascii() and _has_rare_space(text):
        return " ".join(text.split())
    return folded(text)


def folded(text: str) -> str:
    """White space of XML folded to single blanks, NFC; `tidy` for texts that come out of a tree."""
    text = text.strip()
    # Every white space but the blank is unprintable. Most texts need no folding at all, most of the
    # others only that of line ends; to take a text apart into words costs ten times as much.
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    ascii_ = text.isascii()
    if not ascii_ and not text.isprintable():
        return unicodedata.normalize("NFC", " ".join(text.split()))
    if "  " in text:
        text = _RUNS.sub(" ", text)
    return text if ascii_ else unicodedata.normalize("NFC", text)


_RUNS = re.compile("  +")


def _has_rare_space(text: str) -> bool:
    """White space of ASCII that XML does not allow, but flat texts may have. Six searches for one character
    each are an eighth of one look at every character."""
    lines = "\x0b" in text or "\x0c" in text
    return lines or "\x1c" in text or "\x1d" in text or "\x1e" in text or "\x1f" in text


def value(element: etree._Element | None) -> str:
    """The text of a field; "" where it is a word that stands for nothing (NULL, none)."""
    if element is None:
        return ""
    found = _all_text(element) if len(element) else element.text
    if not found:
        return ""
    # Codes and numbers, which most fields are, need no folding.
    if not (found.isalnum() and found.isascii()):
        found = folded(found)
    return "" if len(found) <= _LONGEST_NOTHING and found.upper() in _NOTHING else found


_NOTHING = {"NULL", "(NULL)", "NIL", "NO IMAGE AVAILABLE"}
_LONGEST_NOTHING = max(map(len, _NOTHING))


def leaves(element: etree._Element | None, *names: str) -> dict[str, str]:
    """The values of the children by local name, in one pass; of several of one name the first that has one.

    names  the children that matter; none means all
    """
    found: dict[str, str] = {}
    if element is None:
        return found
    for child in children(element, *names) if names else element:
        name = child.tag
        if not isinstance(name, str):
            continue
        if name[0] == "{":
            name = name.rpartition("}")[2]
        if name in found:
            continue
        if text := value(child):
            found[name] = text
    return found


def first(element: etree._Element | None, *paths: str) -> etree._Element | None:
    """The first element found by the paths (local names, `a/b`), tried in order."""
    if element is None:
        return None
    for path in paths:
        steps = _paths.get(path) or _steps(path)
        if len(steps) == 1:
            found = next(element.iterchildren(steps[0]), None)
        else:
            found = next(every(element, path), None)
        if found is not None:
            return found
    return None


def field(element: etree._Element | None, *paths: str) -> str:
    """The value of the first path that has one."""
    if element is None:
        return ""
    for path in paths:
        steps = _paths.get(path) or _steps(path)
        for found in element.iterchildren(steps[0]) if len(steps) == 1 else every(element, path):
            if text := value(found):
                return text
    return ""


def every(element: etree._Element | None, path: str) -> Iterator[etree._Element]:
    """All elements at a path of local names (`a/b`, `a/*`, `.`), in order, in whatever namespace."""
    if element is None:
        return iter(())
    steps = _paths.get(path) or _steps(path)
    if not steps[0]:
        return iter((element,))
    found = element.iterchildren(steps[0])
    for step in steps[1:]:
        # Chained in C: a generator a step costs more than the search itself.
        found = chain.from_iterable(map(methodcaller("iterchildren", step), found))
    return cast("Iterator[etree._Element]", found)


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Direct children with one of these local names, in document order."""
    wanted = _names.get(names)
    if wanted is None:
        wanted = _names[names] = tuple(f"{{*}}{name}" for name in names)
    return cast("Iterator[etree._Element]", element.iterchildren(*wanted))


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def inside(element: etree._Element, *names: str) -> bool:
    """Whether an element stands inside one of these names, however deep."""
    return next(element.iterancestors(*(f"{{*}}{name}" for name in names)), None) is not None


def values(elements: Iterable[etree._Element]) -> list[str]:
    """The values of elements, empty ones left out."""
    return [text for element in elements if (text := value(element))]


_paths: dict[str, tuple[str, ...]] = {}
_names: dict[tuple[str, ...], tuple[str, ...]] = {}


def _steps(path: str) -> tuple[str, ...]:
    """`a/b` as lxml's names that match in any namespace; `.` is the element itself."""
    steps = ("", "") if path == "." else tuple(f"{{*}}{step}" for step in path.split("/"))
    _paths[path] = steps
    return steps
