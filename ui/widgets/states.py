"""Empty, busy, stopped and refused: what stands where a thing will stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.errors import OfficeError, _
from ui.theme import Tone
from ui.widgets.pieces import Button, Icon, column, label


class Notice(QWidget):
    """An icon, a sentence, a remedy and at most one action, in the middle of the free room."""

    def __init__(
        self, icon: str, title: str, note: str = "", action: str = "", act: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.icon = Icon(icon, "ink2", 28)
        self.title = label(title, "section", wrap=True)
        self.note = label(note, "quietly", wrap=True)
        for text in (self.title, self.note):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        outer.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(8)
        outer.addWidget(self.title)
        outer.addWidget(self.note)
        self.note.setVisible(bool(note))
        self.button = Button(action, act=act)
        self.button.setVisible(bool(action))
        outer.addSpacing(12)
        outer.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self.setAccessibleName(title)

    def say(self, icon: str, title: str, note: str = "", tone: str = "ink2") -> None:
        """Show another notice."""
        self.icon.show_icon(icon, tone)
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(title)


class Stand(QWidget):
    """One place with several states: the thing itself, or a notice why it is not there."""

    def __init__(self, thing: QWidget, notice: Notice | None = None) -> None:
        super().__init__()
        self.thing = thing
        self.notice = notice or Notice("inbox", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(thing)
        self._stack.addWidget(self.notice)

    def show_thing(self) -> None:
        """The thing is there."""
        self._stack.setCurrentWidget(self.thing)

    def show_empty(self, icon: str, title: str, note: str = "") -> None:
        """There is nothing, and why."""
        self.notice.say(icon, title, note)
        self._stack.setCurrentWidget(self.notice)

    def show_busy(self, title: str) -> None:
        """It is being made."""
        self.show_empty("clock", title)

    def show_stopped(self) -> None:
        """The person stopped it."""
        self.show_empty(
            "square", _("Stopped"), _("What was finished before stays; the rest was left as it was.")
        )

    def show_refusal(self, refusal: OfficeError) -> None:
        """It was refused: in words, where the hand is."""
        self.notice.say("circle-alert", refusal.message, refusal.remedy, "red")
        self._stack.setCurrentWidget(self.notice)

    @property
    def is_thing(self) -> bool:
        """Whether the thing itself is shown."""
        return self._stack.currentWidget() is self.thing


class Strip(QFrame):
    """A coloured line where the hand is: a refusal, a warning, a success. Hidden while empty."""

    closed = Signal()

    def __init__(self, *, closable: bool = True) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._icon = Icon("info", "ink2")
        self._message = label("", "medium", wrap=True)
        self._remedy = label("", "", wrap=True)
        self._close = Button("", icon="x", kind="link", act=self.clear, tip=_("Close this notice"))
        self._close.setFixedWidth(28)
        self._close.setVisible(closable)
        self.action = Button("", kind="link")
        self.action.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.setSpacing(10)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(self._message, self._remedy, spacing=2), 1)
        line.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def message(self) -> str:
        """What it says now, "" while it is hidden."""
        return self._message.text() if not self.isHidden() else ""

    def refuse(self, refusal: OfficeError) -> None:
        """Show a refusal and its remedy."""
        self.say(refusal.message, Tone.RED, refusal.remedy)

    def say(self, message: str, tone: Tone = Tone.QUIET, remedy: str = "") -> None:
        """Show a sentence."""
        names = {Tone.RED: "circle-alert", Tone.AMBER: "triangle-alert", Tone.GREEN: "circle-check"}
        self._icon.show_icon(names.get(tone, "info"), "ink2" if tone is Tone.QUIET else str(tone))
        self._message.setText(message)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self.setProperty("tone", str(tone))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(f"{message} {remedy}".strip())
        self.show()

    def clear(self) -> None:
        """Take it away."""
        self.hide()
        self.closed.emit()
