"""`office …` and who may open one: made, half-made, locked, read-only, backed up."""

from __future__ import annotations

import json
import os

import pytest

STATUS = {"operations": int, "cases": int, "digest": str, "stations": list, "unsynced": int, "indexes": list}


@pytest.fixture(scope="module")
def locked(marula, tmp_path_factory):
    """An office with a passphrase, and the file that holds it."""
    folder = tmp_path_factory.mktemp("locked")
    key = folder / "key"
    key.write_text("open sesame\nsecond line\n")
    made = marula("--json", "office", "init", str(folder / "office"), "--passphrase-file", str(key))
    assert made.status == 0 and made.document["encrypted"]
    return folder / "office", key


def test_status_has_its_keys(full):
    status = full.done("office", "status")
    assert {key: type(status[key]) for key in STATUS} == STATUS
    assert status["cases"] == 6 and len(status["digest"]) == 64
    assert status["unsynced"] == status["operations"]
    assert [s["officer"] for s in status["stations"]] == ["Awa"]


def test_verify_and_rebuild_find_it_whole(full):
    assert full.done("office", "verify")["ok"]
    before = full.done("office", "status")["digest"]
    rebuilt = full.done("office", "rebuild")
    assert rebuilt["same"] and rebuilt["digest"] == before


def test_the_officer_is_who_was_named_or_logged_in(marula, tmp_path, monkeypatch):
    monkeypatch.setenv("LOGNAME", "nkechi")
    made = marula("--json", "office", "init", str(tmp_path / "a")).document
    assert made["officer"] == "nkechi"
    made = marula("--json", "office", "init", str(tmp_path / "b"), "--officer", " Awa\n Diop ").document
    assert made["officer"] == "Awa Diop"


def test_backup_and_restore_hold_the_same(full, marula, tmp_path):
    file, there = tmp_path / "office.zip", tmp_path / "restored"
    written = full.done("office", "backup", str(file))
    assert written["bytes"] == file.stat().st_size
    assert "exists already" in full("office", "backup", str(file)).refused["message"]
    restored = marula("--json", "office", "restore", str(file), str(there))
    assert restored.document["digest"] == full.done("office", "status")["digest"]
    assert "Nothing was restored" in full("office", "restore", str(file), str(there)).refused["message"]
    assert full("office", "backup", "x" * 5_000).refused


def test_a_restore_that_does_not_open_leaves_nothing(marula, locked, tmp_path, monkeypatch):
    """Left under its old name for itself, the station would write what the lost one has written."""
    office, key = locked
    monkeypatch.setenv("MARULA_PASSPHRASE_FILE", str(key))
    assert marula("--office", str(office), "office", "backup", str(tmp_path / "b.zip")).status == 0
    (tmp_path / "key").write_text("wrong")
    there = tmp_path / "there"
    for named in (str(tmp_path / "key"), ""):
        monkeypatch.setenv("MARULA_PASSPHRASE_FILE", named)
        answer = marula("--json", "office", "restore", str(tmp_path / "b.zip"), str(there))
        assert "passphrase" in answer.refused["message"]
        assert not there.exists() or not any(there.iterdir())
    monkeypatch.setenv("MARULA_PASSPHRASE_FILE", str(key))
    assert marula("office", "restore", str(tmp_path / "b.zip"), str(there)).status == 0


COMMANDS = [
    ("office", "status"), ("office", "verify"), ("office", "rebuild"), ("office", "backup", "{out}"),
    ("case", "list"), ("case", "find", "a"), ("case", "new", "patent"), ("case", "show", "1"),
    ("intake", "{file}"), ("letter", "list"), ("letter", "print", "1", "--run", "{out}"), ("sync", "{out}"),
    ("station", "list"), ("station", "invite", "--out", "{out}"), ("station", "revoke", "1"),
    ("conflict", "list"), ("conflict", "settle", "1", "--keep", "a", "--reason", "b"),
    ("lease", "list"), ("lease", "request"), ("translate", "--case", "1", "--to", "en"),
]  # fmt: skip
# Collections are published: they may lie where no office is. Beside a locked one they are its own.
OF_ANY = [("collection", "create", "c"), ("collection", "list"), ("collection", "drop", "c"),
          ("collection", "add", "c", "{file}"), ("search", "a"), ("mark", "find", "a"),
          ("mark", "look", "{file}"), ("pack", "list"), ("pack", "verify"), ("law", "show"),
          ("limit", "2026-01-01", "2m"),
          ("translate", "{file}", "--to", "en")]  # fmt: skip


