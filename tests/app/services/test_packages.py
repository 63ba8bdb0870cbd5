"""Packages as agents hand them over: one application, one case, every file in it, and nothing new twice."""

from __future__ import annotations

import hashlib
import shutil
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import pytest

from app.services import cases, intake, offices

TODAY = date(2026, 11, 25)
DEMO = Path(__file__).resolve().parents[3] / "resources" / "demo"
MARK = DEMO / "applications" / "4-figurative-mark-st96.xml"
DESIGN = DEMO / "applications" / "6-dessin-glaciere-st86.xml"
PAGE, SIGNATURE = b"%PDF-1.4\n1 0 obj\n", bytes(range(256))
ST96 = "http://www.wipo.int/standards/XMLSchema/ST96"


@pytest.fixture
def office(tmp_path):
    with offices.init_office(tmp_path / "office", officer="A. Deme", today=TODAY) as made:
        yield made


@pytest.fixture
def stick(tmp_path):
    """A mark with a power of attorney and a signature, a design with its figures a folder below."""
    stick = tmp_path / "stick"
    (stick / "a" / "figures").mkdir(parents=True)
    (stick / "b").mkdir()
    shutil.copy(DESIGN, stick / "a" / "application.xml")
    for picture in (DEMO / "pictures" / "6-dessin-glaciere-st86").iterdir():
        shutil.copy(picture, stick / "a" / "figures")
    shutil.copy(MARK, stick / "b" / "mark.xml")
    (stick / "b" / "power.pdf").write_bytes(PAGE)
    (stick / "b" / "mark.p7s").write_bytes(SIGNATURE)
    (stick / "about.txt").write_text("two applications\n")
    return stick


