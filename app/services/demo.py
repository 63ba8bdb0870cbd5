"""An examiner's day, walked on the sample office or on a folder of real files.

Every step calls the services a person would; nothing is prepared behind the scenes.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.errors import Cancelled, StorageRefused, _
from app.paths import data_folder, resources
from app.progress import SILENT, Progress
from app.services import demochoice, offices
from app.services.demosteps import STEPS, Day
from app.services.offices import Office

MARKER = "sample-office.txt"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the day: its name, how long it took, what came of it in a sentence."""

    name: str
    seconds: float
    result: str


@dataclass(frozen=True, slots=True)
class Walked:
    """The steps, and where each result lies (name, path)."""

    steps: tuple[Step, ...]
    places: tuple[tuple[str, str], ...]
    folder: str


def walk(
    keep: Path | None = None,
    data: Path | None = None,
    *,
    today: date | None = None,
    progress: Progress = SILENT,
) -> Walked:
    """Walk the day; leave `office`, `station-2`, `stick`, `letters` and `print` in the folder.

    keep   a new or empty folder, or that of an earlier walk; None: the person's data folder
    data   a folder of real files to use in place of the bundled ones
    Refused when the folder holds something else, or `data` holds no applications.
    """
    folder = keep or data_folder() / "demo"
    files = demochoice.chosen(data, progress) if data else demochoice.bundled(resources() / "demo")
    _make_room(folder)
    steps: list[Step] = []
    office = _timed(steps, _("Found the office"), lambda: _found(folder, today))
    day = Day(folder, files, office)
    try:
        for done, (name, step) in enumerate(STEPS):
            progress.step(done, len(STEPS), _(name))
            began = time.perf_counter()
            steps.append(Step(_(name), 0.0, step(day)))
            steps[-1] = Step(_(name), round(time.perf_counter() - began, 3), steps[-1].result)
        progress.step(len(STEPS), len(STEPS), "")
    finally:
        office.close()
        if day.second:
            day.second.close()
    return Walked(tuple(steps), tuple(_places(folder)), str(folder))


def _timed(steps: list[Step], name: str, make: Callable[[], Office]) -> Office:
    began = time.perf_counter()
    office = make()
    told = _("office {id}, law pack {law}, officer {officer}").format(
        id=office.store.office_id[:8], law=office.law.name, officer=office.store.officer
    )
    steps.append(Step(name, round(time.perf_counter() - began, 3), told))
    return office


def _make_room(folder: Path) -> None:
    """An earlier walk is cleared away; anything else is left alone and refused."""
    try:
        if folder.exists() and any(folder.iterdir()):
            if not (folder / MARKER).is_file():
                raise StorageRefused(
                    _("{folder} is not empty. Nothing was made there.").format(folder=folder),
                    _("Name a new folder."),
                    command="demo --keep FOLDER",
                )
            for name in ("office", "station-2", "stick", "letters", "print"):
                shutil.rmtree(folder / name, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("stick", "letters", "print"):
            (folder / name).mkdir()
        (folder / MARKER).write_text(
            _("A sample office. It may be removed at any time.") + "\n", encoding="utf-8"
        )
    except OSError as trouble:
        raise StorageRefused(
            _("{folder} cannot be written ({why}).").format(folder=folder, why=trouble.strerror),
            _("Name another folder."),
            command="demo --keep FOLDER",
        ) from trouble


def _found(folder: Path, today: date | None) -> Office:
    return offices.init_office(folder / "office", officer="A. Deme", today=today)


def _places(folder: Path) -> Iterator[tuple[str, str]]:
    yield _("The office"), str(folder / "office")
    yield _("The second station"), str(folder / "station-2")
    yield _("The stick"), str(folder / "stick")
    yield _("Letters as issued"), str(folder / "letters")
    yield _("Label, print run, stamped copy, translation"), str(folder / "print")


__all__ = ["Cancelled", "Step", "Walked", "walk"]
