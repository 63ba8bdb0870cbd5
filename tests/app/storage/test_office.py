"""The office on disk: nothing acknowledged is lost, nothing half-done stays, one flipped byte is found."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

from app.errors import OfficeError, StorageRefused
from app.paths import data_folder, resources
from app.services import cases, offices
from app.storage import engine, officefile, projections
from app.storage.office import DATABASE, Founding, OfficeStore

TODAY = date(2026, 11, 25)


@pytest.fixture
def office(tmp_path):
    with offices.init_office(tmp_path / "office", officer="A. Deme", today=TODAY) as made:
        yield made


def a_case(office, title="Hand pump", **fields):
    return cases.new(office, "patent", {"title": title, "applicant": "Tamaru Dryers Ltd", **fields}).case


def test_what_was_written_is_there_after_opening_again(office):
    case = a_case(office)
    digest = office.store.digest()
    with offices.open_office(office.path, today=TODAY) as again:
        assert cases.show(again, case.id) == cases.show(office, case.id)
        assert again.store.digest() == digest
        assert again.store.officer == "A. Deme"


def test_numbers_rise_and_are_never_used_twice(office):
    numbers = [a_case(office, f"Pump {n}").number for n in range(3)]
    assert numbers == ["XX/P/2026/000001", "XX/P/2026/000002", "XX/P/2026/000003"]


def test_rebuilt_tables_have_the_same_bytes(office):
    for n in range(3):
        case = a_case(office, f"Pump {n}")
        cases.edit(office, case.id, {"title": f"Hand pump {n}", "tags": "rural"})
        cases.record(office, case.id, "note", fields={"text": "called the agent"})
    before = projections.dump(office.store.db)
    office.store.db.execute("UPDATE docket SET title = 'spoilt'")
    rebuilt = offices.rebuild(office)
    assert projections.dump(office.store.db) == before
    assert not rebuilt.same and rebuilt.cases == 3
    assert offices.rebuild(office).same


def test_verify_finds_nothing_in_a_whole_office(office):
    a_case(office)
    found = offices.verify(office)
    assert found.ok and not found.problems and found.operations > 5


def test_verify_finds_one_flipped_byte_in_any_operation(office):
    a_case(office)
    db = office.store.db
    chance = random.Random(7)
    for seq, raw in db.execute("SELECT seq, raw FROM ops").fetchall():
        spoilt = bytearray(raw)
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        db.execute("UPDATE ops SET raw = ? WHERE seq = ?", [bytes(spoilt), seq])
        assert not offices.verify(office).ok, f"operation {seq}"
        db.execute("UPDATE ops SET raw = ? WHERE seq = ?", [raw, seq])
    assert offices.verify(office).ok


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ops WHERE seq = 3",
        "UPDATE ops SET n = n + 1 WHERE seq = 4",
        "UPDATE ops SET case_id = '' WHERE seq > 4",
        "UPDATE docket SET title = 'spoilt'",
        "DELETE FROM deadlines",
    ],
)
def test_verify_finds_tables_that_were_tampered_with(office, statement):
    a_case(office)
    office.store.db.execute(statement)
    assert not offices.verify(office).ok


def test_verify_finds_a_changed_document(office, tmp_path):
    case = a_case(office)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 a scan")
    kept = cases.attach(office, case.id, [scan]).case.documents[0]
    blob = next(office.path.glob("blobs/*/*"))
    blob.write_bytes(b"%PDF-1.4 a scam")
    assert any("scan.pdf" in problem for problem in offices.verify(office).problems)
    assert kept.bytes == 15


def test_a_failed_act_leaves_nothing(office, tmp_path):
    case = a_case(office)
    before = office.store.digest()
    good = tmp_path / "good.txt"
    good.write_text("good")
    with pytest.raises(OfficeError):
        cases.attach(office, case.id, [good, tmp_path / "missing.txt"])
    assert office.store.digest() == before
    assert not list(office.path.glob("blobs/*/*")) and not list(office.path.glob("blobs/*.part"))
    with pytest.raises(ZeroDivisionError), office.store.act() as act:
        act.set(f"case:{case.id}", "title", "half")
        act.document(case.id, b"half a letter", cases.document_facts("x.pdf", "letter", TODAY))
        raise ZeroDivisionError
    assert office.store.digest() == before and not list(office.path.glob("blobs/*/*"))


KILLED = textwrap.dedent("""
    import sys
    from datetime import date
    from pathlib import Path
    from app.services import cases, offices
    office = offices.open_office(Path(sys.argv[1]), today=date(2026, 11, 25))
    n = 0
    while True:
        n += 1
        written = cases.new(office, "patent", {"title": f"Pump {n}", "applicant": "A"})
        cases.edit(office, written.case.id, {"title": f"Hand pump {n}"})
        print(written.case.id, flush=True)
