"""Everything an office may be handed, taken in: real files by the hundred, and what is broken or hostile."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from app.progress import Cancelled
from app.services import cases, intake, offices

TODAY = date(2026, 11, 25)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def office(tmp_path):
    with offices.init_office(tmp_path / "office", officer="A. Deme", today=TODAY) as made:
        yield made


# Result lists of databases hold tens of thousands of rows; `inspect` reads them whole in its own tests.
LONG_LISTS = {"in-grants-csv", "lens-csv", "patentscope-xls", "thomson-csv", "br-inpi-gazette"}


def test_every_real_file_comes_in_or_is_refused_in_words(office, shared_data):
    folders = [f for f in sorted(shared_data.glob("*/*")) if f.name not in LONG_LISTS]
    taken = intake.take_in(office, folders)
    assert taken.taken == len(taken.cases) > 200
    assert {str(line.right) for line in taken.cases} >= {"patent", "trade_mark", "design"}
    for refusal in taken.refused:
        assert refusal.refused.message.endswith(".") and refusal.refused.remedy.endswith(".")
    assert all(finding.message and finding.where for finding in taken.findings)
    held = {path.name for path in office.path.glob("blobs/*/*")}
    named = {row[0] for row in office.store.db.execute("SELECT blob FROM documents")}
    assert held == named, "files on the shelf that no case names, or the reverse"
    assert offices.verify(office).ok


class StopsAfter:
    """A progress whose person loses patience."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("name", sorted(LONG_LISTS))
def test_a_long_list_comes_in_whole_or_stops_without_a_trace(office, shared_data, name):
    for file in sorted((shared_data / "patents" / name).iterdir()):
        before, held = office.store.digest(), len(cases.docket(office))
        try:
            taken = intake.take_in(office, [file], progress=StopsAfter(400))
        except Cancelled:
            assert office.store.digest() == before and len(cases.docket(office)) == held
            continue
        assert taken.taken == len(cases.docket(office)) - held
        assert all(refusal.refused.remedy for refusal in taken.refused)
    assert offices.verify(office).ok


def test_a_weekly_file_makes_a_case_of_each_document_and_keeps_the_file_once(office, shared_data):
    folder = shared_data / "patents" / "us-weekly-concatenated"
    weekly = max(folder.iterdir(), key=lambda p: p.stat().st_size)
    taken = intake.take_in(office, [weekly])
    assert taken.taken > 5
    assert len(list(office.path.glob("blobs/*/*"))) == 1
    size = weekly.stat().st_size
    assert all(cases.show(office, line.id).documents[0].bytes == size for line in taken.cases[:3])


def test_the_same_file_again_is_reported_and_not_taken(office, shared_data):
    file = shared_data / "trademarks" / "st96"
    first = intake.take_in(office, [file])
    again = intake.take_in(office, [file])
    assert first.taken == 1 and again.taken == 0
    assert any(first.cases[0].number in finding.message for finding in again.findings)


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.xml", b""),
        ("empty.zip", b""),
        ("torn.zip", b"PK\x03\x04rest of it was lost"),
        ("noise.bin", bytes(n * 151 % 256 for n in range(4096))),
        ("half.xml", b'<?xml version="1.0"?><us-patent-grant><us-bib'),
        ("bomb.xml", b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'),
        ("outside.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ],
)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(office, tmp_path, name, content):
    before = office.store.digest()
    file = tmp_path / name
    file.write_bytes(content)
    taken = intake.take_in(office, [file])
    assert taken.taken == 0 and len(taken.refused) == 1
    assert taken.refused[0].refused.message and taken.refused[0].refused.remedy
    assert office.store.digest() == before and not list(office.path.glob("blobs/*/*"))


def test_names_that_climb_out_of_an_archive_write_nothing_outside(office, tmp_path):
    names = ("../../evil.xml", "/tmp/evil.xml", "C:\\evil.xml")
    evil = zipped(tmp_path / "evil.zip", dict.fromkeys(names, b"<a/>"))
    before = sorted(p for p in tmp_path.rglob("*") if "office" not in p.parts)
    taken = intake.take_in(office, [evil])
    assert taken.taken == 0 and taken.refused
    assert sorted(p for p in tmp_path.rglob("*") if "office" not in p.parts) == before


def test_paths_that_are_gone_or_loop_are_refused(office, tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    taken = intake.take_in(office, [tmp_path / "gone.xml", loop])
    assert taken.taken == 0 and len(taken.refused) == 2


# A child that is still root by name but holds none of its powers: what belongs to another is shut to it.
WITHOUT_POWERS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0 or not shutil.which("setpriv"),
    reason="only root can give up its powers, and only where setpriv is there",
)
@pytest.mark.parametrize("verb", ["inspect", "intake", "init"])
def test_a_folder_without_rights_is_refused_in_words(tmp_path, verb):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "case.xml").write_text("<a/>")
    secret.chmod(0o700)
    os.chown(secret, 65534, 65534)
    offices.init_office(tmp_path / "office", today=TODAY).close()
    words = {
        "inspect": ["inspect", str(secret)],
        "intake": ["--office", str(tmp_path / "office"), "intake", str(secret)],
        "init": ["office", "init", str(secret / "office")],
    }[verb]
    done = subprocess.run(
        [*WITHOUT_POWERS, sys.executable, "-m", "app.cli.main", *words], capture_output=True, text=True,
        cwd=ROOT, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr and str(secret) in done.stderr + done.stdout
