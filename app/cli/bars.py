"""The progress bar of a terminal."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


class Bar:
    """An `app.progress.Progress` that draws on standard error. Ctrl+C stops the job."""

    def __init__(self, title: str) -> None:
        self._drawn = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._title = title
        self._task = self._drawn.add_task(title, total=None)

    def __enter__(self) -> Bar:
        self._drawn.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drawn.stop()

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        """Move the bar."""
        words = f"{self._title} · {note}" if note else self._title
        self._drawn.update(self._task, completed=done, total=total, description=words)
