"""Shared by the benchmarks: texts of a made-up vocabulary whose words are as unequal as a language's."""

from __future__ import annotations

import random
from itertools import accumulate

from search.text.documents import Doc, Text

_SYLLABLES = [c + v for c in "bcdfglmnprstvz" for v in "aeiou"]


class Maker:
    """Makes the same records for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        made = sorted({self._word() for _n in range(60_000)})  # a set has another order in every run
        self.words = sorted(made, key=lambda _w: self._random.random())
        # Zipf: the n-th word occurs 1/n as often as the first.
        self._sums = list(accumulate(1 / (n + 2) for n in range(len(self.words))))

    def _word(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 5)))

    def text(self, count: int) -> str:
        """`count` words."""
        return " ".join(self._random.choices(self.words, cum_weights=self._sums, k=count))

    def doc(self, row: int) -> Doc:
        """One record of about 300 words."""
        texts = [
            Text("ti", "en", self.text(9)),
            Text("ab", "en", self.text(110)),
            Text("ab", "fr", self.text(60)),
        ]
        texts += [Text("cl", "en", self.text(40)) for _n in range(3)]
        group = self._random.choice(["F04D", "A01B", "G06F", "H01M"])
        keys = {"ic": frozenset({group[0], group[:3], group}), "pn": frozenset({str(row), f"XX{row}"})}
        return Doc(row, tuple(texts), keys, self._random.randint(1990, 2024) * 10000 + 101)
