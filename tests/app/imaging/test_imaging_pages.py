"""Pages of ordinary and of hostile files, through the real child process."""

from __future__ import annotations

import io
import struct
import sys
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from app.errors import FileRefused
from app.imaging import pages
from app.imaging.opened import without_references
from app.imaging.pages import OpenedFile


@pytest.fixture(scope="module", autouse=True)
def no_child_left() -> Iterator[None]:
    yield
    pages.close()


def picture(kind: str, size: tuple[int, int] = (300, 200), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **options)
    return out.getvalue()


def pdf_of(*lines: str, rotate: int = 0, size: tuple[float, float] = (300, 400), pages_: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for number in range(pages_):
        for index, line in enumerate(lines):
            canvas.drawString(40, size[1] - 50 - 20 * index, f"{line} {number}" if pages_ > 1 else line)
        canvas.showPage()
    canvas.save()
    return turned(out.getvalue(), rotate) if rotate else out.getvalue()


def turned(pdf: bytes, degrees: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            page.rotate(degrees, relative=False)
        opened.save(out)
    return out.getvalue()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_bomb(side: int) -> bytes:
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 4_000_000, 9)
    parts = png_chunk(b"IHDR", head), png_chunk(b"IDAT", body), png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_page_comes_with_its_picture_and_its_words() -> None:
    with OpenedFile(pdf_of("Solar pump", "for wells")) as opened:
        page = opened.page(0, dpi=144)
        assert (opened.count, opened.kind) == (1, "pdf")
        assert opened.text(0).split("\n") == ["Solar pump", "for wells"]
    assert (page.width_pt, page.height_pt) == (300, 400)
    assert Image.open(io.BytesIO(page.png)).size == (600, 800)
    assert [word.text for word in page.words] == ["Solar", "pump", "for", "wells"]
    solar = page.words[0]
    assert 38 < solar.x0 < 42 and 38 < solar.y0 < solar.y1 < 52


def test_words_turn_with_the_page() -> None:
    with OpenedFile(pdf_of("Corner", rotate=90)) as opened:
        page = opened.page(0)
    assert (page.width_pt, page.height_pt) == (400, 300)
    word = page.words[0]
    assert word.x1 > 340 and word.y0 < 60 and word.y1 - word.y0 > word.x1 - word.x0


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"])
def test_pictures_are_pages(kind: str) -> None:
    with OpenedFile(picture(kind)) as opened:
        page = opened.page(0, dpi=96)
        assert (opened.count, opened.kind) == (1, kind.lower())
        assert opened.text(0) == ""
    assert (round(page.width_pt), round(page.height_pt)) == (225, 150)
    assert Image.open(io.BytesIO(page.png)).size == (300, 200)


def test_each_frame_of_a_tiff_is_a_page() -> None:
    frames = [Image.new("1", (1700, 2200), n % 2) for n in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], compression="group4", dpi=(200, 200))
    with OpenedFile(out.getvalue()) as opened:
        assert opened.count == 3
        page = opened.page(2, dpi=100)
        assert (round(page.width_pt), round(page.height_pt)) == (612, 792)
        assert Image.open(io.BytesIO(page.png)).size == (850, 1100)


def test_a_drawing_is_a_page_and_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture("PNG", (10, 10)))
    drawing = (
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "text">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="96" height="48"><image xlink:href="{secret.as_uri()}" width="96" height="48"/></svg>'
    )
    with OpenedFile(drawing.encode()) as opened:
        page = opened.page(0, dpi=144)
    assert (page.width_pt, page.height_pt) == (72, 36)
    drawn = Image.open(io.BytesIO(page.png)).convert("RGBA")
    assert drawn.size == (144, 72) and drawn.getextrema()[3] == (0, 0)


@pytest.mark.parametrize(
    ("svg", "gone", "kept"),
    [
        ('<a href="file:///etc/hosts"/>', "etc", "href"),
        ("<a xlink:href='http://x/y'/>", "http", "href"),
        ('<use href="#shape"/>', "nothing", "#shape"),
        ('<image href="data:image/png;base64,AA"/>', "nothing", "data:image"),
        ("<style>@import url(http://x);</style>", "http", "style"),
        ('<rect fill="url(#g)"/>', "nothing", "url(#g)"),
    ],
)
def test_references_are_taken_out_of_drawings(svg: str, gone: str, kept: str) -> None:
    bare = without_references(svg)
    assert gone not in bare and kept in bare


