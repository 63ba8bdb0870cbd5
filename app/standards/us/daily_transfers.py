"""Daily files of the US office with assignments of marks and patents, and with proceedings before its board.

DTDs: TRADEMARK_ASSIGNMENTS V1.0 2013-09-05, us-patent-assignments, TTAB PROCEEDINGS V1.0 2004-02-13. A
conveyance of several properties is one record each; so is a proceeding that concerns several marks.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import MarkSign, NamedParty, Record, RecordKind, Right
from app.standards.fields import forms
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.us.countries import office_named
from app.standards.xml.texts import every, field, first, value


def read_marks(entry: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `assignment-entry`: a record for each mark it conveys."""
    said = first(entry, "assignment")
    after = [_party(one, "person-or-organization-name") for one in every(entry, "assignees/assignee")]
    before = [_party(one, "person-or-organization-name") for one in every(entry, "assignors/assignor")]
    for one in every(entry, "properties/property"):
        draft = Draft(Right.TRADE_MARK, RecordKind.ASSIGNMENT, notes, "us-assignment")
        filed, number = field(one, "serial-no"), field(one, "registration-no")
        draft.number("application_number", forms.no_zeros(filed), filed)
        draft.number("registration_number", forms.unpadded(number), number)
        draft.relate("international_registration", "WO", field(one, "intl-reg-no"))
        if words := field(one, "trademark-law-treaty-property/tlt-mark-name"):
            draft.set(mark=MarkSign(words))
        _conveyed(draft, said, "date-recorded", before, after)
        yield draft.finish()


def read_patents(entry: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `patent-assignment`: a record for each patent or application it conveys."""
    said = first(entry, "assignment-record")
    after = [_party(one, "name") for one in every(entry, "patent-assignees/patent-assignee")]
    before = [_party(one, "name") for one in every(entry, "patent-assignors/patent-assignor")]
    for one in every(entry, "patent-properties/patent-property"):
        draft = Draft(Right.PATENT, RecordKind.ASSIGNMENT, notes, "us-assignment")
        title = first(one, "invention-title")
        said_in = forms.language(title.get("lang") if title is not None else None)
        draft.text_by_language("titles", said_in, value(title))
        for document in every(one, "document-id"):
            _document(draft, document)
        _conveyed(draft, said, "recorded-date/date", before, after)
        yield draft.finish()


def _document(draft: Draft, document: etree._Element) -> None:
    """An application (X0), a publication (A1 …) or a patent (B1 …); the patent is what counts."""
    kind, number, day = field(document, "kind"), field(document, "doc-number"), field(document, "date")
    if kind.startswith("X") or not kind:
        draft.number("application_number", forms.no_zeros(number), number)
        draft.date("filing_date", day)
    elif not kind.startswith("A") or not draft.get("publication_number"):
        draft.number("publication_number", forms.unpadded(number), number)
        draft.date("publication_date", day)
        draft.set(kind_code=kind)


def _conveyed(
    draft: Draft,
    said: etree._Element | None,
    recorded: str,
    before: list[NamedParty],
    after: list[NamedParty],
) -> None:
    draft.set(office="US", status=field(said, "conveyance-text"), applicants=after)
    for name, path in (("recorded", recorded), ("reel", "reel-no"), ("frame", "frame-no")):
        if text := field(said, path):
            draft.as_filed[name] = forms.day(text) or text if name == "recorded" else text
    if names := "; ".join(party.name for party in before if party.name):
        draft.as_filed["assignors"] = names


def _party(one: etree._Element, name: str) -> NamedParty:
    state = field(one, "state")
    country = office_named(field(one, "country-name")) or ("US" if state else "")
    lines = [field(one, part) for part in ("address-1", "address-2", "city", "state", "postcode")]
    return NamedParty(
        field(one, name), country, field(one, "city"), "assignee", ", ".join(filter(None, lines))
    )


def read_proceeding(entry: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `proceeding-entry` of the board: a notice on each mark it concerns, on none if it names none."""
    any_mark = False
    for party in every(entry, "party-information/party"):
        owner = field(party, "orgname") or field(party, "name")
        for one in every(party, "property-information/property"):
            draft = _notice(entry, notes)
            filed, number = field(one, "serial-number"), field(one, "registration-number")
            draft.number("application_number", forms.no_zeros(filed), filed)
            draft.number("registration_number", forms.unpadded(number), number)
            if words := field(one, "mark-text"):
                draft.set(mark=MarkSign(words))
            draft.set(applicants=[NamedParty(owner, role="proprietor")] if owner else [])
            if side := field(party, "role-code"):
                draft.as_filed["side"] = side
            any_mark = True
            yield draft.finish()
    if not any_mark:
        yield _notice(entry, notes).finish()


def _notice(entry: etree._Element, notes: Notes) -> Draft:
    draft = Draft(Right.TRADE_MARK, RecordKind.NOTICE, notes, "us-ttab")
    draft.set(office="US", status=field(entry, "status-code"))
    # The day is that of the proceeding, not of the mark.
    for name, tag in (("proceeding", "number"), ("proceeding.type", "type-code"),
                      ("proceeding.filed", "filing-date")):  # fmt: skip
        if text := field(entry, tag):
            draft.as_filed[name] = text
    draft.as_filed["status"] = " ".join(filter(None, (field(entry, "number"), field(entry, "status-code"))))
    return draft


FORMATS = (
    XmlFormat(
        "us-trademark-assignments", frozenset({"trademark-assignments"}), read_marks, ("assignment-entry",)
    ),
    XmlFormat(
        "us-patent-assignments", frozenset({"us-patent-assignments"}), read_patents, ("patent-assignment",)
    ),
    XmlFormat("us-ttab", frozenset({"ttab-proceedings"}), read_proceeding, ("proceeding-entry",)),
)
