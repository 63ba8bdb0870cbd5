"""The examiner's day, first file to second station: on bundled files, on real ones, without a line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from app.domain.record import Right
from app.errors import StorageRefused
from app.services import cases, demo, offices

ROOT = Path(__file__).parents[2]
STEPS = 13


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "day"
    return demo.walk(folder), folder


def test_every_step_says_what_came_of_it(day):
    walked, _folder = day
    assert len(walked.steps) == STEPS
    assert all(step.name and step.result and step.seconds >= 0 for step in walked.steps)
    assert sum(step.seconds for step in walked.steps) < 90


def test_it_leaves_what_it_says(day):
    walked, folder = day
    for _name, path in walked.places:
        assert Path(path).is_dir() and any(Path(path).iterdir()), path
    letters = list((folder / "letters").iterdir())
    assert len(letters) >= 2 and all(p.suffix == ".pdf" for p in letters)
    for letter in letters:
        assert b"pdfaid:part" in letter.read_bytes()
    assert {p.name for p in (folder / "print").iterdir()} >= {"run.pdf", "label.pdf", "copy.pdf"}


def test_the_stations_hold_the_same_register(day):
    _walked, folder = day
    with offices.open_office(folder / "office") as one, offices.open_office(folder / "station-2") as two:
        assert one.store.digest() == two.store.digest()
        assert offices.verify(one).ok and offices.verify(two).ok
        assert {line.right for line in cases.docket(two)} >= {
            Right.PATENT, Right.UTILITY_MODEL, Right.TRADE_MARK, Right.DESIGN,
        }  # fmt: skip


def test_the_examined_case_tells_the_whole_story(day):
    _walked, folder = day
    with offices.open_office(folder / "office") as office:
        examined = [cases.show(office, line.id) for line in cases.docket(office)]
        case = next(c for c in examined if c.citations)
        assert {e.event for e in case.events} >= {"filed", "citation", "objection", "letter_issued"}
        assert case.letters and case.citations[0].category == "X"
        assert case.status.code == "refused"
        letter = office.store.blobs.get(
            office.store.db.execute("SELECT blob FROM documents WHERE kind = 'letter'").fetchone()[0]
        )
        text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(letter))
        assert case.number in text


def test_an_unpublished_application_is_on_no_open_shelf(day):
    """Words of the confidential applications occur in no collection and on no stick."""
    _walked, folder = day
    with offices.open_office(folder / "office") as office:
        secret = [c for c in (cases.show(office, x.id) for x in cases.docket(office)) if c.confidential]
        assert secret
        words = [c.number for c in secret] + [
            p.name for c in secret for p in c.parties if p.role == "applicant" and len(p.name) > 8
        ]
    collections, stick = folder / "office" / "collections", folder / "stick"
    for path in [*collections.rglob("*"), *stick.rglob("*")]:
        content = path.read_bytes() if path.is_file() else b""
        shelf_is_open = stick in path.parents
        for word in words:
            if shelf_is_open or word.startswith("XX/"):
                assert word.encode() not in content, (path, word)


def test_a_second_walk_replaces_the_first_and_nothing_else(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StorageRefused, match="not empty"):
        demo.walk(tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_the_day_on_real_files(tmp_path, shared_data):
    walked = demo.walk(tmp_path / "day", shared_data)
    assert len(walked.steps) == STEPS
    with offices.open_office(tmp_path / "day" / "office") as office:
        assert len(cases.docket(office)) == 6
        assert offices.verify(office).ok


def _without_network() -> list[str]:
    """Words that start a command with the network taken away, [] where the kernel does not let us."""
    if not shutil.which("unshare"):
        return []
    for words in (["unshare", "-n"], ["unshare", "-rn"]):
        if subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    return []


def test_the_day_without_any_network(tmp_path):
    away = _without_network()
    if not away:
        pytest.skip("this kernel does not let us take the network away")
    done = subprocess.run(
        [*away, sys.executable, "-m", "app.cli.main", "--json", "demo", "--keep", str(tmp_path / "day")],
        capture_output=True, text=True, cwd=ROOT, timeout=300,
        env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["steps"]) == STEPS


def test_the_day_may_be_asked_of_another_day(tmp_path):
    walked = demo.walk(tmp_path / "day", today=date(2027, 3, 1))
    assert len(walked.steps) == STEPS
