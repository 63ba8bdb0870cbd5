"""Elements that ST.36 and what grew out of it (ICE, patent-document, PCT Annex F) have in common."""

from __future__ import annotations

import re

from lxml import etree

from app.domain.record import NamedParty
from app.standards.fields import forms, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.xml.texts import (
    ST36_INNER,
    children,
    field,
    first,
    folded,
    inside,
    leaves,
    local,
    pad,
    plain,
    tidy,
    value,
)

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
        if inside(said, "corresponding-docs"):
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
    said = (value(one) for one in citation.iter("{*}rel-claims") if not inside(one, "corresponding-docs"))
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


_APART = "\r" * 12
"""Stands between texts taken together: nothing writes white space so, and folding would take it anyway.
A long mark is found three times as quickly as a short one."""


def paragraphs(description: etree._Element, groups: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Paragraphs and headings of a description in order; text outside of them too.

    groups  children whose own paragraphs are texts each, however deep they lie

    All text is taken out of the tree at once, at half of what asking each paragraph costs.
    Changes the tree.
    """
    _set_apart(description, groups)
    text: str = etree.tostring(description, method="text", encoding="unicode", with_tail=False)
    return tuple(found for one in text.split(_APART) if (found := folded(one)))


def _set_apart(element: etree._Element, groups: tuple[str, ...]) -> None:
    for part in element:
        tail = part.tail
        part.tail = _APART if not tail or tail.isspace() else f"{_APART}{tail}{_APART}"
    before = element.text
    if before and not before.isspace() and len(element):
        element.text = f"{before}{_APART}"
    if not groups:
        return
    for group in element.iterchildren(*groups):
        if local(group) in ("p", "heading"):
            continue
        if next(group.iterdescendants("{*}p", "{*}heading"), None) is not None:
            _set_apart(group, ("*",))


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
    """Paragraphs in order, also inside the sections Annex F puts around them. Changes the tree."""
    return paragraphs(description, _SECTIONS)


def texts(root: etree._Element, draft: Draft, declared: str = "") -> None:
    """Abstract, description, claims and pictures of a publication (ICE, EP full text). Changes the tree.

    declared  the file's own count of claims
    """
    own = draft.get("language") or forms.UNKNOWN_LANGUAGE
    descriptions: dict[str, tuple[str, ...]] = {}
    claims: dict[str, list[str]] = {}
    for part in children(root, "abstract", "description", "claims"):
        name, language = local(part), forms.language(part.get("lang") or own)
        pad(part, ST36_INNER)
        if name == "abstract":
            draft.text_by_language("abstracts", language, " ".join(paragraphs(part)))
        elif name == "description":
            descriptions[language] = descriptions.get(language, ()) + described(part)
        else:
            claims.setdefault(language, []).extend(plain(claim) for claim in children(part, "claim"))
    draft.set(descriptions={language: found for language, found in descriptions.items() if found})
    draft.claims(claims, declared)
    draft.images(img.get("file") or "" for img in root.iter("{*}img"))
