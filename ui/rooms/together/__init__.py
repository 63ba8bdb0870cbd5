"""The office together: stations, exchange, conflicts."""

from ui.rooms.together.room import TogetherRoom

__all__ = ["TogetherRoom"]
