"""A place to drop files on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.widgets.pieces import Icon, label


def local_files(data: QMimeData) -> list[Path]:
    """The files of a drag that lie on this computer."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropZone(QFrame):
    """`dropped(paths)`."""

    dropped = Signal(list)

    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self.setMinimumHeight(120)
        self.setAccessibleName(title)
        inner = QVBoxLayout(self)
        inner.addStretch(1)
        inner.addWidget(Icon("inbox", "accent", 28), 0, Qt.AlignmentFlag.AlignHCenter)
        for words, style in ((title, "medium"), (note, "small")):
            line = label(words, style, wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(line)
        inner.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._over(False)
        files = local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    def _over(self, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)
