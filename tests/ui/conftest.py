"""A real office for the window: six cases, a collection, letters, a second station that disagrees.

It is made once; every test works on a copy of its folder. While a window is open, every service that is
called on the window's own thread fails the test.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import app.services
from app import errors
from app.paths import resources
from app.services import cases, collections, intake, letters, offices, stations, syncing
from ui import camera, fonts, theme
from ui.desk import Desk
from ui.preferences import Preferences
from ui.rooms.room import Room
from ui.shell.frame import Frame
from ui.shell.window import Window, speak

TODAY = date(2026, 11, 25)
QUERY = "(pump OR pompe) AND (piston OR leather)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform says that it has no size hints; that is no fault of the window."""
    for item in items:
        if "tests/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with `office`, `station-2` and `stick`."""
    folder = tmp_path_factory.mktemp("window")
    stick = folder / "stick"
    stick.mkdir()
    with offices.init_office(folder / "office", officer="A. Deme", today=TODAY) as office:
        intake.take_in(office, [resources() / "demo" / "applications"])
        files = sorted((resources() / "demo" / "collection").glob("XX-*.xml"))
        collections.create(office.path, "published")
        collections.add(office.path, "published", files)
        lines = cases.docket(office)
        pump = next(line for line in lines if "pump" in line.title.lower())
        letters.issue(office, pump.id, "filing-receipt", languages=("en", "fr"))
        syncing.set_schedule(office, syncing.Schedule(store=str(stick)))
        stations.invite(office, stick / "invitation.json")
        joined = stations.join(stick / "invitation.json", folder / "station-2", officer="R. Solano")
        stations.accept(office, Path(joined.answer))
        syncing.sync(office, str(stick))
        with offices.open_office(folder / "station-2", today=TODAY) as other:
            syncing.sync(other, str(stick))
            syncing.sync(office, str(stick))
            syncing.sync(other, str(stick))
            cases.edit(office, pump.id, {"representative": "Miraji & Sobel"})
            cases.edit(other, pump.id, {"representative": "Dunmore Ansa IP"})
            syncing.sync(other, str(stick))
        syncing.sync(office, str(stick))
    return folder


@pytest.fixture
def office_folder(made: Path, tmp_path: Path) -> Path:
    """A copy of the office for one test."""
    shutil.copytree(made / "office", tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture(scope="session")
def looks(qapp: QApplication) -> QApplication:
    """The application with the bundled fonts."""
    fonts.load()
    return qapp


@pytest.fixture(autouse=True)
def english_and_light(looks: QApplication) -> Iterator[None]:
    """Every test begins in English and light, whatever the one before left."""
    speak(looks, "en")
    theme.apply(looks, theme.Mode.LIGHT)
    yield
    errors.speak("en")
    looks.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@dataclass
class Seat:
    """An examiner's place at the window."""

    window: Window
    frame: Frame
    office: offices.Office
    bot: QtBot

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None
        return self.window.desk

    def rest(self) -> None:
        """Wait until nothing runs."""
        assert camera.settle(self.window, 60, 30), "the window did not come to rest"

    def go(self, room: str, what: object = None) -> Any:
        """Enter a room and wait until it stands."""
        self.frame.go(room, what)
        self.rest()
        here = self.frame.room
        assert isinstance(here, Room)
        return here

    def keys(self, widget: Any, *keys: Any) -> None:
        """Press keys one after the other."""
        for key in keys:
            if isinstance(key, str):
                self.bot.keyClicks(widget, key)
            else:
                self.bot.keyClick(widget, key)
        self.rest()

    def ask(self, call: Callable[[], Any]) -> Any:
        """Ask a service as the window may: in another thread."""
        answer: list[Any] = []
        worker = threading.Thread(target=lambda: answer.append(call()))
        worker.start()
        worker.join()
        assert answer, "the service refused"
        return answer[0]

    def case(self, words: str) -> str:
        """The id of the case whose title holds `words`."""
        lines = self.ask(lambda: cases.docket(self.office))
        return next(line.id for line in lines if words.lower() in line.title.lower())


@pytest.fixture
def off_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every service refuses to be called on the window's thread."""

    def guarded(call: Callable[..., Any]) -> Callable[..., Any]:
        def checked(*given: Any, **named: Any) -> Any:
            here = threading.current_thread() is threading.main_thread()
            assert not here, f"{call.__module__}.{call.__name__} was called on the window's thread"
            return call(*given, **named)

        return checked

    # All are loaded before the first is guarded: one that takes a name out of another would keep the guard.
    names = [module.name for module in pkgutil.iter_modules(app.services.__path__)]
    for service in [importlib.import_module(f"app.services.{name}") for name in names]:
        for name, call in inspect.getmembers(service, inspect.isfunction):
            if call.__module__ == service.__name__ and not name.startswith("_"):
                monkeypatch.setattr(service, name, guarded(call))


@pytest.fixture
def seat(qtbot: QtBot, office_folder: Path, request: pytest.FixtureRequest) -> Iterator[Seat]:
    """The window on the office."""
    office = offices.open_office(office_folder, today=TODAY)
    law = office.law
    request.getfixturevalue("off_the_thread")
    window = Window(Preferences())
    qtbot.addWidget(window)
    broken: list[str] = []
    window.runner.broke.disconnect()
    window.runner.broke.connect(broken.append)
    window.resize(1366, 768)
    window.show()
    window.enter(Desk(window.runner, window.preferences, office, law))
    frame = window.pages.currentWidget()
    assert isinstance(frame, Frame)
    here = Seat(window, frame, office, qtbot)
    here.rest()
    yield here
    here.rest()
    window.close()
    assert not broken, broken[0]
