"""Countries as the US office writes them out."""

from __future__ import annotations

import pytest

from app.standards.us.countries import office_named


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("GERMANY", "DE"),
        ("KOREA, REPUBLIC OF", "KR"),
        ("Republic of Korea", "KR"),
        ("EUROPEAN PATENT OFFICE (EPO)", "EP"),
        ("UNITED STATES", "US"),
        ("kr", "KR"),
        ("ATLANTIS", ""),
        ("", ""),
    ],
)
def test_the_code_of_a_country(name: str, code: str) -> None:
    assert office_named(name) == code
