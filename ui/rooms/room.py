"""What every room is to the frame: a name, at most two actions, and what it does when entered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.errors import OfficeError
from ui import words
from ui.desk import Desk
from ui.widgets.states import Strip


@dataclass(frozen=True)
class Action:
    """Something the top bar offers. `keys` is its shortcut as people read it ("" for none)."""

    name: str
    icon: str
    act: Callable[[], object]
    primary: bool = False
    keys: str = ""
    ready: bool = True


class Room(QWidget):
    """A room of the window.

    renamed   title or actions changed
    counted   the number beside its name in the spine changed
    """

    key = ""
    icon = ""
    renamed = Signal()
    counted = Signal(str, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.strip = Strip()
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(0, 0, 0, 0)
        self.page.setSpacing(12)
        self.page.addWidget(self.strip)

    def title(self) -> str:
        """The name of the room, as in the spine."""
        raise NotImplementedError

    def actions_now(self) -> tuple[Action, ...]:
        """What the top bar offers now; the primary one last."""
        return ()

    def enter(self, what: object = None) -> None:
        """The person came in; `what` is their business."""

    def concerns(self, changes: Changes) -> None:
        """Something was written; ask again what it touches."""

    def back(self) -> bool:
        """Esc: go one step back inside the room. False when there is none."""
        if not self.strip.isHidden():
            self.strip.clear()
            return True
        return False

    def status(self) -> str:
        """What the status line says in this room; "" for the office's line."""
        return ""

    def refuse(self, refusal: OfficeError) -> None:
        """Show a refusal at the top of the room."""
        self.strip.refuse(refusal)

    def remember_panes(self, splitter: QSplitter, name: str, usual: list[int]) -> None:
        """Give a splitter its remembered sizes and remember new ones."""
        splitter.setHandleWidth(12)
        splitter.setChildrenCollapsible(False)
        splitter.setAccessibleName(name)
        if words.mirrored():
            # A mirrored splitter lays its panes one pixel too far out; the edge of the first was lost.
            splitter.setContentsMargins(0, 0, 1, 0)
        kept = self.desk.preferences.panes.get(name, usual)
        splitter.setSizes(kept if len(kept) == splitter.count() else usual)

        def keep(_position: int, _handle: int) -> None:
            self.desk.preferences.panes[name] = splitter.sizes()

        splitter.splitterMoved.connect(keep)