def test_large_pages_are_drawn_smaller_rather_than_not_at_all() -> None:
    with OpenedFile(pdf_of("A0", size=(2384, 3370))) as opened:
        drawn = Image.open(io.BytesIO(opened.page(0, dpi=600).png))
    assert drawn.size[0] * drawn.size[1] <= 25_100_000


def test_many_pages_one_child() -> None:
    with OpenedFile(pdf_of("Page", pages_=30)) as opened:
        child = pages._workshop._child
        assert [opened.page(n, 36).words[1].text for n in range(30)] == [str(n) for n in range(30)]
        assert pages._workshop._child is child


def test_two_documents_take_turns() -> None:
    with OpenedFile(pdf_of("First")) as one, OpenedFile(pdf_of("Second")) as two:
        assert [one.text(0), two.text(0), one.text(0)] == ["First", "Second", "First"]


def test_threads_wait_for_one_another() -> None:
    said: dict[int, str] = {}

    def look(number: int) -> None:
        with OpenedFile(pdf_of(f"Number {number}")) as opened:
            said[number] = opened.text(0)

    threads = [threading.Thread(target=look, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {n: f"Number {n}" for n in range(4)}


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of("Secret"))) as plain:
        plain.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


HOSTILE = {
    "empty": b"",
    "blanks": b"   \n ",
    "text": b"just words",
    "zeros": b"\0" * 10_000,
    "zip": b"PK\x03\x04" + b"\0" * 400,
    "half a pdf": pdf_of("Half")[:300],
    "only a head": b"%PDF-1.7\n",
    "half a png": picture("PNG", (2000, 2000))[:200],
    "half a tiff": picture("TIFF")[:90],
    "half a jpeg": picture("JPEG")[:60],
    "png bomb": png_bomb(60_000),
    "half a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><rect',
    "huge drawing": b'<svg xmlns="http://www.w3.org/2000/svg" width="9999999" height="9999999"/>',
    "entities": b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&b;</text></svg>',
    "a drawing of drawings": b'<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50">'
    b'<g id="a0"><rect width="1" height="1"/></g>'
    + b"".join(b'<g id="a%d">%b</g>' % (n, b'<use href="#a%d"/>' % (n - 1) * 10) for n in range(1, 12))
    + b"</svg>",
    "a deep drawing": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    + b"<g>" * 200_000
    + b"</g>" * 200_000
    + b"</svg>",
    "locked": locked(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_shown_is_refused_in_words(name: str) -> None:
    with pytest.raises(FileRefused) as refusal, OpenedFile(HOSTILE[name]) as opened:
        opened.page(0)
    assert refusal.value.message.endswith(".") and refusal.value.remedy.endswith(".")
    with OpenedFile(pdf_of("Still here")) as opened:
        assert opened.text(0) == "Still here"


def test_a_locked_file_is_named_as_such() -> None:
    with pytest.raises(FileRefused, match="password"):
        OpenedFile(locked())


def test_a_page_that_is_not_there() -> None:
    with OpenedFile(pdf_of("One")) as opened, pytest.raises(FileRefused, match="no such page"):
        opened.page(1)


def test_a_child_that_dies_is_a_refusal_and_the_next_works() -> None:
    with OpenedFile(pdf_of("Gone")) as opened:
        child = pages._workshop._child
        assert child is not None
        child.end()
        assert opened.text(0) == "Gone"  # a fresh child got the file again
    pages.close()


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenedFile(pdf_of("Slow")) as opened:
        monkeypatch.setattr(pages, "PAGE_SECONDS", 0.0)
        with pytest.raises(FileRefused, match=r"too long|broke off"):
            opened.page(0)
        monkeypatch.undo()
        assert opened.text(0) == "Slow"


def test_a_whole_file_that_is_too_large_is_not_even_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_BYTES", 10)
    with pytest.raises(FileRefused, match="larger"):
        OpenedFile(b"%PDF-" + b"x" * 10)


def test_a_clean_picture_of_an_untrusted_one() -> None:
    clean = Image.open(io.BytesIO(pages.picture(picture("WEBP", (50, 40)))))
    assert (clean.format, clean.size) == ("PNG", (50, 40))


@pytest.mark.skipif(sys.platform == "win32", reason="the child's bounds are those of POSIX systems")
def test_the_child_can_neither_write_nor_speak(tmp_path: Path) -> None:
    from app.imaging import bounds

    for event, arguments in (
        ("socket.connect", ()), ("subprocess.Popen", ()), ("open", (str(tmp_path / "x"), "w", 0o1101)),
    ):  # fmt: skip
        with pytest.raises(PermissionError):
            bounds.forbid(event, arguments)
    bounds.forbid("open", (str(tmp_path), "r", 0))
