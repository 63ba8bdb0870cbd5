"""`inspect` and `intake`: one entry a file, the file as given, whole or not at all."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest

RECORD = {"right", "kind", "office"}


@pytest.fixture
def folder(tmp_path, samples):
    """Good, empty, wordy and oddly named files."""
    shutil.copy(samples / "1-patent-hand-pump-st96.xml", tmp_path / "good.xml")
    shutil.copy(samples / "2-modele-utilite-presse-st36.xml", tmp_path / "odd\udcff\n\x1b[31m é.xml")
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "words.txt").write_text("only words\n")
    (tmp_path / "broken.xml").write_text("<pat:PatentApplication")
    (tmp_path / "loop").symlink_to("loop")
    return tmp_path


def test_every_file_is_an_entry_named_as_given(marula, folder):
    given = [str(folder / p) for p in sorted(p.name for p in folder.iterdir())] + [
        str(folder / "gone.xml"),
        "",
    ]
    answer = marula("--json", "inspect", *given)
    entries = answer.document
    assert answer.status == 0
    assert [entry["file"] for entry in entries] == given
    for entry in entries:
        assert set(entry) == {"file", "format", "records", "findings", "refused"}
        if entry["refused"]:
            assert set(entry["refused"]) >= {"message", "line", "remedy"} and not entry["records"]
        for record in entry["records"]:
            assert set(record) >= RECORD
    read = {e["file"].rpartition("/")[2]: e for e in entries}
    assert read["good.xml"]["records"] and read["odd\udcff\n\x1b[31m é.xml"]["records"]
    for name in ("empty.xml", "broken.xml", "loop", "gone.xml", ""):
        assert read[name]["refused"], name


def test_it_exits_1_exactly_when_every_entry_is_refused(marula, folder):
    assert marula("--json", "inspect", str(folder / "empty.xml"), str(folder / "gone")).status == 1
    assert marula("--json", "inspect", str(folder / "empty.xml"), str(folder / "good.xml")).status == 0
    (folder / "bare").mkdir()
    alone = marula("--json", "inspect", str(folder / "bare"))
    assert alone.status == 1 and len(alone.document) == 1 and alone.document[0]["refused"]
    assert marula("inspect", str(folder / "gone")).status == 1
    assert marula("inspect").status == 2


def test_a_person_is_told_without_control_characters(marula, folder):
    said = marula("inspect", str(folder / "odd\udcff\n\x1b[31m é.xml"))
    assert said.status == 0 and "\x1b" not in said.out


def test_members_of_an_archive_carry_its_name(marula, folder):
    with zipfile.ZipFile(folder / "outer.zip", "w") as packed:
        packed.write(folder / "good.xml", "inner/name.xml")
    entries = marula("--json", "inspect", str(folder / "outer.zip")).document
    assert [e["file"] for e in entries] == [f"{folder / 'outer.zip'}!inner/name.xml"]


def test_intake_takes_each_file_once(desk, samples):
    taken = desk.done("intake", str(samples))
    assert taken["taken"] == 6 == len(taken["cases"]) and taken["refused"] == []
    for case in taken["cases"]:
        assert set(case) >= {"id", "number", "right", "title"}
        assert len(case["id"]) == 32 and int(case["id"], 16)
    again = desk("intake", str(samples))
    assert again.document["taken"] == 0 and len(again.document["findings"]) >= 6
    assert len(desk.done("case", "list")["cases"]) == 6


def test_intake_of_odd_names_and_refused_neighbours(desk, folder):
    answer = desk("intake", str(folder))
    assert answer.status == 0 and answer.document["taken"] == 2
    refused = answer.document["refused"]
    assert {r["file"].rpartition("/")[2] for r in refused} >= {"empty.xml", "broken.xml"}
    assert all(r["message"] and r["remedy"] for r in refused)
    for case in answer.document["cases"]:
        assert desk.done("case", "show", case["id"])["documents"]
    assert desk("office", "verify").document["ok"]


@pytest.mark.parametrize("name", ["empty.xml", "gone.xml", "loop"])
def test_nothing_taken_is_1_and_leaves_nothing(desk, folder, name):
    answer = desk("intake", str(folder / name))
    assert answer.status == 1 and answer.document["taken"] == 0 and len(answer.document["refused"]) == 1
    assert desk.done("case", "list") == {"cases": []}
    assert not (desk.folder / "blobs").exists() or not any((desk.folder / "blobs").rglob("*.*"))


def test_a_broken_case_takes_no_number_away(desk, folder, samples):
    """A file that stops in the middle leaves no case, no document and no number behind."""
    whole = (samples / "3-word-mark-arabic-st66.xml").read_bytes()
    (folder / "cut.xml").write_bytes(whole[: len(whole) * 3 // 4])
    desk("intake", str(folder / "cut.xml"))
    before = desk.done("case", "list")["cases"]
    taken = desk.done("intake", str(samples / "3-word-mark-arabic-st66.xml"))
    numbers = [c["number"] for c in (*before, *taken["cases"])]
    assert len(set(numbers)) == len(numbers)


def test_inspect_streams_one_document_for_many_files(marula, folder):
    for number in range(40):
        shutil.copy(folder / "good.xml", folder / f"copy{number:02}.xml")
    answer = marula("inspect", str(folder), "--json")
    assert len(json.loads(answer.out)) >= 44
