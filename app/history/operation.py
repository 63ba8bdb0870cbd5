"""One change in an office: the operation, its bytes, its place in its station's chain.

Its bytes are JSON with sorted keys, no blanks, UTF-8, strings in NFC, numbers as integers. They are
what is hashed, chained, sealed and kept for ever, so they are made in this one place.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, fields
from typing import Any

GENESIS = "0" * 64

EVENT = "event/1"
SET = "set/1"
ADD = "add/1"
REMOVE = "remove/1"
SETTLE = "settle/1"
VOID = "void/1"
BLOB = "blob/1"
TYPES = frozenset({EVENT, SET, ADD, REMOVE, SETTLE, VOID, BLOB})

_DEPTH = 12
_HEX = frozenset("0123456789abcdef")


class BadOperation(ValueError):
    """These bytes are not an operation in the form of this office."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A change, append-only.

    id       128 random bits, 32 lower-case hex digits
    w, i, n  station (32 hex), its incarnation (16 hex), counter from 1 within both
    p        SHA-256 of this station's previous operation (zeros for the first)
    g        the act: operations written by one service call share it (32 hex)
    t        type and version, one of TYPES (unknown ones are kept and left out of projections)
    e        entity, `kind:id`; what lies in a case has the case's id in front: `row:<case>-<16 hex>`
    f, v     field or event name; value
    b        ids of the operations it replaces
    h        hybrid clock, see `app.history.clock`
    u, a     officer; authority or reason
    """

    id: str
    w: str
    i: str
    n: int
    p: str
    g: str
    t: str
    e: str
    f: str
    v: Any
    b: tuple[str, ...]
    h: str
    u: str
    a: str

    def to_bytes(self) -> bytes:
        """The canonical bytes. Raises BadOperation for a value that has no canonical form."""
        return canonical_json({name: canonical(getattr(self, name)) for name in NAMES})

    @classmethod
    def from_bytes(cls, raw: bytes) -> Operation:
        """Read canonical bytes; anything else, even the same content in another form, is refused."""
        try:
            content = json.loads(raw, parse_float=_no_float, parse_constant=_no_float)
        except (ValueError, RecursionError) as trouble:
            raise BadOperation("not JSON") from trouble
        if not isinstance(content, dict) or set(content) != set(NAMES):
            raise BadOperation("not the keys of an operation")
        if not _is_canonical(content, raw):
            raise BadOperation("not in canonical form")
        content["b"] = tuple(content["b"]) if isinstance(content["b"], list) else content["b"]
        operation = cls(**content)
        operation._check()
        return operation

    @classmethod
    def from_log(cls, raw: bytes) -> Operation:
        """Read bytes that `from_bytes` took in before: parsed, not checked again."""
        content = json.loads(raw)
        content["b"] = tuple(content["b"])
        return cls(**content)

    def _check(self) -> None:
        texts = (self.id, self.w, self.i, self.p, self.g, self.t, self.e, self.f, self.h, self.u, self.a)
        if not all(isinstance(text, str) for text in texts) or not isinstance(self.b, tuple):
            raise BadOperation("a key holds the wrong kind of value")
        for text, digits in ((self.id, 32), (self.w, 32), (self.i, 16), (self.p, 64), (self.g, 32)):
            if len(text) != digits or not _HEX.issuperset(text):
                raise BadOperation("an identifier is not lower-case hexadecimal of its length")
        if isinstance(self.n, bool) or not isinstance(self.n, int) or self.n < 1:
            raise BadOperation("the counter does not start at 1")
        if not all(isinstance(parent, str) for parent in self.b) or ":" not in self.e:
            raise BadOperation("a reference is not of its form")

    @property
    def key(self) -> tuple[str, str, str, int, str]:
        """The order in which operations are shown: clock first, ties by station."""
        return (self.h, self.w, self.i, self.n, self.id)

    @property
    def case(self) -> str:
        """Id of the case it belongs to, "" for the office's own."""
        kind, _colon, rest = self.e.partition(":")
        if kind in OUTSIDE_CASES:
            return ""
        return rest[:32] if kind == "case" else rest.partition("-")[0]


NAMES = tuple(field.name for field in fields(Operation))
OUTSIDE_CASES = frozenset({"office", "officer", "number", "person", "calendar"})


def chain_hash(raw: bytes) -> str:
    """SHA-256 of an operation's bytes: the next one of the station names it in `p`."""
    return hashlib.sha256(raw).hexdigest()


def canonical_json(content: Any) -> bytes:
    """JSON with sorted keys and no blanks; for content whose strings are in NFC."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _is_canonical(content: dict[str, Any], raw: bytes) -> bool:
    """Whether `raw`, read as `content`, is the one form this content has. Raises BadOperation for values
    that have none."""
    _refuse_depth(content, -1)
    try:
        # A whole text in NFC has all its strings in NFC: nearly no operation need be taken apart.
        plain = unicodedata.is_normalized("NFC", raw.decode())
        return canonical_json(content if plain else canonical(content, -1)) == raw
    except UnicodeError as trouble:
        raise BadOperation("a text that is no Unicode") from trouble


def _refuse_depth(value: dict[str, Any] | list[Any], depth: int) -> None:
    """What `canonical` refuses for its depth, looked for among lists and tables alone."""
    if value and depth >= _DEPTH:
        raise BadOperation("a value is nested too deeply")
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, (dict, list)):
            _refuse_depth(item, depth + 1)


def canonical(value: Any, depth: int = 0) -> Any:
    """`value` with strings in NFC and tuples as lists. Raises BadOperation for floats and objects."""
    if depth > _DEPTH:
        raise BadOperation("a value is nested too deeply")
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", str(value))
    if isinstance(value, (list, tuple)):
        return [canonical(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {canonical(str(key)): canonical(item, depth + 1) for key, item in value.items()}
    raise BadOperation(f"a value of type {type(value).__name__} has no canonical form")


def _no_float(text: str) -> None:
    raise ValueError(f"{text}: numbers are integers or decimal strings")
