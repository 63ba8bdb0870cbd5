"""Elements that ST.36 and what grew out of it (ICE, patent-document, PCT Annex F) have in common."""

from __future__ import annotations

from lxml import etree

from app.domain.record import NamedParty
from app.standards.fields import forms, parties, symbols
from app.standards.fields.draft import Draft
from app.standards.xml.texts import field, first, local, plain, value


def classify(draft: Draft, scheme: str, one: etree._Element) -> None:
    """One classification, in parts or as a text in columns."""
    parts = [field(one, name) for name in ("section", "class", "subclass", "main-group", "subgroup")]
    symbol = symbols.ipc_of_parts(*parts)
    text = symbol or field(one, "text") or plain(one)
    draft.classify(scheme, symbol or symbols.ipc(text), text)


def party_of(one: etree._Element, role: str) -> NamedParty:
    """A party with or without an address book; the address is one line without country."""
    book = first(one, "addressbook")
    book = one if book is None else book
    name = parties.person(
        field(book, "last-name"),
        " ".join(p for p in (field(book, "first-name"), field(book, "middle-name")) if p),
        _suffix(field(book, "suffix")),
    ) or field(book, "orgname", "name")
    # The exchange dialect escapes twice: `Marks &amp;amp; Clerk`.
    name = name.replace("&amp;", "&")
    address = first(book, "address")
    country = forms.office(field(address, "country")) or forms.office(field(one, "residence/country"))
    lines = (
        [value(line) for line in address if value(line) and local(line) not in ("country",)]
        if (address is not None)
        else []
    )
    return NamedParty(name, country, field(address, "city"), role, ", ".join(lines))


def _suffix(suffix: str) -> str:
    """`et al` behind an agent's name says that there are others, and is no part of it."""
    return "" if suffix.lower().strip(". ") == "et al" else suffix


def paragraphs(description: etree._Element) -> tuple[str, ...]:
    """Paragraphs and headings of a description in order; text outside of them too."""
    found: list[str] = [plain_text] if (plain_text := " ".join((description.text or "").split())) else []
    for part in description:
        if isinstance(part.tag, str) and (text := plain(part)):
            found.append(text)
        if tail := " ".join((part.tail or "").split()):
            found.append(tail)
    return tuple(found)


_SECTIONS = {
    "technical-field",
    "background-art",
    "disclosure",
    "summary-of-invention",
    "description-of-drawings",
    "description-of-embodiments",
    "best-mode",
    "mode-for-invention",
    "industrial-applicability",
    "reference-signs-list",
    "citation-list",
    "tech-problem",
    "tech-solution",
    "advantageous-effects",
}


def described(description: etree._Element) -> tuple[str, ...]:
    """Paragraphs in order, also inside the sections Annex F puts around them."""
    if not any(isinstance(part.tag, str) and local(part) in _SECTIONS for part in description):
        return paragraphs(description)
    found: list[str] = []
    for part in description:
        if not isinstance(part.tag, str):
            continue
        if local(part) in _SECTIONS:
            inner = [p for p in part.iter("{*}p", "{*}heading") if not _inside(p)]
            found.extend(text for p in inner if (text := plain(p)))
        elif text := plain(part):
            found.append(text)
    return tuple(found)


def _inside(part: etree._Element) -> bool:
    return any(local(above) == "p" for above in part.iterancestors())
