"""From the query tree to tantivy's queries, exactly.

What tantivy has no query for (order within a distance, choices and phrases near each other) is asked
as something wider; every answer is then looked at by the plain predicate, and the rows that pass
stand in the query instead. So AND, OR and NOT around it stay exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import tantivy

from app.text import fold
from search.query import tree
from search.query.predicate import matches, number_pattern, scope
from search.query.tree import DEFAULT_FIELD, TEXT_FIELDS, Node
from search.query.truncation import beginning, compiled, expression
from search.query.values import number_asked
from search.text.analyser import asked_stems
from search.text.index import ODD, STEM, Fetch, asked
from search.text.patience import Patience

Q = tantivy.Query
MUST, SHOULD, MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot

Item = tree.Term | tree.Wild
_LETTER = f"[^{STEM}{ODD}]"  # no word holds the signs that begin stems and marks
_MOST_PAIRS = 36  # choices near choices that are written out pair by pair
_MOST_BARE = 3  # words by their stems in a row whose spellings are written out
_TITLE = 2.0  # a word in the title counts twice


class Compiler:
    """Compiles one query for one searcher. `fetch` reads a record for the plain predicate."""

    def __init__(
        self, schema: Any, searcher: Any, languages: Iterable[str], fetch: Fetch, patience: Patience
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._languages = tuple(sorted(languages))
        self._fetch = fetch
        self._patience = patience

    def query(self, node: Node, field: str = DEFAULT_FIELD) -> Any:
        """A tantivy query with exactly the answers of `node`."""
        self._patience.check()
        if isinstance(node, tree.And):
            return self._all(node.parts, field)
        if isinstance(node, tree.Or):
            return Q.boolean_query([(SHOULD, self.query(part, field)) for part in node.parts])
        if isinstance(node, tree.Not):
            return self._all((node,), field)
        if isinstance(node, tree.Field):
            return self.query(node.inside, node.name)
        if isinstance(node, tree.Range):
            return self._range(node)
        if isinstance(node, tree.ClassIs):
            return self._class(node)
        if isinstance(node, tree.NumberIs):
            return self._number(node)
        if isinstance(node, tree.Near):
            return self._near(node, field)
        return _either([self._boosted(self._leaf(node, kind, field), kind) for kind in TEXT_FIELDS[field]])

    def _all(self, parts: Sequence[Node], field: str) -> Any:
        clauses = []
        for part in parts:
            if isinstance(part, tree.Not):
                clauses.append((MUST_NOT, self.query(part.inside, field)))
            else:
                clauses.append((MUST, self.query(part, field)))
        if all(occur == MUST_NOT for occur, _query in clauses):
            clauses.append((MUST, Q.const_score_query(Q.all_query(), 0.0)))
        return Q.boolean_query(clauses)

    def _boosted(self, query: Any, kind: str) -> Any:
        return Q.boost_query(query, _TITLE) if kind == "ti" else query

    # -- numbers, classes, dates ----------------------------------------------------------------

    def _range(self, node: tree.Range) -> Any:
        within = Q.range_query(self._schema, "day", tantivy.FieldType.Unsigned, node.low, node.high)
        return Q.const_score_query(within, 0.0)

    def _class(self, node: tree.ClassIs) -> Any:
        if not node.below:
            return Q.const_score_query(Q.term_query(self._schema, node.field, node.symbol), 0.0)
        return self._symbols(node.field, re.escape(node.symbol) + ".*", node.symbol)

    def _number(self, node: tree.NumberIs) -> Any:
        pattern = number_pattern(node)
        if pattern is None:
            return Q.term_set_query(self._schema, node.field, sorted(number_asked(node.pattern)))
        return self._symbols(node.field, pattern, "")

    def _symbols(self, field: str, pattern: str, start: str) -> Any:
        fits = re.compile(pattern).fullmatch
        found = [t for t, _n in self._searcher.terms_with_prefix(field, start) if fits(t)]
        return Q.const_score_query(Q.term_set_query(self._schema, field, found), 0.0)

    # -- words and phrases ----------------------------------------------------------------------

    def _leaf(self, node: Node, kind: str, field: str) -> Any:
        """A node that has a place, in one kind of text; wider than the node only where it is a NEAR."""
        if isinstance(node, tree.Field):
            return self._leaf(node.inside, kind, node.name)
        if isinstance(node, tree.Or):
            return _either([self._leaf(part, kind, field) for part in node.parts])
        if isinstance(node, tree.Near):
            return self._wider(node, kind, field)
        if kind not in TEXT_FIELDS[field]:
            return Q.empty_query()
        if isinstance(node, tree.Phrase):
            return self._row(list(node.items), kind)
        assert isinstance(node, tree.Term | tree.Wild)
        return self._word(node, kind)

    def _word(self, item: Item, kind: str) -> Any:
        if isinstance(item, tree.Term):
            found = [
                Q.term_query(self._schema, kind, token, index_option="freq")
                for token in asked(item, self._languages)
            ]
            return _either(found)
        try:
            return Q.regex_query(self._schema, kind, expression(item.pattern, _LETTER))
        except ValueError:  # an automaton of more than a thousand states is refused
            return Q.term_set_query(self._schema, kind, self._vocabulary(item, kind))

    def _vocabulary(self, item: tree.Wild, kind: str) -> list[str]:
        fits = compiled(item.pattern).fullmatch
        known = self._searcher.terms_with_prefix(kind, beginning(item.pattern))
        found = []
        for number, (word, _count) in enumerate(known):
            if number % 2_000 == 0:
                self._patience.check()
            if fits(word) and word[0] not in (STEM, ODD):
                found.append(word)
        return found

    def _row(self, items: list[Item], kind: str, slop: int = 0) -> Any:
        """Items one after another; with `slop`, within so many positions of that."""
        if len(items) == 1:
            return self._word(items[0], kind)
        spelled = self._spelled(items)
        if spelled:
            return _either([Q.phrase_query(self._schema, kind, words, slop=slop) for words in spelled])
        query = Q.regex_phrase_query(self._schema, kind, [self._choice(i) for i in items], slop=slop)
        if self._answers(query):
            return query
        everywhere = Q.boolean_query([(MUST, self._word(item, kind)) for item in items])
        return everywhere if slop else self._checked(everywhere, _phrase(items), kind, everywhere)

    def _spelled(self, items: list[Item]) -> list[list[Any]]:
        """Every row of tokens the items may be in one text; none where they are too many to write out.

        A text has one language, so the stems of two languages never stand side by side.
        """
        terms = [item for item in items if isinstance(item, tree.Term)]
        if len(terms) < len(items):
            return []
        bare = sum(not term.exact for term in terms)
        if not bare:
            return [[fold(term.word) for term in terms]]
        if bare > _MOST_BARE:
            return []
        rows: dict[tuple[str, ...], None] = {}
        for language in self._languages or ("",):
            rows |= dict.fromkeys(product(*(asked(term, (language,) if language else ()) for term in terms)))
        return [list(row) for row in rows]

    def _choice(self, item: Item) -> str:
        """One position as a regular expression over tokens."""
        if isinstance(item, tree.Wild):
            return expression(item.pattern, _LETTER)
        return "|".join(_plain(token) for token in asked(item, self._languages))

    def _answers(self, query: Any) -> bool:
        try:
            self._searcher.search(query, limit=1, count=False)
        except ValueError:  # too many states or too many words: tantivy says so only when asked
            return False
        return True

    # -- near -----------------------------------------------------------------------------------

    def _near(self, node: tree.Near, field: str) -> Any:
        kinds = scope(node, field)
        wider = _either([self._boosted(self._wider(node, kind, field), kind) for kind in kinds])
        return wider if self._is_exact(node, kinds) else self._checked(wider, node, field, wider)

    def _wider(self, node: tree.Near, kind: str, field: str) -> Any:
        """At least the answers of a NEAR in one kind of text."""
        both = [(MUST, self._leaf(node.left, kind, field)), (MUST, self._leaf(node.right, kind, field))]
        left, right = self._ends(node.left, kind, field), self._ends(node.right, kind, field)
        if left is None or right is None or not 0 < len(left) * len(right) <= _MOST_PAIRS:
            return Q.boolean_query(both)
        pairs = [pair for a in left for b in right for pair in self._pairs(a, b, kind, node)]
        single = all(first is last for first, last in (*left, *right))
        return _either(pairs) if single else Q.boolean_query([*both, (MUST, _either(pairs))])

    def _pairs(
        self, one: tuple[Item, Item], other: tuple[Item, Item], kind: str, node: tree.Near
    ) -> list[Any]:
        """The last word of the one close to the first of the other; and turned round unless ordered."""
        slop = node.distance - 1
        found = [self._row([one[1], other[0]], kind, slop)]
        if not node.ordered:
            found.append(self._row([other[1], one[0]], kind, slop))
        return found

    def _ends(self, node: Node, kind: str, field: str) -> list[tuple[Item, Item]] | None:
        """First and last word of every choice; None where they cannot be told (a NEAR inside)."""
        if isinstance(node, tree.Field):
            return self._ends(node.inside, kind, node.name)
        if isinstance(node, tree.Or):
            parts = [self._ends(part, kind, field) for part in node.parts]
            return None if None in parts else [pair for part in parts if part for pair in part]
        if isinstance(node, tree.Near):
            return None
        if kind not in TEXT_FIELDS[field]:
            return []
        if isinstance(node, tree.Phrase):
            return [(node.items[0], node.items[-1])]
        assert isinstance(node, tree.Term | tree.Wild)
        return [(node, node)]

    def _is_exact(self, node: tree.Near, kinds: Sequence[str]) -> bool:
        """Two words near each other, of which no word of a text can be both.

        tantivy's slop lets two tokens of one position pass as near. For an order it also lets them
        change places, from a distance of two on.
        """
        left, right = node.left, node.right
        if not (isinstance(left, tree.Term) and isinstance(right, tree.Term)):
            return False
        if node.distance == 1:
            return True
        if node.ordered or fold(left.word) == fold(right.word):
            return False
        if left.exact and right.exact:
            return True
        marked = any(
            self._searcher.doc_freq(kind, ODD + fold(term.word)) for kind in kinds for term in (left, right)
        )
        return not marked and all(
            self._stems(left, language).isdisjoint(self._stems(right, language))
            for language in self._languages
        )

    def _stems(self, term: tree.Term, language: str) -> frozenset[str]:
        return asked_stems(language, term.word)

    def _checked(self, wider: Any, node: Node, field: str, ranking: Any) -> Any:
        """The answers of `wider` that the plain predicate lets pass, ranked as `ranking` ranks them."""
        passed = []
        result = self._searcher.search(
            wider, limit=max(self._searcher.num_docs, 1), count=False, order_by_field="row"
        )
        for row, _address in result.hits:
            self._patience.check()
            if matches(node, self._fetch(int(row)), field, self._patience.check):
                passed.append(int(row))
        only = Q.const_score_query(Q.term_set_query(self._schema, "row", passed), 0.0)
        return Q.boolean_query([(MUST, only), (SHOULD, ranking)])


def _either(queries: list[Any]) -> Any:
    return queries[0] if len(queries) == 1 else Q.boolean_query([(SHOULD, query) for query in queries])


def _phrase(items: list[Item]) -> Node:
    return items[0] if len(items) == 1 else tree.Phrase(tuple(items))


def _plain(token: str) -> str:
    return "".join(c if c.isalnum() or c in (STEM, ODD) else re.escape(c) for c in token)
