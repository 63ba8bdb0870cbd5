"""Every real US and EP document read a second time with bare XPath: counts and texts agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from app.domain.record import Record
from app.standards.reading import read
from app.standards.xml.entities import character

FOLDERS = (
    "patents/us-weekly-concatenated",
    "patents/us-grants-applications",
    "patents/ep-fulltext",
)
ROOTS = ("us-patent-grant", "us-patent-application", "ep-patent-document")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(\[.*?\])?\s*>", re.S)
_ENTITY = re.compile(rb"&(?!amp;|lt;|gt;|quot;|apos;|#)(\w+);")
US = {
    "citations": "//us-citation | //references-cited/citation",
    "representatives": "//agents/agent",
    "claims": "/*/claims/claim",
    "inventors": "//inventors/inventor | //applicants/applicant[@app-type='applicant-inventor']"
    "[not(//inventors)]",
}
EP = {
    "citations": "//B561 | //B562",
    "representatives": "//B741",
    "claims": "/*/claims/claim",
    "inventors": "//B721",
}


def trees(path: Path) -> Iterator[etree._Element]:
    """The well-formed patents of a file, cut at their declarations."""
    for part in re.split(rb"(?=<\?xml )", path.read_bytes()):
        text = _ENTITY.sub(
            lambda found: (character(found[1].decode()) or "?").encode(), _DOCTYPE.sub(b"", part, count=1)
        )
        try:
            root = etree.fromstring(text.strip())
        except etree.XMLSyntaxError:
            continue
        if root.tag in ROOTS:
            yield root


def counted(record: Record) -> dict[str, int]:
    return {
        "citations": len(record.citations),
        "representatives": len(record.representatives),
        "claims": sum(len(texts) for texts in record.claims.values()),
        "inventors": len(record.inventors),
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_same_counts(shared_data: Path, folder: str) -> None:
    seen = 0
    for path in sorted((shared_data / folder).glob("*.xml")):
        roots = list(trees(path))
        if not roots:
            continue
        records = [event for event in read([path]) if isinstance(event, Record)]
        assert len(records) == len(roots), path.name
        for root, record in zip(roots, records, strict=True):
            paths = EP if root.tag == "ep-patent-document" else US
            where = (path.name, record.publication_number)
            assert (where, counted(record)) == (where, {n: len(root.xpath(p)) for n, p in paths.items()})
            assert (where, record.images) == (where, len({img.get("file") for img in root.iter("img")}))
            # No word lost, none glued to its neighbour: blanks apart, the text is that of the elements.
            for texts, tag in ((record.claims, "claims"), (record.descriptions, "description")):
                ours = "".join("".join(t) for lang in texts.values() for t in lang)
                theirs = "".join("".join(e.itertext()) for e in root.findall(tag))
                assert (where, bare(ours)) == (where, bare(theirs))
            seen += 1
    assert seen >= 6


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
