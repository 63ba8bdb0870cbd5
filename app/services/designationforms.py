"""International forms by hand: the fields of a designation and of an application to be certified."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.record import (
    Classes,
    MarkSign,
    NamedParty,
    PriorityClaim,
    Record,
    RecordKind,
    Related,
    Right,
)
from app.errors import UsageError, _
from app.rules import designations as rules
from app.rules.days import why_no_day
from app.text import clean

DAYS = (
    "notified",
    "published",
    "filing_date",
    "registration_date",
    "basic_date",
    "priority_date",
    "received",
)
TEXTS = (
    "international_number", "holder", "holder_address", "holder_country", "representative", "title", "mark",
    "mark_kind", "language", "basic_office", "basic_number", "priority_office", "priority_number",
    "colours", "limitation", "designs", "locarno", "publication_number", "basis",
)  # fmt: skip
_GOODS = re.compile(r"goods_([0-9]{1,2})\Z")


def checked(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields on one line each. Raises UsageError for one not known, and for a day that is none."""
    found: dict[str, str] = {}
    for name, raw in fields.items():
        if name not in (*DAYS, *TEXTS) and not _GOODS.match(name):
            raise UsageError(
                _("A designation has no field “{name}”. Nothing was done.").format(name=name),
                _("Fields are: {names}, and goods_9 for the goods of class 9.").format(
                    names=", ".join((*DAYS, *TEXTS))
                ),
            )
        text = clean(raw)
        if name in DAYS and text and (trouble := why_no_day(text)):
            raise UsageError(
                _("The field “{name}”: {trouble} Nothing was done.").format(name=name, trouble=trouble),
                _("Write dates as 2026-11-25."),
            )
        if name == "designs" and not re.fullmatch(r"[1-9][0-9]{0,2}", text):
            raise UsageError(
                _("“{text}” is no number of designs. Nothing was done.").format(text=text),
                _("Write it as 3."),
            )
        if text:
            found[name] = text
    return found


def goods_of(given: Mapping[str, str]) -> dict[str, str]:
    """Class -> goods, from the fields `goods_9` and the like."""
    return {str(int(match[1])): text for name, text in given.items() if (match := _GOODS.match(name))}


def record_of(right: str, given: Mapping[str, str]) -> Record:
    """A designation as a file of the International Bureau would say it.

    Raises UsageError without the number of the international registration, for a right that is none and for
    classes that are none.
    """
    if right not in [str(one) for one in Right]:
        raise UsageError(
            _("There is no right “{right}”. Nothing was done.").format(right=right),
            _("Rights are: {rights}.").format(rights=", ".join(str(one) for one in Right)),
        )
    if not given.get(rules.NUMBER):
        raise UsageError(
            _("The number of the international registration is missing. Nothing was done."),
            _("Give it in the field international_number."),
        )
    language = given.get("language") or "en"
    goods = {int(label): {language: text} for label, text in goods_of(given).items()}
    if any(not 1 <= number <= 45 for number in goods):
        raise UsageError(
            _("Classes of goods and services run from 1 to 45. Nothing was done."), _("Correct the class.")
        )
    kind = Right(right)
    number = given[rules.NUMBER]
    title = given.get("title", "")
    return Record(
        right=kind,
        kind=RecordKind.PUBLICATION if kind is Right.PATENT else RecordKind.REGISTRATION,
        office="WO",
        application_number=number if kind is Right.PATENT else "",
        registration_number="" if kind is Right.PATENT else number,
        publication_number=given.get("publication_number", ""),
        publication_date=given.get("published", ""),
        filing_date=given.get("filing_date", ""),
        registration_date=given.get("registration_date", ""),
        language=language,
        titles={language: title} if title else {},
        applicants=_parties(given, "holder"),
        representatives=_parties(given, "representative"),
        priorities=_priorities(given),
        related=_basic(given),
        classes=Classes(nice=tuple(sorted(goods)), locarno=_listed(given.get("locarno", ""))),
        mark=MarkSign(given.get("mark", ""), given.get("mark_kind", "")) if _has_mark(kind, given) else None,
        goods=goods,
        designs=int(given.get("designs", "0")) if kind is Right.DESIGN else 0,
    )


def _has_mark(right: Right, given: Mapping[str, str]) -> bool:
    return right is Right.TRADE_MARK and bool(given.get("mark") or given.get("mark_kind"))


def names_of(given: Mapping[str, str], role: str) -> tuple[str, ...]:
    """The names in the field of a role, parted by semicolons."""
    return tuple(name.strip() for name in given.get(role, "").split(";") if name.strip())


def _parties(given: Mapping[str, str], role: str) -> tuple[NamedParty, ...]:
    country, address = given.get(f"{role}_country", ""), given.get(f"{role}_address", "")
    return tuple(NamedParty(name, country, role=role, address=address) for name in names_of(given, role))


def _priorities(given: Mapping[str, str]) -> tuple[PriorityClaim, ...]:
    claim = PriorityClaim(
        given.get("priority_office", ""), given.get("priority_number", ""), given.get("priority_date", "")
    )
    return (claim,) if claim.date or claim.number else ()


def _basic(given: Mapping[str, str]) -> tuple[Related, ...]:
    if not given.get("basic_number"):
        return ()
    return (
        Related(
            rules.BASIC, given.get("basic_office", ""), given["basic_number"], given.get("basic_date", "")
        ),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[,;]", text) if part.strip())
