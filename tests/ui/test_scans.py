"""A scan in the dossier: offered for reading, read beside the window, its words found and copied after."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtGui import QGuiApplication

from app.errors import OfficeError
from app.ocr import languages, tesseract
from app.ocr.engine import WordFound
from app.ocr.languages import Chosen
from app.paths import resources
from app.services import cases, recognising
from ui.rooms.case.documents import DocumentsPage

FONT = next(resources().glob("fonts/**/NotoSans-Regular.ttf"))


def scanned(*lines: str) -> bytes:
    """A TIFF of 150 dots an inch with a page for each line."""
    drawn = []
    for text in lines:
        picture = Image.new("L", (1240, 600), 255)
        ImageDraw.Draw(picture).text((100, 100), text, 0, ImageFont.truetype(str(FONT), 40))
        drawn.append(picture.convert("1"))
    out = io.BytesIO()
    drawn[0].save(out, "TIFF", save_all=True, append_images=drawn[1:], compression="group4", dpi=(150, 150))
    return out.getvalue()


@pytest.fixture
def english() -> None:
    """Skips where this machine cannot read English."""
    if not tesseract.installed():
        pytest.skip("the library tesserocr (the extra “ocr”) is not installed")
    if "eng" not in languages.available(languages.system_folders()):
        pytest.skip("the system has no data to read English with (package tesseract-ocr-eng)")


def opened(seat: Any, folder: Path, *lines: str) -> tuple[str, str, DocumentsPage]:
    """A scan put into the dossier of the pump, and shown."""
    scan = folder / "scan.tif"
    scan.write_bytes(scanned(*lines))
    case_id = seat.case("pump")
    attached = seat.ask(lambda: cases.attach(seat.office, case_id, [scan]))
    document = next(d.id for d in attached.case.documents if d.name == "scan.tif")
    room = seat.go("cases", case_id)
    room.view.turn("documents")
    room.view.documents.open(document)
    seat.rest()
    return case_id, document, room.view.documents


@pytest.mark.usefixtures("english")
def test_a_scan_is_read_and_its_words_are_found(seat: Any, tmp_path: Path) -> None:
    case_id, document, page = opened(seat, tmp_path, "Zinzolin drying frame", "Second page")
    assert not page.scan.isHidden() and page.scan.action.text() == "Read the scan"
    assert page.pages.view.find_words("drying") == 0
    page.scan.action.click()
    assert page.scan.reading and page.scan.action.text() == "Stop"
    seat.rest()
    assert page.scan.message == "5 words were read." and page.scan.action.isHidden()
    assert page.pages.view.find_words("drying frame") == 1
    page.pages.view.choose_all()
    page.pages.view.copy()
    assert "Zinzolin drying frame" in QGuiApplication.clipboard().text()
    kept = seat.ask(lambda: recognising.kept(seat.office, document))
    page.open(kept.kept)
    seat.rest()
    assert page.text.toPlainText() == "Zinzolin drying frame\n\nSecond page"
    page.open(document)
    seat.rest()
    assert page.scan.message == "5 words were read."
    (found,) = seat.ask(lambda: cases.find(seat.office, "zinzolin"))
    assert found.id == case_id


def test_without_the_engine_the_refusal_stands_by_the_action(
    seat: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "installed", lambda: False)
    _case, _document, page = opened(seat, tmp_path, "Solar pump")
    page.scan.action.click()
    seat.rest()
    assert "not installed" in page.scan.message
    assert page.scan.action.text() == "Read the scan" and page.scan.action.isEnabled()


def test_a_stop_leaves_nothing(seat: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine waits on the first page until the person has asked to stop."""
    _case, document, page = opened(seat, tmp_path, "One", "Two")
    asked = threading.Event()

    def read(engine: object, png: bytes, wanted: Sequence[str]) -> tuple[WordFound, ...]:
        assert asked.wait(20)
        return ()

    monkeypatch.setattr(tesseract, "installed", lambda: True)
    monkeypatch.setattr(tesseract.Tesseract, "choose", lambda engine, wanted: Chosen(tmp_path, "eng"))
    monkeypatch.setattr(tesseract.Tesseract, "read", read)
    page.scan.action.click()
    page.scan.action.click()
    asked.set()
    seat.rest()
    assert page.scan.message == "Stopped. Nothing was kept."
    assert page.scan.action.text() == "Read the scan" and page.scan.action.isEnabled()
    assert seat.ask(lambda: (recognising.kept(seat.office, document),)) == (None,)


def test_pages_with_words_are_not_offered_for_reading(seat: Any) -> None:
    room = seat.go("cases", seat.case("pump"))
    room.view.turn("documents")
    seat.rest()
    page = room.view.documents
    assert page.pages.stand.is_thing and page.scan.isHidden()


def test_a_refused_scan_says_why(seat: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: Any, **_named: Any) -> None:
        raise OfficeError("The page could not be read.", "Scan it once more.")

    monkeypatch.setattr(recognising, "recognise", refuse)
    _case, _document, page = opened(seat, tmp_path, "Solar pump")
    page.scan.action.click()
    seat.rest()
    assert page.scan.message == "The page could not be read."
