"""The page of commands says what the commands say, and the window finds the pages."""

from __future__ import annotations

import pytest

from app.cli import manual
from app.cli.main import NOUNS


def test_the_page_of_commands_is_not_stale() -> None:
    """`python -m app.cli.manual` writes it anew."""
    assert manual.place().read_text(encoding="utf-8") == manual.page(), (
        test_the_page_of_commands_is_not_stale.__doc__
    )


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_every_noun_has_its_part(noun: str) -> None:
    """With at least one verb below it."""
    part = manual.page().partition(f"\n## {noun}\n")[2].partition("\n## ")[0]
    assert f"### `marula {noun}" in part


def test_the_page_starts_with_one_heading() -> None:
    """The window takes its title from there."""
    lines = manual.page().splitlines()
    assert lines[0] == "# The command line"
    assert [line for line in lines if line.startswith("# ")] == lines[:1]


def test_the_window_finds_the_pages() -> None:
    """All of them, the overview first; a page that is not translated in English."""
    from ui.rooms.help import pages_in

    folder = manual.place().parents[1]
    pages = pages_in(folder, "fr")
    assert len(pages) == len(list((folder / "en").glob("*.md")))
    assert pages[0].text == (folder / "en" / "index.md").read_text(encoding="utf-8")
    assert "The command line" in [page.title for page in pages]
