"""Files as pages, inside the child: PDF by PDFium, pictures by Pillow, SVG by resvg."""

from __future__ import annotations

import io
import re
import warnings
import zlib
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.imaging import pdfwords
from app.imaging.pdfwords import Word

MAX_SOURCE_PIXELS = 90_000_000
MAX_DRAWN_PIXELS = 25_000_000
MAX_PAGES = 5_000
MAX_SVG_BYTES = 20 * 1024 * 1024
POINTS = 72.0


class Refuse(Exception):
    """Why a file is not shown: a reason of `pages.sentences`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page drawn: size in points, PNG, words as `[text, x0, y0, x1, y1]` in points."""

    width: float
    height: float
    png: bytes
    words: list[Word] = field(default_factory=list)


class Opened(Protocol):
    """An open file: number of pages, kind, and each page drawn or as text."""

    count: int
    kind: str

    def page(self, index: int, dpi: float) -> Drawn: ...
    def text(self, index: int) -> str: ...
    def close(self) -> None: ...


def load_libraries() -> None:
    """Load every decoder now, while files may still be opened freely."""
    import pypdfium2
    import pypdfium2.raw
    import resvg_py  # noqa: F401
    from PIL import Image

    Image.init()
    Image.MAX_IMAGE_PIXELS = MAX_SOURCE_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    pypdfium2.PdfDocument.new().close()


def open_bytes(data: bytes) -> Opened:
    """The file `data` as pages. Raises Refuse."""
    if not data.strip():
        raise Refuse("empty")
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return PdfFile(data)
    if start.startswith(b"<") and _is_svg(data[:8192]):
        return SvgFile(data)
    return PictureFile(data)


def _is_svg(start: bytes) -> bool:
    return re.search(rb"<(?:\w+:)?svg[\s>]", start) is not None


def scale_for(width: float, height: float, dpi: float) -> float:
    """Pixels a point: `dpi`, less where the page would have more than the pixels we draw."""
    scale = dpi / POINTS
    pixels = width * height * scale * scale
    return scale if pixels <= MAX_DRAWN_PIXELS else scale * (MAX_DRAWN_PIXELS / pixels) ** 0.5


def to_png(picture: Any) -> bytes:
    """A Pillow image as PNG, made quickly: pages without colour as grey, little compression."""
    out = io.BytesIO()
    plain = picture.convert("L") if picture.mode == "RGB" and is_grey(picture) else picture
    plain.save(out, "PNG", compress_level=1, compress_type=zlib.Z_FIXED)
    return out.getvalue()


