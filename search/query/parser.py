"""Recursive descent over the pieces of a query.

    query   = any { OR any }                      loosest
    any     = [NOT] near { [AND] [NOT] near }     words side by side mean AND, as at Espacenet
    near    = primary { NEAR/n primary }          tightest; ADJ/n keeps the order
    primary = "(" query ")" | word | "quoted" | field sign value

Operators are read in any case. Depth is counted here and refused in words long before Python's
own limit; how long a query is, is bounded by `MOST_WORDS` alone.
"""

from __future__ import annotations

import re

from app.errors import _
from search.query import leaves, tree
from search.query.refusal import QueryRefused
from search.query.tokens import Kind, Piece, pieces
from search.query.tree import (
    CLASS_FIELDS,
    DATE_FIELDS,
    DEFAULT_FIELD,
    FARTHEST,
    FIELDS,
    NUMBER_FIELDS,
    TEXT_FIELDS,
    Node,
)

DEEPEST = 40  # brackets inside brackets
LONGEST_CHAIN = 20  # things tied by NEAR and ADJ
MOST_WORDS = 20_000

_NEAR = re.compile(r"(NEAR|ADJ)(?:/(.*))?\Z", re.IGNORECASE | re.DOTALL)
_USUAL = {"NEAR": 5, "ADJ": 1}
_POINT = re.compile(r"\d{1,4}/(?:\d{2,6}(?:/low)?|low|\*)\Z", re.IGNORECASE)


def parse(query: str) -> Node:
    """The tree of `query`. Raises QueryRefused with the place where it stops making sense."""
    return _Parser(pieces(query)).whole()


