"""Every element of every sample taken out, emptied, doubled or filled with junk in turn."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from app.standards import registry
from app.standards.source import Notes
from app.standards.trouble import Broken
from app.standards.xml import hardened

SAMPLES = Path(__file__).parents[3] / "data" / "standards"
NAMES = sorted(
    path.name
    for pattern in ("us-ice*.xml", "us-pap*.xml", "us-st32*.xml", "us-weekly.xml", "ep-full-text*.xml",
                    "us-office-file.xml", "us-assignment.xml")
    for path in SAMPLES.glob(pattern)
)  # fmt: skip


def removed(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def emptied(element: etree._Element) -> None:
    tail = element.tail
    element.clear()
    element.tail = tail


def doubled(element: etree._Element) -> None:
    if element.getparent() is not None:
        element.addnext(copy.deepcopy(element))


def filled(element: etree._Element) -> None:
    element.text = "\u0663 <½> NULL 00000000 19960100 -- WO/ US2001/ .X P"


@pytest.mark.parametrize("change", [removed, emptied, doubled, filled])
@pytest.mark.parametrize("name", NAMES)
def test_each_element(name: str, change: Callable[[etree._Element], None]) -> None:
    with (SAMPLES / name).open("rb") as stream:
        for document in hardened.documents(stream, Notes()):
            if not isinstance(document, hardened.Document):
                continue
            format_ = registry.xml_format(document.prolog)
            if format_ is None:
                continue
            try:
                (root,) = document.elements()
            except Broken:
                continue
            for place in range(sum(1 for _one in root.iter())):
                tree = copy.deepcopy(root)
                change(next(one for at, one in enumerate(tree.iter()) if at == place))
                for element in (
                    tree.iter(*(f"{{*}}{tag}" for tag in format_.tags)) if format_.tags else (tree,)
                ):
                    for record in format_.read(element, Notes()):
                        assert isinstance(record.as_json(), dict)
