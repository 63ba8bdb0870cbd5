"""Two lanes: reads side by side, writes one after another; four endings; stopping."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.errors import OfficeError
from app.progress import Progress
from ui.jobs import Ask, Runner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.stop_all()
    assert made.wait()


@dataclass(frozen=True)
class Wrote:
    changes: Changes = field(default_factory=lambda: Changes(frozenset({"case"}), frozenset({"1"})))


def idle(runner: Runner, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not runner.jobs, timeout=10_000)


def test_an_answer_comes_back_on_the_windows_thread(runner: Runner, qtbot: QtBot) -> None:
    threads: list[object] = []
    owner = QObject()
    runner.read(
        Ask("", lambda _p: threading.current_thread(), owner,
            done=lambda worker: threads.extend((worker, threading.current_thread())))
    )  # fmt: skip
    idle(runner, qtbot)
    assert threads[0] is not threads[1] is threading.main_thread()


def test_writes_wait_for_one_another_and_say_once_what_changed(runner: Runner, qtbot: QtBot) -> None:
    under_way, most, said = [0], [0], []
    lock = threading.Lock()
    runner.changed.connect(said.append)

    def work(_progress: Progress) -> Wrote:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        threading.Event().wait(0.01)
        with lock:
            under_way[0] -= 1
        return Wrote()

    owner = QObject()
    for _turn in range(4):
        runner.write(Ask("", work, owner))
    idle(runner, qtbot)
    assert most == [1]
    assert len(said) == 4


def test_reads_run_side_by_side(runner: Runner, qtbot: QtBot) -> None:
    meeting = threading.Barrier(2, timeout=5)
    owner = QObject()
    met: list[object] = []
    for _turn in range(2):
        runner.read(Ask("", lambda _p: meeting.wait(), owner, done=met.append))
    idle(runner, qtbot)
    assert len(met) == 2, "each waited for the other"


def test_a_job_is_stopped_at_its_next_step(runner: Runner, qtbot: QtBot) -> None:
    begun = threading.Event()
    heard: list[str] = []

    def work(progress: Progress) -> None:
        begun.set()
        for turn in range(10_000):
            progress.step(turn, 10_000)
            threading.Event().wait(0.002)

    job = runner.write(
        Ask(
            "long",
            work,
            QObject(runner),
            done=lambda _a: heard.append("done"),
            stopped=lambda: heard.append("stopped"),
        )
    )
    assert begun.wait(5)
    job.stop()
    idle(runner, qtbot)
    assert heard == ["stopped"]


def test_a_refusal_reaches_the_one_who_asked(runner: Runner, qtbot: QtBot) -> None:
    heard: list[OfficeError] = []

    def work(_progress: Progress) -> None:
        raise OfficeError("No.", "Do otherwise.")

    runner.read(Ask("", work, QObject(runner), refused=heard.append))
    idle(runner, qtbot)
    assert [str(refusal) for refusal in heard] == ["No. Do otherwise."]


def test_a_fault_is_reported_and_told_in_words(runner: Runner, qtbot: QtBot) -> None:
    reports: list[str] = []
    told: list[OfficeError] = []
    runner.broke.connect(reports.append)
    runner.read(Ask("", lambda _p: 1 // 0, QObject(runner), refused=told.append))
    idle(runner, qtbot)
    assert "ZeroDivisionError" in reports[0]
    assert "taken back" in told[0].message


def test_a_newer_question_silences_the_older(runner: Runner, qtbot: QtBot) -> None:
    heard: list[int] = []
    held = threading.Event()
    owner = QObject()
    runner.read(Ask("", lambda _p: held.wait(5) and 1, owner, done=heard.append, key="find"))
    runner.read(Ask("", lambda _p: 2, owner, done=heard.append, key="find"))
    held.set()
    idle(runner, qtbot)
    assert heard == [2]


def test_who_is_gone_hears_nothing(runner: Runner, qtbot: QtBot) -> None:
    heard: list[int] = []
    owner = QObject()
    held = threading.Event()
    runner.read(Ask("", lambda _p: held.wait(5) and 1, owner, done=heard.append))
    owner.deleteLater()
    qtbot.wait(20)
    held.set()
    idle(runner, qtbot)
    assert heard == []


def test_progress_is_told_with_how_long_still(runner: Runner, qtbot: QtBot) -> None:
    told: list[tuple[int, int, str]] = []

    def work(progress: Progress) -> None:
        for turn in range(1, 4):
            threading.Event().wait(0.06)
            progress.step(turn, 3, "page")

    runner.read(Ask("pages", work, QObject(runner), progressed=lambda *step: told.append(step)))
    idle(runner, qtbot)
    assert told[-1] == (3, 3, "page")
