"""B-codes of ST.32 that European full text and the US office's SGML grants have in common."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.standards.xml.texts import children, local, value


def priority_claims(group: etree._Element) -> Iterator[dict[str, str]]:
    """The claims of a B300 as {"B310": number, "B320": date, "B330": office}, each as far as it is given.

    They follow one another without an element around each: a code that comes again begins the next claim.
    """
    claim: dict[str, str] = {}
    for part in children(group, "B310", "B320", "B330"):
        name = local(part)
        if name in claim:
            yield claim
            claim = {}
        claim[name] = value(part)
    if claim:
        yield claim
