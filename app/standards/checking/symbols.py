"""Class symbols: classes that exist, and whether they did on the day of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.findings import Finding, Severity
from app.domain.record import Record, RecordKind
from app.errors import _
from app.standards import codes

_PATENT = re.compile(r"[A-HY]\d\d[A-Z](?: [1-9]\d{0,3}[/:]\d{2,6})?\Z")


def classes(record: Record, _now: str) -> Iterator[Finding]:
    """IPC, CPC, Nice and Locarno symbols against what the classifications hold."""
    found = record.classes
    if found.ipc:
        yield from _patent_classes("ipc", found.ipc)
        if record.claims:
            yield from _newer_classes(record)
    if found.cpc:
        yield from _patent_classes("cpc", found.cpc)
    # A register classifies again what is in it: there a class may be younger than the right.
    printed = record.kind is not RecordKind.REGISTRATION
    day = max(record.publication_date, record.filing_date) if printed else ""
    if found.nice and day:
        yield from _nice(found.nice, day)
    if found.locarno:
        yield from _locarno(found.locarno, day)


def unsound(scheme: str, symbol: str, on: str = "") -> str:
    """Why a symbol cannot be one of `ipc`, `cpc`, `nice`, `locarno` or `vienna` on a day; "" where it can.

    symbol   in the form of a record: `G06F 15/16`, `9`, `12-11`, `01.01.02`
    on       YYYY-MM-DD; "" asks for any edition
    """
    if scheme in ("ipc", "cpc"):
        return _unsound_patent(scheme, symbol, on)
    edition = codes.edition_on(scheme, on) if on else codes.editions(scheme)[-1]
    digits = re.split(r"[-.]", symbol)
    if not all(part.isascii() and part.isdigit() for part in digits):
        return _("“{symbol}” is no class symbol of this classification.").format(symbol=symbol)
    number = int(digits[0])
    if (
        edition is not None
        and not 1 <= number <= edition.classes
        and not (scheme == "locarno" and number == 99)
    ):
        return _("Edition {edition} has no class {number}: its classes go to {last}.").format(
            edition=edition.name, number=number, last=edition.classes
        )
    known = codes.subclasses_of_locarno().get(number, frozenset())
    if scheme == "locarno" and len(digits) > 1 and number != 99 and int(digits[1]) not in known:
        return _("No edition has a subclass {symbol}.").format(symbol=symbol)
    return ""


def _unsound_patent(scheme: str, symbol: str, on: str) -> str:
    if not _PATENT.match(symbol):
        return _("“{symbol}” has not the form of a symbol such as G06F 15/16.").format(symbol=symbol)
    if symbol[:3] not in codes.classes_of_patents(scheme):
        return _("No edition has a class {number}.").format(number=symbol[:3])
    since = codes.new_classes_of_patents().get(symbol[:3], "")
    if on and since > on:
        return _("The class {number} came on {since} only.").format(number=symbol[:3], since=since)
    return ""


def _patent_classes(scheme: str, symbols: tuple[str, ...]) -> Iterator[Finding]:
    known = codes.classes_of_patents(scheme)
    for symbol in symbols:
        if symbol[:3] not in known or not _PATENT.match(symbol):
            yield Finding(
                Severity.WARNING, f"classes.{scheme}", "check.class",
                _unsound_patent(scheme, symbol, ""), _standards()[scheme], _("Compare it with the original."),
            )  # fmt: skip


def _newer_classes(record: Record) -> Iterator[Finding]:
    """Classes made after the document; databases reclassify, documents as printed cannot."""
    since = codes.new_classes_of_patents()
    day = record.publication_date
    newer = {symbol[:3] for symbol in record.classes.ipc if day and since.get(symbol[:3], "") > day}
    for number in sorted(newer):
        yield Finding(
            Severity.NOTE, "classes.ipc", "check.class-edition",
            _("The class {number} came on {since}, after the day of publication ({day}).").format(
                number=number, since=since[number], day=day
            ),
            _standards()["ipc"], _("The document was classified again later, or one of the two is wrong."),
        )  # fmt: skip


def _nice(numbers: tuple[int, ...], day: str) -> Iterator[Finding]:
    edition = codes.edition_on("nice", day) if max(numbers) > 42 else None
    if edition is not None and max(numbers) > edition.classes:
        yield _too_new(
            "nice", day,
            _("Classes 43 to 45 came with edition 8 of the Nice Classification (2002), after {day}."),
        )  # fmt: skip


def _locarno(symbols: tuple[str, ...], day: str) -> Iterator[Finding]:
    known = codes.subclasses_of_locarno()
    for symbol in symbols:
        number, _dash, sub = symbol.partition("-")
        if not number.isdecimal() or not (sub or "0").isdecimal():
            continue
        if int(number) != 99 and sub and int(sub) not in known.get(int(number), frozenset()):
            yield Finding(
                Severity.NOTE, "classes.locarno", "check.class",
                _("The Locarno Classification has no subclass {symbol}.").format(symbol=symbol),
                _standards()["locarno"], _("Compare it with the original."),
            )  # fmt: skip
        edition = codes.edition_on("locarno", day) if day and number == "32" else None
        if edition is not None and edition.classes < 32:
            yield _too_new(
                "locarno", day,
                _("Class 32 came with edition 10 of the Locarno Classification (2014), after {day}."),
            )  # fmt: skip


def _too_new(scheme: str, day: str, message: str) -> Finding:
    return Finding(
        Severity.NOTE, f"classes.{scheme}", "check.class-edition", message.format(day=day),
        _standards()[scheme], _("It was classified again later, or symbol or day is wrong."),
    )  # fmt: skip


def _standards() -> dict[str, str]:
    """What a class symbol is held against."""
    return {
        "ipc": _("International Patent Classification (ST.9, code 51)"),
        "cpc": _("Cooperative Patent Classification (ST.9, code 52)"),
        "nice": _("Nice Classification (ST.60, code 511)"),
        "locarno": _("Locarno Classification (ST.80, code 51)"),
    }
