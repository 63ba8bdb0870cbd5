"""Elements that ST.36 and what grew out of it (ICE, patent-document, PCT Annex F) have in common."""

from __future__ import annotations

import re

from lxml import etree

from app.domain.record import NamedParty
from app.standards.fields import forms, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.xml.texts import field, first, leaves, local, plain, tidy, value

_SYMBOL = ("section", "class", "subclass", "main-group", "subgroup")


def classify(draft: Draft, scheme: str, one: etree._Element) -> None:
    """One classification, in parts or as a text in columns."""
    parts = leaves(one, *_SYMBOL, "text")
    symbol = symbols.ipc_of_parts(*(parts.get(name, "") for name in _SYMBOL))
    text = symbol or parts.get("text") or plain(one)
    draft.classify(scheme, symbol or symbols.ipc(text), text)


_RELEVANCES = re.compile(r"[A-Z&]+(?:[\s,;]+[A-Z&]+)*\Z")


def categories(citation: etree._Element) -> str:
    """The categories of a citation, each letter once (`X,Y`), whichever passages they are of (ST.14)."""
    found: list[str] = []
    for said in citation.iter("{*}category"):
        if any(local(above) == "corresponding-docs" for above in said.iterancestors()):
            continue  # of another document of the same family
        text = value(said)
        found.extend(re.findall(r"[A-Z&]", text) if _RELEVANCES.match(text) and len(text) < 9 else [text])
    return ",".join(symbols.once(found))


_NAMES = ("last-name", "first-name", "middle-name", "suffix", "orgname", "name")


def literature(citation: etree._Element) -> str:
    """Non-patent literature as one text; an article in parts with blanks between them."""
    if text := field(citation, "nplcit/text", "text"):
        return text
    itself = local(citation) in ("nplcit", "patcit")
    found = citation if itself else first(citation, "nplcit", "patcit/text", "patcit")
    return tidy(" ".join(str(part) for part in found.itertext())) if found is not None else ""


def claims_cited_against(citation: etree._Element) -> str:
    """The claims a citation is relevant to, whichever category it has for them (ST.14)."""
    said = (
        value(one)
        for one in citation.iter("{*}rel-claims")
        if not any(local(above) == "corresponding-docs" for above in one.iterancestors())
    )
    return "; ".join(symbols.once(said))


def party_of(one: etree._Element, role: str) -> NamedParty:
    """A party with or without an address book; the address is one line without country."""
    book = first(one, "addressbook")
    book = one if book is None else book
    named = leaves(book, *_NAMES)
    name = parties.person(
        named.get("last-name", ""),
        " ".join(filter(None, (named.get("first-name"), named.get("middle-name")))),
        _suffix(named.get("suffix", "")),
    ) or (named.get("orgname") or named.get("name") or named.get("text", ""))
    # The exchange dialect escapes twice: `Marks &amp;amp; Clerk`.
    name = name.replace("&amp;", "&")
    address = first(book, "address")
    told = leaves(address)
    country = forms.office(told.get("country")) or forms.office(field(one, "residence/country"))
    lines = [text for line, text in told.items() if line != "country"]
    return NamedParty(name, country, told.get("city", ""), role, ", ".join(lines))


def _suffix(suffix: str) -> str:
    """`et al` behind an agent's name says that there are others, and is no part of it."""
    return "" if suffix.lower().strip(". ") == "et al" else suffix


def paragraphs(description: etree._Element) -> tuple[str, ...]:
    """Paragraphs and headings of a description in order; text outside of them too."""
    found = [text] if (text := tidy(description.text or "")) else []
    for part in description:
        if isinstance(part.tag, str) and (text := plain(part)):
            found.append(text)
        tail = part.tail
        if tail and not tail.isspace():
            found.append(tidy(tail))
    return tuple(found)


_SECTIONS = tuple(
    f"{{*}}{name}"
    for name in (
        "technical-field", "background-art", "disclosure", "summary-of-invention", "description-of-drawings",
        "description-of-embodiments", "best-mode", "mode-for-invention", "industrial-applicability",
        "reference-signs-list", "reference-to-deposited-biological-material", "sequence-list-text",
        "citation-list", "tech-problem", "tech-solution", "advantageous-effects",
    )
)  # fmt: skip


def described(description: etree._Element) -> tuple[str, ...]:
    """Paragraphs in order, also inside the sections Annex F puts around them."""
    if next(description.iterchildren(*_SECTIONS), None) is None:
        return paragraphs(description)
    found: list[str] = []
    sections = set(description.iterchildren(*_SECTIONS))
    for part in description:
        if not isinstance(part.tag, str):
            continue
        if part in sections:
            inner = [p for p in part.iter("{*}p", "{*}heading") if not _inside(p)]
            found.extend(text for p in inner if (text := plain(p)))
        elif text := plain(part):
            found.append(text)
    return tuple(found)


def _inside(part: etree._Element) -> bool:
    return any(local(above) == "p" for above in part.iterancestors())
