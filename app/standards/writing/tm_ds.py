"""What ST.66 and ST.86 have in common: the envelope, address books, priorities and tied documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from lxml import etree

from app.domain.record import NamedParty, Record
from app.standards.writing import ties
from app.standards.writing.tree import piece, put, put_if


class Envelope:
    """`Transaction` down to `TransactionData`, written around elements that come one by one.

    space   the namespace of the standard
    body    the element that names the kind of right (`TradeMarkTransactionBody`)
    code    what the transaction is
    within  further elements around the records
    """

    def __init__(self, out: BinaryIO, space: str, body: str, code: str, within: tuple[str, ...] = ()) -> None:
        self._out = out
        self._space = space
        self._ends = ("Transaction", body, "TransactionContentDetails", "TransactionData", *within)
        inner = "".join(f"<{name}>" for name in self._ends[3:])
        out.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<Transaction xmlns="{space}"><{body}>'
            f"<TransactionContentDetails><TransactionCode>{code}</TransactionCode>{inner}\n".encode()
        )

    def put(self, element: etree._Element) -> bytes:
        """Write one element; its bytes as a document of their own."""
        raw = piece(element)
        # The envelope has declared the namespace already.
        self._out.write(raw.replace(f' xmlns="{self._space}"'.encode(), b"", 1) + b"\n")
        return raw

    def close(self) -> None:
        """End what was begun."""
        self._out.write("".join(f"</{name}>" for name in reversed(self._ends)).encode() + b"\n")


def parties(parent: etree._Element, name: str, found: Iterable[NamedParty]) -> None:
    """`NAMEDetails` with a `NAME` a party; nothing where there is none."""
    listed = list(found)
    group = put(parent, f"{name}Details") if listed else None
    for number, party in enumerate(listed, 1):
        one = put(group, name)
        put(one, f"{name}SequenceNumber", str(number))
        _book(put(put(one, f"{name}AddressBook"), "FormattedNameAddress"), party)


def _book(book: etree._Element, party: NamedParty) -> None:
    free = put(put(put(book, "Name"), "FreeFormatName"), "FreeFormatNameDetails")
    put(free, "FreeFormatNameLine", party.name)
    if not (party.address or party.city or party.country):
        return
    place = put(book, "Address")
    put_if(place, "AddressCountryCode", party.country)
    if party.address and party.address != party.city:
        put(put(place, "FreeFormatAddress"), "FreeFormatAddressLine", party.address)
    if party.city or party.country:
        formatted = put(place, "FormattedAddress")
        put_if(formatted, "AddressCity", party.city)
        put_if(formatted, "FormattedAddressCountryCode", party.country)


def owners(parent: etree._Element, record: Record) -> None:
    """Applicants, and holders where the record calls them so."""
    parties(parent, "Applicant", (p for p in record.applicants if p.role not in ("holder", "proprietor")))
    parties(parent, "Holder", (p for p in record.applicants if p.role in ("holder", "proprietor")))


def claims(parent: etree._Element, record: Record) -> None:
    """Priorities, exhibitions, seniorities."""
    if record.priorities:
        group = put(parent, "PriorityDetails")
        for claim in record.priorities:
            one = put(group, "Priority")
            put_if(one, "PriorityCountryCode", claim.office)
            put_if(one, "PriorityNumber", claim.number)
            put_if(one, "PriorityDate", claim.date)
    ties.exhibitions(parent, "ExhibitionPriorityDetails", record.related)
    ties.seniorities(parent, "SeniorityDetails", record.related)


def published(parent: etree._Element, record: Record) -> None:
    """The day of publication."""
    if record.publication_date:
        made = put(put(parent, "PublicationDetails"), "Publication")
        put(made, "PublicationDate", record.publication_date)


def language(code: str) -> str:
    """The language of a text; none where the record does not know it."""
    return "" if code == "und" else code
