"""The papers at the root: what they promise must be what is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> str:
    """One file of the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_first_block_of_the_readme_is_the_two_commands() -> None:
    """A newcomer types what stands there."""
    block = re.search(r"```[a-z]*\n(.*?)```", read("README.md"), re.DOTALL)
    assert block
    typed = [line.split("#")[0].strip() for line in block.group(1).splitlines() if line.strip()]
    assert typed == ["python3 run.py demo", "python3 run.py test"]


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_links_lead_somewhere(paper: str) -> None:
    """Files and pictures that a paper points to are in the repository."""
    for target in re.findall(r"\]\(([^)#]+)\)", read(paper)):
        if "://" not in target:
            assert (ROOT / target).exists(), f"{paper} points to {target}"


def test_commands_in_the_papers_exist() -> None:
    """`run.py WORD` and `marula NOUN` as they are written."""
    from app.cli.main import NOUNS

    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "--help"], capture_output=True, encoding="utf-8"
    )
    known = set(re.findall(r"run\.py (\w+)", done.stdout))
    for paper in ("README.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"run\.py (\w+)", read(paper))) <= known, paper
        nouns = set(re.findall(r"`(?:python3 run\.py )?marula ([a-z]+)", read(paper)))
        assert nouns <= set(NOUNS), paper


def test_changelog_has_its_form() -> None:
    """Newest first, dated, with the headings of Keep a Changelog."""
    text = read("CHANGELOG.md")
    assert text.startswith("# Changelog\n")
    heads = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    dates = []
    for head in heads[1:]:
        dated = re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})", head)
        assert dated, head
        dates.append(dated.group(2))
    assert dates == sorted(dates, reverse=True)
    kinds = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_version_is_one_and_whole() -> None:
    """Three numbers, kept in one place and taken from there by the packaging."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    assert 'path = "app/__init__.py"' in read("pyproject.toml")


def test_the_automatic_run_types_what_a_newcomer_types() -> None:
    """`.ci/run` is one command."""
    script = ROOT / ".ci" / "run"
    if os.name != "nt":
        assert os.access(script, os.X_OK)
    lines = [line for line in read(".ci/run").splitlines() if line.strip() and not line.startswith("#")]
    assert lines[-1] == "exec python3 run.py test"
    assert {line.split()[0] for line in lines} == {"set", "cd", "exec"}


def test_licence_is_whole() -> None:
    """Apache-2.0, as pyproject.toml says."""
    assert 'license = "Apache-2.0"' in read("pyproject.toml")
    text = read("LICENSE")
    assert (
        "Apache License" in text
        and "Version 2.0, January 2004" in text
        and "END OF TERMS AND CONDITIONS" in text
    )


def test_the_root_shows_the_card() -> None:
    """What ARCHITECTURE.md draws, and nothing beside it."""
    drawn = {
        "app", "ui", "search", "translate", "resources", "tests", "bench", "build.spec", "pyproject.toml",
        "run.py", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE",
        "constraints.txt",
    }  # fmt: skip
    there = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert there - drawn <= {"build", "dist", "__pycache__"}
    assert drawn <= there
