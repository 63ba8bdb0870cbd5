"""What was searched, and what was not: always in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QFrame

from app.errors import _
from ui import words
from ui.widgets.pieces import ElidedLabel, Icon, column, label, row


class Reach(Protocol):
    """How far a collection reaches."""

    @property
    def collection(self) -> str: ...
    @property
    def records(self) -> int: ...
    @property
    def first(self) -> str: ...
    @property
    def last(self) -> str: ...
    @property
    def offices(self) -> tuple[str, ...]: ...


class CoverageLine(QFrame):
    """Collections with first and last day and how many records."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.setFixedHeight(48)
        self.searched = ElidedLabel("")
        self.left_out = ElidedLabel("", "small")
        warning = label(_("Nothing found here is not novelty"), "amber")
        line = row(Icon("layers"), column(self.searched, self.left_out, spacing=0), warning, spacing=12)
        line.setStretch(1, 1)
        line.setContentsMargins(16, 4, 16, 4)
        self.setLayout(line)

    def hold(self, reached: Sequence[Reach], left_out: Sequence[str]) -> None:
        """What was (or would be) searched, and the collections that were not."""
        if not reached:
            self.searched.say(_("Nothing to search yet"))
            self.left_out.say(_("Add published records to a collection."))
            return
        parts = [
            _("{what}: {n} records").format(what=_described(one), n=f"{one.records:,}") for one in reached
        ]
        self.searched.say(_("Searched: {what}").format(what=" · ".join(parts)))
        self.left_out.say(
            _("Not searched: {names}").format(names=words.listed(left_out))
            if left_out
            else _("All collections on this computer were searched")
        )


def _described(one: Reach) -> str:
    span = words.isolate(f"{one.first} – {one.last}") if one.first and one.last else ""
    offices = words.isolate(" ".join(one.offices[:6]))
    return words.listed((one.collection, offices, span))
