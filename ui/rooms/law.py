"""The law of this office: its rights, limits with their provisions, calendars, and the days it was closed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTextBrowser

from app.domain.changes import Changes
from app.domain.law import Calendar, LimitRule, RightRule, in_language
from app.domain.record import Right
from app.errors import _, plural
from ui import words
from ui.ask import law as ask
from ui.desk import Desk
from ui.models.entries import Entry
from ui.rooms.closing import ClosingForm
from ui.rooms.room import Action, Room
from ui.widgets import reading
from ui.widgets.entrylist import EntryList
from ui.widgets.pieces import Sheet

Facts = tuple[tuple[str, str], ...]


class LawRoom(Room):
    """List on one side, what the law says on the other; closures are entered in its place."""

    key = "law"
    icon = "scale"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.closed: tuple[tuple[str, date, str], ...] = ()
        self.list = EntryList(_("The law of this office"), margin=20)
        self.text = QTextBrowser()
        self.text.setProperty("kind", "reading")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(18)
        self.text.setAccessibleName(_("What the law says"))
        self.form = ClosingForm(desk)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.text)
        self.stack.addWidget(self.form)
        left, right = Sheet(padding=0), Sheet(padding=0)
        left.body.addSpacing(8)
        left.body.addWidget(self.list, 1)
        left.body.addSpacing(8)
        right.body.addWidget(self.stack)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(left)
        panes.addWidget(right)
        panes.setStretchFactor(1, 1)
        self.remember_panes(panes, "law", [420, 710])
        self.page.addWidget(panes, 1)
        self.list.chosen.connect(self._show)
        self.form.left.connect(self._leave)
        self._hold(())
        self._ask()

    def title(self) -> str:
        return _("Law")

    def actions_now(self) -> tuple[Action, ...]:
        return (Action(_("Enter a closure"), "calendar", self.close_days, primary=True),)

    def enter(self, what: object = None) -> None:
        if what == "closure":
            self.close_days()
        else:
            self.list.setFocus()

    def concerns(self, changes: Changes) -> None:
        if changes.kinds & {"calendar", "office"}:
            self._ask()

    def back(self) -> bool:
        if super().back():
            return True
        if self.stack.currentWidget() is self.form:
            self._leave()
            return True
        return False

    def close_days(self) -> None:
        """Show the form for days the office was closed."""
        self.stack.setCurrentWidget(self.form)
        self.form.days.setFocus()

    def _leave(self) -> None:
        self.stack.setCurrentWidget(self.text)

    def _ask(self) -> None:
        self.desk.read(self, ask.entered, self._hold, key="closed", refused=self.refuse)

    def _hold(self, closed: tuple[tuple[str, date, str], ...]) -> None:
        self.closed = closed
        law, language = self.desk.law, self.desk.names.language
        entries = [Entry("pack", in_language(law.title, language), f"{law.name} {law.version}", icon="scale")]
        entries.append(Entry("closures", _("Closures entered"), trailing=str(len(closed)), heading=True))
        for calendar, day, instrument in closed:
            entries.append(
                Entry(f"closure {calendar} {day}", words.named_day(day), instrument, icon="calendar")
            )
        entries.append(Entry("rights", _("Rights"), trailing=str(len(law.rights)), heading=True))
        entries += [
            Entry(f"right {name}", words.right_name(Right(name)), value=rule)
            for name, rule in law.rights.items()
        ]
        entries.append(Entry("calendars", _("Calendars"), trailing=str(len(law.calendars)), heading=True))
        entries += [Entry(f"calendar {k}", c.name or k, value=c) for k, c in law.calendars.items()]
        entries.append(Entry("limits", _("Limits"), trailing=str(len(law.limits)), heading=True))
        entries += [
            Entry(f"limit {k}", in_language(x.name, language), trailing=period(x.period), value=x)
            for k, x in law.limits.items()
        ]
        self.list.hold(entries)

    def _show(self, entry: Entry | None) -> None:
        self._leave()
        if entry is None:
            self.text.clear()
            return
        value = entry.value
        if isinstance(value, LimitRule):
            facts = self._limit(value)
        elif isinstance(value, Calendar):
            facts = self._calendar(value)
        elif isinstance(value, RightRule):
            facts = self._right(str(entry.key).removeprefix("right "))
        elif entry.key == "pack":
            facts = self._pack()
        else:
            facts = ((_("By what it was closed"), entry.note),)
        parts = [reading.heading(entry.title)]
        for name, said in facts:
            if said:
                parts += [reading.small(name), reading.fact(said)]
        self.text.setHtml(reading.page("".join(parts)))

    def _pack(self) -> Facts:
        law = self.desk.law
        return (
            (_("Version"), f"{law.name} {law.version}"),
            (_("Office (ST.3)"), law.jurisdiction),
            (_("In force from"), words.full_day(law.valid_from)),
            (_("Sources"), "\n".join(law.sources)),
        )

    def _right(self, right: str) -> Facts:
        law, language = self.desk.law, self.desk.names.language
        events = [
            in_language(e.name, language) for e in law.events.values() if not e.rights or right in e.rights
        ]
        states = [in_language(s.name, language) for s in law.statuses if not s.rights or right in s.rights]
        fees = [
            f"{in_language(f.name, language)}: {f.amount} {f.currency}"
            for f in law.fees.values()
            if not f.rights or right in f.rights
        ]
        return (
            (_("States"), words.listed(states)),
            (_("Fees"), "\n".join(fees)),
            (_("What may happen"), words.listed(events)),
        )

    def _limit(self, rule: LimitRule) -> Facts:
        names, law = self.desk.names, self.desk.law
        calendar = law.calendars.get(rule.calendar)
        owner = {"applicant": _("the applicant"), "office": _("this office")}[str(rule.owner)]
        if rule.silence:
            owner = _("this office; its silence counts as protection")
        rights = words.listed(words.right_name(Right(r)) for r in rule.rights) or _("all")
        extend = (
            _("by at most {period}").format(period=period(rule.extend.max))
            if rule.extend
            else _("not at all")
        )
        roll = {
            "next-open": _("to the next open day"),
            "previous-open": _("to the open day before"),
        }.get(rule.roll, _("not at all"))
        return (
            (_("Provision"), rule.provision),
            (_("Period"), period(rule.period)),
            (_("Kept by"), owner),
            (_("Rights"), rights),
            (_("Begins with"), words.listed(names.event(e) for e in rule.opened_by)),
            (_("Kept by doing"), words.listed(names.event(e) for e in rule.met_by)),
            (_("Where it is missed"), names.event(rule.on_miss) if rule.on_miss else ""),
            (_("Ends on a closed day: moves"), roll),
            (_("May be extended"), extend),
            (_("Calendar"), calendar.name if calendar else rule.calendar),
            (_("Note"), rule.note),
        )

    def _calendar(self, calendar: Calendar) -> Facts:
        weekly = (
            _("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"),
        )  # fmt: skip
        yearly = [
            f"{_('{day} {month}').format(day=day, month=words.month(month))}: {name}"
            for (month, day), name in sorted(calendar.yearly.items())
        ]
        single = [f"{words.named_day(day)}: {name}" for day, name in sorted(calendar.closed.items())]
        moving = [*calendar.easter.values(), *calendar.orthodox.values(), *calendar.by_weekday.values()]
        return (
            (_("Provision"), calendar.provision),
            (_("Weekly rest"), words.listed(weekly[day] for day in calendar.rest)),
            (_("Every year"), "\n".join(yearly)),
            (_("Movable feasts"), words.listed(moving)),
            (_("Single days"), "\n".join(single)),
        )


def period(text: str) -> str:
    """A period of the law pack in words: 2 months, 60 days."""
    count, unit = text[:-1], text[-1:]
    if not count.isdigit():
        return text
    return {
        "d": plural("{n} day", "{n} days", int(count)),
        "m": plural("{n} month", "{n} months", int(count)),
        "y": plural("{n} year", "{n} years", int(count)),
        "w": plural("{n} week", "{n} weeks", int(count)),
    }.get(unit, text).format(n=count)