def filled(words, folder):
    """The words with paths of a folder in them."""
    (folder / "file.txt").write_text("plain words\n")
    return [w.format(file=folder / "file.txt", out=folder / "out") for w in words]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_office_no_answer(marula, tmp_path, words):
    """A folder without an office is said to be that, and nothing is made in it."""
    for folder in (tmp_path / "none", tmp_path):
        refused = marula("--json", "--office", str(folder), *filled(words, tmp_path)).refused
        assert "no office" in refused["message"] and "office init" in refused["remedy"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file.txt"]


@pytest.mark.parametrize("words", [*COMMANDS, *OF_ANY], ids=" ".join)
def test_a_locked_office_stays_shut(marula, locked, tmp_path, words):
    office, _key = locked
    answer = marula("--json", "--office", str(office), *filled(words, tmp_path))
    assert "passphrase" in answer.refused["message"]


@pytest.mark.parametrize(
    "words", [("office", "status"), ("collection", "list"), ("search", "a"), ("pack", "list")]
)
def test_a_wrong_passphrase_opens_nothing(marula, locked, tmp_path, monkeypatch, words):
    office, _key = locked
    for content in ("wrong\n", "", "\n"):
        (tmp_path / "key").write_text(content)
        monkeypatch.setenv("MARULA_PASSPHRASE_FILE", str(tmp_path / "key"))
        assert marula("--json", "--office", str(office), *words).refused
    monkeypatch.setenv("MARULA_PASSPHRASE_FILE", str(tmp_path / "missing"))
    assert "cannot be read" in marula("--json", "--office", str(office), *words).refused["message"]


def test_the_file_named_by_the_environment_opens_it(marula, locked, monkeypatch):
    office, key = locked
    monkeypatch.setenv("MARULA_PASSPHRASE_FILE", str(key))
    monkeypatch.setenv("MARULA_OFFICE", str(office))
    assert marula("--json", "office", "status").document["encrypted"]
    assert marula("--json", "case", "list").document == {"cases": []}


def broken(office, how):
    """Spoil an office; what the refusal must name."""
    if how == "no database":
        (office / "office.db").unlink()
    elif how == "empty database":
        (office / "office.db").write_bytes(b"")
    elif how == "other bytes":
        (office / "office.db").write_bytes(b"words " * 4000)
    elif how == "cut off":
        (office / "office.db").write_bytes((office / "office.db").read_bytes()[:9000])
    elif how == "no json":
        (office / "office.json").write_bytes(b"\xff\xfe\0")
    elif how == "list":
        (office / "office.json").write_text("[1]")
    elif how == "newer":
        told = json.loads((office / "office.json").read_text())
        (office / "office.json").write_text(json.dumps(told | {"format": 99}))
    elif how == "folder":
        (office / "office.json").unlink()
        (office / "office.json").mkdir()


@pytest.mark.parametrize(
    "how",
    ["no database", "empty database", "other bytes", "cut off", "no json", "list", "newer", "folder"],
)
def test_half_an_office_is_refused_in_words(desk, how):
    broken(desk.folder, how)
    before = {p.name for p in desk.folder.iterdir()}
    for words in (("office", "status"), ("case", "list"), ("collection", "create", "c"), ("search", "a"),
                  ("pack", "list"), ("law", "show"), ("limit", "2026-01-01", "2m")):  # fmt: skip
        assert desk(*words).refused["remedy"]
    after = {p.name for p in desk.folder.iterdir()} - {"office.db-wal", "office.db-shm"}
    assert after == before


def test_a_folder_in_use_is_no_place_for_a_new_office(marula, desk, tmp_path):
    (tmp_path / "file").write_text("x")
    for place in (desk.folder, desk.folder / "office.json", tmp_path / "file" / "below", tmp_path):
        refused = marula("--json", "office", "init", str(place)).refused
        assert "Nothing was" in refused["message"]
    assert marula("--json", "office", "init", "").status == 2
    assert marula("--json", "office", "init", str(tmp_path / "n"), "--law", "nowhere").refused
    assert not (tmp_path / "n").exists()
    answer = marula("--json", "office", "init", str(tmp_path / "n"), "--officer", "Kof\udce9")
    assert answer.status == 2 and not (tmp_path / "n").exists()


BARRED = 65534
"""A user id without rights in the folders of a test."""


needs_root = pytest.mark.skipif(
    not hasattr(os, "fork") or os.geteuid() != 0, reason="needs root, to give rights up"
)


def without_rights(marula, given):
    """Status, output and errors of a command in a child that has given its rights up."""
    reading, writing = os.pipe()
    if not os.fork():
        os.setuid(BARRED)
        answer = marula(*given)
        os.write(writing, json.dumps([answer.status, answer.out, answer.err]).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        status, out, err = json.load(pipe)
    os.wait()
    return status, out, err


@needs_root
@pytest.mark.parametrize("words", [("case", "list"), ("case", "new", "patent"), ("collection", "list"),
                                   ("collection", "create", "c"), ("search", "a"), ("pack", "list"),
                                   ("law", "show"), ("limit", "2026-01-01", "2m"), ("office", "verify"),
                                   ("office", "backup", "{out}"), ("intake", "{file}")])  # fmt: skip
@pytest.mark.parametrize("rights", [0o000, 0o555])
def test_an_office_without_rights_is_refused_in_words(
    marula, new_office, tmp_path, tmp_path_factory, words, rights
):
    """Tried by a child that has given its rights up; it hands its answer back over a pipe."""
    office = new_office().folder
    given = ["--json", "--office", str(office), *filled(words, tmp_path)]
    assert marula(*given).status in (0, 1), "everything it needs is loaded before the rights are gone"
    for folder in (office.parent, tmp_path_factory.getbasetemp(), tmp_path_factory.getbasetemp().parent):
        folder.chmod(folder.stat().st_mode | 0o055)
    office.chmod(rights)
    status, out, err = without_rights(marula, given)
    office.chmod(0o755)
    assert status == 1 and not err
    refused = json.loads(out)["refused"]
    assert refused["remedy"] and str(office) in refused["message"]


@needs_root
@pytest.mark.parametrize("words", [("collection", "add", "art", "{file}"), ("pack", "install", "{pack}")])
def test_a_shelf_without_rights_is_refused_and_stays_as_it_was(
    marula, new_office, tmp_path, tmp_path_factory, samples, words
):
    """The folder a collection or a pack would be written to may be read, not written."""
    desk = new_office()
    desk.done("collection", "create", "art")
    (desk.folder / "packs").mkdir(exist_ok=True)
    pack = next((samples.parent / "packs").glob("*.argosmodel"))
    files = {"file": str(next((samples.parent / "collection").glob("*.xml"))), "pack": str(pack)}
    given = ["--json", "--office", str(desk.folder), *(word.format(**files) for word in words)]
    other = new_office()
    other.done("collection", "create", "art")
    other.done(*(word.format(**files) for word in words))  # what it needs is loaded before
    for folder in (desk.folder.parent, tmp_path_factory.getbasetemp(), tmp_path_factory.getbasetemp().parent):
        folder.chmod(folder.stat().st_mode | 0o055)
    before = sorted(path for path in desk.folder.rglob("*"))
    status, out, err = without_rights(marula, given)
    assert (status, err) == (1, "")
    assert json.loads(out)["refused"]["remedy"]
    assert sorted(path for path in desk.folder.rglob("*")) == before
