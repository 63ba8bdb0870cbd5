"""The feature table of a flat file: keys, locations, qualifiers, however they were broken into lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.domain.sequences import Feature, Qualifier

_GLUED = frozenset({"translation", "replace", "rpt_unit_seq", "PCR_primers"})
_LONGEST_VALUE = 8 * 1024 * 1024


@dataclass(slots=True)
class _Draft:
    key: str
    line: int
    location: list[str] = field(default_factory=list)
    qualifiers: list[tuple[str, list[str]]] = field(default_factory=list)
    open: bool = False

    def add(self, text: str) -> None:
        """One line more, without what stands before its text."""
        if self.open or not text.startswith("/"):
            target = self.qualifiers[-1][1] if self.qualifiers else self.location
            target.append(text)
        else:
            name, _sign, value = text[1:].partition("=")
            self.qualifiers.append((name.strip(), [value]))
            self.open = False
        if self.qualifiers and (text.count('"') % 2):
            self.open = not self.open

    def feature(self) -> Feature:
        """The feature."""
        return Feature(
            self.key,
            "".join("".join(self.location).split()),
            tuple(Qualifier(name, _value(name, parts)) for name, parts in self.qualifiers if name),
            self.line,
        )


def features(table: Iterable[tuple[int, str]]) -> tuple[Feature, ...]:
    """The features of numbered lines; a key stands after five blanks, all else further in."""
    found: list[_Draft] = []
    for number, line in table:
        text = line.strip()
        if not text:
            continue
        if len(line) > 5 and line[5] != " " and line[:5].isspace() and not text.startswith("/"):
            key, _blank, rest = text.partition(" ")
            if not found or not found[-1].open:
                found.append(_Draft(key, number, [rest.strip()]))
                continue
        if found:
            found[-1].add(text)
    return tuple(draft.feature() for draft in found)


def _value(name: str, parts: list[str]) -> str:
    """The value without its quotation marks, doubled ones made single; broken lines joined."""
    text = ("" if name in _GLUED else " ").join(part for part in parts if part)[:_LONGEST_VALUE]
    if text.startswith('"'):
        text = text[1:].removesuffix('"')
    text = text.replace('""', '"')
    return "".join(text.split()) if name == "translation" else " ".join(text.split())
