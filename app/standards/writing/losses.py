"""What a format could not hold: the record as it was, beside the record as it is read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from app.domain.findings import Finding, Severity
from app.domain.record import NamedParty, Record
from app.errors import _, plural

_VALUES = (
    "right", "kind", "office", "kind_code", "publication_number", "application_number",
    "registration_number", "publication_date", "filing_date", "registration_date", "expiry_date",
    "language", "sequences", "designs", "images", "status",
)  # fmt: skip
_BY_LANGUAGE = ("titles", "abstracts", "claims", "descriptions")
_PARTIES = ("applicants", "inventors", "representatives")
_LISTS = ("priorities", "related", "citations")
_OWN = {"image_names", "design_titles", "classes", "mark", "goods", "as_filed"}
# A field the record may get one day is compared as a whole, not forgotten.
_OTHERS = tuple(
    field.name
    for field in fields(Record)
    if field.name not in {*_VALUES, *_BY_LANGUAGE, *_PARTIES, *_LISTS, *_OWN}
)
_SCHEMES = ("ipc", "cpc", "nice", "locarno", "vienna", "uspc")
_MILD = (".address", "image_names", "design_titles")
_SHOWN = 90


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same afterwards. `old` or `new` is "" where there is nothing.

    how   left-out, changed, language, filled-in, order, as-filed, list
    """

    where: str
    how: str
    old: str = ""
    new: str = ""


def differences(before: Record, after: Record) -> Iterator[Difference]:
    """Every field of `before` that `after` has not, or has otherwise, and what stands there unasked."""
    for name in _VALUES:
        yield from _compared(name, getattr(before, name), getattr(after, name))
    for name in _BY_LANGUAGE:
        yield from _mapped(name, getattr(before, name), getattr(after, name))
    for name in _PARTIES:
        yield from _people(name, getattr(before, name), getattr(after, name))
    for name in _LISTS:
        yield from _listed(name, getattr(before, name), getattr(after, name))
    if before.images == after.images:
        yield from _listed("image_names", before.image_names, after.image_names)
    if before.design_titles and before.titles == after.titles:
        yield from _compared("design_titles", before.design_titles, after.design_titles)
    for name in _OTHERS:
        yield from _compared(name, getattr(before, name), getattr(after, name))
    for scheme in _SCHEMES:
        old, new = getattr(before.classes, scheme), getattr(after.classes, scheme)
        yield from _listed(f"classes.{scheme}", old, new)
    for part in ("text", "kind", "image"):
        old = getattr(before.mark, part) if before.mark else ""
        new = getattr(after.mark, part) if after.mark else ""
        yield from _compared(f"mark.{part}", old, new)
    for number in {**before.goods, **after.goods}:
        yield from _mapped(f"goods.{number}", before.goods.get(number, {}), after.goods.get(number, {}))
    lost = [key for key, text in before.as_filed.items() if after.as_filed.get(key) != text]
    if lost:
        yield Difference("as_filed", "as-filed", ", ".join(lost))


