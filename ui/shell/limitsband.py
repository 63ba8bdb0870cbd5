"""Limits the office itself has to keep: a band above everything in the docket, a red button elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.domain.case import CaseLine, Deadline, Owner
from app.domain.docket import DocketAsk
from app.errors import _, plural
from ui import words
from ui.widgets.pieces import Button, Icon, label

ASKED = DocketAsk(owner=str(Owner.OFFICE), due=words.OFFICE_NEAR)
"""What is asked of the docket for the band: limits of the office's own that are near or past."""


def own_limit(case: CaseLine, today: date) -> Deadline | None:
    """The office's own limit of a case that is near or past; silence that protects before any other."""
    for limit in (case.office_limit, case.next_limit):
        near = limit is not None and (limit.last_day - today).days <= words.OFFICE_NEAR
        if limit is not None and near and limit.owner is Owner.OFFICE:
            return limit
    return None


def office_limits(lines: Sequence[CaseLine], today: date) -> tuple[CaseLine, ...]:
    """Cases with a limit of the office's own that is near or past: those first in which silence protects,
    then nearest first."""

    def order(case: CaseLine) -> tuple[bool, date]:
        limit = own_limit(case, today)
        return case.office_limit is not limit, limit.last_day if limit else date.max

    return tuple(sorted((c for c in lines if own_limit(c, today)), key=order))


class LimitsBand(QFrame):
    """Says which, by when; `asked` shows them in the docket."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setProperty("tone", "red")
        self.setFixedHeight(44)
        self._text = label("")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._show = Button(_("Show them"), kind="alarm")
        self._show.clicked.connect(lambda _checked=False: self.asked.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(Icon("shield-alert", "red"))
        row.addWidget(self._text, 1)
        row.addWidget(self._show)
        self.hide()

    def hold(self, lines: Sequence[CaseLine], today: date) -> None:
        """Show the first two; the button shows all of them."""
        self._text.setText(self._sentence(lines, today))
        self._show.say(plural("Show it", "Show all {n}", len(lines)).format(n=len(lines)))

    @staticmethod
    def _sentence(lines: Sequence[CaseLine], today: date) -> str:
        parts = []
        for case in lines[:2]:
            limit = own_limit(case, today)
            if limit is None:
                continue
            parts.append(
                _("{number}: {limit} by {day}").format(
                    number=words.isolate(case.number),
                    limit=_escaped(limit.name),
                    day=_strong(words.short_day(limit.last_day, today)),
                )
            )
        more = len(lines) - 2
        if more > 0:
            parts.append(plural("{n} more", "{n} more", more).format(n=more))
        return _strong(_("Office limits.")) + " " + " · ".join(parts)


def folded(lines: Sequence[CaseLine], today: date) -> str:
    """The words of the red button: “2 office limits · first Fri 4 Dec”."""
    limit = own_limit(lines[0], today) if lines else None
    if limit is None:
        return ""
    count = plural("{n} office limit", "{n} office limits", len(lines)).format(n=len(lines))
    first = words.short_day(limit.last_day, today)
    return _("{count} · first {day}").format(count=count, day=first)


def _strong(text: str) -> str:
    """Weight 600: <b> would ask for 700, which is not bundled and would be smeared."""
    return f'<span style="font-weight:600">{_escaped(text)}</span>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
