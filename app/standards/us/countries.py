"""Countries and offices as the US office writes them out (`KOREA, REPUBLIC OF`, `GERMANY`) as ST.3 codes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.standards import codes
from app.standards.fields import forms
from app.text import fold


def office_named(name: str) -> str:
    """The ST.3 code of a country or office by its name or code; "" where it is none of ST.3."""
    return forms.office(name) or _by_name().get(_key(name), "")


def _key(name: str) -> str:
    """`KOREA, REPUBLIC OF` and `Republic of Korea` are one."""
    head, comma, tail = fold(name.partition("(")[0]).strip().partition(",")
    return f"{tail.strip()} {head}" if comma and tail.strip().endswith(" of") else head


@cache
def _by_name() -> Mapping[str, str]:
    """Names of countries and offices, folded, with their codes."""
    named = {_key(office.name): code for code, office in codes.offices().items() if office.kind != "former"}
    return {**named, "united states": "US", "south korea": "KR"}
