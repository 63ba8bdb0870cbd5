"""How long a query may keep a person waiting."""

from __future__ import annotations

import time

from search.query.refusal import takes_too_long

SECONDS = 3.0  # what is left of five goes into parsing, merging and snippets


class Patience:
    """Counts the processor seconds of this thread and refuses the query when they are used up.

    Processor time, not the clock on the wall: a busy machine must not turn an answer into a refusal.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._until = time.thread_time() + seconds

    def check(self) -> None:
        """Raise QueryRefused when the time is up."""
        if time.thread_time() > self._until:
            raise takes_too_long()
