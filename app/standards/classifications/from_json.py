"""Classifications in JSON: Nice headings and alphabetical lists, Locarno, IPC as lists or trees of codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.errors import _
from app.standards.classifications.scheme import Scheme, normal
from app.standards.fields import forms


def read(document: Any, scheme: str, language: str) -> Scheme:
    """The classification in a parsed document. Raises ValueError where it has none of the known forms."""
    if isinstance(document, Mapping) and isinstance(document.get("classes"), list):
        edition = ".".join(str(document[key]) for key in ("edition", "version") if document.get(key))
        return _nice_headings(_objects(document, "classes"), edition, language)
    items = [item for item in document if isinstance(item, Mapping)] if isinstance(document, list) else []
    if items and "AlphaLists" in items[0]:
        return _alphabetical(items)
    if items and "Classification" in items[0]:
        return _locarno(items)
    if items and "heading" in items[0]:
        return _nice_headings(items, "", language)
    if items:
        found = Scheme(scheme or "ipc")
        for symbol, words in _codes(items):
            found.title(language or forms.UNKNOWN_LANGUAGE, normal(found.scheme, symbol), words.lstrip("•. "))
        return found
    raise ValueError(_("its JSON has none of the known forms"))


def _said(item: Mapping[str, Any], key: str) -> str:
    """A value as text. Raises ValueError with the key where it is missing."""
    if key not in item:
        raise ValueError(key)
    return str(item[key])


def _objects(item: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The objects in a list, none where there is no list. Raises ValueError with the key of anything else."""
    found = item.get(key) or []
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise ValueError(key)
    return found


def _language(item: Mapping[str, Any]) -> str:
    return forms.language(str(item.get("Language") or ""))


def _nice_headings(classes: Iterable[Mapping[str, Any]], edition: str, language: str) -> Scheme:
    found = Scheme("nice", edition)
    for item in classes:
        symbol = normal("nice", _said(item, "number"))
        found.title(language or forms.UNKNOWN_LANGUAGE, symbol, _said(item, "heading"))
    return found


def _alphabetical(lists: Iterable[Mapping[str, Any]]) -> Scheme:
    """Terms by class, several in one text, parted by a semicolon."""
    found = Scheme("nice")
    for item in lists:
        language = _language(item)
        for entry in _objects(item, "AlphaLists"):
            for text in _said(entry, "AlphaListTermText").split(";"):
                found.term(language, normal("nice", _said(entry, "ClassNbr")), "", text)
    return found


def _locarno(lists: Iterable[Mapping[str, Any]]) -> Scheme:
    found = Scheme("locarno")
    for item in lists:
        language = _language(item)
        for entry in _objects(item, "Classification"):
            number = _said(entry, "ClassCode")
            found.title(language, normal("locarno", number), _said(entry, "ClassDescription"))
            for sub in _objects(entry, "LocarnoSubClasses"):
                symbol = normal("locarno", f"{number}-{_said(sub, 'SubClassCode')}")
                found.title(language, symbol, _said(sub, "SubClassDescription"))
    return found


def _codes(items: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Every code with its description, from a list or from a tree of any depth below it."""
    for item in items:
        if not isinstance(item, Mapping):
            continue
        code = words = ""
        for key, value in item.items():
            if isinstance(value, str) and key.lower().endswith("code"):
                code = value
            elif isinstance(value, str) and key.lower().endswith("description"):
                words = value
        if code and words:
            yield code, words
        for value in item.values():
            if isinstance(value, list):
                yield from _codes(value)
