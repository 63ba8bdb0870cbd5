"""A classification in one form: symbols with titles by language, and the terms of its alphabetical list.

On the disk it is a folder: `classification.json` (which, what edition, what from), `titles-LANG.tsv` (symbol,
title) and `terms-LANG.tsv` (class, basic number, term), one line each, UTF-8.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from app.errors import FileRefused, _
from app.standards.fields import symbols

FACTS = "classification.json"
SCHEMES = ("ipc", "cpc", "nice", "locarno", "vienna")
_SECTION = re.compile(r"[A-HY]\Z")
_CLASS = re.compile(r"[A-HY]\d\d\Z")
_MAIN_GROUP = re.compile(r"([A-HY]\d\d[A-Z])\s*([1-9]\d{0,3})\Z")


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of an alphabetical list: its class, its basic number ("" where there is none), its words."""

    symbol: str
    basic: str
    text: str


@dataclass(slots=True)
class Scheme:
    """A classification while it is read, or as a pack holds it.

    scheme   ipc, cpc, nice, locarno or vienna
    edition  as its publisher counts: `2024.01`, `13.2026`; "" where no file said
    titles   language -> symbol in the form of a record -> title
    terms    language -> entries of the alphabetical list
    """

    scheme: str
    edition: str = ""
    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    terms: dict[str, list[Term]] = field(default_factory=dict)

    def title(self, language: str, symbol: str, text: str) -> None:
        """Add a title; the first one of a symbol stays."""
        words = " ".join(text.split())
        if symbol and words:
            self.titles.setdefault(language, {}).setdefault(symbol, words)

    def term(self, language: str, symbol: str, basic: str, text: str) -> None:
        """Add an entry of the alphabetical list."""
        words = " ".join(text.split())
        if symbol and words:
            self.terms.setdefault(language, []).append(Term(symbol, basic, words))

    @property
    def symbols(self) -> frozenset[str]:
        """All symbols that have a title in any language."""
        return frozenset(symbol for titles in self.titles.values() for symbol in titles)

    def merge(self, other: Scheme) -> None:
        """Take in what another file of the same classification says."""
        for language, titles in other.titles.items():
            for symbol, text in titles.items():
                self.title(language, symbol, text)
        for language, terms in other.terms.items():
            self.terms.setdefault(language, []).extend(terms)


def normal(scheme: str, symbol: str) -> str:
    """A symbol in the form of a record, a section, class or main group too; "" where it is none.

    `A01B1` and `A01B0001000000` are `A01B 1/00`; `Class 9` is `9`; `12.11` is `12-11`.
    """
    text = " ".join(symbol.upper().split())
    if scheme in ("ipc", "cpc"):
        if _SECTION.match(text) or _CLASS.match(text):
            return text
        if found := _MAIN_GROUP.match(text):
            return f"{found[1]} {found[2]}/00"
        return symbols.ipc(text)
    if scheme == "nice":
        number = symbols.nice(text.removeprefix("CLASS"))
        return str(number) if number else ""
    return symbols.locarno(text) if scheme == "locarno" else symbols.vienna(text)


def above(scheme: str, symbol: str) -> tuple[str, ...]:
    """The symbols a symbol lies under, from the top: `A01B 1/02` under A, A01, A01B, A01B 1/00."""
    if scheme in ("ipc", "cpc"):
        group = symbol.partition("/")[0] + "/00" if "/" in symbol else ""
        tops = [symbol[:1], symbol[:3], symbol[:4], group]
    elif scheme in ("locarno", "vienna"):
        parts = re.split(r"[-.]", symbol)
        sign = "-" if scheme == "locarno" else "."
        tops = [sign.join(parts[:end]) for end in range(1, len(parts))]
    else:
        tops = []
    return tuple(top for top in dict.fromkeys(tops) if top and top != symbol)


def write(scheme: Scheme, folder: Path, sources: Mapping[str, str]) -> None:
    """Write a classification into a folder. `sources`: name -> SHA-256 of each file it was made from."""
    facts = {
        "scheme": scheme.scheme, "edition": scheme.edition,
        "languages": sorted({*scheme.titles, *scheme.terms}),
        "titles": {language: len(titles) for language, titles in sorted(scheme.titles.items())},
        "terms": {language: len(terms) for language, terms in sorted(scheme.terms.items())},
        "sources": dict(sorted(sources.items())),
    }  # fmt: skip
    (folder / FACTS).write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for language, titles in scheme.titles.items():
        _write(folder / f"titles-{language}.tsv", (f"{symbol}\t{text}" for symbol, text in titles.items()))
    for language, terms in scheme.terms.items():
        lines = (f"{term.symbol}\t{term.basic}\t{term.text}" for term in terms)
        _write(folder / f"terms-{language}.tsv", lines)


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines)


@lru_cache(maxsize=8)
def load(folder: Path) -> Scheme:
    """The classification in a folder. Raises FileRefused where it makes no sense."""
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        if not isinstance(facts, dict):
            raise ValueError("no facts")
        found = Scheme(str(facts.get("scheme") or ""), str(facts.get("edition") or ""))
        if found.scheme not in SCHEMES or not found.edition:
            raise ValueError("no scheme, or no edition")
        for path in sorted(folder.glob("titles-*.tsv")):
            titles = dict(_fields(path, 2))
            found.titles[path.stem.partition("-")[2]] = titles
        for path in sorted(folder.glob("terms-*.tsv")):
            found.terms[path.stem.partition("-")[2]] = [Term(*line) for line in _fields(path, 3)]
        if not found.titles and not found.terms:
            raise ValueError("no titles")
    except (OSError, ValueError, RecursionError) as trouble:
        raise FileRefused(
            _("The classification in “{name}” makes no sense ({why}).").format(name=folder.name, why=trouble),
            _("Build the pack again from the office's own download."),
        ) from trouble
    return found


def _fields(path: Path, width: int) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if len(fields) != width:
                raise ValueError(f"{path.name}: {len(fields)} columns")
            yield fields
