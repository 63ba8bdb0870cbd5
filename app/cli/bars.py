"""The progress bar of a terminal."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from app.cli.streams import plain


class Bar:
    """An `app.progress.Progress` that draws on standard error. Ctrl+C stops the job."""

    def __init__(self, title: str) -> None:
        self._drawn = Progress(
            # Names of files are no markup: “[/x].xml” would be read as its end.
            TextColumn("{task.description}", markup=False),
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
        words = plain(f"{self._title} · {note}" if note else self._title)
        self._drawn.update(self._task, completed=done, total=total, description=words)
