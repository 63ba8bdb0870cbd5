"""Fields of a Whoosh index that take tokens as they come from the analyser.

Whoosh keeps these classes by name in the index, so a renamed class makes old indexes unreadable; they
are built anew then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from whoosh import fields, formats

from search.text.documents import KEY_FIELDS, TEXT_KINDS

Posting = tuple[bytes, int, float, bytes]


class Placed(fields.FieldType):  # type: ignore[misc]
    """Tokens with positions: `[(token, position), …]`."""

    def __init__(self) -> None:
        self.format = formats.Positions()
        self.analyzer = None
        self.scorable = True
        self.stored = False

    def index(self, value: Iterable[tuple[str, int]], **_options: object) -> Iterator[Posting]:
        """The postings of one record."""
        places: dict[str, list[int]] = defaultdict(list)
        for token, position in value:
            places[token].append(position)
        for token, found in places.items():
            yield token.encode(), len(found), float(len(found)), self.format.encode(found)


class Listed(fields.FieldType):  # type: ignore[misc]
    """Symbols without places: `{"A01B", …}`."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = None
        self.scorable = False
        self.stored = False

    def index(self, value: Iterable[str], **_options: object) -> Iterator[Posting]:
        """The postings of one record."""
        return ((symbol.encode(), 1, 1.0, b"") for symbol in value)


def schema() -> fields.Schema:
    """The fields of a collection's index."""
    made = {kind: Placed() for kind in TEXT_KINDS} | {key: Listed() for key in KEY_FIELDS}
    for name in ("row", "day"):
        made[name] = fields.NUMERIC(int, bits=64, sortable=True, shift_step=0)
    return fields.Schema(**made)
