"""A pack damaged anywhere is told with file and line, whatever the damage: never a fault of the program."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.findings import Severity
from app.errors import FileRefused
from app.paths import resources
from app.services import laws
from app.storage import lawpacks

PACKS = {name: resources() / "law" / name for name in ("model", "friday", "designs")}
FILES = {
    name: {str(file.relative_to(folder)): file.read_text("utf-8") for file in sorted(folder.rglob("*.toml"))}
    for name, folder in PACKS.items()
}

VALUES = (
    '""', '"x"', '"\\u0000"', "[]", '["x"]', "[[]]", "[1]", "{}", '{ en = "x" }', "{ en = [] }", "0", "-1",
    "1.5", "inf", "nan", "true", "2026-02-28", "2026-02-28T10:00:00Z", "10:00:00", '"9999y"', '"1d"',
    '"{serial}"', '"office"', '["office"]', '"before"', '"note"', '"accorded"',
    '["filed", "filed"]', '[{ a = 1 }]',
    '{ "02-29" = "x" }', '{ "9999-12-31" = "x" }', '{ "last monday of may" = "x" }', '"' + "9" * 400 + 'y"',
)  # fmt: skip
KEYS = ("id", "name", "rights", "fields", "opens", "x", "on_miss", "based_on", "observed", "due_on", '""')


def _replace_value(draw: Callable[..., int], lines: list[str]) -> None:
    at = [n for n, line in enumerate(lines) if " = " in line and not line.startswith("#")]
    number = at[draw(st.integers(0, len(at) - 1))]
    lines[number] = f"{lines[number].partition(' = ')[0]} = {VALUES[draw(st.integers(0, len(VALUES) - 1))]}"


def _replace_key(draw: Callable[..., int], lines: list[str]) -> None:
    at = [n for n, line in enumerate(lines) if " = " in line and not line.startswith("#")]
    number = at[draw(st.integers(0, len(at) - 1))]
    lines[number] = f"{KEYS[draw(st.integers(0, len(KEYS) - 1))]} = {lines[number].partition(' = ')[2]}"


def _drop_line(draw: Callable[..., int], lines: list[str]) -> None:
    del lines[draw(st.integers(0, len(lines) - 1))]


def _repeat_lines(draw: Callable[..., int], lines: list[str]) -> None:
    start = draw(st.integers(0, len(lines) - 1))
    several = lines[start : start + draw(st.integers(1, 30))]
    place = draw(st.integers(0, len(lines)))
    lines[place:place] = several


def _swap_brackets(draw: Callable[..., int], lines: list[str]) -> None:
    at = [n for n, line in enumerate(lines) if line.startswith("[")]
    if at:
        number = at[draw(st.integers(0, len(at) - 1))]
        lines[number] = ["[x]", "[[x]]", lines[number][1:-1] or "[y]"][draw(st.integers(0, 2))]


def _swap_words(draw: Callable[..., int], lines: list[str]) -> None:
    """A name that another line has: links that dangle, circles, ids twice."""
    quoted = [n for n, line in enumerate(lines) if line.count('"') >= 2 and not line.startswith("#")]
    one, other = (quoted[draw(st.integers(0, len(quoted) - 1))] for _turn in range(2))
    head, _quote, rest = lines[one].partition('"')
    lines[one] = f'{head}"{lines[other].split(chr(34))[1]}"{rest.partition(chr(34))[2]}'


def _cut(draw: Callable[..., int], lines: list[str]) -> None:
    number = draw(st.integers(0, len(lines) - 1))
    lines[number] = lines[number][: draw(st.integers(0, len(lines[number])))]


DAMAGES = (
    _replace_value, _replace_key, _drop_line, _repeat_lines, _swap_brackets, _swap_words, _swap_words, _cut,
)  # fmt: skip


@st.composite
def damaged(draw: Callable[..., int]) -> tuple[str, str, str]:
    """Pack, file, and the file's text with one to three damages."""
    pack = sorted(PACKS)[draw(st.integers(0, len(PACKS) - 1))]
    files = sorted(FILES[pack])
    file = files[draw(st.integers(0, len(files) - 1))]
    lines = FILES[pack][file].splitlines()
    for _turn in range(draw(st.integers(1, 3))):
        if lines:
            DAMAGES[draw(st.integers(0, len(DAMAGES) - 1))](draw, lines)
        if not any(" = " in line and line.count('"') >= 2 and not line.startswith("#") for line in lines):
            break
    return pack, file, "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A copy of each pack, in which one file at a time is damaged."""
    place = tmp_path_factory.mktemp("packs")
    return {name: Path(shutil.copytree(folder, place / name)) for name, folder in PACKS.items()}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(damaged())
def test_a_damaged_pack_is_told_with_its_lines(copies: dict[str, Path], damage: tuple[str, str, str]) -> None:
    pack, file, text = damage
    folder = copies[pack]
    try:
        (folder / file).write_text(text, "utf-8")
        found = lawpacks.check(folder)
        for fault in found:
            assert fault.message.strip() and fault.where
            named, _comma, line = fault.where.partition(", line ")
            if line:
                length = len((folder / named).read_text("utf-8").splitlines())
                assert 1 <= int(line) <= max(1, length)
        wrong = any(fault.severity is Severity.ERROR for fault in found)
        if wrong:
            with pytest.raises(FileRefused):
                lawpacks.load(folder)
        else:
            law = lawpacks.load(folder)
            assert law.rights
            laws._compare("limit", law.limits, law.limits)
            laws._compare("calendar", law.calendars, law.calendars)
        try:
            tomllib.loads(text)
        except ValueError:
            assert wrong
    finally:
        (folder / file).write_text(FILES[pack][file], "utf-8")
