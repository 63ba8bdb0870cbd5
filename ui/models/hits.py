"""Hits of a search, and the category each has in the open case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.errors import _

if TYPE_CHECKING:
    from app.services.searching import Hit

HIT = Qt.ItemDataRole.UserRole + 1
RATING = Qt.ItemDataRole.UserRole + 2
SEEN = Qt.ItemDataRole.UserRole + 3
Index = QModelIndex | QPersistentModelIndex


class HitsModel(QAbstractListModel):
    """Holds the hits shown so far; more are put behind them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()
        self._ratings: Mapping[str, str] = {}
        self._seen: set[str] = set()

    def hold(self, hits: Iterable[Hit]) -> None:
        """Show the hits of another search."""
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def more(self, hits: Iterable[Hit]) -> None:
        """Put the next page behind those shown."""
        coming = tuple(hits)
        if not coming:
            return
        self.beginInsertRows(QModelIndex(), len(self._hits), len(self._hits) + len(coming) - 1)
        self._hits = (*self._hits, *coming)
        self.endInsertRows()

    def rate(self, ratings: Mapping[str, str]) -> None:
        """Categories by hit id."""
        self._ratings = ratings
        self._touch(RATING)

    def mark_seen(self, hit_id: str) -> None:
        """The person has opened it."""
        self._seen.add(hit_id)
        self._touch(SEEN)

    def _touch(self, role: int) -> None:
        if self._hits:
            self.dataChanged.emit(self.index(0), self.index(len(self._hits) - 1), [role])

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What it holds."""
        return self._hits

    @property
    def ratings(self) -> Mapping[str, str]:
        """Categories by hit id."""
        return self._ratings

    @property
    def seen(self) -> int:
        """How many of them were opened."""
        return sum(1 for hit in self._hits if hit.id in self._seen)

    def hit(self, index: Index) -> Hit | None:
        """The hit at an index."""
        return self._hits[index.row()] if index.isValid() and index.row() < len(self._hits) else None

    def row_of(self, hit_id: str) -> int:
        """The row of a hit, -1 when it is not there."""
        return next((i for i, hit in enumerate(self._hits) if hit.id == hit_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Hits shown so far."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The hit, its category and whether it was seen."""
        hit = self.hit(index)
        if hit is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            rating = self._ratings.get(hit.id, "")
            said = _("category {category}").format(category=rating) if rating else ""
            return ", ".join(p for p in (hit.title, number_of(hit), hit.date, said) if p)
        if role == HIT:
            return hit
        if role == RATING:
            return self._ratings.get(hit.id, "")
        return hit.id in self._seen if role == SEEN else None


def number_of(hit: Hit) -> str:
    """Office, number and kind code as one reads them."""
    return " ".join(p for p in (hit.office, hit.number, hit.kind_code) if p)
