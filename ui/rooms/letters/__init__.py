"""Letters: the queue, the page, and what is done with it."""

from ui.rooms.letters.room import LettersRoom

__all__ = ["LettersRoom"]
