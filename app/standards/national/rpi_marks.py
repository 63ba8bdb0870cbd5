"""Notices on trade marks in the gazette of INPI Brazil: one `processo` a mark, its values in attributes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.domain.record import MarkSign, NamedParty, Record, RecordKind, Right
from app.standards.fields import forms, marks, symbols
from app.standards.fields.draft import Draft
from app.standards.source import Notes
from app.standards.xml.texts import every, field, first, value

STANDARD = "rpi"


def read(process: etree._Element, notes: Notes) -> Iterator[Record]:
    """One `processo`: a notice for each `despacho` on it, one without words if it has none."""
    codes = [one.get("codigo") or "" for one in every(process, "despachos/despacho")]
    for code in codes or [""]:
        draft = Draft(Right.TRADE_MARK, RecordKind.NOTICE, notes, STANDARD)
        draft.set(office="BR", status=code)
        if code:
            draft.as_filed["status"] = code
        _mark(process, draft)
        yield draft.finish()


def _mark(process: etree._Element, draft: Draft) -> None:
    number = process.get("numero") or ""
    draft.number("application_number", forms.no_zeros(number), number)
    draft.date("filing_date", process.get("data-deposito") or "")
    if granted := process.get("data-concessao") or "":
        draft.date("registration_date", granted)
        draft.number("registration_number", forms.no_zeros(number), number)
    draft.date("expiry_date", process.get("data-vigencia") or "")
    gazette = process.getroottree().getroot()
    draft.date("publication_date", gazette.get("data") or gazette.get("dataPublicacao") or "")
    sign = first(process, "marca")
    feature = (sign.get("apresentacao") or "") if sign is not None else ""
    kind, words = marks.kind(feature), field(sign, "nome")
    if words or kind:
        draft.set(mark=MarkSign(words, kind))
    if feature and kind != feature.lower():
        draft.as_filed["mark.kind"] = feature
    for one in every(process, "classes-vienna/classe-vienna"):
        draft.classify("vienna", symbols.vienna(one.get("codigo") or ""), one.get("codigo") or "")
    _goods(process, draft)
    for claim in every(process, "prioridade-unionista/prioridade"):
        draft.priority(forms.office(claim.get("pais")), claim.get("numero") or "", claim.get("data") or "")
    role = "holder" if granted else "applicant"
    draft.set(
        applicants=[
            NamedParty(name, forms.office(one.get("pais")), role=role)
            for one in every(process, "titulares/titular")
            if (name := " ".join((one.get("nome-razao-social") or "").split()))
        ],
        representatives=[
            NamedParty(value(one), role="representative")
            for one in every(process, "procurador")
            if value(one)
        ],
    )


def _goods(process: etree._Element, draft: Draft) -> None:
    """Goods by Nice class; classes of the national classification of old cases are left to the file."""
    goods = marks.Goods()
    listed = [*every(process, "classe-nice"), *every(process, "lista-classe-nice/classe-nice")]
    for one in listed:
        raw = one.get("codigo") or ""
        klass = symbols.nice(raw)
        draft.classify("nice", klass, raw)
        if klass is not None:
            goods.add(klass, forms.UNKNOWN_LANGUAGE, field(one, "especificacao"))
    draft.set(goods=goods.texts())
