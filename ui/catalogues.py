"""The catalogues of sentences: gather them from the sources, keep the translations, compile them.

`python -m ui.catalogues` brings `resources/locale/LANGUAGE/LC_MESSAGES/marula.po` up to date with the
sources (new sentences come in empty, those nobody says any more go) and writes the `.mo` beside it, which
is what the program reads. Nothing but the standard library is needed.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
LOCALE = HOUSE / "resources" / "locale"
ROOTS = ("app", "ui", "search", "translate")
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; "
    "plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A sentence of the program; `many` is its plural form, "" where it has none."""

    one: str
    many: str = ""


def said_in(source: str) -> Iterator[Sentence]:
    """Every sentence marked by `_` or `plural` in a module's text."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if node.func.id == "_" and len(texts) == 1:
            yield Sentence(texts[0])
        elif node.func.id == "plural" and len(texts) == 2:
            yield Sentence(texts[0], texts[1])


def said(roots: Iterable[str] = ROOTS) -> dict[Sentence, str]:
    """Every sentence of the program and the first module that says it, in the order of the modules."""
    found: dict[Sentence, str] = {}
    for root in roots:
        for file in sorted((HOUSE / root).rglob("*.py")):
            for sentence in said_in(file.read_text(encoding="utf-8")):
                found.setdefault(sentence, file.relative_to(HOUSE).as_posix())
    return found


def catalogue(language: str) -> Path:
    """Where a language's translations lie."""
    return LOCALE / language / "LC_MESSAGES" / "marula.po"


_LINE = re.compile(r'(msgid|msgid_plural|msgstr(?:\[(\d+)\])?)?\s*"(.*)"\s*$')
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def read(text: str) -> dict[Sentence, tuple[str, ...]]:
    """The translations in a `.po` file's text; the head is left out."""
    found: dict[Sentence, tuple[str, ...]] = {}
    entry: dict[str, str] = {}
    key = ""

    def close() -> None:
        if entry.get("msgid"):
            forms = [entry[k] for k in sorted(entry) if k.startswith("msgstr")]
            found[Sentence(entry["msgid"], entry.get("msgid_plural", ""))] = tuple(forms)
        entry.clear()

    for line in text.splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        word, number, part = match.groups()
        if word == "msgid":
            close()
        if word:
            key = f"msgstr{number or 0}" if word.startswith("msgstr") else word
            entry[key] = ""
        entry[key] += re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), part)
    close()
    return found


def written(language: str, kept: Mapping[Sentence, tuple[str, ...]], places: Mapping[Sentence, str]) -> str:
    """A `.po` file: sentences by the module that says them first."""
    head = (
        f"Language: {language}\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: {PLURALS[language]}\n"
    )
    parts = [f'msgid ""\nmsgstr {_quoted(head)}\n']
    module = ""
    for sentence, place in places.items():
        if place != module:
            module = place
            parts.append(f"#. {place}")
        forms = kept.get(sentence, ())
        if not sentence.many:
            parts.append(f"msgid {_quoted(sentence.one)}\nmsgstr {_quoted(forms[0] if forms else '')}\n")
            continue
        lines = [f"msgid {_quoted(sentence.one)}", f"msgid_plural {_quoted(sentence.many)}"]
        for number in range(_forms(language)):
            lines.append(f"msgstr[{number}] {_quoted(forms[number] if number < len(forms) else '')}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _forms(language: str) -> int:
    return int(PLURALS[language].partition("nplurals=")[2].partition(";")[0])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def compiled(language: str, kept: Mapping[Sentence, tuple[str, ...]]) -> bytes:
    """The `.mo` file: GNU's binary form, version 0, little-endian, without a hash table."""
    head = (
        f"Language: {language}\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: {PLURALS[language]}\n"
    )
    pairs = {b"": head.encode()}
    for sentence, forms in kept.items():
        if forms and all(forms):
            name = sentence.one + (f"\0{sentence.many}" if sentence.many else "")
            pairs[name.encode()] = "\0".join(forms).encode()
    names = sorted(pairs)
    start = 28 + 16 * len(names)
    body, places = b"", []
    for texts in (names, [pairs[name] for name in names]):
        for text in texts:
            places.append((len(text), start + len(body)))
            body += text + b"\0"
    table = b"".join(struct.pack("<II", *place) for place in places)
    header = struct.pack("<7I", 0x950412DE, 0, len(names), 28, 28 + 8 * len(names), 0, 28 + 16 * len(names))
    return header + table + body


def bring_up() -> None:
    """Gather, keep, compile, for every language."""
    places = said()
    for language in PLURALS:
        file = catalogue(language)
        kept = read(file.read_text(encoding="utf-8")) if file.is_file() else {}
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written(language, kept, places), encoding="utf-8")
        kept = {sentence: forms for sentence, forms in kept.items() if sentence in places}
        file.with_suffix(".mo").write_bytes(compiled(language, kept))


if __name__ == "__main__":
    bring_up()
