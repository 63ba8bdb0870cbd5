"""Snapshot + Typst source -> PDF/A-2b.

Typst sees three things only: the law pack's letter folder, our bundled fonts, and the snapshot as
JSON. No system fonts, no packages from a network, no clock: the same snapshot gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.errors import OfficeError, _
from app.letters.codes import check_of, code_text, png_svg, qr_svg
from app.letters.draft import Draft
from app.letters.glyphs import printable
from app.letters.snapshot import freeze
from app.paths import resources

PDF_STANDARD = "a-2b"
# `@preview/name:1.0.0` in quotes names a package that Typst would fetch.
_PACKAGE = re.compile(r"[\"']@")
# A compiler is not to be entered twice at once; letters take some milliseconds each.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter: PDF/A-2b bytes, their SHA-256, the snapshot they were made from, the code, and the
    SHA-256 of the Typst sources that set it."""

    pdf: bytes
    sha256: str
    snapshot: Mapping[str, Any]
    code: str
    template_sha256: str


def render(draft: Draft) -> Rendered:
    """Set the letter. Raises OfficeError when the template is absent or cannot be set."""
    snapshot = freeze(draft)
    source = Path(draft.law.letters_folder) / draft.rule.file
    pdf = set_snapshot(snapshot, source, draft.picture)
    return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), snapshot, code_of(snapshot), version_of(source))


def version_of(source: Path) -> str:
    """SHA-256 over a template and all that lies beside it: which version of the letter this is."""
    total = hashlib.sha256(source.name.encode())
    for part in sorted(source.parent.iterdir()):
        if part.suffix in (".typ", ".svg"):
            total.update(part.name.encode() + b"\0" + part.read_bytes())
    return total.hexdigest()


def code_of(snapshot: Mapping[str, Any]) -> str:
    """The text of the letter's QR code."""
    letter, case = snapshot["letter"], snapshot["case"]
    office = snapshot["office"]["code"]
    return code_text(office, letter["number"], case["number"], letter["on"], check_of(snapshot))


def set_snapshot(snapshot: Mapping[str, Any], source: Path, picture: bytes = b"") -> bytes:
    """The PDF of a frozen snapshot by the Typst file `source`; `picture` is the PNG it names."""
    code = code_of(snapshot)
    letter = {**snapshot["letter"], "code": code, "qr": qr_svg(code)}
    shown = dict(snapshot) | {"letter": letter, "picture": png_svg(picture) if picture else ""}
    return typeset(shown, source, date.fromisoformat(snapshot["letter"]["on"]))


def typeset(data: Mapping[str, Any], source: Path, on: date) -> bytes:
    """PDF/A-2b of `data` by the Typst file `source`, dated `on` (midnight UTC)."""
    import typst

    if not source.is_file():
        raise OfficeError(
            _("The letter template {file} is not there. No letter was made.").format(file=source.name),
            _("Install the law pack again, or choose another letter."),
        )
    text = json.dumps(printable(data), ensure_ascii=False)
    stamp = datetime(on.year, on.month, on.day, tzinfo=UTC)
    try:
        with _one_at_a_time:
            pdf: bytes = _compiler(source).compile(
                format="pdf", sys_inputs={"data": text}, pdf_standards=[PDF_STANDARD], timestamp=stamp
            )
    except typst.TypstError as trouble:
        raise OfficeError(
            _("The letter template {file} could not be set ({why}). No letter was made.").format(
                file=source.name, why=trouble.message
            ),
            _("Tell whoever keeps the law pack; other letters of the pack are not affected."),
        ) from trouble
    return pdf


@lru_cache(maxsize=16)
def _compiler(source: Path) -> Any:
    """One compiler a template: it keeps fonts and parsed sources, so that a letter takes 5 ms.

    The package folders name a place that does not exist: letters use no packages.
    """
    import typst

    for part in sorted(source.parent.glob("*.typ")):
        if _PACKAGE.search(part.read_text(encoding="utf-8")):
            raise OfficeError(
                _("The letter template {file} asks for a package from a network. No letter was made.").format(
                    file=part.name
                ),
                _("Tell whoever keeps the law pack: a template may use only what lies beside it."),
            )
    nowhere = str(source.parent / "no-packages")
    return typst.Compiler(
        str(source),
        root=str(source.parent),
        font_paths=[str(resources() / "fonts")],
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )
