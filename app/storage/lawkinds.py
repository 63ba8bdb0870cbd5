"""The kinds of value in a law pack: each a function that says what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from app.errors import _
from app.rules.feasts import WEEKDAYS, weekday_rule
from app.rules.limits import ROLLED, UNROLLED
from app.rules.periods import why_no_period

Fault = str
"""What is wrong with a value, a sentence; "" for nothing."""


class InTable(str):
    """A fault of one key of a table."""

    key = ""


def in_table(key: str, fault: Fault) -> InTable:
    """`fault`, said of `key`."""
    found = InTable(fault)
    found.key = key
    return found


def text(value: object) -> Fault:
    """A string that is not empty."""
    if not isinstance(value, str):
        return _("a text in quotes is wanted")
    return "" if value.strip() else _("the text is empty")


def whole_number(value: object) -> Fault:
    """An integer."""
    return "" if type(value) is int else _("a whole number is wanted")


def yes_or_no(value: object) -> Fault:
    """true or false."""
    return "" if isinstance(value, bool) else _("true or false is wanted")


def day(value: object) -> Fault:
    """A date of TOML, without quotes and without time."""
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return "" if is_day else _("a date is wanted, without quotes, like 2026-01-01")


def texts(value: object) -> Fault:
    """A list of strings."""
    fits = isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    return "" if fits else _('a list of texts is wanted, like ["a", "b"]')


def text_or_texts(value: object) -> Fault:
    """A string, or a list of strings."""
    return text(value) if isinstance(value, str) else texts(value)


def some_of(*choices: str) -> Callable[[object], Fault]:
    """A list of these words."""

    def fault(value: object) -> Fault:
        return texts(value) or next((wrong for x in _list(value) if (wrong := one_of(*choices)(x))), "")

    return fault


def named(value: object) -> Fault:
    """Texts by language, English among them."""
    if not isinstance(value, dict) or not all(isinstance(item, str) and item for item in value.values()):
        return _('texts by language are wanted, like { en = "…", fr = "…" }')
    if odd := [code for code in value if not re.fullmatch(r"[a-z]{2}", code)]:
        return _("“{code}” is not a language's two letters").format(code=odd[0])
    return "" if "en" in value else _("the English text (en) is missing")


def languages(value: object) -> Fault:
    """A list of two-letter codes, at least one (ISO 639-1)."""
    if fault := texts(value):
        return fault
    odd = [code for code in _list(value) if not re.fullmatch(r"[a-z]{2}", str(code))]
    if odd:
        return _("“{code}” is not a language's two letters").format(code=odd[0])
    return "" if value else _("at least one language is wanted")


def period(value: object) -> Fault:
    """`2m`, `60d`, `1y`."""
    if fault := text(value):
        return fault
    reason = why_no_period(str(value))
    return reason and _("{reason} Write 60d, 2w, 2m or 1y").format(reason=reason)


def periods(value: object) -> Fault:
    """A list of periods."""
    if fault := texts(value):
        return fault
    assert isinstance(value, list)
    return next((fault for item in value if (fault := period(item))), "")


def one_of(*choices: str) -> Callable[[object], Fault]:
    """One of these words."""

    def fault(value: object) -> Fault:
        if value in choices:
            return ""
        return _("“{value}” is none of {choices}").format(value=value, choices=", ".join(choices))

    return fault


def written_like(pattern: str, example: str) -> Callable[[object], Fault]:
    """A string of a form, shown by an example."""

    def fault(value: object) -> Fault:
        fits = isinstance(value, str) and re.fullmatch(pattern, value)
        return (
            "" if fits else _("“{value}” is not written like {example}").format(value=value, example=example)
        )

    return fault


def table_of(
    item: Callable[[object], Fault], key: str = r".+", example: str = "name"
) -> Callable[[object], Fault]:
    """A table whose keys are of a form and whose values are each an `item`."""

    def fault(value: object) -> Fault:
        if not isinstance(value, dict):
            return _("a table is wanted, like {{ {example} = … }}").format(example=example)
        for name, inner in value.items():
            if not re.fullmatch(key, name):
                said = _("“{value}” is not written like {example}").format(value=name, example=example)
                return in_table(name, said)
            if reason := item(inner):
                return in_table(name, _("{name}: {reason}").format(name=name, reason=reason))
        return ""

    return fault


def any_table(value: object) -> Fault:
    """A table of whatever the test it is for understands."""
    return "" if isinstance(value, dict) else _("a table is wanted")


def extension(value: object) -> Fault:
    """`{ max = "2m", from = "unrolled" | "rolled" }`."""
    if not isinstance(value, dict) or "max" not in value or set(value) - {"max", "from"}:
        return _('an extension is written { max = "2m", from = "unrolled" }')
    return period(value["max"]) or one_of(UNROLLED, ROLLED)(value.get("from", UNROLLED))


def rest_days(value: object) -> Fault:
    """Names of weekdays, in English."""
    return some_of(*WEEKDAYS)(value)


def weekday_feasts(value: object) -> Fault:
    """Feasts of a day of the week: `{ "last monday of august" = "…", "monday from 06-29" = "…" }`."""
    if fault := table_of(text, example='"last monday of august"')(value):
        return fault
    odd = [name for name in (value if isinstance(value, dict) else ()) if weekday_rule(name) is None]
    if not odd:
        return ""
    return in_table(
        odd[0],
        _("“{rule}” is not written like “last monday of august”, “monday from 06-29” or “monday until 05-24”")
        .format(rule=odd[0]),
    )  # fmt: skip


def month_days(value: object) -> Fault:
    """Feasts of fixed date: `{ 05-01 = "Labour Day" }`."""

    def is_day(name: str) -> bool:
        try:
            date.fromisoformat(f"2024-{name}")  # a leap year has every day
        except ValueError:
            return False
        return True

    fault = table_of(text, r"[0-9]{2}-[0-9]{2}", '"05-01"')(value)
    odd = [name for name in value if not is_day(name)] if not fault and isinstance(value, dict) else []
    return fault or (in_table(odd[0], _("“{day}” is no day of a year").format(day=odd[0])) if odd else "")


def single_days(value: object) -> Fault:
    """Single closures: `{ 2026-05-01 = "by notice 12" }`."""
    if not isinstance(value, dict):
        return _("a table is wanted, like {example}").format(example='{ "2026-05-01" = "by notice 12" }')
    for name, inner in value.items():
        try:
            date.fromisoformat(name)
        except ValueError:
            return in_table(name, _("“{day}” is not a date").format(day=name))
        if reason := text(inner):
            return in_table(name, _("{name}: {reason}").format(name=name, reason=reason))
    return ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
