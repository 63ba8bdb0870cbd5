"""The numberings of the EPO: one document, one application in the forms docdb, epodoc and original.

`docdb` is country, number and kind apart; `epodoc` is one text, the year written out and padded in the
middle; `original` is as the office printed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.xml.texts import every, field

_WO_NUMBER = re.compile(r"((?:19|20)\d{2})(\d{6})\Z|(\d{2})(\d{5,6})\Z")


def printed(office: str, number: str) -> str:
    """A publication number as printed: `2022259205` of WIPO is 2022/259205."""
    if office != "WO" or not (found := _WO_NUMBER.match(number)):
        return forms.unpadded(number) if office != "WO" else number
    return f"{found.group(1) or found.group(3)}/{found.group(2) or found.group(4)}"


_CHECK_DIGIT = re.compile(r"(\d{6,12})\.[\dX]\Z", re.I)


def unchecked(number: str) -> str:
    """An application number without its check digit: `23173822.0` 23173822, `202111286633.X`."""
    text = forms.no_zeros(number)
    found = _CHECK_DIGIT.match(text)
    return found.group(1) if found else text


_EPODOC = re.compile(r"([A-Z]{2})\s*(\d.*|[A-Z]?\d.*)\Z")
_PCT_EPODOC = re.compile(r"((?:19|20)\d{2})([A-Z]{2})(\d{1,6})\Z")
PCT_OWN = re.compile(r"[A-Z]{2}\d{2,4}/\d{5,6}\Z")
_KIND_BEHIND = re.compile(r"(?<=\d{4})[A-OQ-Z]\d?\Z|(?<=\d{4})P\d\Z")
_EP_EPODOC = re.compile(r"(?:19|20)(\d{2})0(\d{6})\Z")


def native(number: str) -> tuple[str, str]:
    """`EP20100167109` as office EP and number 10167109; of others only the office is taken off,
    and a kind letter behind. The P of a US provisional stays: it tells it from others of its number."""
    found = _EPODOC.match(number)
    if not found:
        return "", number
    office, rest = found.groups()
    if office == "WO" and (pct := _PCT_EPODOC.match(rest)):
        return office, f"PCT/{pct.group(2)}{pct.group(1)}/{pct.group(3).zfill(6)}"
    if office == "EP" and (own := _EP_EPODOC.match(rest)):
        return office, own.group(1) + own.group(2)
    return office, _KIND_BEHIND.sub("", rest)


def kind_behind(number: str) -> str:
    """The kind letter behind a number in epodoc (`CN212726480U`), which has it where it must tell."""
    found = _KIND_BEHIND.search(number) if _EPODOC.match(number) else None
    return found.group() if found else ""


def form_of(element: etree._Element) -> str:
    """Which numbering an element is in: docdb, epodoc, original, or "" where it does not say."""
    return element.get("data-format") or element.get("document-id-type") or ""


def document(place: etree._Element | None, name: str, order: tuple[str, ...]) -> etree._Element | None:
    """The `document-id` in the first numbering of `order` that is there."""
    found: dict[str, etree._Element] = {}
    for reference in every(place, name):
        for one in every(reference, "document-id"):
            found.setdefault(form_of(one) or form_of(reference), one)
    return next((found[key] for key in order if key in found), None)


def of(one: etree._Element | None) -> tuple[str, str]:
    """Office and number of a `document-id`; of one in epodoc the office is taken off."""
    office, number = forms.office(field(one, "country")), field(one, "doc-number")
    return (office, number) if office else native(number)


def priorities(claims: Iterable[etree._Element], draft: Draft) -> None:
    """Priority claims, one a sequence number, in the number printed where that stands there.

    The originals are a list of their own, often shorter: each goes to the claim whose digits it has.
    """
    by_sequence: dict[str, dict[str, etree._Element]] = {}
    originals: list[tuple[str, str]] = []
    for claim in claims:
        sequence = claim.get("sequence") or ""
        for one in every(claim, "document-id"):
            form = form_of(one) or form_of(claim)
            if form == "original" and (number := field(one, "doc-number")):
                originals.append((sequence, number))
            by_sequence.setdefault(sequence, {}).setdefault(form, one)
    matched = bool([1 for forms_of in by_sequence.values() if set(forms_of) & {"docdb", "epodoc"}])
    for sequence, by_form in by_sequence.items():
        if matched and not set(by_form) & {"docdb", "epodoc", ""}:
            continue
        ours = [number for place, number in originals if place == sequence] + [n for _s, n in originals]
        _priority(by_form, ours, draft)


def _priority(by_form: dict[str, etree._Element], originals: list[str], draft: Draft) -> None:
    documents = [by_form[key] for key in ("docdb", "epodoc", "", "original") if key in by_form]
    documents = documents or list(by_form.values())
    standard, said = field(documents[0], "doc-number"), field(documents[0], "kind")[:1]
    office = next((o for one in documents if (o := forms.office(field(one, "country")))), "")
    epodoc = native(field(by_form.get("epodoc"), "doc-number") or ("" if office else standard))
    kind = {"W": "pct", "P": "provisional"}.get(said, "foreign")
    if epodoc[0] == "US" and epodoc[1].endswith("P"):
        kind, epodoc = "provisional", (epodoc[0], epodoc[1][:-1])
    number = next((n for n in originals if _same(n, standard) or _same(n, epodoc[1])), "")
    if kind == "pct" or epodoc[0] == "WO":
        kind, office = "pct", epodoc[0] or office
        number = f"PCT/{number}" if PCT_OWN.match(number) else number
        number = number if number.upper().startswith("PCT") else epodoc[1]
    if not number:
        number = standard if "docdb" in by_form or not epodoc[0] else epodoc[1]
    day = next((d for one in documents if (d := field(one, "date"))), "")
    draft.priority(office or epodoc[0], unchecked(number), day, kind, standard)


def _same(original: str, standard: str) -> bool:
    """Whether two numberings mean one application: the last digits of the one are in the other."""
    tail = re.sub(r"\D", "", unchecked(original))[-5:]
    return len(tail) > 2 and tail in re.sub(r"\D", "", standard)
