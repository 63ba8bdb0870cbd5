"""A tree written out again: the one spelling of everything that means the same."""

from __future__ import annotations

from app.text import fold
from search.query import tree
from search.query.tree import Node


def normalised(node: Node) -> str:
    """The query of a tree, with every operator and bracket written out.

    `parse(normalised(tree)) == tree` for every tree the parser makes.
    """
    if isinstance(node, tree.And):
        return " AND ".join(_inside(part, (tree.Or,)) for part in node.parts)
    if isinstance(node, tree.Or):
        return " OR ".join(_inside(part, (tree.And,)) for part in node.parts)
    if isinstance(node, tree.Not):
        return f"NOT {_inside(node.inside, (tree.And, tree.Or, tree.Not))}"
    if isinstance(node, tree.Near):
        operator = f"{'ADJ' if node.ordered else 'NEAR'}/{node.distance}"
        left = _inside(node.left, (tree.And, tree.Or, tree.Not))
        right = _inside(node.right, (tree.And, tree.Or, tree.Not, tree.Near))
        return f"{left} {operator} {right}"
    if isinstance(node, tree.Field):
        return f"{node.name}={_inside(node.inside, (tree.And, tree.Or, tree.Not, tree.Near))}"
    return _leaf(node)


def _inside(node: Node, bracketed: tuple[type, ...]) -> str:
    text = normalised(node)
    return f"({text})" if isinstance(node, bracketed) else text


def _leaf(node: Node) -> str:
    if isinstance(node, tree.Term):
        return f'"{fold(node.word)}"' if node.exact else node.word
    if isinstance(node, tree.Wild):
        return node.pattern
    if isinstance(node, tree.Phrase):
        return _phrase(node)
    if isinstance(node, tree.Range):
        return _range(node)
    if isinstance(node, tree.ClassIs):
        return f"{node.field}={node.symbol}{_below(node)}"
    assert isinstance(node, tree.NumberIs)
    return f'{node.field}="{node.pattern}"'


def _below(node: tree.ClassIs) -> str:
    if not node.below:
        return ""
    return "/low" if "/" in node.symbol else "*"


def _phrase(node: tree.Phrase) -> str:
    """Quoted, unless a word in it goes by its stem; then as a hyphenated word."""
    if any(isinstance(item, tree.Term) and not item.exact for item in node.items):
        return "-".join(i.word if isinstance(i, tree.Term) else i.pattern for i in node.items)
    inside = " ".join(fold(i.word) if isinstance(i, tree.Term) else i.pattern for i in node.items)
    return f'"{inside}"'


def _range(node: tree.Range) -> str:
    if node.high >= 99991231:
        return f"pd>={node.low}" if _is_day(node.low) else f"pd>{node.low - 1}"
    if node.low <= 1:
        return f"pd<={node.high}" if _is_day(node.high) else f"pd<{node.high + 1}"
    return f'pd within "{node.low} {node.high}"'


def _is_day(number: int) -> bool:
    return 1 <= number % 100 <= 31 and 1 <= number // 100 % 100 <= 12
