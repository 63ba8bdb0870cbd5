"""Language data of Tesseract: which file reads which language, and where such files lie.

A file `NAME.traineddata` begins with the number of its parts and where each of them begins (32-bit and
64-bit numbers, little-endian; -1 for a part that is not there).
"""

from __future__ import annotations

import os
import re
import struct
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import FileRefused, OfficeError, UsageError, _

SUFFIX = ".traineddata"
_MOST_PARTS = 64
_NAME = re.compile(r"[A-Za-z]{3,20}(_[A-Za-z]{2,10}){0,3}")

# ISO 639-1, as cases and documents name their language, and the name of the data that reads it.
NAMES = {
    "am": "amh", "ar": "ara", "bn": "ben", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra",
    "hi": "hin", "id": "ind", "it": "ita", "ja": "jpn", "km": "khm", "ko": "kor", "lo": "lao", "mn": "mon",
    "my": "mya", "ne": "nep", "nl": "nld", "pt": "por", "ru": "rus", "si": "sin", "sw": "swa", "ta": "tam",
    "th": "tha", "ti": "tir", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "chi_sim",
}  # fmt: skip

# How a page is cut into lines before it is read ("page segmentation mode"): 3 finds columns and blocks,
# 6 takes the page as one block. Finding blocks breaks Khmer lines apart.
USUAL_CUT = 3
CUTS = {"khm": 6}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the engine is started with: `folder`, and names in it joined by `+`; `cut` as in `CUTS`."""

    folder: Path
    names: str
    cut: int = USUAL_CUT


def name_of(language: str) -> str:
    """The data's name for a language given as `en` or `eng`. Raises UsageError for what is no such name."""
    name = NAMES.get(language, language)
    if not _NAME.fullmatch(name):
        raise UsageError(
            _("“{language}” is not a language scans can be read in. Nothing was read.").format(
                language=language
            ),
            _("Name it by its code of three letters: eng, fra, ara, khm."),
        )
    return name


def choose(languages: Sequence[str], folders: Iterable[Path]) -> Chosen:
    """The data for `languages`, each from the first of `folders` that has it. Raises OfficeError."""
    looked = (*folders, *system_folders())
    names = list(dict.fromkeys(map(name_of, languages)))
    files = [_file(name, looked) for name in names]
    cut = next((CUTS[name] for name in names if name in CUTS), USUAL_CUT)
    parents = {file.parent for file in files}
    if len(parents) == 1:
        return Chosen(parents.pop(), "+".join(names), cut)
    return Chosen(*_together(files), cut)


def _together(files: Sequence[Path]) -> tuple[Path, str]:
    """Files of several folders, named from the folder above them all."""
    try:
        above = Path(os.path.commonpath(files))
        named = [file.relative_to(above).as_posix().removesuffix(SUFFIX) for file in files]
        if any("+" in name or "~" in name for name in named):
            raise ValueError("signs the engine parts names at")
    except ValueError as trouble:
        raise OfficeError(
            _("The data of these languages lie in folders that cannot be used together. Nothing was read."),
            _("Put them into one pack, or read in one language at a time."),
        ) from trouble
    return above, "+".join(named)


def _file(name: str, folders: Sequence[Path]) -> Path:
    for folder in folders:
        file = folder / (name + SUFFIX)
        if file.is_file():
            return file.resolve()
    here = ", ".join(available(folders)) or "-"
    raise OfficeError(
        _("There is no data to read “{language}” with; here can be read: {here}. Nothing was read.").format(
            language=name, here=here
        ),
        _(
            "Install the package tesseract-ocr-{language} of the system, or a pack for reading scans that"
            " holds {language}.traineddata; or name another language."
        ).format(language=name.replace("_", "-")),
        command="pack install FILE",
    )


def available(folders: Iterable[Path]) -> tuple[str, ...]:
    """The names of all data in these folders. Data for the page's direction is no language."""
    found = {file.name.removesuffix(SUFFIX) for folder in folders for file in folder.glob("*" + SUFFIX)}
    return tuple(sorted(found - {"osd", "equ"}))


def system_folders() -> tuple[Path, ...]:
    """`$TESSDATA_PREFIX`, then where systems put language data."""
    found = []
    if named := os.environ.get("TESSDATA_PREFIX"):
        found += [Path(named), Path(named) / "tessdata"]
    if sys.platform == "win32":
        programs = Path(os.environ.get("PROGRAMFILES", r"C:\Program Files"))
        found.append(programs / "Tesseract-OCR" / "tessdata")
    elif sys.platform == "darwin":
        found += [Path("/", "opt", "homebrew", "share", "tessdata"), Path("/usr/local/share/tessdata")]
    else:
        share = Path("/usr/share")
        found += sorted((share / "tesseract-ocr").glob("*/tessdata"), reverse=True)
        found += [share / "tessdata", share / "tesseract" / "tessdata", Path("/usr/local/share/tessdata")]
    return tuple(found)


def check(folder: Path) -> None:
    """Raises FileRefused where the pack in `folder` holds no language data, or data cut short."""
    files = sorted(folder.glob("*" + SUFFIX))
    if not files:
        raise FileRefused(
            _("The pack holds no language data (files that end in .traineddata). Nothing was kept."),
            _("Lay them into the pack's folder itself, not below it."),
        )
    for file in files:
        if not _sound(file):
            raise FileRefused(
                _("“{file}” is not language data of Tesseract, or is cut short. Nothing was kept.").format(
                    file=file.name
                ),
                _("Fetch it again from where it is published."),
            )


def _sound(file: Path) -> bool:
    with file.open("rb") as opened:
        head = opened.read(4 + 8 * _MOST_PARTS)
    if len(head) < 4:
        return False
    (parts,) = struct.unpack_from("<i", head)
    if not 0 < parts <= _MOST_PARTS or len(head) < 4 + 8 * parts:
        return False
    begins = [at for at in struct.unpack_from(f"<{parts}q", head, 4) if at != -1]
    size = file.stat().st_size
    return bool(begins) and begins == sorted(begins) and 4 + 8 * parts <= begins[0] and begins[-1] < size
