"""Before an office is open: the first page, making, locking, joining, opening, and `marula-desk` itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import __version__
from app.services import offices, stations
from ui import camera
from ui.ask.offices import sample_folder
from ui.preferences import Preferences
from ui.shell.firstrun import FirstRun
from ui.shell.frame import Frame
from ui.shell.opening import MakeForm, UnlockForm
from ui.shell.window import Window


@pytest.fixture
def window(qtbot: QtBot, looks: QApplication) -> Iterator[Window]:
    made = Window(Preferences())
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def rest(window: Window) -> None:
    assert camera.settle(window, 60, 30)


def test_without_an_office_the_first_page_stands(window: Window) -> None:
    window.begin(None)
    assert isinstance(window.pages.currentWidget(), FirstRun)


def test_the_first_page_speaks_another_language_at_once(window: Window, looks: QApplication) -> None:
    window.begin(None)
    window.first.language_cards[2].click()
    assert window.preferences.language == "ar"
    assert window.first.buttons[0].text() == "فتح المكتب النموذجي"
    assert looks.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_an_office_is_made_locked_and_opened_again(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    window.begin(None)
    window.first.buttons[1].click()
    form = window.pages.currentWidget()
    assert isinstance(form, MakeForm)
    form.folder.setText(str(tmp_path / "office"))
    form.officer.setText("A. Deme")
    form.secret.setText("marula tree")
    form.again.setText("other words")
    form.primary.click()
    assert "differ" in form.strip.message
    form.again.setText("marula tree")
    form.primary.click()
    rest(window)
    assert isinstance(window.pages.currentWidget(), Frame)
    assert offices.needs_secret(tmp_path / "office")
    window.close_office()
    window.begin(tmp_path / "office")
    rest(window)
    lock = window.pages.currentWidget()
    assert isinstance(lock, UnlockForm)
    lock.secret.setText("wrong words")
    qtbot.keyClick(lock.secret, Qt.Key.Key_Return)
    rest(window)
    assert "passphrase" in lock.strip.message
    lock.secret.setText("marula tree")
    qtbot.keyClick(lock.secret, Qt.Key.Key_Return)
    rest(window)
    assert isinstance(window.pages.currentWidget(), Frame)


def test_a_station_joins_by_an_invitation(window: Window, made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "office", tmp_path / "office")
    with offices.open_office(tmp_path / "office") as office:
        stations.invite(office, tmp_path / "invitation.json", store=str(tmp_path))
    window.begin(None)
    window.first.buttons[2].click()
    form = window.pages.currentWidget()
    assert isinstance(form, MakeForm)
    form.primary.click()
    assert "invitation" in form.strip.message
    form.invitation.setText(str(tmp_path / "invitation.json"))
    form.folder.setText(str(tmp_path / "mine"))
    form.primary.click()
    rest(window)
    assert isinstance(window.pages.currentWidget(), Frame)
    assert (tmp_path / "invitation.json.answer").is_file()


def test_the_sample_office_is_made_once(window: Window, made: Path) -> None:
    """One that was made before is opened as it is."""
    shutil.copytree(made / "office", sample_folder() / "office")
    window.begin(None)
    window.first.buttons[0].click()
    rest(window)
    frame = window.pages.currentWidget()
    assert isinstance(frame, Frame)
    assert len(frame.rooms["docket"].model.lines) == 6


def test_a_folder_that_is_no_office_is_refused_in_words(window: Window, tmp_path: Path) -> None:
    window.begin(tmp_path)
    rest(window)
    assert window.first is not None
    assert window.first.strip.message


def run(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    here = {
        **os.environ,
        "HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(home / "data"),
    }
    return subprocess.run(
        [sys.executable, "-m", "ui.main", *words],
        capture_output=True,
        text=True,
        timeout=120,
        env=here,
        check=False,
    )


def test_it_says_its_version(tmp_path: Path) -> None:
    done = run("--version", home=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, f"marula-desk {__version__}")


def test_it_photographs_itself_and_ends(tmp_path: Path, office_folder: Path) -> None:
    done = run(str(office_folder), "--photograph", str(tmp_path / "window.png"), home=tmp_path)
    assert done.returncode == 0, done.stderr
    picture = QImage(str(tmp_path / "window.png"))
    assert (picture.width(), picture.height()) == (1366, 768)
    assert "Traceback" not in done.stderr


def test_starting_loads_no_heavy_library() -> None:
    """What the first paint does not need is loaded when it is needed."""
    heavy = (
        "lxml",
        "whoosh",
        "tantivy",
        "ctranslate2",
        "typst",
        "reportlab",
        "numpy",
        "PIL",
        "pikepdf",
        "sqlite_utils",
    )
    loaded = "import ui.main, ui.shell.window, ui.shell.frame, sys"
    code = f"{loaded}; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
