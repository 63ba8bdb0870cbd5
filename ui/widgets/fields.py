"""Fields that show what they open: a choice with its arrow, a day with its calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QDateEdit

from ui import icons
from ui.widgets.painting import Mirror


class Combo(QComboBox):
    """A choice among many, with an arrow at the trailing edge."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        mirror = Mirror(self.rect(), self.layoutDirection())
        icons.paint(
            painter, "chevron-down", mirror.rect(self.width() - 26, (self.height() - 16) / 2, 16, 16), "ink2"
        )
        painter.end()


class DateField(QDateEdit):
    """A day, year first in every language so that nobody reads it otherwise; never mirrored, it "
    "is a number."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(QDate(day.year, day.month, day.day))
        # Before the format: in a mirrored field Qt turns the parts of a date round.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.setAccessibleName(name)
        self.setFixedWidth(140)

    @property
    def day(self) -> date:
        """The day in the field."""
        return date(self.date().year(), self.date().month(), self.date().day())

    def no_later_than(self, day: date) -> None:
        """Days after this one cannot be chosen."""
        self.setMaximumDate(QDate(day.year, day.month, day.day))

    def show_day(self, day: date) -> None:
        """Show another day."""
        self.setDate(QDate(day.year, day.month, day.day))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = Mirror(self.rect(), self.layoutDirection()).rect(
            self.width() - 27, (self.height() - 16) / 2, 16, 16
        )
        icons.paint(painter, "calendar", place, "ink2")
        painter.end()
