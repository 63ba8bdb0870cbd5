"""Work off the window's thread: one job is one service call.

Two lanes: reads run side by side, writes one after another. After a write the runner says once what
changed. A job that was stopped shows nothing but the stopped state; a refusal goes to whoever asked;
a bug goes to the last-resort hook, and the office is whole because its transaction was rolled back.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from shiboken6 import isValid

from app.domain.changes import Changes
from app.errors import Cancelled, OfficeError, _
from app.progress import Progress

Work = Callable[[Progress], Any]


class Lane(StrEnum):
    """Where a job waits."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True)
class Ask:
    """What to do and who hears of it.

    title    shown in the status line while it runs ("" for reads too short to speak of)
    work     called in a worker thread with a Progress; answers with a service's answer
    owner    hears nothing any more once it is deleted
    done     given the answer; `refused` the refusal; `stopped` nothing
    key      with `owner`: a newer job of the same key makes the older one silent and stops it
    """

    title: str
    work: Work
    owner: QObject
    done: Callable[[Any], None] | None = None
    refused: Callable[[OfficeError], None] | None = None
    stopped: Callable[[], None] | None = None
    progressed: Callable[[int, int, str], None] | None = None
    key: Hashable = None


class Job(QRunnable, QObject):
    """One call under way. Signals arrive on the window's thread.

    progressed(done, total, note)   total is -1 while it is not known
    """

    progressed = Signal(int, int, str)
    finished = Signal(object)
    refused = Signal(object)
    broke = Signal(str)
    stopped = Signal()

    def __init__(self, ask: Ask, lane: Lane) -> None:
        QRunnable.__init__(self)
        QObject.__init__(self)
        self.setAutoDelete(False)
        self.ask = ask
        self.lane = lane
        self.began = time.monotonic()
        self.done = 0
        self.total = -1
        self.note = ""
        self._stop = False
        self._told = 0.0

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._stop = True

    @property
    def stopping(self) -> bool:
        """Whether the person asked to stop."""
        return self._stop

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        """`Progress.step`, called in the worker. Tells the window at most twenty times a second."""
        if self._stop:
            raise Cancelled
        now = time.monotonic()
        if now - self._told < 0.05 and done != total:
            return
        self._told = now
        self.progressed.emit(done, -1 if total is None else total, note)

    def run(self) -> None:
        """In the worker thread: the work, and one of the four endings."""
        if self._stop:
            self.stopped.emit()
            return
        self.began = time.monotonic()
        try:
            answer = self.ask.work(self)
        except Cancelled:
            self.stopped.emit()
        except OfficeError as refusal:
            self.refused.emit(refusal)
        except BaseException:
            self.broke.emit(traceback.format_exc())
        else:
            self.finished.emit(answer)

    def seconds_left(self) -> float | None:
        """How long still, by the pace so far; None while nobody can tell."""
        spent = time.monotonic() - self.began
        if self.total <= 0 or self.done <= 0 or spent < 1.5:
            return None
        return spent / self.done * (self.total - self.done)


class Runner(QObject):
    """The two lanes. Lives on the window's thread; so do all its signals."""

    started = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    changed = Signal(object)
    broke = Signal(str)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reads = _pool(self, 3)
        self._writes = _pool(self, 1)
        self._jobs: list[Job] = []

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What runs or waits, oldest first."""
        return tuple(self._jobs)

    def read(self, ask: Ask) -> Job:
        """Ask something that changes nothing."""
        return self._start(ask, Lane.READ)

    def write(self, ask: Ask) -> Job:
        """Change something; the answer's `changes` go out to every room once it is done."""
        return self._start(ask, Lane.WRITE)

    def stop_all(self) -> None:
        """Ask everything to end."""
        for job in self._jobs:
            job.stop()

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Wait in this thread until all work has ended (on leaving). False when time ran out."""
        return self._writes.waitForDone(milliseconds) and self._reads.waitForDone(milliseconds)

    def _start(self, ask: Ask, lane: Lane) -> Job:
        self._supersede(ask)
        job = Job(ask, lane)
        self._jobs.append(job)
        queued = Qt.ConnectionType.QueuedConnection
        job.progressed.connect(lambda d, t, n: self._progressed(job, d, t, n), queued)
        job.finished.connect(lambda answer: self._finished(job, answer), queued)
        job.refused.connect(lambda refusal: self._refused(job, refusal), queued)
        job.stopped.connect(lambda: self._stopped(job), queued)
        job.broke.connect(lambda report: self._broke(job, report), queued)
        self.started.emit(job)
        (self._reads if lane is Lane.READ else self._writes).start(job)
        return job

    def _supersede(self, ask: Ask) -> None:
        if ask.key is None:
            return
        for job in self._jobs:
            if job.lane is Lane.READ and job.ask.owner is ask.owner and job.ask.key == ask.key:
                job.stop()

    def _hears(self, job: Job) -> bool:
        """Whether the one who asked is still there and still wants this answer."""
        if not isValid(job.ask.owner):
            return False
        return not (job.stopping and job.lane is Lane.READ)

    def _progressed(self, job: Job, done: int, total: int, note: str) -> None:
        job.done, job.total, job.note = done, total, note or job.note
        self.progressed.emit(job)
        if job.ask.progressed and self._hears(job):
            job.ask.progressed(done, total, note)

    def _finished(self, job: Job, answer: Any) -> None:
        self._end(job)
        if job.ask.done and self._hears(job):
            job.ask.done(answer)
        changes = getattr(answer, "changes", None)
        if isinstance(changes, Changes) and changes:
            self.changed.emit(changes)
        self._rest()

    def _refused(self, job: Job, refusal: OfficeError) -> None:
        self._end(job)
        if job.ask.refused and self._hears(job):
            job.ask.refused(refusal)
        self._rest()

    def _stopped(self, job: Job) -> None:
        self._end(job)
        if job.ask.stopped and isValid(job.ask.owner):
            job.ask.stopped()
        self._rest()

    def _broke(self, job: Job, report: str) -> None:
        self._end(job)
        self.broke.emit(report)
        if job.ask.refused and self._hears(job):
            job.ask.refused(
                OfficeError(
                    _("The program made a mistake. The last step was taken back; the office is whole."),
                    _("Try it once more; if it stays, hand the report to whoever looks after the program."),
                )
            )
        self._rest()

    def _end(self, job: Job) -> None:
        self._jobs.remove(job)
        self.ended.emit(job)

    def _rest(self) -> None:
        if not self._jobs:
            self.idle.emit()


def _pool(parent: QObject, threads: int) -> QThreadPool:
    """Threads that stay: each keeps its own connection to the office's database."""
    pool = QThreadPool(parent)
    pool.setMaxThreadCount(threads)
    pool.setExpiryTimeout(-1)
    return pool
