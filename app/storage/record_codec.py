"""A published record whole, to bytes and back; unlike RECORD, with every text in it."""

from __future__ import annotations

import dataclasses
import json
import zlib
from typing import Any

from app.domain.record import (
    CitedDocument,
    Classes,
    MarkSign,
    NamedParty,
    PriorityClaim,
    Record,
    RecordKind,
    Related,
    Right,
)

_LISTS: dict[str, type] = {
    "applicants": NamedParty,
    "inventors": NamedParty,
    "representatives": NamedParty,
    "priorities": PriorityClaim,
    "related": Related,
    "citations": CitedDocument,
}
_EMPTY: tuple[object, ...] = ("", 0, (), {}, None)


def to_bytes(record: Record) -> bytes:
    """The record as compressed JSON; what is empty is left out."""
    return zlib.compress(json.dumps(_plain(record), ensure_ascii=False).encode(), 3)


def from_bytes(raw: bytes) -> Record:
    """The record that `to_bytes` wrote. Fields of a later version are passed over."""
    found: dict[str, Any] = json.loads(zlib.decompress(raw))
    known = {f.name for f in dataclasses.fields(Record)}
    values = {name: _value(name, value) for name, value in found.items() if name in known}
    return Record(**values)


def _plain(thing: Any) -> Any:
    if dataclasses.is_dataclass(thing):
        pairs = ((f.name, _plain(getattr(thing, f.name))) for f in dataclasses.fields(thing))
        return {name: value for name, value in pairs if value not in _EMPTY and value != []}
    if isinstance(thing, tuple | list):
        return [_plain(item) for item in thing]
    if hasattr(thing, "items"):
        return {str(key): _plain(value) for key, value in thing.items()}
    return thing


def _value(name: str, value: Any) -> Any:
    if name in _LISTS:
        return tuple(_LISTS[name](**item) for item in value)
    if name in ("claims", "descriptions"):
        return {language: tuple(texts) for language, texts in value.items()}
    if name == "goods":
        return {int(number): dict(texts) for number, texts in value.items()}
    if name == "classes":
        return Classes(**{scheme: tuple(symbols) for scheme, symbols in value.items()})
    if name == "mark":
        return MarkSign(**value)
    if name == "right":
        return Right(value)
    if name == "kind":
        return RecordKind(value)
    return tuple(value) if isinstance(value, list) else value
