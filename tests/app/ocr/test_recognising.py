"""Scans of a dossier: read page by page, kept beside the original, as well guarded as it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import Cancelled, FileRefused, OfficeError, UsageError
from app.imaging.pages import OpenedFile
from app.ocr.engine import WordFound
from app.plugins import building
from app.plugins.manifest import Kind
from app.services import cases, documents, offices, packs, recognising
from app.services.offices import Office
from app.storage import register

TODAY = date(2026, 3, 2)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with offices.init_office(tmp_path / "office", officer="Examiner", today=TODAY) as office:
        yield office


def put(
    office: Office, folder: Path, name: str, content: bytes, *, confidential: bool = False
) -> tuple[str, str]:
    """(case, document): a case with one file in its dossier."""
    case = cases.new(office, "patent", {"title": "Pump", "applicant": "A. Person", "language": "en"}).case
    (folder / name).write_bytes(content)
    there = cases.attach(office, case.id, [folder / name], confidential=confidential).case
    (folder / name).unlink()
    return case.id, there.documents[-1].id


class Spoken:
    """An engine that says two words of every page, and counts."""

    name = "spoken 1"

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []

    def read(self, png: bytes, languages: Sequence[str]) -> tuple[WordFound, ...]:
        self.asked.append(languages)
        return WordFound("page", 0, 0, 20, 10, 90), WordFound(str(len(self.asked)), 25, 0, 30, 10, 70, 1)


class Says:
    """An engine that says one text of each page."""

    name = "says 1"

    def __init__(self, *pages: str) -> None:
        self.pages = iter(pages)

    def read(self, png: bytes, languages: Sequence[str]) -> tuple[WordFound, ...]:
        return tuple(WordFound(text, 0, 0, 20, 10, 90) for text in next(self.pages).split())


class StopAt:
    def __init__(self, step: int) -> None:
        self.last = step

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        if done >= self.last:
            raise Cancelled


def test_what_is_read_lies_beside_the_original(office: Office, tmp_path: Path, scans: Any) -> None:
    case_id, document = put(office, tmp_path, "letter.tif", scans.tiff("a", "b"), confidential=True)
    done = recognising.recognise(office, document, engine=Spoken())
    assert (len(done.pages), done.words, done.mean_confidence, done.text) == (2, 4, 80.0, "page\n1\fpage\n2")
    assert done.changes.cases == {case_id}
    original, kept = cases.show(office, case_id).documents
    assert original.id == document
    assert (kept.id, kept.kind, kept.name, kept.confidential) == (done.kept, "text", "text-letter.json", True)
    assert recognising.kept(office, document) == done
    told = json.loads(cases.document_bytes(office, kept.id))
    assert told["document"] == document and told["pages"][1]["words"][0][0] == "page"


def test_boxes_are_in_points_and_shown_with_the_page(office: Office, tmp_path: Path, scans: Any) -> None:
    _case, document = put(office, tmp_path, "letter.png", scans.png("a"))
    assert documents.pages(office, document).pages[0].words == ()
    recognising.recognise(office, document, engine=Spoken())
    (page,) = documents.pages(office, document).pages
    assert [word.text for word in page.words] == ["page", "1"]
    assert page.words[0].x1 == pytest.approx(20 * 72 / 150, abs=0.1)
    assert documents.page(office, document, 0).words == page.words
    assert documents.text(office, document) == "page\n1"


def test_the_same_again_is_not_kept_twice(office: Office, tmp_path: Path, scans: Any) -> None:
    case_id, document = put(office, tmp_path, "letter.png", scans.png("a"))
    first = recognising.recognise(office, document, engine=Spoken())
    again = recognising.recognise(office, document, engine=Spoken())
    assert (again, again.kept, bool(again.changes)) == (first, first.kept, False)
    assert len(cases.show(office, case_id).documents) == 2


def test_pages_with_text_of_their_own_are_left_alone(office: Office, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "two.pdf"), pagesize=(300, 300))
    canvas.drawString(50, 250, "Typed")
    canvas.showPage()
    canvas.rect(50, 50, 100, 100)
    canvas.save()
    _case, document = put(office, tmp_path, "two.pdf", (tmp_path / "two.pdf").read_bytes())
    done = recognising.recognise(office, document, engine=Spoken())
    assert [page.index for page in done.pages] == [1]
    assert [[w.text for w in p.words] for p in documents.pages(office, document).pages] == [
        ["Typed"], ["page", "1"],
    ]  # fmt: skip
    assert documents.text(office, document) == "Typed\fpage\n1"
    with OpenedFile(cases.document_bytes(office, document)) as opened:
        assert opened.count == 2


def test_the_case_is_found_by_what_was_read(office: Office, tmp_path: Path, scans: Any) -> None:
    case_id, document = put(office, tmp_path, "letter.tif", scans.tiff("a", "b"))
    assert cases.find(office, "Zinzolin") == ()
    recognising.recognise(office, document, engine=Says("Zinzolin, drying-frame", "the ZINZOLIN"))

    def found() -> list[str]:
        return [line.id for asked in ("zinzol", "frame drying") for line in cases.find(office, asked)]

    assert found() == [case_id, case_id]
    assert offices.rebuild(office).same and found() == [case_id, case_id]
    (words,) = office.store.db.execute("SELECT words FROM case_text WHERE words MATCH 'zinzolin'").fetchone()
    assert words.split().count("zinzolin") == 1
    assert "zinzolin" not in json.dumps(register.content(office.store, case_id))
    cases.undo(office, case_id)
    assert found() == []


def test_another_station_finds_it_too(office: Office, tmp_path: Path, scans: Any) -> None:
    """The words travel in the log: they are found before the scan itself has arrived."""
    case_id, document = put(office, tmp_path, "letter.png", scans.png("a"))
    recognising.recognise(office, document, engine=Says("Zinzolin"))
    store = office.store
    with offices.init_office(tmp_path / "other", officer="Second", today=TODAY) as other:
        other.store.apply(store.after(store.station, store.incarnation, 0))
        assert [line.id for line in cases.find(other, "zinzolin")] == [case_id]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_stop_leaves_nothing(office: Office, tmp_path: Path, scans: Any, at: int) -> None:
    case_id, document = put(office, tmp_path, "letter.tif", scans.tiff("a", "b"))
    before = office.store.digest(), sorted(office.path.rglob("*"))
    with pytest.raises(Cancelled):
        recognising.recognise(office, document, engine=Spoken(), progress=StopAt(at))
    assert (office.store.digest(), sorted(office.path.rglob("*"))) == before
    assert len(cases.show(office, case_id).documents) == 1


def test_the_language_is_the_case_s_unless_named(office: Office, tmp_path: Path, scans: Any) -> None:
    _case, document = put(office, tmp_path, "letter.png", scans.png("a"))
    engine = Spoken()
    recognising.recognise(office, document, engine=engine)
    recognising.recognise(office, document, engine=engine, languages=["khm", "eng"])
    assert engine.asked == [("en",), ("khm", "eng")]


def test_refusals(office: Office, tmp_path: Path, scans: Any) -> None:
    case_id, document = put(office, tmp_path, "letter.png", scans.png("a"))
    other, _document = put(office, tmp_path, "other.txt", b"plain words")
    with pytest.raises(OfficeError, match="has no document"):
        recognising.recognise(office, document, case_id=other, engine=Spoken())
    with pytest.raises(FileRefused):
        recognising.recognise(office, _document, engine=Spoken())
    done = recognising.recognise(office, document, case_id=case_id, engine=Spoken())
    with pytest.raises(UsageError, match="of another document"):
        recognising.recognise(office, done.kept, engine=Spoken())


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"form":"marula-words-1","pages":[{}]}', b"\xff"])
def test_what_is_no_list_of_words(raw: bytes) -> None:
    with pytest.raises(ValueError):
        recognising.Recognised.from_bytes(raw)


@pytest.mark.usefixtures("english")
def test_with_a_passphrase_no_word_lies_in_clear(
    tmp_path: Path, own_home: Path, scans: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with offices.init_office(
        tmp_path / "sealed", officer="E", secret=b"a long passphrase", today=TODAY
    ) as office:
        _case, document = put(office, tmp_path, "letter.png", scans.png("Zinzolin drying frame"))
        done = recognising.recognise(office, document)
        assert done.text == "Zinzolin drying frame"
        assert documents.pages(office, document).pages[0].words[0].text == "Zinzolin"
        assert cases.find(office, "zinzolin")
    for path in [*tmp_path.rglob("*"), *own_home.rglob("*")]:
        if path.is_file():
            assert b"zinzolin" not in path.read_bytes().lower()
    assert not list(temporary.iterdir())


@pytest.mark.usefixtures("english")
def test_on_the_command_line(tmp_path: Path, scans: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from app.cli.main import run

    with offices.init_office(tmp_path / "office", officer="E", today=TODAY) as office:
        case_id, document = put(office, tmp_path, "letter.tif", scans.tiff("Solar pump", "Second page"))
    words = ["--json", "--office", str(tmp_path / "office"), "case", "read", case_id, document]
    assert run([*words, "--language", "eng"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["pages"], told["words"], told["text"]) == (2, 4, "Solar pump\fSecond page")
    assert told["confidence"] > 80 and told["document"] != document


# --- packs of language data


def data(parts: int = 2, size: int = 400) -> bytes:
    """Something that begins as language data do."""
    begins = [4 + 8 * parts + 100 * n for n in range(parts)]
    head = parts.to_bytes(4, "little") + b"".join(at.to_bytes(8, "little") for at in begins)
    return head.ljust(size, b"\0")


def test_a_pack_of_language_data_is_installed_and_found(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "fra-1.0"
    folder.mkdir()
    (folder / "fra.traineddata").write_bytes(data())
    (folder / "LICENCE.txt").write_text("as published", encoding="utf-8")
    packs.build("ocr", [folder], tmp_path / "fra.zip")
    (line,) = packs.install(office.path, tmp_path / "fra.zip").packs
    assert (line.kind, line.name, line.version, line.state) == ("ocr", "fra", "1.0", packs.READY)
    assert recognising.data_folders(office.path) == (office.path / "packs" / "ocr" / "fra-1.0",)
    (office.path / "packs" / "ocr" / "fra-1.0" / "fra.traineddata").write_bytes(b"cut")
    assert recognising.data_folders(office.path) == ()


@pytest.mark.parametrize("content", [None, b"", b"\0" * 400, data()[:30], data(2, 100), b"<html>" * 100])
def test_a_pack_without_sound_data_is_refused(office: Office, tmp_path: Path, content: bytes | None) -> None:
    folder = tmp_path / "fra-1.0"
    folder.mkdir()
    (folder / "readme.txt").write_text("words", encoding="utf-8")
    if content is not None:
        (folder / "fra.traineddata").write_bytes(content)
    building.build(Kind.OCR, [folder], tmp_path / "fra.zip")
    with pytest.raises(FileRefused, match="Nothing was kept"):
        packs.install(office.path, tmp_path / "fra.zip")
    assert recognising.data_folders(office.path) == ()
