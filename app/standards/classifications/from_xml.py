"""The IPC master file (IPCScheme, schema 3.1) and CPC scheme files (class-scheme), in a stream."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from lxml import etree

from app.errors import _
from app.standards.classifications.scheme import Scheme, normal
from app.standards.fields import forms

_STRUCTURED = frozenset("scum123456789ABCDE")
"""Kinds of ipcEntry that are places; others are notes, indexes and headings between them."""


def read(path: Path) -> Scheme:
    """The classification in an XML file. Raises ValueError where it is none."""
    with path.open("rb") as file:
        try:
            return _walked(file)
        except etree.XMLSyntaxError as trouble:
            raise ValueError(
                _("line {line}: {why}").format(line=trouble.lineno, why=trouble.msg)
            ) from trouble


def _walked(file: BinaryIO) -> Scheme:
    found: Scheme | None = None
    language = "en"
    walk = etree.iterparse(
        file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for event, element in walk:
        name = etree.QName(element).localname
        if found is None:
            found, language = _root(name, element)
        elif event == "end" and name == "textBody":
            _ipc_entry(found, language, element)
        elif event == "end" and name == "class-title":
            _cpc_item(found, language, element)
        elif event == "end" and name in ("ipcEntry", "classification-item"):
            element.clear()
    if found is None:
        raise ValueError(_("it is empty"))
    return found


def _root(name: str, element: etree._Element) -> tuple[Scheme, str]:
    if name == "IPCScheme":
        edition = element.get("edition", "")
        return (
            Scheme("ipc", f"{edition[:4]}.{edition[4:6]}" if len(edition) == 8 else edition),
            forms.language(element.get("lang")),
        )
    if name == "class-scheme":
        day = element.get("publication-date", "")
        return Scheme(element.get("scheme-type", "cpc").lower(), day[:7].replace("-", ".")), "en"
    raise ValueError(_("its root “{name}” is neither an IPC nor a CPC scheme").format(name=name))


def _ipc_entry(found: Scheme, language: str, body: etree._Element) -> None:
    entry = body.getparent()
    if entry is not None and entry.get("kind") in _STRUCTURED:
        parts = body.iterfind(".//{*}title/{*}titlePart/{*}text")
        words = "; ".join(" ".join("".join(_words(part)).split()) for part in parts)
        found.title(language, normal(found.scheme, _bare(entry.get("symbol", ""))), words)
    body.clear()


def _bare(symbol: str) -> str:
    """A section, class or subclass without what pads it: `A01B` stays, `A` stays."""
    return symbol.rstrip() if len(symbol) > 4 else symbol.strip()


def _cpc_item(found: Scheme, language: str, title: etree._Element) -> None:
    item = title.getparent()
    symbol = item.findtext("{*}classification-symbol") if item is not None else ""
    parts = ("".join(_words(part)) for part in title.iterfind("{*}title-part"))
    words = "; ".join(text for part in parts if (text := " ".join(part.split())))
    if not found.titles.get(language, {}).get(normal(found.scheme, symbol or "")):
        found.title(language, normal(found.scheme, symbol or ""), words)
    title.clear()


def _words(element: etree._Element) -> list[str]:
    """The text of an element without references to other places."""
    if not isinstance(element.tag, str) or etree.QName(element).localname in ("reference", "entryReference"):
        return []
    found = [element.text or ""]
    for child in element:
        found += [*_words(child), child.tail or ""]
    return found
