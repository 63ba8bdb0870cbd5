"""The page of the manual that lists every command, written from the commands themselves.

`python -m app.cli.manual` writes it anew; a test fails while it says something else than the program.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from app.cli.main import NOUNS, grammar
from app.paths import resources

_HEAD = """# The command line

Everything the window does has a command. They all have one form:

```
marula [--office FOLDER] [--json] NOUN VERB …
```

Without `--office` a command speaks of the office that the variable `MARULA_OFFICE` names, and without
that of the one in your own data folder. With `--json` exactly one JSON document is printed, and messages go
to standard error. `--` ends the options, for names that begin with a dash. `marula NOUN VERB --help` shows
what stands here.

A command ends with 0 when it was done, 1 when it was refused and 2 when its words do not say what to do. A
refusal says what happened, what was left as it was, and what to do.
"""


def place() -> Path:
    """Where the page lies."""
    return resources() / "help" / "en" / "command-line.md"


def page() -> str:
    """The whole page, in Markdown."""
    parts = [_HEAD]
    for noun in sorted(NOUNS):
        command = grammar.get_command(click.Context(grammar), noun)
        if command is not None:
            parts += [f"## {noun}\n", *_described(command, f"marula {noun}")]
    return "\n".join(parts)


def _described(command: click.Command, words: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        yield _text(command)
        for name in sorted(command.commands):
            yield from _described(command.commands[name], f"{words} {name}")
        return
    context = click.Context(command, info_name=words)
    pieces = [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
    yield f"### `{' '.join([words, *pieces])}`\n"
    yield _text(command)
    options = [option for option in command.params if isinstance(option, click.Option)]
    if options:
        needed = {True: " Always needed.", False: ""}
        yield (
            "\n".join(
                f"- `{_asked(option, context)}`: {option.help}{needed[option.required]}" for option in options
            )
            + "\n"
        )


def _asked(option: click.Option, context: click.Context) -> str:
    """`-o`, `--out FILE`: the spellings of an option and what it takes."""
    spelt = ", ".join((*option.opts, *option.secondary_opts))
    return spelt if option.is_flag else f"{spelt} {option.make_metavar(context).removesuffix(' RANGE')}"


def _text(command: click.Command) -> str:
    """The command's own explanation; what is laid out by hand in it stays so."""
    shown = []
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        laid_out = paragraph.startswith("\b\n")
        shown.append(f"```\n{paragraph[2:]}\n```\n" if laid_out else " ".join(paragraph.split()) + "\n")
    return "\n".join(shown)


def write() -> Path:
    """Write the page; where it lies."""
    place().write_text(page(), encoding="utf-8", newline="\n")
    return place()


if __name__ == "__main__":
    click.echo(write())