def grey(data: bytes) -> tuple[int, int, bytes]:
    """A picture as (width, height, rows of one byte a pixel), 0 black and 255 white; clear ground is white.

    Raises Refuse for what is no PNG, is damaged or has more pixels than a page is drawn with.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        picture: Image.Image = Image.open(io.BytesIO(data), formats=("PNG",))
        width, height = picture.size
        if width * height > MAX_DRAWN_PIXELS + width + height:
            raise Refuse("large")
        if _has_alpha(picture):
            clear = picture.convert("RGBA")
            picture = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
        return width, height, picture.convert("L").tobytes()
    except UnidentifiedImageError as trouble:
        raise Refuse("unknown") from trouble
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as trouble:
        raise Refuse("large") from trouble
    except (OSError, ValueError, SyntaxError) as trouble:
        raise Refuse("damaged") from trouble


def is_grey(picture: Any) -> bool:
    """Whether an RGB image has the same red, green and blue everywhere."""
    from PIL import ImageChops

    red, green, blue = picture.split()
    return not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(red, blue).getbbox())


class PdfFile:
    """A PDF. Scripts and forms are not run; links are not followed."""

    kind = "pdf"

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(data)
            self.count = len(self._document)
        except pypdfium2.PdfiumError as trouble:
            raise Refuse("locked" if "password" in str(trouble).lower() else "damaged") from trouble
        if not self.count:
            raise Refuse("empty")
        self.count = min(self.count, MAX_PAGES)

    def page(self, index: int, dpi: float) -> Drawn:
        """The page as PDFium draws it, with the words of its text layer."""
        page = self._document[index]
        try:
            width, height = page.get_size()
            if width <= 0 or height <= 0:
                raise Refuse("damaged")
            bitmap = page.render(scale=scale_for(width, height, dpi))
            png = to_png(bitmap.to_pil())
            bitmap.close()
            return Drawn(width, height, png, pdfwords.words_of(page, width, height))
        finally:
            page.close()

    def text(self, index: int) -> str:
        """The text layer, right-to-left lines put in order."""
        page = self._document[index]
        layer = page.get_textpage()
        try:
            text = str(layer.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "")
            if not pdfwords.is_right_to_left(text):
                return text
            lines = pdfwords.lines_of(pdfwords.words_of(page, *page.get_size()))
            return "\n".join(" ".join(word[0] for word in line) for line in lines)
        finally:
            layer.close()
            page.close()

    def close(self) -> None:
        """Let go of it."""
        self._document.close()


class PictureFile:
    """TIFF (each frame a page), PNG, JPEG, GIF, WebP, BMP. An animation shows its first frame."""

    def __init__(self, data: bytes) -> None:
        from PIL import Image, UnidentifiedImageError

        try:
            self._picture = Image.open(io.BytesIO(data), formats=_FORMATS)
        except UnidentifiedImageError as trouble:
            raise Refuse("unknown") from trouble
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as trouble:
            raise Refuse("large") from trouble
        self.kind = str(self._picture.format).lower()
        frames = int(getattr(self._picture, "n_frames", 1)) if self.kind == "tiff" else 1
        self.count = min(frames, MAX_PAGES)
        self._refuse_large()

    def _refuse_large(self) -> None:
        width, height = self._picture.size
        if width * height > MAX_SOURCE_PIXELS:
            raise Refuse("large")
        if not width or not height:
            raise Refuse("empty")

    def page(self, index: int, dpi: float) -> Drawn:
        """The frame, turned as its camera says, no larger than `dpi` asks for."""
        from PIL import Image, ImageOps

        self._picture.seek(index)
        self._refuse_large()
        width, height = self._points()
        scale = scale_for(width, height, dpi)
        if self.kind == "jpeg" and index == 0:
            self._picture.draft(None, (int(width * scale) + 1, int(height * scale) + 1))
        self._picture.load()
        picture = ImageOps.exif_transpose(self._picture)
        if (picture.size[0] > picture.size[1]) != (width > height):
            width, height = height, width
        picture = picture.convert("RGBA" if _has_alpha(picture) else "RGB")
        wanted = (max(1, round(width * scale)), max(1, round(height * scale)))
        if wanted[0] < picture.size[0]:
            picture = picture.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=2.0)
        return Drawn(width, height, to_png(picture))

    def _points(self) -> tuple[float, float]:
        """The size in points by the file's own resolution, 96 dots an inch where it tells none."""
        dpi = self._picture.info.get("dpi") or (96.0, 96.0)
        across, down = (float(d) if 30 <= float(d) <= 2400 else 96.0 for d in dpi[:2])
        return self._picture.size[0] * POINTS / across, self._picture.size[1] * POINTS / down

    def text(self, index: int) -> str:
        """A picture has no text layer."""
        return ""

    def close(self) -> None:
        """Let go of it."""
        self._picture.close()


_FORMATS = ("TIFF", "PNG", "JPEG", "GIF", "WEBP", "BMP")


def _has_alpha(picture: Any) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info


class SvgFile:
    """A drawing. Pictures and styles it fetches from elsewhere are taken out before drawing."""

    kind = "svg"
    count = 1

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_SVG_BYTES:
            raise Refuse("large")
        self._text = without_references(data.decode("utf-8", "replace"))

    def page(self, index: int, dpi: float) -> Drawn:
        """The drawing on a clear ground."""
        import resvg_py
        from PIL import Image

        natural = Image.open(io.BytesIO(self._drawn(resvg_py)))
        width, height = (side * POINTS / 96.0 for side in natural.size)
        scale = scale_for(width, height, dpi)
        wanted = max(1, round(width * scale))
        png = self._drawn(resvg_py, wanted) if wanted != natural.size[0] else to_png(natural)
        return Drawn(width, height, png)

    def _drawn(self, resvg_py: Any, width: int | None = None) -> bytes:
        try:
            drawn = resvg_py.svg_to_bytes(svg_string=self._text, width=width, skip_system_fonts=True)
        except ValueError as trouble:
            raise Refuse("damaged") from trouble
        return bytes(drawn)

    def text(self, index: int) -> str:
        """The words between the tags."""
        return " ".join(re.sub(r"<[^>]*>", " ", self._text).split())

    def close(self) -> None:
        """Let go of it."""
        self._text = ""


_REFERENCE = re.compile(r"""((?:xlink:)?href\s*=\s*)(["'])(?!\s*(?:#|data:))[^"']*\2""", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_FETCH = re.compile(r"(@import[^;]*;?|url\(\s*[\"']?(?!#|data:)[^)]*\))", re.IGNORECASE)


def without_references(svg: str) -> str:
    """The SVG without DTD (and so entities) and without anything it would fetch from elsewhere."""
    bare = _DOCTYPE.sub("", svg, count=1)
    return _FETCH.sub("", _REFERENCE.sub(r"\1\2\2", bare))
