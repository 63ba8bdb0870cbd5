"""Pictures of marks as plain pixels, small and the same way up, whatever file they came in."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass

from app.errors import FileRefused, _
from app.imaging.opened import MAX_SOURCE_PIXELS, MAX_SVG_BYTES, without_references

# Formats whose decoders are ours to trust with a stranger's file; PostScript and the like are not.
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP", "PPM", "ICO")
_MOST_BYTES = 40 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Pixels:
    """`rgba` holds `height` rows of `width` pixels of four bytes, the top row first."""

    width: int
    height: int
    rgba: bytes


def load(data: bytes, side: int = 256) -> Pixels:
    """The picture in `data`, its longer side scaled down to `side` pixels at most.

    Reads PNG, JPEG, TIFF, GIF, BMP, WebP, PPM, ICO (first picture of several) and SVG without
    anything it refers to outside. Raises FileRefused for everything else and for what is too large.
    """
    if len(data) > _MOST_BYTES:
        raise _refusal(_("it is larger than {count} MB").format(count=_MOST_BYTES // 2**20))
    if _is_svg(data[:8192]):
        data = _drawn(data, side)
    return _decoded(data, side)


def _is_svg(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and bool(
        re.search(rb"<(?:\w+:)?svg[\s>]", start)
    )


def _drawn(data: bytes, side: int) -> bytes:
    import resvg_py

    if len(data) > MAX_SVG_BYTES:
        raise _refusal(_("it is larger than {count} MB").format(count=MAX_SVG_BYTES // 2**20))
    text = without_references(data.decode("utf-8-sig", errors="replace"))
    if '="http://www.w3.org/2000/svg"' not in text:
        # Drawings cut out of web pages often lost their name space; browsers show them all the same.
        text = re.sub(r"<svg\b", '<svg xmlns="http://www.w3.org/2000/svg"', text, count=1)
    try:
        width, height = _bounds(text, side)
        drawn = resvg_py.svg_to_bytes(svg_string=text, width=width, height=height, skip_system_fonts=True)
    except (ValueError, RuntimeError) as trouble:
        raise _refusal(_("the drawing makes no sense")) from trouble
    return bytes(drawn)


def _bounds(svg: str, side: int) -> tuple[int | None, int | None]:
    """Width or height to draw by, from the view box: the longer of the two."""
    box = re.search(
        r"viewBox\s*=\s*[\"']\s*([-\d.eE+]+)[\s,]+([-\d.eE+]+)[\s,]+([\d.eE+]+)[\s,]+([\d.eE+]+)", svg
    )
    try:
        tall = box is not None and float(box[4]) > float(box[3])
    except ValueError:
        tall = False
    return (None, side) if tall else (side, None)


def _decoded(data: bytes, side: int) -> Pixels:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
            if picture.width * picture.height > MAX_SOURCE_PIXELS:
                raise _refusal(_("it has too many pixels"))
            picture.draft("RGB", (side * 2, side * 2))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
        upright.thumbnail((side, side), Image.Resampling.BOX, reducing_gap=2.0)
    except UnidentifiedImageError as trouble:
        raise _refusal(_("it is no picture of a kind that can be read")) from trouble
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as trouble:
        raise _refusal(_("it is damaged")) from trouble
    return Pixels(upright.width, upright.height, upright.tobytes())


def _refusal(why: str) -> FileRefused:
    return FileRefused(
        _("This picture cannot be shown: {why}. Nothing of it was kept.").format(why=why),
        _("Ask for it as PNG, JPEG, TIFF or SVG."),
    )