""")


def test_a_killed_process_loses_nothing_it_acknowledged(office):
    office.close()
    acknowledged: list[str] = []
    for wait in (3, 5, 8):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(office.path)], stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).parents[3],
        )  # fmt: skip
        assert child.stdout is not None
        acknowledged += [child.stdout.readline().strip() for _ in range(wait)]
        child.kill()
        child.communicate()
    with offices.open_office(office.path, today=TODAY) as again:
        held = {line.id: line for line in cases.docket(again)}
        assert set(acknowledged) <= set(held)
        assert all(held[case_id].title.startswith("Hand pump") for case_id in acknowledged)
        assert offices.verify(again).ok


def test_an_office_of_a_newer_program_is_refused_with_both_versions(office):
    office.store.db.execute("PRAGMA user_version=7")
    office.close()
    with pytest.raises(StorageRefused) as refused:
        offices.open_office(office.path)
    assert "7" in refused.value.message and "1" in refused.value.message
    assert refused.value.remedy


def test_an_unknown_migration_is_refused(office):
    office.store.db["_sqlite_migrations"].insert(
        {"migration_set": "office", "name": "time_travel", "applied_at": "2031"}
    )
    office.close()
    with pytest.raises(StorageRefused, match="time_travel"):
        offices.open_office(office.path)


def test_wal_and_full_synchronisation(office):
    db = office.store.db
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert int(db.execute("PRAGMA synchronous").fetchone()[0]) == 2


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: (path / "office.json").unlink(), "no office"),
        (lambda path: (path / "office.json").write_text("{"), "does not read"),
        (lambda path: (path / "office.json").write_text('{"format": 1, "office": 5}'), "another office"),
        (lambda path: (path / DATABASE).unlink(), "lost its database"),
        (lambda path: (path / DATABASE).write_bytes(b"not a database at all" * 400), "not an office"),
    ],
)
def test_a_spoilt_folder_is_refused_in_words(office, spoil, words):
    office.close()
    for extra in office.path.glob(DATABASE + "-*"):
        extra.unlink()
    spoil(office.path)
    with pytest.raises(StorageRefused, match=words):
        offices.open_office(office.path)


def test_an_office_is_not_made_over_something(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StorageRefused):
        offices.init_office(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_full_disk_takes_the_last_step_back(office, monkeypatch):
    a_case(office)
    pages = int(office.store.db.execute("PRAGMA page_count").fetchone()[0])
    office.store.db.execute(f"PRAGMA max_page_count={pages + 1:d}")
    with pytest.raises(StorageRefused, match="disk is full"):
        for n in range(200):
            a_case(office, f"Pump {n} " + "x" * 2000)
    office.store.db.execute("PRAGMA max_page_count=1000000")
    assert offices.verify(office).ok
    assert office.store.digest() != "" and len(cases.docket(office)) >= 1


def test_a_second_writer_is_told_in_words(office, monkeypatch):
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.1)
    other = OfficeStore.open(office.path)
    with (
        engine.writing(office.store.db, office.path),
        pytest.raises(StorageRefused, match="Another copy"),
        other.act(),
    ):
        pass
    other.close()


@pytest.mark.parametrize("secret", [None, b"three brown goats"])
def test_backup_and_restore(tmp_path, secret):
    with offices.init_office(tmp_path / "one", secret=secret, today=TODAY) as office:
        case = a_case(office)
        scan = tmp_path / "scan.pdf"
        scan.write_bytes(b"%PDF-1.4 a scan")
        cases.attach(office, case.id, [scan])
        digest = office.store.digest()
        written = offices.backup(office, tmp_path / "safe.marula")
        assert written.bytes == (tmp_path / "safe.marula").stat().st_size
        with pytest.raises(StorageRefused, match="exists already"):
            offices.backup(office, tmp_path / "safe.marula")
        old = office.store.incarnation
    with offices.restore(tmp_path / "safe.marula", tmp_path / "two", secret=secret) as again:
        assert again.store.digest() == digest
        assert again.store.incarnation != old
        assert offices.verify(again).ok
        assert a_case(again, "After the restore").number != case.number
        assert offices.verify(again).ok


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"plain text"])
def test_what_is_no_backup_is_refused(tmp_path, content):
    file = tmp_path / "backup"
    file.write_bytes(content)
    with pytest.raises(StorageRefused):
        offices.restore(file, tmp_path / "office")
    assert not list(tmp_path.glob("office/*"))


def test_the_office_file_tells_no_secret(tmp_path):
    with offices.init_office(tmp_path / "office", secret=b"three brown goats") as office:
        text = (office.path / officefile.NAME).read_text()
    assert "goats" not in text and "argon2id" in text and '"memory_kib": 65536' in text


def test_a_law_from_the_persons_shelf_goes_into_the_office(tmp_path, own_home):
    shelf = data_folder() / "packs" / "law" / "island-2"
    shutil.copytree(resources() / "law" / "model", shelf)
    pack = shelf / "pack.toml"
    pack.write_text(re.sub(r'(?m)^name = .*$', 'name = "island"', pack.read_text(), count=1))
    offices.init_office(tmp_path / "office", law="island").close()
    shutil.rmtree(data_folder())
    with offices.open_office(tmp_path / "office") as office:
        assert office.law.name == "island"
        assert a_case(office).number
    with pytest.raises(OfficeError, match="no law pack"):
        offices.init_office(tmp_path / "other", law="island")
    assert not (tmp_path / "other").exists()


def test_tables_that_differ_are_made_anew_and_nothing_worse_is_said(office):
    a_case(office)
    office.store.db.execute("UPDATE docket SET title = 'spoilt'")
    assert offices.verify(office).rebuild_helps
    office.store.db.execute("DELETE FROM ops WHERE seq = 3")
    assert not offices.verify(office).rebuild_helps


def test_a_joining_office_waits_for_its_key(tmp_path):
    store = OfficeStore.create(tmp_path / "two", Founding(officer="B", office_id="e" * 32))
    assert not store.is_registrar
    with pytest.raises(StorageRefused, match="not accepted"):
        store.blobs.put(b"x")
    store.close()
