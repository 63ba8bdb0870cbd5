"""What there is to translate in a file: plain text, or the claims of a document `inspect` reads."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.domain.record import Record
from app.errors import FileRefused, OfficeError, UsageError, _
from app.progress import SILENT, Progress

LARGEST_FILE = 64 << 20


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to translate and its language, "" where nothing says it."""

    text: str
    language: str = ""


_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)


def code_of(language: str) -> str:
    """`fr` for `fr`, `FR` and `fr-CA`. Raises UsageError for what is no language code."""
    found = _CODE.fullmatch(language.strip())
    if not found:
        raise UsageError(
            _("“{language}” is not a language code.").format(language=language),
            _("Use two letters, as in ISO 639-1: fr, en, ar, es …"),
        )
    return found[1].lower()


_STRUCTURED = (b"PK\x03\x04", b"\x1f\x8b", b"%PDF", b"PATN", b"<")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def read(
    path: Path | BinaryIO, *, source: str | None = None, target: str = "", progress: Progress = SILENT
) -> Passage:
    """What there is to translate in a file. Raises FileRefused in plain words."""
    raw = _bytes_of(path)
    name = path.name if isinstance(path, Path) else _("standard input")
    if not raw.strip():
        raise FileRefused(
            _("{file} is empty. Nothing was translated.").format(file=name),
            _("Check that it is the right file."),
        )
    if isinstance(path, Path) and raw.removeprefix(codecs.BOM_UTF8).lstrip()[:8].startswith(_STRUCTURED):
        passage = _claims_in(path, source, target, progress)
        if passage:
            return passage
    return Passage(_decoded(raw, name))


def _bytes_of(path: Path | BinaryIO) -> bytes:
    try:
        if isinstance(path, Path):
            with path.open("rb") as file:
                raw = file.read(LARGEST_FILE + 1)
        else:
            raw = path.read(LARGEST_FILE + 1)
    except OSError as trouble:
        raise FileRefused(
            _("{file} cannot be read ({why}). Nothing was translated.").format(
                file=path, why=trouble.strerror
            ),
            _("Check its name and its rights."),
        ) from trouble
    if len(raw) > LARGEST_FILE:
        raise FileRefused(
            _("The file is larger than {most} MB. Nothing was translated.").format(most=LARGEST_FILE >> 20),
            _("Translate a part of it."),
        )
    return raw


def _decoded(raw: bytes, name: str) -> str:
    encoding = next((enc for bom, enc in _BOMS if raw.startswith(bom)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as trouble:
        if b"\0" in raw[:65536]:
            raise _binary(name) from trouble
        raise FileRefused(
            _("{file} is not text in UTF-8 (byte {place}). Nothing was translated.").format(
                file=name, place=trouble.start
            ),
            _("Save it as UTF-8 in the program it comes from, and try again."),
        ) from trouble
    if any(c < " " and c not in "\t\n\r\f\v\x1c\x1d\x1e" for c in text):
        raise _binary(name)
    return text


def _binary(name: str) -> FileRefused:
    return FileRefused(
        _("{file} is not a text. Nothing was translated.").format(file=name),
        _("Give a text file in UTF-8, or a patent document in a format that is known."),
        command="inspect",
    )


def _claims_in(path: Path, source: str | None, target: str, progress: Progress) -> Passage | None:
    """The claims in a file of a known format; None where no format fits and it may be plain text."""
    from app.services import inspecting

    records: list[Record] = []
    refusal: OfficeError | None = None
    for entry in inspecting.inspect([path], progress=progress):
        records.extend(entry.records)
        refusal = refusal or entry.refused
    if not records:
        if refusal and path.suffix.lower() not in (".txt", ".text", ".md"):
            raise refusal
        return None
    passages = [p for record in records if (p := _passage_of(record, source, target))]
    if not passages:
        raise FileRefused(
            _("{file} holds no claims, abstract or title to translate from.").format(file=path.name),
            _("Look at what is in it and in which languages, and name one of them."),
            command="inspect PATH",
        )
    spoken = passages[0].language
    return Passage("\n\n".join(p.text for p in passages if p.language == spoken), spoken)


def _passage_of(record: Record, source: str | None, target: str) -> Passage | None:
    """Claims, else abstract, else title, in `source` or else in the document's language."""
    for texts in (record.claims, _single(record.abstracts), _single(record.titles)):
        language = _language_of(texts, source, record.language, target)
        if language is not None:
            spoken = "" if language == "und" else language
            return Passage(
                _numbered(texts[language]) if texts is record.claims else texts[language][0], spoken
            )
    return None


def _single(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {language: (text,) for language, text in texts.items() if text.strip()}


def _language_of(texts: Mapping[str, Sequence[str]], source: str | None, own: str, target: str) -> str | None:
    if source:
        return next((language for language in (code_of(source), "und") if texts.get(language)), None)
    others = [language for language in texts if language != target and texts[language]]
    return own if own in others else next(iter(others), None)


HAS_NUMBER = re.compile(r"\s*(?:\d|[\u0660-\u0669]|[\uff10-\uff19]){1,3}\s?[.)\-–．]")


def _numbered(claims: Iterable[str]) -> str:
    """Claims with their numbers (PCT Rule 6.1), a blank line between them."""
    numbered = (
        claim if HAS_NUMBER.match(claim) else f"{number}. {claim.strip()}"
        for number, claim in enumerate(claims, 1)
    )
    return "\n\n".join(numbered) + "\n"
