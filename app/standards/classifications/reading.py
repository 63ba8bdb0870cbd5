"""From an office's own download to a classification: the form of each file is told by its content.

Read are the IPC master file (IPCScheme XML), CPC scheme XML, IPC titles in columns parted by a tab or as a
list or tree of codes and descriptions (JSON), Nice headings (JSON) and alphabetical lists (JSON, CSV), and
Locarno (JSON).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from app.errors import FileRefused, UsageError, _
from app.standards.classifications import from_json, from_xml
from app.standards.classifications.scheme import Scheme, normal
from app.standards.fields import forms
from app.standards.registry import is_xml

LARGEST = 512 << 20
"""Bytes of one file; the largest, the CPC in one piece, has a fifth of it."""


def read(paths: Sequence[Path], *, scheme: str = "", edition: str = "", language: str = "") -> Scheme:
    """The classification in files or folders of files.

    scheme    what it must be; "" takes what the files are
    edition   where the files do not say; it must not differ from what they say
    language  of files that do not say theirs (ISO 639-1); `und` where nobody says

    Raises FileRefused where a file is of no known form or another classification, UsageError where the
    edition is not said.
    """
    found: Scheme | None = None
    for path in _files(paths):
        part = _read(path, scheme, language)
        if found is None:
            found = part
        elif part.scheme != found.scheme or (
            part.edition and found.edition and part.edition != found.edition
        ):
            raise FileRefused(
                _("{file} is {one}, the files before are {other}. Nothing was built.").format(
                    file=path.name, one=_named(part), other=_named(found)
                ),
                _("Make one pack of each classification and edition."),
            )
        else:
            found.edition = found.edition or part.edition
            found.merge(part)
    assert found is not None
    return _settled(found, scheme, edition)


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inner = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [p for p in inner if p.is_file() and not p.name.startswith(".")]
    if not found:
        raise FileRefused(
            _("There is no file in {paths}. Nothing was built.").format(paths=", ".join(map(str, paths))),
            _("Name the files of the classification as they were downloaded."),
        )
    return found


def _settled(found: Scheme, scheme: str, edition: str) -> Scheme:
    if scheme and found.scheme != scheme:
        raise FileRefused(
            _("The files hold {one}, not {other}. Nothing was built.").format(
                one=found.scheme.upper(), other=scheme.upper()
            ),
            _("Name the files of the classification that is wanted."),
        )
    said = plain_edition(edition)
    if not said and not found.edition:
        raise UsageError(
            _("The files do not say which edition of the classification they are. Nothing was built."),
            _("Say it, for example 2024.01 for the IPC or 13.2026 for Nice."),
            command="pack build KIND PATH -o FILE --edition EDITION",
        )
    if said and found.edition and said != found.edition:
        raise FileRefused(
            _("The files say that they are edition {one}, not {other}. Nothing was built.").format(
                one=found.edition, other=said
            ),
            _("Leave the edition out, or name the files of the one that is wanted."),
        )
    found.edition = found.edition or said
    return found


def plain_edition(text: str) -> str:
    """An edition in letters, digits and points: `13-2026` 13.2026, `20240101` 2024.01."""
    if len(text) == 8 and text.isdigit():
        return f"{text[:4]}.{text[4:6]}"
    return ".".join("".join(c if c.isascii() and c.isalnum() else " " for c in text).split())


def _named(found: Scheme) -> str:
    return f"{found.scheme.upper()} {found.edition}".strip()


def _read(path: Path, scheme: str, language: str) -> Scheme:
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(_("it is larger than any classification"))
        with path.open("rb") as file:
            head = file.read(65_536)
        if is_xml(head):
            found = from_xml.read(path)
        else:
            text = path.read_bytes().decode("utf-8-sig")
            found = _plain(text, scheme, language)
    except (OSError, ValueError, csv.Error, RecursionError) as trouble:
        # What a damaged disk, another encoding, other columns or JSON nested without end raise.
        raise FileRefused(
            _("{file} is no classification that is read here ({why}). Nothing was built.").format(
                file=path.name, why=trouble
            ),
            _("Forms that are read are listed in the help: IPC and CPC scheme XML, tables and JSON."),
        ) from trouble
    if not found.titles and not found.terms:
        raise FileRefused(
            _("{file} holds no class with a title. Nothing was built.").format(file=path.name),
            _("Name the files of the classification as they were downloaded."),
        )
    return found


def _plain(text: str, scheme: str, language: str) -> Scheme:
    if text.lstrip()[:1] in ("[", "{"):
        return from_json.read(json.loads(text), scheme, language)
    first = text.partition("\n")[0]
    if "class_number" in first and "," in first:
        return _terms(text)
    if "\t" in first:
        return _columns(text, scheme or "ipc", language)
    raise ValueError(_("neither JSON nor columns with a tab or a heading class_number"))


def _terms(text: str) -> Scheme:
    """A Nice alphabetical list: columns class_number, term and, where given, basic_number and language."""
    found = Scheme("nice")
    for row in csv.DictReader(io.StringIO(text)):
        language = forms.language(row.get("language"))
        found.term(
            language,
            normal("nice", row.get("class_number") or ""),
            row.get("basic_number") or "",
            row.get("term") or "",
        )
    return found


def _columns(text: str, scheme: str, language: str) -> Scheme:
    """Symbol, tab, title: the IPC at the depth of its class, subclass or main group."""
    found = Scheme(scheme)
    for line in text.splitlines():
        symbol, _tab, words = line.partition("\t")
        found.title(language or forms.UNKNOWN_LANGUAGE, normal(scheme, symbol), words)
    return found
