"""Every sentence that a person reads can be translated, and every translation there is can be loaded."""

from __future__ import annotations

import ast
import gettext
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = [*sorted((ROOT / "app").rglob("*.py")), *sorted((ROOT / "ui").rglob("*.py")), ROOT / "run.py"]
CODE += [*sorted((ROOT / "search").rglob("*.py")), *sorted((ROOT / "translate").rglob("*.py"))]

# Calls whose literal arguments a person reads: refusals, printed lines, options' help, Qt's labels.
REFUSALS = {"OfficeError", "UsageError", "FileRefused", "StorageRefused", "RuleRefused", "Refused"}
PRINTED = {"echo", "secho", "say", "print"}
LABELS = {
    "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QToolButton", "addAction",
    "addMenu", "addTab", "setAccessibleDescription", "setAccessibleName", "setPlaceholderText",
    "setStatusTip", "setText", "setTitle", "setToolTip", "setWhatsThis", "setWindowTitle",
}  # fmt: skip
WORDY = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}|^[A-Z][^\W\d_]{3,}$")


def called(node: ast.Call) -> str:
    """The last part of the name of what is called."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def literals(node: ast.Call) -> Iterator[str]:
    """Plain and formatted strings handed over as they are, without `_()` around them."""
    help_words = [word.value for word in node.keywords if word.arg == "help"]
    for argument in [*node.args, *help_words]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value
        elif isinstance(argument, ast.JoinedStr):
            yield "".join(part.value for part in argument.values if isinstance(part, ast.Constant))


def calls(file: Path) -> Iterator[ast.Call]:
    """Every call in a file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def test_every_sentence_is_marked() -> None:
    """Words in a refusal, a printed line, an option's help or a label stand inside `_()`."""
    unmarked = []
    for file in CODE:
        for node in calls(file):
            spoken = called(node) in REFUSALS | PRINTED | LABELS
            helps = any(word.arg == "help" for word in node.keywords)
            if not (spoken or helps):
                continue
            unmarked += [
                f"{file.relative_to(ROOT)}:{node.lineno} {text!r}"
                for text in literals(node)
                if WORDY.search(text) and not text.startswith(("Traceback", "python3 run.py"))
            ]
    assert not unmarked, "\n".join(unmarked)


def test_sentences_are_marked_whole() -> None:
    """`_()` takes a sentence as it stands in the source: one put together at run time is in no catalogue."""
    built = []
    for file in CODE:
        for node in calls(file):
            if isinstance(node.func, ast.Name) and node.func.id in {"_", "plural"}:
                texts = node.args[:1] if node.func.id == "_" else node.args[:2]
                # A name stands for a sentence of a table; anything worked out here does not.
                if any(isinstance(text, ast.JoinedStr | ast.BinOp | ast.Call) for text in texts):
                    built.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert not built, "\n".join(built)


@pytest.mark.parametrize("word", ["invalid", "illegal", "fatal", "oops"])
def test_messages_blame_nobody(word: str) -> None:
    """What happened, what was left as it was, what to do: without jargon."""
    found = []
    for file in CODE:
        for node in calls(file):
            if isinstance(node.func, ast.Name) and node.func.id == "_" and node.args:
                text = node.args[0]
                if isinstance(text, ast.Constant) and re.search(
                    rf"\b{word}\b", str(text.value), re.IGNORECASE
                ):
                    found.append(f"{file.relative_to(ROOT)}:{node.lineno} {text.value!r}")
    assert not found, "\n".join(found)


def catalogues() -> list[Path]:
    """The compiled translations that are bundled."""
    return sorted((ROOT / "resources" / "locale").rglob("*.mo"))


def test_every_translation_has_its_source_beside_it() -> None:
    """`marula.po`, which translators edit, and `marula.mo`, which the program loads."""
    sources = {file.with_suffix("") for file in (ROOT / "resources" / "locale").rglob("*.po")}
    assert sources == {file.with_suffix("") for file in catalogues()}


def test_catalogues_load_and_keep_the_gaps() -> None:
    """A translation that loses `{number}` would say less than the sentence, or crash."""
    for file in catalogues():
        with file.open("rb") as handle:
            known = gettext.GNUTranslations(handle)._catalog  # type: ignore[attr-defined]
        for sentence, translated in known.items():
            gaps = {name for _text, name, _form, _turn in string.Formatter().parse(translated) if name}
            # A counted sentence (a pair of itself and a form) is listed by its singular, which has no number.
            if isinstance(sentence, str):
                assert gaps <= {n for _t, n, _f, _c in string.Formatter().parse(sentence) if n}, (
                    file,
                    sentence,
                )
