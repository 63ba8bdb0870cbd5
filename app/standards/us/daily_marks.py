"""Daily and yearly files of the US office with trade mark applications (`trademark-applications-daily`).

Thousands of `case-file` elements, read one at a time. Codes stay codes where the file has no words for them.
DTD V2.0 2005-04-01; the owners' party types: 10 to 19 before publication, 20 to 29 after it, 30 and more
after registration, 70 an old form of the correspondent.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import MarkSign, NamedParty, Record, RecordKind, Right
from app.domain.sequences import is_number
from app.standards.fields import forms, marks, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.xml.texts import every, field, first, plain, value, values

STANDARD = "us-daily"
_REGISTRANT, _NO_OWNER = 30, 70


def read(case: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `case-file`."""
    number = field(case, "registration-number")
    registered = forms.no_zeros(number)
    kind = RecordKind.REGISTRATION if registered else RecordKind.APPLICATION
    draft = Draft(Right.TRADE_MARK, kind, notes, STANDARD)
    header = first(case, "case-file-header")
    draft.set(office="US", status=field(header, "status-code"))
    filed = field(case, "serial-number")
    draft.number("application_number", forms.no_zeros(filed), filed)
    draft.number("registration_number", forms.unpadded(number), number)
    draft.date("filing_date", field(header, "filing-date"))
    draft.date("registration_date", field(header, "registration-date"))
    draft.date("publication_date", field(header, "published-for-opposition-date"))
    _sign(case, header, draft)
    _goods(case, draft)
    _ties(case, draft)
    _parties(case, header, draft, bool(registered))
    yield draft.finish()


def _sign(case: etree._Element, header: etree._Element | None, draft: Draft) -> None:
    """Words, what overflowed them, and the drawing code; codes of design searches are not of Vienna."""
    code = field(header, "mark-drawing-code")
    kind = marks.kind("", code)
    if kind in ("figurative", "combined") and field(header, "drawing-3d-current-in") == "T":
        kind = "three_dimensional"
    words = [field(header, "mark-identification"), *_statements(case, "MK")]
    text = " ".join(word for word in words if word)
    if text or kind:
        draft.set(mark=MarkSign(text, kind))
    if kind:
        draft.as_filed["mark.kind"] = code
    searched = values(every(case, "design-searches/design-search/code"))
    if searched:
        draft.as_filed["classes.national_figures"] = "; ".join(searched)


def _statements(case: etree._Element, code: str) -> Iterator[str]:
    for statement in every(case, "case-file-statements/case-file-statement"):
        if field(statement, "type-code").startswith(code):
            yield " ".join(values(every(statement, "text")))


def _goods(case: etree._Element, draft: Draft) -> None:
    """Nice classes; a list of goods names its prime class, in old cases one of the US classification."""
    leads: dict[str, int] = {}
    for one in every(case, "classifications/classification"):
        numbers = [n for raw in values(every(one, "international-code")) if (n := nice(draft, raw))]
        prime = field(one, "primary-code")
        if prime and numbers:
            leads.setdefault(prime.zfill(3), numbers[0])
    goods = marks.Goods()
    for statement in every(case, "case-file-statements/case-file-statement"):
        code = field(statement, "type-code")
        if not code.startswith("GS"):
            continue
        prime = code[2:5].strip().zfill(3)
        klass = leads.get(prime) or symbols.nice(prime)
        text = " ".join(filter(None, map(plain, every(statement, "text"))))
        if klass:
            goods.add(klass, forms.UNKNOWN_LANGUAGE, text)
        elif text:
            draft.as_filed["goods"] = "; ".join(
                filter(None, (draft.as_filed.get("goods"), f"{prime}: {text}"))
            )
    draft.set(goods=goods.texts())


def nice(draft: Draft, raw: str) -> int | None:
    """A Nice class; A, B and 200 (certification and membership marks) are no fault of the file."""
    number = symbols.nice(raw)
    if number or not (raw.strip().isalpha() or raw.strip() == "200"):
        draft.classify("nice", number, raw)
    return number


def _ties(case: etree._Element, draft: Draft) -> None:
    """Priorities claimed from foreign applications; other foreign filings, and earlier marks of the owner."""
    days: set[str] = set()
    for one in every(case, "foreign-applications/foreign-application"):
        office = forms.office(field(one, "country"))
        number, day = field(one, "application-number"), field(one, "filing-date")
        if field(one, "foreign-priority-claim-in") == "T":
            draft.priority(office, number, day)
            days.add(day)
        else:
            draft.relate("foreign_application", office, number, day)
        draft.relate(
            "foreign_registration", office, field(one, "registration-number"), field(one, "registration-date")
        )
    for one in every(case, "prior-registration-applications/prior-registration-application"):
        relation = "prior_registration" if field(one, "relationship-type") in ("", "0") else "related"
        draft.relate(relation, "US", forms.unpadded(field(one, "number")))
    base = first(case, "international-registration")
    draft.relate(
        "international_registration", "WO", field(base, "international-registration-number"),
        field(base, "international-registration-date"),
    )  # fmt: skip
    day = field(base, "priority-claimed-date")
    if field(base, "priority-claimed-in") == "T" and forms.day(day) and day not in days:
        draft.priority("", "", day)


def _parties(case: etree._Element, header: etree._Element | None, draft: Draft, registered: bool) -> None:
    """The owners of today: those of the latest party type. Those before them stay as filed."""
    owners: dict[int, list[tuple[int, NamedParty]]] = {}
    for place, one in enumerate(every(case, "case-file-owners/case-file-owner")):
        kind, entry = field(one, "party-type"), field(one, "entry-number")
        number = forms.count(kind)
        role = "holder" if registered and number >= _REGISTRANT else "applicant"
        party = _owner(one, role)
        if number != _NO_OWNER and party.name:
            order = int(entry) if is_number(entry) else place
            owners.setdefault(number, []).append((order, party))
    latest = max(owners, default=0)
    draft.set(applicants=[party for _order, party in sorted(owners.get(latest, []), key=lambda o: o[0])])
    before = [party.name for kind in sorted(owners, reverse=True) if kind != latest
              for _order, party in owners[kind]]  # fmt: skip
    if before:
        draft.as_filed["applicants.earlier"] = "; ".join(dict.fromkeys(before))
    agents = [field(header, "attorney-name"), field(header, "domestic-representative-name")]
    draft.set(representatives=[NamedParty(name, role="representative") for name in agents if name])


def _owner(one: etree._Element, role: str) -> NamedParty:
    city, state = field(one, "city"), field(one, "state")
    # A state is one of the United States; places elsewhere have a country.
    country = forms.office(field(one, "country")) or ("US" if state else "")
    lines = [field(one, name) for name in ("address-1", "address-2", "city", "state", "postcode")]
    return NamedParty(value(first(one, "party-name")), country, city, role, ", ".join(filter(None, lines)))


FORMATS = (
    XmlFormat(
        "us-trademark-daily", frozenset({"trademark-applications-daily", "case-file"}), read, ("case-file",)
    ),
)
