"""Which codes the schemas of ST.96 take. Others would make the document one that nobody can check.

The code lists of ST.96 V6.0 are the tables of ST.3, ISO 3166-1 and ISO 639-1, but for some former codes.
"""

from __future__ import annotations

from app.standards import codes as tables


def _of_kinds(*kinds: str) -> frozenset[str]:
    return frozenset(code for code, one in tables.offices().items() if one.kind in kinds)


COUNTRIES = _of_kinds("state", "territory", "address", "former") - {"DL", "DT", "HV"}
"""Countries of an address, former ones included."""

_OFFICES = _of_kinds("state", "territory", "organisation", "unknown", "former")
OFFICES = _OFFICES - {"BU", "HV", "NT", "TP", "ZR"}
"""Offices and organisations of ST.3, former ones included."""

UNKNOWN_OFFICE = "XX"
"""ST.3: unknown states, other entities or organisations."""

LANGUAGES = tables.languages() | {"bh", "jw", "mo", "sh"}
"""Languages of ISO 639-1, withdrawn ones included that ST.96 has kept."""


def office(code: str) -> str:
    """`code` where ST.3 has it, else `XX`."""
    return code if code in OFFICES else UNKNOWN_OFFICE


def language(code: str) -> str:
    """`code` where ISO 639-1 has it, else ""."""
    return code if code in LANGUAGES else ""
