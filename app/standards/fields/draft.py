"""A record while it is being filled: keeps originals, notes what cannot be right, invents nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.findings import Severity
from app.domain.record import CitedDocument, Classes, PriorityClaim, Record, RecordKind, Related, Right
from app.domain.sequences import is_number
from app.errors import _
from app.standards.fields import forms, parties, symbols
from app.standards.source import Notes

_NO_LETTERS = re.compile(r"[\W\d_]+")
_GONE = (
    r"(?:claims? )?(?:(?:and|to|through|through and including) )?(?:claims? )?"
    r"(?:(?:were|was|is|are|has been|have been) )?(?:(?:previously|currently|hereby|now) )?"
    r"(?:cancel+ed|cancel|deleted|not entered|supprim\w+|annul\w+|gestrichen|entf\w+llt|"
    r"gel\w+scht|anulad\w+|suprimid\w+|cancelad\w+|eliminad\w+|"
    r"(?:청구항 )?삭제|(?:請求項 )?削除|(?:权利要求 )?删除|исключ[её]н\w*|отмен[её]н\w*)"
    r"(?: (?:without prejudice(?: (?:or|and) disclaimer)?|herein|herewith|"
    r"by (?:(?:a|this|the) )?(?:preliminary )?amendment))*"
)
_CANCELLED = re.compile(f"{_GONE}(?:(?: and)? {_GONE})*", re.I)
# How the first word of `_GONE` may begin: nearly every claim that stands begins otherwise.
_BEGINS = re.compile(
    r"[\W\d_]*(?:claim|and|to|through|we|was|is|are|ha|prev|curr|hereby|now|cancel|del|not|supprim|annul|"
    r"gestr|entf|gel|anulad|suprimid|eliminad|청구항|삭제|請求項|削除|权利要求|删除|исключ|отмен)",
    re.I,
)


def _is_cancelled(claim: str) -> bool:
    """`1-20. (canceled)` and its like: a number, and a word that says there is no claim."""
    if len(claim) > 160 or not _BEGINS.match(claim):
        return False
    return bool(_CANCELLED.fullmatch(_NO_LETTERS.sub(" ", claim).strip()))


class Draft:
    """Fill with `date`, `number`, `set` …; `finish` gives the record."""

    def __init__(self, right: Right, kind: RecordKind, notes: Notes, standard: str) -> None:
        self.right = right
        self.kind = kind
        self.notes = notes
        self._standard = standard
        self._fields: dict[str, Any] = {}
        self.as_filed: dict[str, str] = {}
        self._related: list[Related] = []
        self._priorities: list[PriorityClaim] = []
        self._classes: dict[str, list[Any]] = {}
        self._class_originals: dict[str, list[str]] = {}

    def set(self, **fields: object) -> None:
        """Set fields that are not empty."""
        self._fields.update({name: value for name, value in fields.items() if value})

    def get(self, name: str) -> Any:
        """A field set so far, None where it is not."""
        return self._fields.get(name)

    def number(self, name: str, normal: str, original: str) -> None:
        """A number in its normal form, the original kept where it differs."""
        original = " ".join(original.split())
        if normal:
            self._fields[name] = normal
        if original and original != normal and forms.no_zeros(original):
            self.as_filed[name] = original

    def date(self, name: str, raw: str) -> None:
        """A date field."""
        if found := self.day(raw, name):
            self._fields[name] = found

    def day(self, raw: str, where: str) -> str:
        """`raw` as YYYY-MM-DD, "" where it is none; an impossible one is noted, the original kept."""
        if not raw or not (found := forms.day(raw)):
            if raw and found is None:
                self.as_filed[where] = raw
                self.notes.add(
                    Severity.WARNING, where, f"{self._standard}.date",
                    _("“{raw}” is no possible day of the calendar; the field is left empty.").format(raw=raw),
                    "ST.2", _("Look at the original."),
                )  # fmt: skip
            return ""
        if found != raw.strip():
            self.as_filed[where] = raw.strip()
        return found

    def priority(
        self, office: str, number: str, raw_date: str, kind: str = "foreign", original: str = ""
    ) -> None:
        """One priority claimed, in the order of the file; the same again is left out."""
        where = f"priorities.{len(self._priorities)}.date"
        number = forms.no_zeros(number)
        # Of a mark or a design it is a Madrid or Hague registration: a foreign first filing as any other.
        invention = self.right not in (Right.TRADE_MARK, Right.DESIGN, Right.GEOGRAPHICAL_INDICATION)
        if number.upper().startswith("PCT") or (invention and office in ("WO", "IB")):
            kind = "pct" if kind == "foreign" else kind
        claim = PriorityClaim(office, number, forms.day(raw_date) or "", kind)
        if claim in self._priorities:
            return
        found = self.day(raw_date, where)
        if number or found:
            if original and original != number:
                self.as_filed[f"priorities.{len(self._priorities)}.number"] = original
            self._priorities.append(claim)

    def relate(self, relation: str, office: str, number: str, raw_date: str = "") -> None:
        """One tied document; the same again is left out."""
        number = forms.no_zeros(number)
        if not office and relation.startswith("international"):
            office = "WO"
        if office == "WO":
            number = re.sub(r"^WO[\s-]*(?=\d)", "", number)
        tie = Related(relation, office, number, self.day(raw_date, f"related.{len(self._related)}.date"))
        if number and tie not in self._related:
            self._related.append(tie)

    def ipc(self, raw: str) -> None:
        """An IPC symbol as text."""
        self.classify("ipc", symbols.ipc(raw), raw)

    def classify(self, scheme: str, symbol: str | int | None, original: str) -> None:
        """A class symbol in normal form; one that is none is noted and kept in `as_filed`."""
        original = " ".join(original.split())
        if symbol:
            self._classes.setdefault(scheme, []).append(symbol)
            if original != str(symbol):
                self._class_originals.setdefault(scheme, []).append(original)
        elif forms.no_zeros(original):
            self._class_originals.setdefault(scheme, []).append(original)
            self.notes.add(
                Severity.WARNING, f"classes.{scheme}", f"{self._standard}.class",
                _("“{raw}” is no class symbol of this classification; it is left out.").format(raw=original),
                remedy=_("Look at the original."),
            )  # fmt: skip

    def claims(self, by_language: Mapping[str, Iterable[str]], declared: str = "") -> None:
        """The claims by language; cancelled ones are not counted. `declared` is the file's own count."""
        live = {
            language: kept
            for language, texts in by_language.items()
            if (kept := tuple(text for text in texts if text and not _is_cancelled(text)))
        }
        self.set(claims=live)
        if is_number(declared) and live and int(declared) not in {len(kept) for kept in live.values()}:
            counted = max(len(kept) for kept in live.values())
            self.notes.add(
                Severity.WARNING, "claims", f"{self._standard}.claims",
                _("The file says {declared} claims, but holds {counted} that stand.").format(
                    declared=declared, counted=counted
                ),
            )  # fmt: skip

    def text_by_language(self, name: str, language: str, text: str) -> None:
        """A title or abstract; a second one in the same language does not replace the first."""
        if text:
            self._fields.setdefault(name, {}).setdefault(language, text)

    def design(self, titles: Mapping[str, str]) -> None:
        """One design of the document with its own titles; the first of a language is the document's title."""
        self._fields["design_titles"] = (*self._fields.get("design_titles", ()), dict(titles))
        for language, text in titles.items():
            self.text_by_language("titles", language, text)

    def declared_designs(self, declared: str, counted: int) -> None:
        """The file's own count of designs, kept and told where it holds another."""
        if is_number(declared) and int(declared) != counted:
            self.as_filed["designs"] = declared
            self.notes.add(
                Severity.WARNING, "designs", f"{self._standard}.designs",
                _("The file says {declared} designs, but holds {counted}.").format(
                    declared=declared, counted=counted
                ),
            )  # fmt: skip

    def images(self, names: Iterable[str]) -> None:
        """The pictures the document refers to, each file once."""
        found = symbols.once(names)
        self.set(images=len(found), image_names=found)

    def finish(self) -> Record:
        """The record."""
        fields = dict(self._fields)
        for name, merge in (
            ("applicants", parties.merged), ("inventors", parties.merged_people),
            ("representatives", parties.merged),
        ):  # fmt: skip
            if name in fields:
                fields[name] = merge(fields[name])
        citations: tuple[CitedDocument, ...] = tuple(fields.pop("citations", ()))
        classes = {scheme: symbols.once(found) for scheme, found in self._classes.items()}
        originals = {
            f"classes.{s}": "; ".join(symbols.once(found)) for s, found in self._class_originals.items()
        }
        return Record(
            self.right,
            self.kind,
            classes=Classes(**classes),
            priorities=tuple(self._priorities),
            related=tuple(self._related),
            citations=citations,
            as_filed={**self.as_filed, **originals},
            **fields,
        )