class _Parser:
    """One pass over the pieces; `next` is the piece being looked at."""

    def __init__(self, found: list[Piece]) -> None:
        self._pieces = found
        self._index = 0
        self._depth = 0
        self._words = 0

    def next_is(self, kind: Kind) -> bool:
        return self._pieces[self._index].kind is kind

    @property
    def next(self) -> Piece:
        return self._pieces[self._index]

    def ahead(self, count: int) -> Piece:
        return self._pieces[min(self._index + count, len(self._pieces) - 1)]

    def take(self) -> Piece:
        piece = self.next
        self._index += 1
        return piece

    def whole(self) -> Node:
        if self.next.kind is Kind.END:
            raise QueryRefused(
                _("The query is empty."), 0, _("Write what to look for, for example: solar AND pump*")
            )
        node = self.any_of("")
        if not self.next_is(Kind.END):
            raise QueryRefused(_("A bracket closes here that was never opened."), self.next.at)
        return node

    # -- operators ------------------------------------------------------------------------------

    def any_of(self, field: str) -> Node:
        parts = [self.all_of(field)]
        while self.next.says("OR"):
            self.take()
            parts.append(self.all_of(field))
        return tree.disjunction(parts)

    def all_of(self, field: str) -> Node:
        parts = [self.maybe_not(field)]
        while True:
            if self.next.says("AND"):
                self.take()
            elif self.next.says("OR") or self.next.kind in (Kind.CLOSE, Kind.END):
                return tree.conjunction(parts)
            parts.append(self.maybe_not(field))

    def maybe_not(self, field: str) -> Node:
        if not self.next.says("NOT"):
            return self.near(field)
        at = self.take().at
        return tree.Not(self.near(field), at)

    def near(self, field: str) -> Node:
        left = self.primary(field)
        links = 0
        while (operator := self.nearness()) is not None:
            links += 1
            at = self.next.at
            if links >= LONGEST_CHAIN:
                raise QueryRefused(_("More than {n} things stand near each other here.").format(n=links), at)
            name, distance, length = operator
            self._index += length
            right = self.primary(field)
            for side in (left, right):
                _can_stand_near(side, at)
            if not _scope(left, field) & _scope(right, field):
                raise QueryRefused(
                    _("Two different fields cannot be near each other."), at,
                    _("Put both into one field, as in cl=(a NEAR/5 b), or join them with AND."),
                )  # fmt: skip
            left = tree.Near(left, right, distance, name == "ADJ", at)
        return left

    def nearness(self) -> tuple[str, int, int] | None:
        """Name, distance and number of pieces of the operator that stands here, if one does."""
        match = _NEAR.match(self.next.text) if self.next.kind is Kind.CHUNK else None
        if match is None:
            return None
        name, count = match[1].upper(), match[2]
        if count is not None:
            return name, _distance(count, self.next.at), 1
        sign, number = self.ahead(1), self.ahead(2)
        if sign.kind is Kind.SIGN:
            if sign.text != "=" or number.kind is not Kind.CHUNK:
                raise QueryRefused(
                    _("After {name} comes a number, as in {name}/5.").format(name=name), sign.at
                )
            return name, _distance(number.text, number.at), 3
        return name, _USUAL[name], 1

    # -- operands -------------------------------------------------------------------------------

    def primary(self, field: str) -> Node:
        piece = self.next
        if piece.kind is Kind.OPEN:
            return self.bracketed(field)
        if piece.kind is Kind.QUOTED:
            return self.leaf(field, self.take().text, piece.at + 1, quoted=True)
        if piece.kind is not Kind.CHUNK:
            raise self.stray(piece)
        if self.ahead(1).kind is Kind.SIGN and self.nearness() is None:
            return self.fielded(field)
        if piece.says("PD") and self.ahead(1).says("WITHIN"):
            return self.fielded(field)
        if piece.says("AND", "OR", "NOT") or self.nearness() is not None:
            raise self.stray(piece)
        self.take()
        return self.leaf(field, self.with_tail(field, piece), piece.at, quoted=False)

    def bracketed(self, field: str) -> Node:
        opening = self.take()
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryRefused(
                _("Brackets stand more than {count} deep here.").format(count=DEEPEST), opening.at
            )
        if self.next.kind is Kind.CLOSE:
            raise QueryRefused(_("Nothing stands between these brackets."), opening.at)
        node = self.any_of(field)
        if not self.next_is(Kind.CLOSE):
            raise QueryRefused(_("The bracket opened here is never closed."), opening.at)
        self.take()
        self._depth -= 1
        return node

    def fielded(self, outer: str) -> Node:
        name = self.take()
        sign = self.take()
        field = name.text.lower()
        if field not in FIELDS:
            raise QueryRefused(
                _("There is no field “{name}”.").format(name=name.text), name.at,
                _("The fields are {fields}.").format(fields=", ".join(FIELDS)),
            )  # fmt: skip
        if outer:
            raise QueryRefused(_("A field cannot stand inside another field."), name.at)
        if field in DATE_FIELDS:
            return self.dated(sign)
        if sign.text != "=":
            raise QueryRefused(_("Only dates can be compared; this field takes “=”."), sign.at)
        inside = self.primary(field)
        return tree.Field(field, inside, name.at) if field in TEXT_FIELDS else inside

    def dated(self, sign: Piece) -> Node:
        if sign.text == "=" and self.next.kind is Kind.OPEN:
            return self.bracketed("pd")
        value = self.next
        if value.kind not in (Kind.CHUNK, Kind.QUOTED):
            raise QueryRefused(_("A date is missing here."), value.at)
        self.take()
        self.count(value.at)
        at = value.at + (value.kind is Kind.QUOTED)
        return leaves.date_leaf(value.text, sign.text.lower(), at)

    def leaf(self, field: str, text: str, at: int, *, quoted: bool) -> Node:
        self.count(at)
        if field in CLASS_FIELDS:
            return leaves.class_leaf(field, text, at)
        if field in NUMBER_FIELDS:
            return leaves.number_leaf(field, text, at)
        if field in DATE_FIELDS:
            return leaves.date_leaf(text, "=", at)
        node = leaves.text_leaf(text, at, quoted=quoted)
        if isinstance(node, tree.Phrase):
            self._words += len(node.items) - 1
            self.count(at)
        return node

    def with_tail(self, field: str, piece: Piece) -> str:
        """Classes and numbers are often written with a blank: `A01B 33/00`, `EP 1234567 A1`."""
        text = piece.text
        if field in CLASS_FIELDS and self.next.kind is Kind.CHUNK and _POINT.match(self.next.text):
            text += self.take().text
        if field in NUMBER_FIELDS:
            if re.fullmatch(r"[A-Za-z]{2}", text) and self.next.kind is Kind.CHUNK:
                text += self.take().text
            if self.next.kind is Kind.CHUNK and re.fullmatch(r"[A-Z]\d", self.next.text):
                text += self.take().text
        return text

    def count(self, at: int) -> None:
        self._words += 1
        if self._words > MOST_WORDS:
            raise QueryRefused(_("The query holds more than {count} words.").format(count=MOST_WORDS), at)

    def stray(self, piece: Piece) -> QueryRefused:
        if piece.kind is Kind.END:
            return QueryRefused(_("The query stops where a word or bracket should follow."), piece.at)
        if piece.kind is Kind.CLOSE:
            return QueryRefused(_("A bracket closes here where a word should stand."), piece.at)
        return QueryRefused(
            _("“{word}” stands here where a word should stand.").format(word=piece.text), piece.at,
            _("To look for the word itself, put it in quotation marks."),
        )  # fmt: skip


def _distance(text: str, at: int) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= FARTHEST:
        raise QueryRefused(
            _("A distance is a number from 1 to {most}, as in NEAR/5.").format(most=FARTHEST), at
        )
    return int(text)


def _can_stand_near(node: Node, at: int) -> None:
    """Only what has a place in a text can be near something: words, phrases, and choices of them."""
    if isinstance(node, tree.Field):
        return _can_stand_near(node.inside, at)
    if isinstance(node, tree.Or):
        for part in node.parts:
            _can_stand_near(part, at)
        return None
    if not isinstance(node, tree.Term | tree.Wild | tree.Phrase | tree.Near):
        raise QueryRefused(
            _("Only words, phrases and choices joined by OR can be near each other."), at,
            _("Put words that belong together in quotation marks, or join choices with OR."),
        )  # fmt: skip
    return None


def _scope(node: Node, field: str) -> frozenset[str]:
    """The kinds of text in which the node can be found."""
    if isinstance(node, tree.Field):
        return frozenset(TEXT_FIELDS[node.name])
    if isinstance(node, tree.Near):
        return _scope(node.left, field) & _scope(node.right, field)
    if isinstance(node, tree.Or):
        return frozenset().union(*(_scope(part, field) for part in node.parts))
    return frozenset(TEXT_FIELDS[field or DEFAULT_FIELD])