def _compared(where: str, old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    how = "changed" if old and new else "left-out" if old else "filled-in"
    yield Difference(where, how, _said(old), _said(new))


def _mapped(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    """By language; a text that is there under another language is one difference, not two."""
    gone = {key: text for key, text in old.items() if new.get(key) != text}
    come = {key: text for key, text in new.items() if key not in old}
    for language, text in gone.items():
        moved = next((key for key, other in come.items() if other == text), "")
        if moved and not new.get(language):
            del come[moved]
            yield Difference(f"{name}.{language}", "language", language, moved)
        else:
            yield from _compared(f"{name}.{language}", text, new.get(language, ""))
    for language, text in come.items():
        yield from _compared(f"{name}.{language}", "", text)


def _listed(name: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Difference]:
    if tuple(old) == tuple(new):
        return
    gone = list((Counter(old) - Counter(new)).elements())
    come = list((Counter(new) - Counter(old)).elements())
    if not gone and not come:
        yield Difference(name, "order", str(len(old)))
        return
    how = "changed" if gone and come else "left-out" if gone else "filled-in"
    yield Difference(name, how, "; ".join(_said(x) for x in gone), "; ".join(_said(x) for x in come))


def _people(name: str, old: Sequence[NamedParty], new: Sequence[NamedParty]) -> Iterator[Difference]:
    """Parties by name; of one that is there again, what of it is not the same."""
    left = list(new)
    for party in old:
        found = next((other for other in left if other.name == party.name), None)
        if found is None:
            yield Difference(name, "left-out", _said(party))
            continue
        left.remove(found)
        for part in ("country", "city", "address", *(("role",) if name == "applicants" else ())):
            said, other = getattr(party, part), getattr(found, part)
            if part == "address" and {said, other} <= {"", party.city}:
                continue
            yield from _compared(f"{name}.{part}", said, other)
    for party in left:
        yield Difference(name, "filled-in", "", _said(party))
    kept = [p.name for p in new if p.name in {o.name for o in old}]
    if not left and kept != [p.name for p in old if p.name in set(kept)]:
        yield Difference(name, "order", str(len(old)))


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return _short("; ".join(_said(one) for one in value[:2]))
    if isinstance(value, NamedParty):
        return value.name
    if hasattr(value, "__dataclass_fields__"):
        parts = (getattr(value, key) for key in value.__dataclass_fields__)
        return _short(" ".join(part for part in parts if part))
    return _short(str(value)) if value else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


@dataclass(slots=True)
class _Tally:
    first: Difference
    record: int
    records: int = 1


class Losses:
    """The differences of all records of one document, one finding a field and kind of loss.

    title    the format as a sentence names it
    counted  fields of which the format holds the count, not the text
    only     the fields of a format that is a mere list; empty for all
    """

    def __init__(
        self, title: str, counted: frozenset[str] = frozenset(), only: frozenset[str] = frozenset()
    ) -> None:
        self._title = title
        self._counted = counted
        self._only = only
        self._found: dict[tuple[str, str], _Tally] = {}

    def add(self, number: int, before: Record, after: Record) -> None:
        """Compare record `number` with what is read back of it."""
        seen: set[tuple[str, str]] = set()
        for one in differences(before, after):
            if self._only and one.where.partition(".")[0] not in self._only:
                if one.how not in ("left-out", "changed"):
                    continue
                one = Difference("record", "list", one.where)
            key = (one.where, one.how)
            if key in seen:
                continue
            seen.add(key)
            if known := self._found.get(key):
                known.records += 1
            else:
                self._found[key] = _Tally(one, number)

    def findings(self, records: int) -> tuple[Finding, ...]:
        """One a field; `records` is how many the document has."""
        return tuple(self._finding(tally, records) for tally in self._found.values())

    def _finding(self, tally: _Tally, records: int) -> Finding:
        one = tally.first
        message = self._sentence(one)
        if records > 1:
            message += " " + plural(
                "So it is with {n} record, number {first}.",
                "So it is with {n} records, first with number {first}.",
                tally.records,
            ).format(n=tally.records, first=tally.record)
        mild = one.how in ("order", "as-filed", "language") or one.where.endswith(_MILD)
        finding = Finding(
            Severity.NOTE if mild else Severity.WARNING, one.where, f"export.{one.how}", message
        )
        if one.how == "left-out" and not mild:
            return replace(finding, remedy=_("Send what is left out in another format beside this one."))
        return finding

    def _sentence(self, one: Difference) -> str:
        title = self._title
        if one.how == "left-out" and one.where.partition(".")[0] in self._counted:
            said = _("{format} holds how many there are; the texts themselves are left out.")
            return said.format(format=title)
        if one.how == "left-out":
            said = _("{format} has no place for “{what}”; it is left out.")
            return said.format(format=title, what=one.old)
        if one.how == "changed":
            said = _("The record says “{old}”; in the form of {format} it can only be “{new}”.")
            return said.format(format=title, old=one.old, new=one.new)
        if one.how == "list":
            said = _("{format} lists numbers, kind codes, days and priorities; all the rest is left out.")
            return said.format(format=title)
        if one.how == "language":
            said = _("The text is there, as one in “{new}”: {format} has no way to say “{old}”.")
            return said.format(format=title, old=one.old, new=one.new)
        if one.how == "filled-in":
            said = _("{format} asks for a value here; “{new}” stands there, the record says nothing.")
            return said.format(format=title, new=one.new)
        if one.how == "order":
            return _("All are there, in the order {format} puts them in.").format(format=title)
        said = _("The original spellings of {fields} are left out; the normalised forms are there.")
        return said.format(fields=one.old)
