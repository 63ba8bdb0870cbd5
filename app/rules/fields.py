"""The fields of an event: which it takes, which it must have, and of what kind they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from app.domain.case import Case, CasePriority
from app.domain.law import EventRule
from app.errors import RuleRefused, _
from app.rules.days import why_no_day
from app.rules.periods import why_no_period

_LANGUAGE_OF_TEXT = re.compile(r"(.+)_[a-z]{2}\Z")
CATEGORIES = frozenset("XYAPEOTLD")
"""The categories of documents cited (WIPO ST.14)."""


def refuse(rule: EventRule, case: Case, given: Mapping[str, object]) -> None:
    """Say nothing when `given` fits the rule. Raises RuleRefused naming the field and what it takes.

    A text may be given in several languages: `text_fr`, `text_ar` beside `text`.
    """
    for name in given:
        if _kind_of(rule, name) is None:
            raise RuleRefused(
                _("“{event}” has no field “{field}”. Nothing was recorded.").format(
                    event=rule.id, field=name
                ),
                _("Its fields: {fields}.").format(fields=", ".join(rule.fields) or _("none")),
            )
    for name in rule.required:
        if not any(value and _base(rule, key) == name for key, value in given.items()):
            raise RuleRefused(
                _("“{event}” needs the field “{field}”. Nothing was recorded.").format(
                    event=rule.id, field=name
                ),
                _("Its fields: {fields}.").format(fields=", ".join(rule.fields)),
            )
    for name, value in given.items():
        kind = _kind_of(rule, name) or ""
        if value not in ("", None) and kind in KINDS and (trouble := KINDS[kind](value, case)):
            raise RuleRefused(
                _("The field “{field}” of “{event}”: {trouble} Nothing was recorded.").format(
                    field=name, event=rule.id, trouble=trouble
                ),
                _("Give the field again as it should be."),
            )


def labels(value: object) -> list[str]:
    """The row labels of a field in their order: a list, or a text in which `1-3, 5` is 1, 2, 3 and 5. Labels
    that are no numbers stay as they are."""
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    found: list[str] = []
    for part in re.split(r"[,;]", str(value or "")):
        written = part.strip()
        span = re.fullmatch(r"([0-9]{1,4})\s*[-–]\s*([0-9]{1,4})", written)
        if span and int(span[1]) <= int(span[2]):
            found += [str(n) for n in range(int(span[1]), int(span[2]) + 1)]
        elif written:
            found.append(written)
    return found


def takes(rule: EventRule, name: str) -> bool:
    """Whether the event has the field `name`, or a text that `name` gives in one language."""
    return _kind_of(rule, name) is not None


def names_objection(value: object, event_id: str, number: int) -> bool:
    """Whether `value` means the objection of this event (by its id or the start of it) and short number."""
    named = str(value or "").strip().lstrip("#")
    return named == str(number) or (len(named) >= 6 and event_id.startswith(named))


def names_priority(value: object, priority: CasePriority, place: int) -> bool:
    """Whether `value` means this priority: by its number as claimed, or its place from 1."""
    named = str(value or "").strip()
    return bool(named) and named in (str(place), priority.number, f"{priority.office} {priority.number}")


def _base(rule: EventRule, name: str) -> str:
    """The field that `name` fills: itself, or the text it gives in one language."""
    match = _LANGUAGE_OF_TEXT.match(name)
    return match[1] if name not in rule.fields and match and rule.fields.get(match[1]) == "text" else name


def _kind_of(rule: EventRule, name: str) -> str | None:
    return rule.fields.get(_base(rule, name))


def _a_date(value: object, _case: Case) -> str:
    return "" if isinstance(value, date) else why_no_day(str(value))


def _a_number(value: object, _case: Case) -> str:
    plain = re.fullmatch(r"[0-9]{1,9}", str(value))
    return "" if plain else _("“{value}” is not a whole number.").format(value=value)


def _a_period(value: object, _case: Case) -> str:
    return why_no_period(str(value))


def _an_office(value: object, _case: Case) -> str:
    code = re.fullmatch(r"[A-Z]{2}", str(value))
    return "" if code else _("“{value}” is not an office's two-letter code (WIPO ST.3).").format(value=value)


def _a_category(value: object, _case: Case) -> str:
    letters = set(str(value).upper()) - set(" ,;/&")
    if letters and letters <= CATEGORIES:
        return ""
    return _("“{value}” is not a category of WIPO ST.14 (X, Y, A, P, E, O, T, L, D).").format(value=value)


def _an_objection(value: object, case: Case) -> str:
    """One that is not settled, by its short number or its event's id."""
    for one in case.objections:
        if names_objection(value, one.id, one.number):
            return (
                "" if one.state != "settled" else _("objection {n} is settled already.").format(n=one.number)
            )
    open_ones = [str(one.number) for one in case.objections if one.state != "settled"]
    return _("the case has no objection “{value}”; open are: {numbers}.").format(
        value=value, numbers=", ".join(open_ones) or _("none")
    )


def _a_priority(value: object, case: Case) -> str:
    """One of those claimed, by its number or its place from 1."""
    known = list(enumerate(case.priorities, 1))
    if any(names_priority(value, one, place) for place, one in known):
        return ""
    return _("the case claims no priority “{value}”; it claims: {known}.").format(
        value=value, known=", ".join(f"{n} ({p.office} {p.number})" for n, p in known) or _("none")
    )


def _rows(value: object, case: Case) -> str:
    """Rows are named by label or id; a case without rows takes any."""
    named = labels(value)
    known = {row.label for row in case.rows} | {row.id for row in case.rows}
    unknown = [label for label in named if label not in known]
    if not known or not unknown:
        return ""
    return _("the case has no {rows}; it has {known}.").format(
        rows=", ".join(unknown[:5]), known=", ".join(row.label for row in case.rows[:40])
    )


KINDS: Mapping[str, Callable[[object, Case], str]] = {
    "text": lambda _value, _case: "",
    "date": _a_date,
    "number": _a_number,
    "period": _a_period,
    "office": _an_office,
    "category": _a_category,
    "rows": _rows,
    "objection": _an_objection,
    "priority": _a_priority,
    "citations": lambda _value, _case: "",
    "document": lambda _value, _case: "",
}
"""Kinds of field a law pack may ask for, each with what is wrong with a value ("" for nothing)."""
