"""The manual: what it tells to type can be typed, what it quotes is said, what it links is there."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from app.cli.main import grammar
from app.errors import OfficeError
from app.services import collections, searching

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "resources" / "help" / "en"
PAGES = sorted(MANUAL.glob("*.md"))
SAMPLE = ROOT / "resources" / "demo" / "collection"
GENERATED = ("command-line.md", "formats.md")
WRITTEN = [page for page in PAGES if page.name not in GENERATED]


def text_of(name: str) -> str:
    """One page."""
    return (MANUAL / name).read_text(encoding="utf-8")


def typed() -> Iterator[tuple[str, str]]:
    """Page and line for each command in a fenced block. The page written from the commands has a test of
    its own."""
    for page in WRITTEN:
        for block in re.findall(r"^```\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            for line in block.splitlines():
                if line.startswith("marula "):
                    yield page.name, line


def dry(words: list[str]) -> None:
    """Parse a command to its last word without running it. Raises click.UsageError."""
    context = grammar.make_context("marula", list(words))
    command: click.Command = grammar
    # A group keeps the words after its own options: the next command and what belongs to it.
    while isinstance(command, click.Group):
        rest = [*context._protected_args, *context.args]
        if not rest:
            return
        _name, below, left = command.resolve_command(context, rest)
        assert below is not None
        command = below
        context = command.make_context(command.name, left, parent=context)


def test_the_pages_are_there() -> None:
    """A newcomer finds each task; a page can be read in one sitting."""
    names = {page.name for page in PAGES}
    tasks = "index first-day cases limits-and-law search translation letters office-together security"
    assert {f"{name}.md" for name in (tasks + " troubleshooting law-packs").split()} <= names
    for page in WRITTEN:
        lines = page.read_text("utf-8").count("\n")
        assert 60 <= lines <= 150, f"{page.name} has {lines} lines"


@pytest.mark.parametrize(("page", "line"), sorted(set(typed())))
def test_every_command_can_be_typed(page: str, line: str) -> None:
    """The command is there and knows its options; `--help` and `--version` leave early, as they should."""
    assert len(line) <= 100, "too long for the window at its smallest"
    try:
        dry(shlex.split(line, comments=True)[1:])
    except click.exceptions.Exit as early:
        assert early.exit_code == 0
    except click.UsageError as trouble:
        pytest.fail(f"{page}: {line}\n{trouble.format_message()}")


def test_a_wrong_command_is_noticed() -> None:
    """The check above is no rubber stamp."""
    for line in ("case nonsense", "case list --nonsense", "nonsense", "letter print L-1", "case show A B"):
        with pytest.raises(click.UsageError):
            dry(line.split())


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_commands_in_running_text_exist(page: Path) -> None:
    """`marula NOUN VERB` inside a sentence names a command that is there."""
    running = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for quoted in re.findall(r"`marula ([^`]+)`", running):
        command: click.Command = grammar
        for word in (w for w in shlex.split(quoted) if not w.startswith("-")):
            if not isinstance(command, click.Group):
                break
            found = command.get_command(click.Context(command), word)
            assert found is not None, f"{page.name}: marula {quoted}"
            command = found


def test_every_page_is_linked_from_the_first() -> None:
    """No page that nobody finds; a page that is being made may be linked already."""
    linked = set(re.findall(r"\]\(([a-z-]+\.md)\)", text_of("index.md")))
    assert {page.name for page in PAGES} - {"index.md"} <= linked
    assert linked <= {page.name for page in PAGES} | {*GENERATED}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_markdown_are_plain(page: Path) -> None:
    """Links lead to pages of the manual; nothing that the window's reader does not show or would fetch."""
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)]*)\)", text):
        name, _hash, part = target.partition("#")
        assert not name or (MANUAL / name).is_file() or name in GENERATED, f"{page.name}: {target}"
        assert not part, f"{page.name}: {target} points into a page, which the window cannot do"
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)
    assert not re.search(r"<[a-zA-Z/!]", prose), "HTML"
    assert "![" not in prose, "a picture"
    assert not re.search(r"https?://", prose), "an address on a network"
    assert text.startswith("# ") and len(re.findall(r"^# ", text, re.MULTILINE)) <= 1 + text.count("```")
    if page.name not in GENERATED:
        assert max(map(len, text.splitlines())) <= 240


def table(heading: str) -> list[str]:
    """The queries in the first column of the table of `search.md` under the row `heading`."""
    rows = text_of("search.md").partition(f"| query | {heading} |\n")[2].partition("\n\n")[0]
    return [
        found for row in rows.splitlines() if (found := row.split("|")[1].strip().strip("`"))[:3] != "---"
    ]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample collection, indexed as a newcomer would do it."""
    files = sorted(SAMPLE.glob("*"))
    if not files:
        pytest.skip("the sample collection is not in this copy")
    folder = tmp_path_factory.mktemp("manual")
    collections.create(folder, "world")
    added = collections.add(folder, "world", files)
    assert added.added and not added.refused
    return folder


@pytest.mark.parametrize("query", table("finds"))
def test_queries_of_the_manual_find_something(sample: Path, query: str) -> None:
    """Each example of the table, on the sample collection."""
    assert searching.search(sample, query).total > 0


@pytest.mark.parametrize("query", table("refused because"))
def test_queries_that_are_refused_say_where(sample: Path, query: str) -> None:
    """Refused with the place in the query."""
    with pytest.raises(OfficeError) as refused:
        searching.search(sample, query)
    assert refused.value.as_json()["position"] is not None


@cache
def sentences() -> tuple[str, ...]:
    """Everything that the program can say: the literals inside `_()` and `plural()`."""
    said = []
    for package in ("app", "search", "translate", "ui"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "plural"):
                    said += [a.value for a in node.args if isinstance(a, ast.Constant)]
    return tuple(text for text in said if isinstance(text, str))


def quoted() -> list[str]:
    """The messages of `troubleshooting.md` and the flags of `translation.md`."""
    messages = re.findall(r"^> (.+)$", text_of("troubleshooting.md"), re.MULTILINE)
    flags = text_of("translation.md").partition("| what it says |")[2].partition("\n\n")[0]
    return [*messages, *re.findall(r"^\| ([A-Z][^|]+?) \|", flags, re.MULTILINE)]


@pytest.mark.parametrize("message", quoted())
def test_quoted_messages_are_said(message: str) -> None:
    """`…` stands for what is filled in; the rest is word for word in the source."""
    gap = r"(?:\{\w+\})"
    pattern = gap.join(re.escape(part) for part in message.split("…"))
    assert any(re.search(pattern, text) for text in sentences()), message


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_options_in_tables_and_text_are_known(page: Path) -> None:
    """An option named anywhere in the manual is one of some command."""
    known = {"--help", "--version"}
    todo: list[click.Command] = [grammar]
    while todo:
        command = todo.pop()
        known |= {
            name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)
        }
        if isinstance(command, click.Group):
            context = click.Context(command)
            todo += [c for n in command.list_commands(context) if (c := command.get_command(context, n))]
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", page.read_text("utf-8")))
    assert named <= known, sorted(named - known)
