"""Prior art: query, hits, record, and what was searched."""

from ui.rooms.prior_art.room import PriorArtRoom

__all__ = ["PriorArtRoom"]
