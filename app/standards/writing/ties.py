"""Ties of a mark or design to what was shown or registered before, in ST.66, ST.86 and ST.96 alike."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from app.domain.record import Related
from app.standards.writing import codes
from app.standards.writing.tree import put, put_if


def exhibitions(parent: etree._Element, bag: str, ties: Iterable[Related], prefix: str = "") -> None:
    """`bag` with an `ExhibitionPriority` for each showing among `ties`; nothing where there is none."""
    shown = [tie for tie in ties if tie.relation == "exhibition"]
    group = put(parent, bag) if shown else None
    for tie in shown:
        one = put(group, f"{prefix}ExhibitionPriority")
        put_if(one, f"{prefix}ExhibitionCountryCode", tie.office)
        put_if(one, f"{prefix}ExhibitionName", tie.number)
        put_if(one, f"{prefix}ExhibitionDate", tie.date)


def seniorities(parent: etree._Element, bag: str, ties: Iterable[Related], prefix: str = "") -> None:
    """`bag` with a `Seniority` for each earlier mark among `ties`; nothing where there is none."""
    senior = [tie for tie in ties if tie.relation == "seniority"]
    group = put(parent, bag) if senior else None
    for tie in senior:
        one = put(group, f"{prefix}Seniority")
        put(one, f"{prefix}SeniorityCountryCode", codes.office(tie.office))
        put_if(one, f"{prefix}SeniorityFilingDate", tie.date)
        put(one, f"{prefix}SeniorityRegistrationNumber", tie.number)
