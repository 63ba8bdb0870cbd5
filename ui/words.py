"""Days, sizes, rights and states in words, and numbers that keep their order in a right-to-left line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.domain.case import CaseLine, Deadline, LimitState, Owner
from app.domain.record import Right
from app.errors import _, plural
from ui.theme import Tone

NEAR = 7
"""Days before a limit from which it is amber."""

OFFICE_NEAR = 31
"""Days before a limit of the office's own from which it is red."""


def mirrored() -> bool:
    """Whether the window runs from right to left."""
    return QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def isolate(text: str) -> str:
    """A number or provision as a left-to-right island in a right-to-left line (U+2066 … U+2069)."""
    return f"\u2066{text}\u2069" if mirrored() and text else text


def listed(parts: Iterable[str]) -> str:
    """One after the other with the comma of the window's language, empty ones left out."""
    return _(", ").join(part for part in parts if part)


def plain(text: str) -> str:
    """Text for the clipboard: without the marks of `isolate`."""
    return text.replace("\u2066", "").replace("\u2069", "")


def weekday(day: date) -> str:
    """Mon … Sun."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[day.weekday()]


def month(number: int) -> str:
    """Jan … Dec."""
    names = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
    return names[number - 1]


def full_day(day: date | None) -> str:
    """14 Mar 2025; "" without a day."""
    if day is None:
        return ""
    return _("{day} {month} {year}").format(day=day.day, month=month(day.month), year=day.year)


def named_day(day: date) -> str:
    """Tue 24 Nov 2026."""
    return _("{weekday} {date}").format(weekday=weekday(day), date=full_day(day))


def short_day(day: date, today: date) -> str:
    """Tue 24 Nov, with the year where it is not this one."""
    if day.year != today.year:
        return named_day(day)
    return _("{weekday} {day} {month}").format(weekday=weekday(day), day=day.day, month=month(day.month))


def moment(text: str) -> str:
    """A recorded moment (ISO, UTC) in the desk's own time: 24 Nov 2026, 10:42."""
    try:
        when = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone()
    except ValueError:
        return text
    return _("{date}, {time}").format(date=full_day(when.date()), time=f"{when:%H:%M}")


def days_left(day: date, today: date) -> str:
    """today, tomorrow, 3 days, 8 weeks, 2 days late."""
    left = (day - today).days
    if left < 0:
        return plural("{n} day late", "{n} days late", -left).format(n=-left)
    if left == 0:
        return _("today")
    if left == 1:
        return _("tomorrow")
    if left <= 28:
        return plural("{n} day", "{n} days", left).format(n=left)
    if left < 120:
        return plural("{n} week", "{n} weeks", left // 7).format(n=left // 7)
    return plural("{n} month", "{n} months", left // 30).format(n=left // 30)


def week_name(day: date, today: date) -> tuple[int, str]:
    """The group a limit belongs to in the docket, with its place in the order."""
    monday = today - timedelta(days=today.weekday())
    if day < today:
        return 0, _("Past")
    if day < monday + timedelta(days=7):
        return 1, _("This week · {days}").format(days=_from_to(today, monday + timedelta(days=6)))
    if day < monday + timedelta(days=14):
        first = monday + timedelta(days=7)
        return 2, _("Next week · {days}").format(days=_from_to(first, first + timedelta(days=6)))
    if (day.year, day.month) == (today.year, today.month):
        return 3, _("Later this month")
    months = (day.year - today.year) * 12 + day.month - today.month
    if months <= 2:
        return 3 + months, _("{month} {year}").format(month=month(day.month), year=day.year)
    return 6, _("Later")


def _from_to(first: date, last: date) -> str:
    """23 to 29 Nov; 30 Nov to 6 Dec."""
    end = _("{day} {month}").format(day=last.day, month=month(last.month))
    if first.month == last.month:
        return _("{first} to {last}").format(first=first.day, last=end)
    begin = _("{day} {month}").format(day=first.day, month=month(first.month))
    return _("{first} to {last}").format(first=begin, last=end)


def limit_tone(limit: Deadline, today: date) -> Tone:
    """Red for the office's own and for missed ones, amber within seven days, else quiet."""
    left = (limit.last_day - today).days
    if limit.state is LimitState.MISSED or (limit.owner is Owner.OFFICE and left <= OFFICE_NEAR):
        return Tone.RED
    return Tone.AMBER if left <= NEAR else Tone.QUIET


def right_name(right: Right) -> str:
    """Patent, Utility model …"""
    return {
        Right.PATENT: _("Patent"),
        Right.UTILITY_MODEL: _("Utility model"),
        Right.PLANT_PATENT: _("Plant patent"),
        Right.TRADE_MARK: _("Mark"),
        Right.DESIGN: _("Design"),
        Right.GEOGRAPHICAL_INDICATION: _("Geographical indication"),
    }[right]


def case_title(line: CaseLine) -> str:
    """The title, or what stands in its place."""
    return line.title or _("(no title)")


def size(count: int) -> str:
    """Bytes as a person reads them: 6 kB, 4.2 MB."""
    if count < 1000:
        return plural("{n} byte", "{n} bytes", count).format(n=count)
    if count < 1_000_000:
        return _("{n} kB").format(n=round(count / 1000))
    if count < 1_000_000_000:
        return _("{n} MB").format(n=f"{count / 1e6:.1f}")
    return _("{n} GB").format(n=f"{count / 1e9:.1f}")


def span(seconds: float) -> str:
    """How long still: 40 s left, 3 min left."""
    if seconds < 60:
        return _("{n} s left").format(n=max(1, round(seconds)))
    if seconds < 5400:
        return _("{n} min left").format(n=round(seconds / 60))
    return _("{n} h left").format(n=round(seconds / 3600))


def language_name(code: str) -> str:
    """A language by its two letters, in the window's language."""
    names = {
        "ar": _("Arabic"), "am": _("Amharic"), "de": _("German"), "en": _("English"), "es": _("Spanish"),
        "fr": _("French"), "hi": _("Hindi"), "it": _("Italian"), "ja": _("Japanese"), "km": _("Khmer"),
        "pt": _("Portuguese"), "ru": _("Russian"), "sw": _("Swahili"), "zh": _("Chinese"),
        "und": _("language not given"), "": _("language not given"),
    }  # fmt: skip
    return names.get(code, code)
