"""Claims that say there is none, in the words US practice has for it; and claims that only speak of it."""

from __future__ import annotations

import pytest

from app.domain.record import RecordKind, Right
from app.standards.fields.draft import Draft
from app.standards.source import Notes


@pytest.mark.parametrize(
    ("text", "lives"),
    [
        ("1-20. (canceled)", False),
        ("1. (Canceled) 2. (Canceled) 3. (Canceled)", False),
        ("1-14. (Cancelled without prejudice or disclaimer)", False),
        ("5. (canceled herein)", False),
        ("Claims 1-3 canceled by this amendment.", False),
        ("1. to 9. (previously cancelled) and 10. (cancelled)", False),
        ("[Claim 4 has been cancelled.]", False),
        ("21. (withdrawn) A pump.", True),
        ("21. (canceled) A pump.", True),
        ("1. Deleted files without prejudice to others are restored.", True),
    ],
)
def test_what_lives(text: str, lives: bool) -> None:
    draft = Draft(Right.PATENT, RecordKind.PUBLICATION, Notes(), "test")
    draft.claims({"en": [text, "9. A seat."]})
    assert len(draft.finish().claims["en"]) == 1 + lives
