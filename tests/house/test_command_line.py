"""The grammar of the command line: every noun is there, every verb explains itself, starting costs little."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from app import __version__
from app.cli.main import NOUNS, grammar, run

# Libraries that take longer to load than an ordinary verb may take in all.
HEAVY = {"PySide6", "numpy", "lxml", "rich", "whoosh", "tantivy", "ctranslate2", "argostranslate", "typst",
         "reportlab", "pikepdf", "PIL", "pypdfium2", "fsspec", "sqlite_utils", "keyring", "nacl"}  # fmt: skip


def verbs(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """A command and everything below it, with the words that lead there."""
    yield words, command
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from verbs(below, (*words, name))


def command_of(noun: str) -> click.Command:
    """The click command of a noun, loaded as the program loads it."""
    found = grammar.get_command(click.Context(grammar), noun)
    assert found is not None
    return found


def test_help_lists_every_noun() -> None:
    """`marula --help`, as a person types it."""
    done = subprocess.run(
        [sys.executable, "-m", "app.cli.main", "--help"], capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 0
    listed = {line.split()[0] for line in done.stdout.partition("Commands:")[2].splitlines() if line.strip()}
    assert listed == set(NOUNS)


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_every_verb_and_option_has_help(noun: str) -> None:
    """A sentence for each verb, and for each option what it is for."""
    for words, command in verbs(command_of(noun), (noun,)):
        said = (command.help or "").strip()
        assert said, f"marula {' '.join(words)} has no help"
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"marula {' '.join(words)} {parameter.opts[-1]} has no help"


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_help_is_shown_without_an_office(noun: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is opened to answer `--help`."""
    for words, _command in verbs(command_of(noun), (noun,)):
        assert run([*words, "--help"]) == 0
        assert capsys.readouterr().out.startswith("Usage: marula")


@pytest.mark.parametrize(
    "words",
    [
        ["noun-that-is-not"],
        ["office", "verb-that-is-not"],
        ["--option-that-is-not"],
        ["case", "list", "x", "y"],
    ],
)
def test_words_that_say_nothing_are_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, on standard error, with nothing on standard output."""
    assert run(words) == 2
    heard = capsys.readouterr()
    assert heard.err and not heard.out


def test_version() -> None:
    """One line, and the same number as the package."""
    done = subprocess.run(
        [sys.executable, "-m", "app.cli.main", "--version"], capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.stdout == f"marula {__version__}\n"


@pytest.mark.parametrize("words", [["--version"], ["limit", "--help"]])
def test_starting_loads_no_heavy_library(words: list[str]) -> None:
    """What is loaded decides what starting costs; the figure itself is in `marula bench start`."""
    script = (
        "import sys, json\nfrom app.cli.main import run\n"
        f"run({words!r})\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", timeout=60)
    assert not HEAVY & set(json.loads(done.stderr.splitlines()[-1]))


def test_json_refusal_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    """`{"refused": {…}}` on standard output and status 1."""
    assert run(["--json", "bench", "no-such-benchmark"]) == 1
    refused = json.loads(capsys.readouterr().out)["refused"]
    assert refused["message"] and refused["remedy"]


@pytest.mark.parametrize("note", ["[/x].xml", "[red", "\x1b[31mred", "n\udcff.xml", "{0} %s"])
def test_the_bar_shows_any_name_as_it_is(note: str) -> None:
    """A name is neither markup nor a command to the terminal."""
    from rich.console import Console

    from app.cli.bars import Bar

    screen = io.StringIO()
    bar = Bar("Reading")
    bar.step(1, 2, note)
    Console(file=screen, width=200).print(bar._drawn.get_renderable())
    assert note.replace("\x1b", "\ufffd") in screen.getvalue()
