"""Building XML: elements by prefixed names, texts that XML can hold, empty parts left out."""

from __future__ import annotations

import re

from lxml import etree

# XML 1.0, production 2: what may stand in a document.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """`text` without the characters that no XML document can hold; they become a visible mark."""
    return _NOT_IN_XML.sub("\ufffd", text)


def name_of(parent: etree._Element, name: str) -> str:
    """`com:Name` as lxml writes it, by the prefixes declared above; no prefix is the default namespace."""
    prefix, colon, local = name.partition(":")
    if colon:
        return f"{{{parent.nsmap[prefix]}}}{local}"
    space = parent.nsmap.get(None)
    return f"{{{space}}}{name}" if space else name


def root(name: str, namespaces: dict[str, str], **attributes: str) -> etree._Element:
    """A root element that declares `namespaces` (prefix -> name)."""
    prefix, colon, local = name.partition(":")
    tag = f"{{{namespaces[prefix]}}}{local}" if colon else name
    made = etree.Element(tag, nsmap=dict(namespaces))
    _attributes(made, attributes)
    return made


def put(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """A new last child. Attributes with an empty value are left out; `com__id` is the name `com:id`."""
    made = etree.SubElement(parent, name_of(parent, name))
    if text:
        made.text = clean(text)
    _attributes(made, attributes)
    return made


def put_if(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    """A new last child where there is a text for it."""
    if text:
        put(parent, name, text, **attributes)


def _attributes(element: etree._Element, attributes: dict[str, str]) -> None:
    for key, value in attributes.items():
        if value:
            name = key.replace("__", ":").replace("_", "-")
            element.set(name_of(element, name) if ":" in name else name, clean(value))


def document(element: etree._Element, doctype: str = "") -> bytes:
    """The whole document, in UTF-8 with its declaration, a line an element."""
    etree.indent(element, " ")
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", doctype=doctype or None))


def piece(element: etree._Element) -> bytes:
    """One element of a larger document, in UTF-8 without declaration."""
    etree.indent(element, " ")
    return bytes(etree.tostring(element, encoding="UTF-8", xml_declaration=False, with_tail=False))


def again(raw: bytes) -> etree._Element:
    """What was written, parsed as a reader parses it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(raw, parser)
