"""Pictures of the window, taken when nothing runs any more."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QThread, QTimer

from ui.shell.window import Window

QUIET = 150
"""Milliseconds without any work before a picture is taken."""


def settle(window: Window, seconds: int = 120, quiet: int = QUIET) -> bool:
    """Let the window work until nothing has run for `quiet` ms. False when `seconds` are over."""
    end, still = QDeadlineTimer(seconds * 1000), QDeadlineTimer(quiet)
    while not end.hasExpired():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if window.runner.jobs:
            still.setRemainingTime(quiet)
        elif still.hasExpired():
            return True
        # The workers get the machine while the window waits.
        QThread.msleep(4)
    return False


def photograph(window: Window, file: Path) -> bool:
    """Write what the window shows as PNG. False when the disk does not take it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    return window.grab().save(str(file), "PNG")


def photograph_when_quiet(window: Window, file: Path) -> None:
    """Take one picture as soon as the window rests, then end the program: 0 when the picture is there."""

    def take() -> None:
        rested = settle(window)
        kept = photograph(window, file)
        window.close()
        QCoreApplication.exit(0 if rested and kept else 1)

    QTimer.singleShot(0, take)