def packed(folder: Path, target: Path) -> Path:
    """The folder as an archive; the ending of the target says which kind."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if target.suffix == ".zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in files:
                archive.write(path, path.relative_to(folder))
    else:
        with tarfile.open(target, "w:gz") as archive:
            for path in files:
                archive.add(path, path.relative_to(folder).as_posix())
    return target


def handed_over(form: str, stick: Path, tmp_path: Path) -> list[Path]:
    if form == "folder":
        return [stick]
    if form == "folders":
        return [stick / "a", stick / "b"]
    if form == "files":
        return sorted(path for path in stick.rglob("*") if path.is_file() and path.parent != stick)
    if form == "zip in zip":
        outer = tmp_path / "outer"
        outer.mkdir()
        for name in ("a", "b"):
            packed(stick / name, outer / f"{name}.zip")
        return [packed(outer, tmp_path / "outer.zip")]
    return [packed(stick, tmp_path / f"stick.{form}")]


FORMS = ["folder", "folders", "zip", "tgz", "zip in zip"]


@pytest.mark.parametrize("form", FORMS)
def test_every_file_goes_into_the_case_of_its_application(office, stick, tmp_path, form):
    taken = intake.take_in(office, handed_over(form, stick, tmp_path))
    assert taken.taken == 2 and not taken.refused
    design, mark = (cases.show(office, line.id) for line in taken.cases)
    assert design.right == "design" and mark.right == "trade_mark"
    assert {(d.kind, d.name) for d in mark.documents} == {
        ("application", "mark.xml"), ("annex", "power.pdf"), ("annex", "mark.p7s"),
    }  # fmt: skip
    assert {(d.kind, d.name) for d in design.documents} == {
        ("application", "application.xml"), *(("drawing", f"glaciere-{n}.svg") for n in (1, 2, 3, 4)),
    }  # fmt: skip
    by_name = {d.name: d for d in mark.documents}
    assert by_name["power.pdf"].sha256 == hashlib.sha256(PAGE).hexdigest()
    assert cases.document_bytes(office, by_name["mark.p7s"].id) == SIGNATURE
    # Nothing of an application that is not published gets out.
    assert all(d.confidential for case in (design, mark) for d in case.documents)
    assert offices.verify(office).ok


@pytest.mark.parametrize("form", FORMS)
def test_the_second_time_nothing_new_is_stored_and_it_is_said(office, stick, tmp_path, form):
    paths = handed_over(form, stick, tmp_path)
    first = intake.take_in(office, paths)
    before = office.store.digest()
    shelf = sorted(p.name for p in (office.path / "blobs").rglob("*"))
    again = intake.take_in(office, paths)
    assert again.taken == 0 and office.store.digest() == before
    assert sorted(p.name for p in (office.path / "blobs").rglob("*")) == shelf
    held = [f for f in again.findings if f.rule == "intake.held"]
    for line in first.cases:
        assert sum(line.number in f.message for f in held) == 2, [f.message for f in held]


def test_a_file_that_is_new_the_second_time_is_named_and_not_stored(office, stick):
    intake.take_in(office, [stick / "b"])
    before = office.store.digest()
    (stick / "b" / "late.pdf").write_bytes(PAGE + b"late")
    again = intake.take_in(office, [stick / "b"])
    (told,) = [f for f in again.findings if f.rule == "intake.not-held"]
    assert told.where.endswith("late.pdf") and told.remedy and office.store.digest() == before


def test_beside_several_applications_the_name_decides(office, tmp_path):
    folder = tmp_path / "all"
    folder.mkdir()
    shutil.copy(MARK, folder / "M1.xml")
    shutil.copy(DESIGN, folder / "D1.xml")
    shutil.copy(DEMO / "pictures" / "6-dessin-glaciere-st86" / "glaciere-1.svg", folder)
    (folder / "M1-power.pdf").write_bytes(PAGE)
    (folder / "M10.pdf").write_bytes(PAGE)
    taken = intake.take_in(office, [folder])
    design, mark = (cases.show(office, line.id) for line in taken.cases)
    assert [d.name for d in mark.documents] == ["M1.xml", "M1-power.pdf"]
    assert [d.name for d in design.documents] == ["D1.xml", "glaciere-1.svg"]
    (left,) = [f for f in taken.findings if f.rule == "file.attachment"]
    assert "M10.pdf" in left.where


def test_what_is_broken_or_empty_is_refused_and_not_put_into_the_neighbours_case(office, stick):
    (stick / "b" / "broken.xml").write_text("<tmk:TrademarkApplication")
    (stick / "b" / "empty.pdf").write_bytes(b"")
    taken = intake.take_in(office, [stick / "b"])
    assert {Path(r.file).name for r in taken.refused} == {"broken.xml", "empty.pdf"}
    (line,) = taken.cases
    assert len(cases.show(office, line.id).documents) == 3


REQUEST = """<?xml version="1.0" encoding="UTF-8"?>
<request lang="en"><file-reference-id>W-1</file-reference-id><invention-title lang="en">Loom</invention-title>
<parties><applicants><applicant sequence="1"><addressbook><orgname>Loom Works</orgname><address>
<city>Port Veral</city><country>XX</country></address></addressbook></applicant></applicants></parties>
</request>"""
BODY = """<?xml version="1.0" encoding="UTF-8"?>
<application-body lang="en"><description><p id="p1" num="1">A loom with a treadle.</p></description>
<claims><claim id="c1" num="1"><claim-text>A loom.</claim-text></claim>
<claim id="c2" num="2"><claim-text>The loom of claim 1.</claim-text></claim></claims>
<abstract><p id="a1" num="1">A loom is shown.</p></abstract></application-body>"""


def test_an_application_in_parts_is_one_case(office, tmp_path):
    """A request without text and a body without bibliography, as filing systems write them."""
    folder = tmp_path / "pct"
    folder.mkdir()
    (folder / "body.xml").write_text(BODY)
    (folder / "request.xml").write_text(REQUEST)
    (folder / "drawings.tif").write_bytes(b"II*\x00\x08\x00\x00\x00")
    taken = intake.take_in(office, [packed(folder, tmp_path / "pct.zip")])
    assert taken.taken == 1
    (case,) = (cases.show(office, line.id) for line in taken.cases)
    assert [row.texts.get("en") for row in case.rows if row.kind == "claim"] == [
        "A loom.",
        "The loom of claim 1.",
    ]
    assert {d.name for d in case.documents} == {"body.xml", "request.xml", "drawings.tif"}


def test_the_real_package_is_one_case(office, shared_data):
    taken = intake.take_in(office, [shared_data / "patents" / "st36-package-a"])
    (line,) = taken.cases
    documents = cases.show(office, line.id).documents
    assert len(documents) == 14 and sum(d.kind == "drawing" for d in documents) == 9


def test_each_design_of_an_application_keeps_its_title(office):
    taken = intake.take_in(office, [DEMO / "applications" / "5-designs-cooking-stove-st96.xml"])
    (line,) = taken.cases
    assert [row.texts["en"] for row in cases.show(office, line.id).rows] == [
        "Cooking stove with clay liner",
        "Cooking stove with two pot rests",
        "Cooking stove with carrying handle",
    ]
