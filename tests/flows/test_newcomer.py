"""Wrong input first: every verb and every option with what a newcomer may give it. Never a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click
import pytest

from app.cli.main import NOUNS, grammar

ODD = ["", " ", "x" * 20_000, "a\0b", "\udcff", "/nonexistent/x", "{folder}", "{empty}", "{text}", "-",
       "é\u202e\n\x1b[31m'\"", "9" * 400, "%s{0}{x}"]  # fmt: skip
LEFT_OUT = {"demo", "bench", "office restore", "office init", "station join"}
"""They make folders named by the word; their own tests follow."""


def verbs(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that lead to it."""
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from verbs(below, (*words, name))
    elif " ".join(words) not in LEFT_OUT:
        yield words, command


PLAUSIBLE = {"case_id": "XX/P/2026/000001", "case": "XX/P/2026/000001", "event": "note", "query": "pump",
             "start": "2026-01-01", "period": "2m", "files": "{text}", "paths": "{text}"}  # fmt: skip
"""What stands in the other places, so that the odd word is reached."""


def every_place() -> Iterator[tuple[str, ...]]:
    """Every verb once for each of its arguments and options, `?` where the odd word goes."""
    for noun in NOUNS:
        command = grammar.get_command(click.Context(grammar), noun)
        assert command is not None
        for words, verb in verbs(command, (noun,)):
            for chosen in verb.params:
                if getattr(chosen, "is_flag", False):
                    continue
                filled: list[str] = []
                for other in verb.params:
                    word = "?" if other is chosen else PLAUSIBLE.get(other.name or "", "1")
                    if isinstance(other, click.Argument):
                        filled += [word] if other.required or other is chosen else []
                    elif other.required or other is chosen:
                        filled += [other.opts[0], word]
                yield (*words, *filled)


@pytest.fixture(scope="module")
def around(new_office, tmp_path_factory):
    """An office with a case, and a folder with a file of each wrong kind."""
    folder = tmp_path_factory.mktemp("around")
    (folder / "folder").mkdir()
    (folder / "empty").write_bytes(b"")
    (folder / "text").write_text("hello\n")
    desk = new_office()
    desk.done("case", "new", "patent", "--field", "title=Pump", "--field", "applicant=A")
    return desk, {name: str(folder / name) for name in ("folder", "empty", "text")}


@pytest.mark.parametrize("words", list(every_place()), ids=" ".join)
def test_every_place_takes_odd_words_in_stride(around, marula, words, tmp_path, monkeypatch):
    desk, named = around
    monkeypatch.chdir(tmp_path)
    for odd in ODD:
        word = named.get(odd.strip("{}"), odd) if odd.startswith("{") else odd
        given = [word if w == "?" else named.get(w.strip("{}"), w) for w in words]
        answer = marula("--json", "--office", str(desk.folder), *given)
        assert answer.status in (0, 1, 2), given
        assert "Traceback" not in answer.err, given
        if answer.status != 2:
            document = json.loads(answer.out)
            if answer.status == 1 and "refused" in document and isinstance(document["refused"], dict):
                assert document["refused"]["message"] and document["refused"]["remedy"], given


@pytest.mark.parametrize("word", [w for w in ODD if w.startswith(("/", "{e", "{t")) or not w or "\0" in w])
@pytest.mark.parametrize(
    "words",
    [("demo", "--data", "?"), ("demo", "--keep", "?"), ("office", "init", "?"), ("station", "join", "?", "n"),
     ("office", "restore", "?", "n"), ("office", "restore", "{text}", "?"),
     ("station", "join", "{text}", "?")],
    ids=" ".join,
)  # fmt: skip
def test_places_for_a_folder_take_no_other_thing(around, marula, words, word, tmp_path, monkeypatch):
    if word.startswith("/nonexistent") and words[:2] in (("office", "init"), ("demo", "--keep")):
        pytest.skip("root may make that folder")
    _desk, named = around
    monkeypatch.chdir(tmp_path)
    given = [named.get(w.strip("{}"), w) for w in (word if w == "?" else w for w in words)]
    answer = marula("--json", *given)
    assert answer.status in (1, 2) and "Traceback" not in answer.err
    assert not any(tmp_path.iterdir()), "nothing was begun"
