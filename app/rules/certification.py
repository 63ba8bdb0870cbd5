"""What an office of origin certifies: an international application compared with its basic mark.

Madrid Protocol, Article 3(1) and (4); Madrid Regulations, Rule 9(5)(d). Which comparison rests on which
provision is the law pack's (`rehearsal.toml`, stage `certification`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.case import Case
from app.domain.findings import Finding, Severity
from app.domain.law import DemandRule, LawPack, in_language
from app.errors import _
from app.rules.checks import APPLICANTS, Parameters, Trouble, in_role
from app.rules.periods import last_counted_day, parse_period
from app.text import fold, words

STAGE = "certification"


@dataclass(frozen=True, slots=True)
class Application:
    """An international application as in form MM2. `goods`: Nice class -> text in `language`."""

    holders: tuple[str, ...] = ()
    mark: str = ""
    mark_kind: str = ""
    colours: str = ""
    goods: Mapping[str, str] = field(default_factory=dict)
    received: date | None = None
    basic_number: str = ""
    language: str = ""


Comparison = Callable[[Case, Application, Parameters, date], Iterator[Trouble]]


def compare(
    law: LawPack, case: Case, application: Application, today: date, language: str = "en"
) -> tuple[tuple[Finding, ...], bool]:
    """Everything in which the application differs from the basic mark, and whether it can be certified."""
    found: list[Finding] = []
    sound = True
    for demand in law.demands:
        if demand.stage != STAGE:
            continue
        for trouble in TESTS[demand.test](case, application, demand.parameters, today):
            found.append(_finding(demand, trouble, language))
            sound = sound and demand.consequence == "advice"
    return tuple(found), sound


def _finding(demand: DemandRule, trouble: Trouble, language: str) -> Finding:
    severity = Severity.WARNING if demand.consequence == "advice" else Severity.ERROR
    return Finding(
        severity, trouble.where, f"certification.{demand.id}", trouble.message, demand.provision,
        in_language(demand.remedy, language), f"certification.{demand.id}:{trouble.key}",
    )  # fmt: skip


def same_holder(case: Case, one: Application, _parameters: Parameters, _today: date) -> Iterator[Trouble]:
    """The applicants are those of the basic mark, in any spelling of case, marks and accents."""
    ours = {_plain(p.name): p.name for p in in_role(case, *APPLICANTS)}
    theirs = {_plain(name): name for name in one.holders}
    if not theirs:
        yield Trouble("none", _("holder"), _("The application names no applicant."))
        return
    for key in sorted(theirs.keys() - ours.keys()):
        message = _("“{name}” is no applicant or holder of the basic mark ({known}).")
        known = "; ".join(ours.values()) or "-"
        yield Trouble(f"more-{key}", _("holder"), message.format(name=theirs[key], known=known))
    for key in sorted(ours.keys() - theirs.keys()):
        message = _("The basic mark also belongs to “{name}”, whom the application does not name.")
        yield Trouble(f"less-{key}", _("holder"), message.format(name=ours[key]))


def same_mark(case: Case, one: Application, _parameters: Parameters, _today: date) -> Iterator[Trouble]:
    """Words and kind of the mark are those of the basic mark."""
    mark = case.fields.get("mark")
    known = mark if isinstance(mark, Mapping) else {}
    ours = str(known.get("text") or "") or ("" if known else case.title)
    if _plain(one.mark) != _plain(ours):
        message = _(
            "The words of the mark differ: “{theirs}” in the application, “{ours}” in the basic mark."
        )
        yield Trouble("words", _("mark"), message.format(theirs=one.mark or "-", ours=ours or "-"))
    kind = str(known.get("kind") or "")
    if one.mark_kind and kind and one.mark_kind != kind:
        message = _("The kind of the mark differs: {theirs} in the application, {ours} in the basic mark.")
        yield Trouble("kind", _("mark"), message.format(theirs=one.mark_kind, ours=kind))


def picture_seen(case: Case, _one: Application, _parameters: Parameters, _today: date) -> Iterator[Trouble]:
    """A mark that is more than words is compared by eye."""
    mark = case.fields.get("mark")
    kind = str(mark.get("kind") or "") if isinstance(mark, Mapping) else ""
    if kind and kind != "word":
        yield Trouble("eye", _("mark"), _("Compare the reproductions of the mark by eye."))


def same_colours(case: Case, one: Application, _parameters: Parameters, _today: date) -> Iterator[Trouble]:
    """Colours are claimed in both or in neither, and they are the same."""
    ours, theirs = _colours(str(case.fields.get("colours") or "")), _colours(one.colours)
    if theirs - ours:
        message = _("Colours are claimed that the basic mark does not claim: {colours}.")
        yield Trouble("more", _("colours"), message.format(colours=", ".join(sorted(theirs - ours))))
    if ours - theirs:
        message = _("The basic mark claims colours the application does not: {colours}.")
        yield Trouble("less", _("colours"), message.format(colours=", ".join(sorted(ours - theirs))))


def classes_within(case: Case, one: Application, _parameters: Parameters, _today: date) -> Iterator[Trouble]:
    """Every class of the application is a live class of the basic mark."""
    live = {row.label for row in case.rows if row.kind == "class" and row.live}
    if not one.goods:
        yield Trouble("none", _("goods and services"), _("The application lists no goods or services."))
    for label in sorted(one.goods, key=_class_order):
        if label not in live:
            message = _("Class {label} is no class of the basic mark (it has {known}).")
            known = ", ".join(sorted(live, key=_class_order)) or "-"
            yield Trouble(f"class-{label}", _("class {label}").format(label=label),
                          message.format(label=label, known=known))  # fmt: skip


def goods_within(case: Case, one: Application, _parameters: Parameters, _today: date) -> Iterator[Trouble]:
    """Every term stands in the basic list of its class, or is one of its terms made narrower."""
    basic = {row.label: row for row in case.rows if row.kind == "class" and row.live}
    for label in sorted(one.goods, key=_class_order):
        row = basic.get(label)
        if row is None:
            continue
        known = [_words(term) for text in _texts(row.texts, row.text) for term in terms(text)]
        for place, term in enumerate(terms(one.goods[label]), 1):
            if not any(basic_words and basic_words <= _words(term) for basic_words in known):
                message = _("“{term}” does not stand in class {label} of the basic list.")
                yield Trouble(f"{label}-{place}", _("class {label}").format(label=label),
                              message.format(term=term, label=label))  # fmt: skip


def _texts(texts: Mapping[str, str], text: str) -> list[str]:
    return [one for one in dict.fromkeys((*texts.values(), text)) if one]


def narrower_terms(case: Case, one: Application, _parameters: Parameters, _today: date) -> Iterator[Trouble]:
    """Terms that are longer than the basic ones are looked at: longer is mostly, not always, narrower."""
    basic = {row.label: row for row in case.rows if row.kind == "class" and row.live}
    for label in sorted(one.goods, key=_class_order):
        row = basic.get(label)
        known = [_words(t) for text in _texts(row.texts, row.text) for t in terms(text)] if row else []
        for place, term in enumerate(terms(one.goods[label]), 1):
            mine = _words(term)
            if mine not in known and any(other and other < mine for other in known):
                message = _("“{term}” is longer than a term of the basic list: see that it is narrower.")
                yield Trouble(f"{label}-{place}", _("class {label}").format(label=label),
                              message.format(term=term))  # fmt: skip


def date_received(case: Case, one: Application, _parameters: Parameters, today: date) -> Iterator[Trouble]:
    """The day of receipt is known, and lies between the filing of the basic mark and today."""
    where = _("date received")
    if one.received is None:
        yield Trouble("none", where, _("The day on which this office received the application is not known."))
    elif one.received > today:
        message = _("It is said to be received on {day}, which is still to come.")
        yield Trouble("future", where, message.format(day=one.received))
    elif case.filing_date and one.received < case.filing_date:
        message = _("It was received on {day}, before the basic mark was filed on {filed}.")
        yield Trouble("early", where, message.format(day=one.received, filed=case.filing_date))


def reaches_in_time(_case: Case, one: Application, parameters: Parameters, today: date) -> Iterator[Trouble]:
    """Until when the International Bureau must have it for the day of receipt to count (`period`)."""
    if one.received is None or one.received > today:
        return
    last = last_counted_day(one.received, parse_period(str(parameters.get("period", "2m"))))
    message = _(
        "The International Bureau must have it by {last}; else the day it arrives there becomes the date of "
        "the international registration."
    )
    if today > last:
        message = _(
            "The International Bureau should have had it by {last}: the date of the international "
            "registration will be the day it arrives there."
        )
    yield Trouble("two-months", _("date received"), message.format(last=last))


def terms(text: str) -> list[str]:
    """The terms of a list of goods; they are parted by semicolons, in older lists by commas."""
    parts = text.split(";") if ";" in text else text.split(",")
    return [part.strip(" .\n\t") for part in parts if part.strip(" .\n\t")]


def _words(term: str) -> frozenset[str]:
    return frozenset(word.folded for word in words(term))


def _plain(name: str) -> str:
    return " ".join(word.folded for word in words(name)) or fold(name)


def _colours(text: str) -> set[str]:
    return {fold(part.strip(" .")) for part in re.split(r"[,;]|\band\b|\bet\b", text) if part.strip(" .")}


def _class_order(label: str) -> tuple[int, str]:
    return (int(label), "") if label.isdigit() else (99, label)


TESTS: Mapping[str, Comparison] = {
    "same_holder": same_holder,
    "same_mark": same_mark,
    "picture_seen": picture_seen,
    "same_colours": same_colours,
    "classes_within": classes_within,
    "goods_within": goods_within,
    "narrower_terms": narrower_terms,
    "date_received": date_received,
    "reaches_in_time": reaches_in_time,
}
"""The comparisons a law pack may name in `rehearsal.toml` with the stage `certification`."""
