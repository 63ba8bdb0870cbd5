"""The plain reading of a query tree: is this one record meant?

This is what a query *means*. Engines answer faster and must answer the same; the tests hold them
to it, and whatever an engine cannot express is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from app.domain.publication import number_key
from app.text import fold
from search.query import spans, tree
from search.query.spans import Check, Span
from search.query.tree import DEFAULT_FIELD, TEXT_FIELDS, Node
from search.query.truncation import compiled, expression
from search.query.values import number_asked
from search.text.analyser import ReadText, asked_stems


class Readable(Protocol):
    """A record as the predicate sees it.

    texts(kind)   the analysed texts of one kind (`ti`, `ab`, `cl`, `pa`, `in`), one by one
    keys          numbers (`pn`, `ap`, `pr`) and classes (`ic`, `cpc`) in their compared form
    day           publication date as YYYYMMDD, 0 where there is none
    """

    @property
    def keys(self) -> Mapping[str, frozenset[str]]: ...

    @property
    def day(self) -> int: ...

    def texts(self, kind: str) -> Sequence[ReadText]: ...


def matches(node: Node, record: Readable, field: str = DEFAULT_FIELD, check: Check = spans.unhurried) -> bool:
    """Whether `record` is among the answers of `node`; `field` is where words without one look.

    `check` is called now and then, and raises when it has taken too long.
    """
    if isinstance(node, tree.And):
        return all(matches(part, record, field, check) for part in node.parts)
    if isinstance(node, tree.Or):
        return any(matches(part, record, field, check) for part in node.parts)
    if isinstance(node, tree.Not):
        return not matches(node.inside, record, field, check)
    if isinstance(node, tree.Field):
        return matches(node.inside, record, node.name, check)
    if isinstance(node, tree.Range):
        return node.low <= record.day <= node.high
    if isinstance(node, tree.ClassIs):
        return class_matches(node, record.keys.get(node.field, frozenset()))
    if isinstance(node, tree.NumberIs):
        return number_matches(node, record.keys.get(node.field, frozenset()))
    return any(
        spans_in(node, text, kind, field, check) for kind in scope(node, field) for text in record.texts(kind)
    )


def scope(node: Node, field: str) -> tuple[str, ...]:
    """The kinds of text to look into for a node that has a place."""
    if not isinstance(node, tree.Near):
        return TEXT_FIELDS[field]
    return tuple(TEXT_FIELDS["ta"] + ("cl", "pa", "in")) if _names_field(node) else TEXT_FIELDS[field]


def _names_field(node: Node) -> bool:
    if isinstance(node, tree.Near):
        return _names_field(node.left) or _names_field(node.right)
    if isinstance(node, tree.Or):
        return any(_names_field(part) for part in node.parts)
    return isinstance(node, tree.Field)


def spans_in(
    node: Node, text: ReadText, kind: str, field: str = DEFAULT_FIELD, check: Check = spans.unhurried
) -> list[Span]:
    """Where a node that has a place stands in one text of one kind."""
    if isinstance(node, tree.Field):
        return spans_in(node.inside, text, kind, node.name, check)
    if isinstance(node, tree.Or):
        check()
        return spans.either(spans_in(part, text, kind, field, check) for part in node.parts)
    if isinstance(node, tree.Near):
        left = spans_in(node.left, text, kind, field, check)
        right = spans_in(node.right, text, kind, field, check) if left else []
        return spans.near(left, right, node.distance, node.ordered, check) if right else []
    if kind not in TEXT_FIELDS[field]:
        return []
    if isinstance(node, tree.Phrase):
        return spans.in_a_row(positions(item, text) for item in node.items)
    assert isinstance(node, tree.Term | tree.Wild)
    return spans.words_at(positions(node, text))


def positions(item: tree.Term | tree.Wild, text: ReadText) -> list[int]:
    """Where one word stands in a text, as numbers of words from 0."""
    if isinstance(item, tree.Wild):
        fits = compiled(item.pattern).fullmatch
        return [i for i, word in enumerate(text.folded) if fits(word)]
    word = fold(item.word)
    if item.exact or not text.language:
        return [i for i, here in enumerate(text.folded) if here == word]
    stems = asked_stems(text.language, item.word)
    return [
        i
        for i, (here, stem) in enumerate(zip(text.folded, text.stems, strict=True))
        if stem in stems or here == word
    ]


def class_matches(node: tree.ClassIs, keys: frozenset[str]) -> bool:
    """The record's classes are kept with all classes above them, so that equality is enough."""
    if node.below:
        return any(key.startswith(node.symbol) for key in keys)
    return node.symbol in keys


def number_matches(node: tree.NumberIs, keys: frozenset[str]) -> bool:
    """In any spelling; a truncated number is compared with every spelling of the record's."""
    truncated = number_pattern(node)
    if truncated is None:
        return not keys.isdisjoint(number_asked(node.pattern))
    return any(re.fullmatch(truncated, key) for key in keys)


def number_pattern(node: tree.NumberIs) -> str | None:
    """The regular expression of a truncated number, None of a whole one."""
    if not any(sign in node.pattern for sign in "*?#$"):
        return None
    kept = "".join(c for c in node.pattern if c.isalnum() or c in "*?#$").replace("$", "*")
    head = re.match(r"[^*?#]*", kept)
    start = number_key(head.group()) if head and head.group() else ""
    return expression(start + kept[len(head.group()) if head else 0 :], ".")
