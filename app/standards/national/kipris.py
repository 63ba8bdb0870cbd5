"""Answers of KIPRIS, the Korean search service, for trade marks: bibliography and designated goods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from lxml import etree

from app.domain.record import MarkSign, NamedParty, Record, RecordKind, Right
from app.standards.fields import forms, marks, symbols
from app.standards.fields.draft import Draft
from app.standards.registry import XmlFormat
from app.standards.source import Notes
from app.standards.xml.prolog import Prolog
from app.standards.xml.texts import every, field, local


def read(items: etree._Element, notes: Notes) -> Iterator[Record]:
    """The marks of an answer, or one record with the goods of the mark that was asked for."""
    for info in every(items, "TradeMarkInfo"):
        yield _mark(info, notes)
    goods = [one for one in items if local(one).lower().startswith("trademarkdesignationgoods")]
    if goods:
        yield _goods(goods, notes)


def _mark(info: etree._Element, notes: Notes) -> Record:
    number = field(info, "RegistrationNumber")
    kind = RecordKind.REGISTRATION if number else RecordKind.APPLICATION
    draft = Draft(Right.TRADE_MARK, kind, notes, "kipris")
    draft.set(office="KR", status=field(info, "ApplicationStatus"), mark=_sign(info))
    for name, tag in (
        ("application_number", "ApplicationNumber"),
        ("registration_number", "RegistrationNumber"),
        ("publication_number", "PublicNumber"),
    ):
        draft.number(name, forms.no_zeros(field(info, tag)), field(info, tag))
    draft.date("filing_date", field(info, "ApplicationDate"))
    draft.date("registration_date", field(info, "RegistrationDate"))
    draft.date("publication_date", field(info, "PublicDate"))
    for raw in _several(field(info, "GoodClassificationCode")):
        draft.classify("nice", symbols.nice(raw), raw)
    for raw in _several(field(info, "ViennaCode")):
        draft.classify("vienna", symbols.vienna(raw), raw)
    days = _several(field(info, "PriorityClaimDate"))
    for number, day in zip_longest(_several(field(info, "PriorityClaimNumber")), days, fillvalue=""):
        draft.priority("", number, day)
    applicants = [NamedParty(name, role="applicant") for name in _names(field(info, "ApplicantName"))]
    holder = field(info, "RegistrationRightholderName")
    # The holder's name carries its transliteration behind it; the same person is one entry.
    if holder and not any(holder.startswith(party.name) for party in applicants):
        applicants.append(NamedParty(holder, role="holder"))
    agents = [NamedParty(name, role="representative") for name in _names(field(info, "AgentName"))]
    draft.set(applicants=applicants, representatives=agents, images=1 if field(info, "ImagePath") else 0)
    return draft.finish()


def _sign(info: etree._Element) -> MarkSign | None:
    title = field(info, "Title")
    return MarkSign(title) if title else None


def _several(text: str) -> list[str]:
    return [part for part in re.split(r"\s*[|;,]\s*", text) if part]


def _names(text: str) -> list[str]:
    """Names one after another; a comma belongs to the name (`Co., Ltd.`)."""
    return [part for part in re.split(r"\s*[|;]\s*", text) if part]


def _goods(entries: list[etree._Element], notes: Notes) -> Record:
    draft = Draft(Right.TRADE_MARK, RecordKind.APPLICATION, notes, "kipris")
    goods = marks.Goods()
    for entry in entries:
        raw = field(entry, "DesignationGoodsClassificationInformationCode")
        klass = symbols.nice(raw)
        draft.classify("nice", klass, raw)
        if klass is not None:
            goods.add(klass, "ko", field(entry, "DesignationGoodsHangeulName"))
            goods.add(klass, "en", field(entry, "DesignationGoodsEnglishsentenceName"))
    draft.set(office="KR", goods=goods.texts())
    return draft.finish()


def _is_kipris(prolog: Prolog) -> bool:
    return b"rade" in prolog.start and b"<item" in prolog.start


FORMATS = (XmlFormat("kipris", frozenset({"response"}), read, ("items",), _is_kipris),)
