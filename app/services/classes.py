"""Class symbols: what they mean, whether they stand in an edition, which field of technology they belong to.

Where the office has a pack of the classification its titles and symbols decide; where it has none, the form
of the symbol and the number of classes of the edition do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import UsageError, _
from app.services import codepacks
from app.standards import codes
from app.standards.checking import symbols as rules
from app.standards.classifications import scheme as forms
from app.standards.codes import TechnologyField

if TYPE_CHECKING:
    from app.standards.classifications.scheme import Scheme

__all__ = ["ClassTitle", "SymbolCheck", "TechnologyField", "check", "scheme_of", "technology", "title"]


@dataclass(frozen=True, slots=True)
class ClassTitle:
    """What a symbol means. `above`: (symbol, title) of what it lies under, from the top."""

    scheme: str
    symbol: str
    text: str
    language: str
    edition: str
    above: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SymbolCheck:
    """Whether a symbol can stand.

    given    as it was written; `symbol` in the form of a record, "" where it has none
    edition  the one it was held against
    by_pack  an installed pack decided, not the form alone
    problem  a whole sentence, "" for a sound one
    """

    given: str
    scheme: str
    symbol: str
    edition: str
    by_pack: bool
    problem: str = ""


_PATENT = re.compile(r"[A-H](?:\d\d(?:[A-Z].*)?)?\Z", re.IGNORECASE)


def scheme_of(symbol: str) -> str:
    """The classification a symbol is written for: ipc, cpc (section Y), vienna, locarno or nice.

    Raises UsageError where it has the form of none.
    """
    text = symbol.strip().upper()
    if text.startswith("Y"):
        return "cpc"
    if _PATENT.match(text):
        return "ipc"
    if re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{1,2}", text):
        return "vienna"
    if re.fullmatch(r"(?:LOC|CL)?[\s(]*\d{1,2}\s*[-.]\s*\d{1,2}\)?", text):
        return "locarno"
    if re.fullmatch(r"(?:CLASS|IC)?\s*\d{1,3}", text):
        return "nice"
    raise UsageError(
        _("“{symbol}” has the form of no class symbol.").format(symbol=symbol),
        _("Write it as in G06F 15/16 (IPC, CPC), 9 (Nice), 12-11 (Locarno) or 1.1.2 (Vienna)."),
    )


def title(
    symbol: str, language: str = "en", *, scheme: str = "", on: date | None = None, folder: Path | None = None
) -> ClassTitle | None:
    """The title of a symbol in a language, else in any; None where no installed pack has it.

    scheme  of ipc, cpc, nice, locarno, vienna; "" goes by the form of the symbol
    on      the edition in force that day; the newest where it is None
    folder  of an office, whose packs come before the person's own
    """
    chosen = scheme or scheme_of(symbol)
    written = forms.normal(chosen, symbol)
    for held in _held(chosen, on, folder):
        for tongue in (language, *held.titles):
            titles = held.titles.get(tongue, {})
            if written in titles:
                tops = forms.above(chosen, written)
                above = tuple((top, titles[top]) for top in tops if top in titles)
                return ClassTitle(chosen, written, titles[written], tongue, held.edition, above)
    return None


def check(
    symbols: Iterable[str], on: date | None = None, *, scheme: str = "", folder: Path | None = None
) -> tuple[SymbolCheck, ...]:
    """Each symbol against the installed edition of a day, the newest for None, else by its form."""
    return tuple(_check(symbol, on, scheme, folder) for symbol in symbols)


def _check(given: str, on: date | None, scheme: str, folder: Path | None) -> SymbolCheck:
    try:
        chosen = scheme or scheme_of(given)
    except UsageError as refusal:
        return SymbolCheck(given, "", "", "", False, refusal.message)
    written = forms.normal(chosen, given)
    day = on.isoformat() if on else ""
    edition = codes.edition_on(chosen, day) if day else (codes.editions(chosen) or (None,))[-1]
    name = edition.name if edition else ""
    problem = rules.unsound(chosen, written or given, day)
    if problem or not written:
        return SymbolCheck(given, chosen, written, name, False, problem)
    for held in _held(chosen, on, folder):
        if written in held.symbols or any(written == term for term in _terms(held)):
            return SymbolCheck(given, chosen, written, held.edition, True)
        if _goes_as_deep(held.symbols | frozenset(_terms(held)), written):
            message = _("{symbol} does not stand in the installed edition {edition}.")
            problem = message.format(symbol=written, edition=held.edition)
            return SymbolCheck(given, chosen, written, held.edition, True, problem)
    return SymbolCheck(given, chosen, written, name, False)


def _terms(held: Scheme) -> Iterator[str]:
    """Symbols of the alphabetical lists of an edition."""
    return (term.symbol for terms in held.terms.values() for term in terms)


def _goes_as_deep(known: frozenset[str], symbol: str) -> bool:
    """Whether a pack has symbols of this depth beside the one asked for: a pack of main groups tells nothing
    about subgroups, one of class headings nothing about subclasses."""
    if "/" in symbol:
        main = symbol.endswith("/00")
        head = symbol[:4] + " "
        return any(one.startswith(head) and (main or not one.endswith("/00")) for one in known)
    return any(
        len(one) == len(symbol) and one != symbol
        for one in known
        if one[:1].isalpha() == symbol[:1].isalpha()
    )


def _held(scheme: str, on: date | None, folder: Path | None) -> tuple[Scheme, ...]:
    """Installed editions of a classification, the one in force on a day alone where a day is asked about."""
    held = codepacks.classifications(scheme, folder)
    if on is None:
        return held[:1] if held else ()
    edition = codes.edition_on(scheme, on.isoformat())
    return tuple(one for one in held if edition is not None and _is_edition(one.edition, edition.name))


def _is_edition(installed: str, name: str) -> bool:
    """`13.2026` is edition 13; `2024.01` is 2024.01."""
    return installed == name or installed.partition(".")[0] == name


def technology(ipc: str) -> TechnologyField | None:
    """WIPO's field of technology of an IPC symbol in any form; None where it has none."""
    return codes.technology(forms.normal("ipc", ipc))
