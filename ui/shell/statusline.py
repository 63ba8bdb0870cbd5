"""The last line: where we are, and the running job with how far, how long still, and Stop."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from app.errors import _, plural
from ui import words
from ui.jobs import Job, Runner
from ui.widgets.pieces import Button, ElidedLabel, label


class StatusLine(QFrame):
    """Shows the oldest job that has a title; reads too short to speak of stay unmentioned."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setFixedHeight(28)
        self._runner = runner
        self.place = ElidedLabel("", "small")
        self.doing = label("", "small")
        self.left = label("", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(96)
        self.bar.setAccessibleName(_("How far the running job is"))
        self.stop = Button(_("Stop"), kind="link", act=self._stop)
        self.stop.setAccessibleName(_("Stop the running job"))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        for part in (self.doing, self.bar, self.left, self.stop):
            row.addWidget(part)
        # Methods, not lambdas: Qt takes the connections of a method away with its object.
        for told in (runner.started, runner.progressed, runner.ended):
            told.connect(self._heard)
        self._show()

    def say(self, text: str) -> None:
        """Where we are."""
        self.place.say(text)

    @property
    def job(self) -> Job | None:
        """The job it shows."""
        return next((job for job in self._runner.jobs if job.ask.title), None)

    def _heard(self, _job: Job) -> None:
        self._show()

    def _show(self) -> None:
        job = self.job
        for part in (self.doing, self.bar, self.left, self.stop):
            part.setVisible(job is not None)
        if job is None:
            return
        waiting = sum(1 for other in self._runner.jobs if other.ask.title) - 1
        more = plural("{n} more waits", "{n} more wait", waiting).format(n=waiting) if waiting > 0 else ""
        percent = f" {job.done * 100 // job.total} %" if job.total > 0 else ""
        title = _("Stopping …") if job.stopping else f"{job.ask.title}{percent}"
        self.doing.setText(" · ".join(p for p in (title, more) if p))
        self.bar.setRange(0, max(job.total, 0))
        self.bar.setValue(max(job.done, 0))
        left = job.seconds_left()
        self.left.setText(words.span(left) if left is not None else "")
        self.left.setVisible(left is not None)
        self.stop.setEnabled(not job.stopping)

    def _stop(self) -> None:
        if (job := self.job) is not None:
            job.stop()
            self._show()
