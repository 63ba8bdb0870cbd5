"""Letters as acts of an office: numbers, frozen content, limits, marks, service; on real folders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.cli.main import run
from app.errors import FileRefused, OfficeError, RuleRefused, UsageError
from app.letters import render
from app.services import cases, documents, letters, offices
from app.services.letters import Wording
from app.services.offices import Office

TODAY = date(2026, 11, 23)
MARK = {
    "title": "SAFI NYUMBA",
    "applicant": "Nyumba Safi #1 *Ltd*",
    "filing_date": "2026-10-02",
    "language": "en",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with offices.init_office(tmp_path / "office", officer="M. Tavi", today=TODAY) as made:
        yield made


@pytest.fixture
def mark(office: Office) -> str:
    return cases.new(office, "trade_mark", MARK).case.id


def words_in(pdf: bytes) -> str:
    shown = documents.pages_of(pdf, dpi=36)
    return " ".join(word.text for page in shown.pages for word in page.words)


def test_issuing_numbers_freezes_files_and_opens_the_limit(office: Office, mark: str) -> None:
    sent = letters.issue(office, mark, "formalities-invitation", languages=["en", "fr"])
    assert sent.number == "L-2026/0001"
    assert sent.sha256 == hashlib.sha256(sent.pdf).hexdigest()
    assert sent.opens_limit and sent.opens_limit.last_day == date(2027, 1, 25)
    case = cases.show(office, mark)
    (entry,) = case.letters
    assert (entry.number, entry.state, entry.languages) == (sent.number, "issued", ("en", "fr"))
    assert entry.opens == sent.opens_limit.id and entry.opens in {d.id for d in case.deadlines}
    (document,) = [d for d in case.documents if d.kind == "letter"]
    assert document.id == sent.document and document.sha256 == sent.sha256
    assert cases.document_bytes(office, sent.document) == sent.pdf == letters.pdf(office, sent.number)
    assert sent.changes.cases == {mark} and "letter" in sent.changes.kinds
    assert offices.verify(office).ok


def test_numbers_follow_one_another_over_all_letters(office: Office, mark: str) -> None:
    numbers = [letters.issue(office, mark, "filing-receipt").number for _turn in range(2)]
    numbers.append(letters.issue(office, mark, "formalities-invitation").number)
    assert numbers == ["L-2026/0001", "L-2026/0002", "L-2026/0003"]


def test_a_letter_that_fails_uses_no_number(
    office: Office, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> bytes:
        raise OfficeError("The template could not be set.")

    before = offices.status(office).operations
    with monkeypatch.context() as patched:
        patched.setattr(render, "set_snapshot", broken)
        with pytest.raises(OfficeError):
            letters.issue(office, mark, "formalities-invitation")
    assert offices.status(office).operations == before
    assert letters.issue(office, mark, "filing-receipt").number == "L-2026/0001"


def test_a_letter_stays_what_it_was(office: Office, mark: str) -> None:
    sent = letters.issue(office, mark, "filing-receipt")
    cases.edit(office, mark, {"applicant": "Another Ltd", "title": "OTHER"})
    assert letters.pdf(office, sent.number) == sent.pdf
    assert "Nyumba Safi" in words_in(letters.reprint(office, sent.number, "asked for"))


def test_a_preview_is_a_draft_and_leaves_no_trace(office: Office, mark: str) -> None:
    before = offices.status(office).operations
    shown = words_in(letters.preview(office, mark, "formalities-invitation", languages=["en"]))
    assert "DRAFT" in shown and "25 Jan 2027" in shown
    assert offices.status(office).operations == before


def test_the_first_print_is_the_original_and_later_ones_are_copies(office: Office, mark: str) -> None:
    first = letters.issue(office, mark, "filing-receipt")
    second = letters.issue(office, mark, "formalities-invitation")
    run_one = letters.print_run(office, [first.number])
    assert "ORIGINAL" in words_in(run_one.pdf) and "COPY" not in words_in(run_one.pdf)
    run_two = letters.print_run(office, [first.letter, second.number])
    shown = words_in(run_two.pdf)
    assert "COPY" in shown and "ORIGINAL" in shown
    assert [number for number, _pages in run_two.pages] == [first.number, second.number]
    assert {line.number: line.state for line in letters.listed(office)} == {
        first.number: "printed", second.number: "printed",
    }  # fmt: skip


def test_a_reprint_is_stamped_and_its_reason_recorded(office: Office, mark: str) -> None:
    sent = letters.issue(office, mark, "filing-receipt")
    copy = letters.reprint(office, sent.number, "Lost in the post")
    assert "COPY" in words_in(copy) and "Lost in the post" in words_in(copy)
    assert any("Lost in the post" in str(line) for line in cases.history(office, mark))
    with pytest.raises(UsageError):
        letters.reprint(office, sent.number, "  ")


def test_a_changed_file_is_not_printed(office: Office, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = letters.issue(office, mark, "filing-receipt")
    monkeypatch.setattr(type(office.store.blobs), "get", lambda _self, _blob: sent.pdf + b" ")
    with pytest.raises(OfficeError, match="not the one that was issued"):
        letters.print_run(office, [sent.number])


@pytest.mark.parametrize(
    ("served", "last_day"),
    [
        ("2026-11-27", None),  # within a week: nothing moves
        ("2026-12-10", date(2027, 2, 2)),  # ten days more than seven (PCT Rule 80.6)
    ],
)
def test_service_is_proved_and_moves_the_limit_when_late(
    office: Office, mark: str, tmp_path: Path, served: str, last_day: date | None
) -> None:
    sent = letters.issue(office, mark, "formalities-invitation")
    proof = tmp_path / "card.png"
    proof.write_bytes(b"signed")
    with offices.open_office(close_path(office), today=date(2026, 12, 20)) as later:
        answer = letters.serve(later, sent.number, date.fromisoformat(served), proof)
        assert (answer.limit.last_day if answer.limit else None) == last_day
        case = cases.show(later, mark)
        assert case.letters[0].state == "served" and str(case.letters[0].served) == served
        assert case.next_limit and case.next_limit.last_day == (last_day or date(2027, 1, 25))
        assert [d.name for d in case.documents if d.kind == "proof-of-service"] == ["card.png"]
        with pytest.raises(RuleRefused, match="was recorded as served"):
            letters.serve(later, sent.number, date.fromisoformat(served), proof)


def close_path(office: Office) -> Path:
    office.close()
    return office.path


@pytest.mark.parametrize(
    ("on", "content", "error"),
    [
        (date(2026, 11, 1), b"x", RuleRefused),  # before the letter
        (date(2027, 1, 1), b"x", RuleRefused),  # still to come
        (TODAY, b"", FileRefused),
        (TODAY, None, FileRefused),
    ],
)
def test_service_that_cannot_be_is_refused(
    office: Office, mark: str, tmp_path: Path, on: date, content: bytes | None, error: type[OfficeError]
) -> None:
    sent = letters.issue(office, mark, "filing-receipt")
    proof = tmp_path / "proof.pdf"
    if content is not None:
        proof.write_bytes(content)
    with pytest.raises(error):
        letters.serve(office, sent.number, on, proof)
    assert cases.show(office, mark).letters[0].state == "issued"


@pytest.mark.parametrize(
    ("template", "languages", "error"),
    [("nothing", ["en"], RuleRefused), ("filing-receipt", ["xx"], RuleRefused)],
)
def test_what_the_pack_does_not_hold_is_refused(
    office: Office, mark: str, template: str, languages: list[str], error: type[OfficeError]
) -> None:
    with pytest.raises(error) as refusal:
        letters.issue(office, mark, template, languages=languages)
    assert refusal.value.remedy
    assert letters.listed(office) == ()


def test_a_disputed_case_sends_no_letter(office: Office, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from app.domain.dossier import Conflict
    from app.services import recording

    plain = recording.snapshot
    dispute = Conflict("c", mark, "title", ())
    monkeypatch.setattr(recording, "snapshot", lambda *a: replace(plain(*a), conflicts=(dispute,)))
    with pytest.raises(RuleRefused, match="disagree on title"):
        letters.issue(office, mark, "filing-receipt")


def test_objection_and_decision_speak_of_the_act_recorded_before(office: Office, mark: str) -> None:
    fields = {"provision": "Marks Act, s. 11", "text": "Too similar.", "text_fr": "Trop semblable."}
    cases.record(office, mark, "objection", fields=fields)
    objection = letters.issue(office, mark, "objection", languages=["en", "fr"])
    shown = words_in(objection.pdf)
    assert "Too similar." in shown and "Trop semblable." in shown and "Marks Act, s. 11" in shown
    cases.record(office, mark, "refusal", fields={"reasons": "No reply was received."})
    shown = words_in(letters.issue(office, mark, "decision").pdf)
    assert "The application is refused." in shown and "No reply was received." in shown
    assert "Appeal:" in shown  # the limit that the refusal opened


def test_the_examiners_own_words(office: Office, mark: str) -> None:
    fields = {
        "text": "Call us. #x",
        "your_reference": "MS/88",
        "annexes": "Form 3; Form 4",
        "addressee": "Someone Else\nElsewhere",
    }
    own = Wording(("en",), fields=fields)
    shown = words_in(letters.issue(office, mark, "filing-receipt", wording=own).pdf)
    for said in ("Call us. #x", "MS/88", "Form 3; Form 4", "Someone Else"):
        assert said in shown


def test_the_mark_is_shown_and_a_broken_picture_holds_nothing_up(
    office: Office, mark: str, tmp_path: Path
) -> None:
    broken, logo = tmp_path / "broken.png", tmp_path / "logo.svg"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><circle r="15"/></svg>')
    cases.record(office, mark, "objection", fields={"provision": "s. 11"})
    cases.attach(office, mark, [broken], kind="mark")
    plain = letters.preview(office, mark, "objection")
    cases.attach(office, mark, [logo], kind="mark")
    shown = letters.preview(office, mark, "objection")
    assert (b"/Subtype/Image" in plain, b"/Subtype/Image" in shown) == (False, True)


def test_labels(office: Office, mark: str) -> None:
    sent = letters.issue(office, mark, "filing-receipt")
    assert "Nyumba Safi #1 *Ltd*" in words_in(letters.label(office, sent.number))
    assert len(documents.pages_of(letters.labels(office, [sent.number] * 15)).pages) == 2


def test_a_sealed_office_keeps_letters_sealed(tmp_path: Path) -> None:
    folder = tmp_path / "sealed"
    with offices.init_office(folder, officer="M. Tavi", secret=b"words", today=TODAY) as office:
        case = cases.new(office, "trade_mark", MARK).case.id
        sent = letters.issue(office, case, "filing-receipt")
        letters.print_run(office, [sent.number])
    for file in folder.rglob("*"):
        if file.is_file():
            raw = file.read_bytes()
            assert b"%PDF-" not in raw and b"SAFI" not in raw


def test_documents_as_pages_and_text(office: Office, mark: str) -> None:
    sent = letters.issue(office, mark, "filing-receipt")
    shown = documents.pages(office, sent.document)
    assert shown.kind == "pdf" and shown.document == sent.document
    assert shown.pages[0].png.startswith(b"\x89PNG") and shown.pages[0].words
    assert documents.page(office, sent.document, 0, dpi=36).width_pt == shown.pages[0].width_pt
    assert "SAFI NYUMBA" in documents.text(office, sent.document)


def test_the_command_line_does_it_all(
    office: Office, mark: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(close_path(office))

    def say(*words: str) -> dict[str, object]:
        assert run(["--office", folder, "--json", "letter", *words]) == 0
        return dict(json.loads(capsys.readouterr().out))

    draft, pile, copy = tmp_path / "draft.pdf", tmp_path / "run.pdf", tmp_path / "copy.pdf"
    assert say("preview", mark, "filing-receipt", "-o", str(draft))["file"] == str(draft)
    sent = say("issue", mark, "formalities-invitation", "--on", "2026-11-20", "--language", "en,ar")
    assert {"number", "file", "sha256", "opens_limit"} <= sent.keys() and sent["opens_limit"]
    number = str(sent["number"])
    assert say("print", number, "--run", str(pile))["letters"]
    assert say("reprint", number, "--reason", "lost", "-o", str(copy))["sha256"]
    proof = tmp_path / "proof.txt"
    proof.write_text("signed")
    assert say("serve", number, "--on", "2026-11-23", "--proof", str(proof))["number"] == number
    assert say("label", number, "-o", str(tmp_path / "label.pdf"))["bytes"]
    listed = say("list")
    assert [(x["number"], x["state"]) for x in listed["letters"]] == [(number, "served")]  # type: ignore[attr-defined]
    for template in listed["templates"]:  # type: ignore[attr-defined]
        assert template["id"] and template["name"] and template["rights"] and template["languages"]
    for file in (draft, pile, copy):
        assert file.read_bytes().startswith(b"%PDF-")
