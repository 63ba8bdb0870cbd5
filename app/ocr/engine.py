"""What an engine that reads text from pictures is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

# A frozen copy starts itself with this switch as the child that reads.
SWITCH = "--reading-child"


@dataclass(frozen=True, slots=True)
class WordFound:
    """A word of a picture and where it stands, in pixels from the picture's top left corner.

    confidence   0 (a guess) to 100 (certain), as the engine says it
    line         number of the word's line on the page, from 0, in reading order
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    line: int = 0

    def as_list(self) -> list[Any]:
        """For JSON, in the order of the fields."""
        return [self.text, self.x0, self.y0, self.x1, self.y1, self.confidence, self.line]

    @classmethod
    def of(cls, told: Sequence[Any]) -> WordFound:
        """What `as_list` gave. Raises ValueError, TypeError for anything else."""
        text, x0, y0, x1, y1, confidence, line = told
        return cls(str(text), float(x0), float(y0), float(x1), float(y1), float(confidence), int(line))


class Engine(Protocol):
    """Reads pages. `name` and version are written beside what it read."""

    @property
    def name(self) -> str: ...

    def read(self, png: bytes, languages: Sequence[str]) -> tuple[WordFound, ...]:
        """The words of one page in reading order; none for an empty page.

        languages   by their ISO 639 code, the most likely first

        Raises FileRefused for what is no PNG, is damaged, or takes too long.
        """
        ...
