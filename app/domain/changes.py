"""What a write touched, so that screens know what to ask again."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds of record (`case`, `letter`, `collection`, `pack`, `station`, `office` …) and case ids."""

    kinds: frozenset[str] = field(default_factory=frozenset)
    cases: frozenset[str] = field(default_factory=frozenset)

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.kinds | other.kinds, self.cases | other.cases)

    def __bool__(self) -> bool:
        return bool(self.kinds or self.cases)


NOTHING = Changes()
