"""Scans drawn for the tests, and what the reading tests need of this machine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from app.imaging import pages
from app.ocr import languages, tesseract

FONT = next(Path(__file__).resolve().parents[3].glob("resources/fonts/**/NotoSans-Regular.ttf"), None)


@pytest.fixture(scope="module", autouse=True)
def no_child_left() -> Iterator[None]:
    yield
    pages.close()


@pytest.fixture
def english() -> None:
    """Skips where this machine cannot read English."""
    if not tesseract.installed():
        pytest.skip("the library tesserocr (the extra “ocr”) is not installed")
    if "eng" not in languages.available(languages.system_folders()):
        pytest.skip("the system has no data to read English with (package tesseract-ocr-eng)")


@pytest.fixture(scope="session")
def scans() -> Scans:
    """Draws scans."""
    return Scans()


class Scans:
    """Scans of text: one page as PNG, several as the TIFF a scanner sends; 150 dots an inch."""

    def png(self, *lines: str) -> bytes:
        """A page with these lines."""
        out = io.BytesIO()
        drawn(*lines).save(out, "PNG", dpi=(150, 150))
        return out.getvalue()

    def tiff(self, *lines: str) -> bytes:
        """A page for each line."""
        first, *rest = [drawn(text).convert("1") for text in lines]
        out = io.BytesIO()
        first.save(out, "TIFF", save_all=True, append_images=rest, compression="group4", dpi=(150, 150))
        return out.getvalue()


def drawn(*lines: str, size: tuple[int, int] = (1240, 600)) -> Image.Image:
    """A page of 150 dots an inch with these lines, the first 100 pixels below the top."""
    picture = Image.new("L", size, 255)
    font = ImageFont.truetype(str(FONT), 40) if FONT else ImageFont.load_default(40)
    for number, line in enumerate(lines):
        ImageDraw.Draw(picture).text((100, 100 + 80 * number), line, 0, font)
    return picture
