"""A column that scrolls up and down and is never narrower than what stands in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

BAR = 12
"""Pixels of the scroll bar."""


class ScrollColumn(QScrollArea):
    """`still` takes it out of the way of the Tab key: what stands in it is reached by itself."""

    def __init__(self, name: str, inner: QWidget, *, still: bool = True) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        if still:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        inner.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """The narrowest its content can be, with the bar."""
        inner = self.widget()
        wide = inner.minimumSizeHint().width() if inner else 0
        return QSize(wide + BAR, 80)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other content may need another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
