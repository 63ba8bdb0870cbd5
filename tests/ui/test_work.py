"""An examiner's work at the window, on a real office: what is pressed is what happens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtPrintSupport import QPrinter

from app.paths import resources
from app.services import cases, conflicts, letters, syncing
from ui.rooms.letters import despatch
from ui.rooms.letters.room import LettersRoom
from ui.theme import Tone

if TYPE_CHECKING:
    from tests.ui.conftest import Seat

QUERY = "(pump OR pompe) AND (piston OR leather)"
ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


def test_a_case_is_opened_from_the_docket_by_keyboard(seat: Seat) -> None:
    docket = seat.go("docket")
    seat.keys(docket.table, "j", "k")
    chosen = docket.table.current_case()
    seat.keys(docket.table, ENTER)
    room = seat.frame.room
    assert room.key == "cases" and room.view.case.id == chosen.id
    assert room.view.header.title.whole == chosen.title
    seat.frame.back()
    seat.frame.back()
    seat.rest()
    assert seat.frame.room.key == "docket"


def test_the_docket_says_why_a_date_is_a_date(seat: Seat) -> None:
    docket = seat.go("docket", seat.case("pump"))
    assert docket.detail.case.title == "Hand pump with leather-free piston"
    assert "PCT Rule 80" in docket.detail.why.accessibleName()


def test_filters_narrow_and_say_how_many(seat: Seat) -> None:
    docket = seat.go("docket")
    whole = docket.model.total
    docket.right.choose("trade_mark")
    seat.rest()
    shown = docket.model.lines
    assert shown and {str(line.right) for line in shown} == {"trade_mark"}
    assert docket.count.text() == f"{len(shown)} of {whole} cases"
    docket.words.setText("pump")
    seat.bot.wait(200)
    seat.rest()
    assert docket.model.total < len(shown)
    docket.due.choose(0)
    seat.rest()
    assert not docket.stand.is_thing
    assert "filters" in docket.stand.notice.title.text()


def test_quick_find_takes_a_number_in_any_spelling(seat: Seat) -> None:
    seat.frame.quick.open()
    seat.keys(seat.frame.top.quick, "xx p 2026 1")
    seat.bot.waitUntil(lambda: seat.frame.quick.list.current is not None)
    seat.bot.waitUntil(lambda: str(seat.frame.quick.list.key).startswith("case"), timeout=5000)
    seat.keys(seat.frame.top.quick, ENTER)
    assert seat.frame.room.view.case.number == "XX/P/2026/000001"


def test_quick_find_goes_to_rooms(seat: Seat) -> None:
    seat.frame.quick.open()
    seat.keys(seat.frame.top.quick, "prior", ENTER)
    assert seat.frame.room.key == "prior-art"


def test_an_event_is_recorded_and_stands_on_the_timeline(seat: Seat) -> None:
    case = seat.case("pump")
    room = seat.go("case", case)
    room.view.record("note")
    seat.rest()
    form = room.view.form
    assert room.view.stack.currentWidget() is form
    form.inputs["text"].setPlainText("Telephone call with the agent.")
    form.keep.click()
    seat.rest()
    assert room.view.tab == "timeline"
    assert "Note" in room.view.timeline.accessibleDescription()
    kept = seat.ask(lambda: cases.show(seat.office, case))
    assert kept.events[-1].fields["text"] == "Telephone call with the agent."


def test_ctrl_z_takes_the_newest_act_back(seat: Seat) -> None:
    case = seat.case("stove")
    seat.ask(lambda: cases.record(seat.office, case, "note", fields={"text": "Wrong file."}))
    room = seat.go("case", case)
    seat.bot.keyClick(room, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    seat.rest()
    kept = seat.ask(lambda: cases.show(seat.office, case))
    assert [e.voided for e in kept.events if e.event == "note"] == [True]


def test_a_refusal_stands_where_the_hand_is(seat: Seat) -> None:
    """An objection needs its provision; the form says so and nothing is recorded."""
    case = seat.case("pump")
    room = seat.go("case", case)
    before = len(room.view.case.events)
    room.view.record("objection")
    seat.rest()
    room.view.form.keep.click()
    seat.rest()
    assert "provision" in room.view.form.strip.message
    assert room.view.stack.currentWidget() is room.view.form
    assert len(seat.ask(lambda: cases.show(seat.office, case)).events) == before


def test_fields_are_edited_in_place_and_taken_back(seat: Seat) -> None:
    case = seat.case("stove")
    room = seat.go("case", (case, "overview"))
    room.view.overview.edit()
    room.view.overview.fields["remark"].setPlainText("Views 3 and 4 look alike.")
    seat.keys(room.view.overview.fields["title"], ENTER)
    assert seat.ask(lambda: cases.show(seat.office, case)).fields["remark"] == "Views 3 and 4 look alike."
    room.view.turn("history")
    seat.rest()
    entry = next(e for e in room.view.history.list.entries.entries if e.title == "Remark")
    room.view.history.list.choose(entry.key)
    room.view.history.take_back.click()
    seat.rest()
    assert not seat.ask(lambda: cases.show(seat.office, case)).fields.get("remark")


def test_pages_are_shown_searched_and_copied(seat: Seat) -> None:
    room = seat.go("case", (seat.case("pump"), "documents"))
    documents = room.view.documents
    letter = next(d.id for d in room.view.case.documents if d.kind == "letter")
    documents.open(letter)
    seat.rest()
    assert documents.pages.view.pages
    documents.pages.field.setText("filing")
    documents.pages._find()
    assert documents.pages.view.hit[1] >= 1
    documents.pages.view.choose_all()
    assert "Filing receipt" in documents.pages.view.chosen_text


def test_claims_are_translated_and_kept_beside_the_original(seat: Seat) -> None:
    """The French pack that comes with the program; the original is a utility model filed in French."""
    pytest.importorskip("ctranslate2")
    case = seat.case("presse")
    room = seat.go("case", (case, "translation"))
    page = room.view.translation
    assert page.target.value == "en"
    page.make.click()
    seat.rest()
    assert page.stand.is_thing, page.stand.notice.title.text()
    lines = page.table.lines.lines
    assert lines and all(line.source and line.target for line in lines)
    assert page.table.lines.names == ("fr", "en")
    kept = seat.ask(lambda: cases.show(seat.office, case))
    assert [d.language for d in kept.documents if d.kind == "translation"] == ["en"]


def test_a_search_by_keyboard_ends_in_a_citation(seat: Seat) -> None:
    case = seat.case("pump")
    seat.go("case", case)
    room = seat.go("prior-art")
    seat.keys(room.query.field, QUERY, ENTER)
    assert room.hits.hits.hits, "hits"
    assert room.answer.total == int(room.count.text().split()[0])
    assert "published" in room.coverage.searched.whole
    assert room.record.opened.hit_id == room.hits.current.id
    assert room.record.text.toPlainText()
    seat.keys(room.hits, "j")
    cited = room.hits.current
    seat.keys(room.hits, "y")
    assert room.record.take.category.value == "Y"
    seat.keys(room.record.take.claims, "1-3", ENTER)
    kept = seat.ask(lambda: cases.show(seat.office, case)).citations
    assert [(c.category, c.claims, c.record) for c in kept] == [("Y", "1-3", cited.id)]
    assert room.hits.hits.ratings[cited.id] == "Y"


def test_a_query_that_goes_wrong_shows_where(seat: Seat) -> None:
    room = seat.go("prior-art")
    seat.keys(room.query.field, "pump AND (piston", ENTER)
    assert room.strip.message
    assert room.query.field.property("wrong") is True
    assert room.query.field.extraSelections()


def test_a_letter_is_previewed_and_issued(seat: Seat) -> None:
    case = seat.case("stove")
    room = seat.go("letters", ("write", case))
    seat.bot.waitUntil(lambda: bool(room.pages.view.pages), timeout=20_000)
    assert room.draft.wish().template == "filing-receipt"
    room.draft.languages["fr"].setChecked(True)
    room._preview()
    seat.rest()
    seat.frame.top.buttons[-1].click()
    seat.rest()
    issued = [x for x in seat.ask(lambda: letters.listed(seat.office)) if x.case == case]
    assert len(issued) == 1 and issued[0].state == "issued"
    assert room.queue.key == issued[0].id
    assert room.side.currentWidget() is room.facts


def test_issuing_is_refused_while_stations_disagree(seat: Seat) -> None:
    room: LettersRoom = seat.go("letters", ("write", seat.case("pump")))
    seat.bot.waitUntil(lambda: bool(room.pages.view.pages), timeout=20_000)
    seat.frame.top.buttons[-1].click()
    seat.rest()
    assert "disagree" in room.draft.strip.message
    assert room.draft.issue.isEnabled()


def test_a_print_run_goes_to_the_printer_that_was_chosen(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The printer here writes a file; the system's dialog stands before it on a desk."""
    paper = tmp_path / "run.pdf"

    def chosen(_parent: object, _name: str) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        return printer

    monkeypatch.setattr(despatch, "choose_printer", chosen)
    room = seat.go("letters")
    seat.frame.top.buttons[-1].click()
    seat.rest()
    assert paper.read_bytes().startswith(b"%PDF")
    assert {x.state for x in seat.ask(lambda: letters.listed(seat.office))} == {"printed"}
    assert not room._to_print()


def test_a_conflict_is_settled_with_its_reason(seat: Seat) -> None:
    room = seat.go("together", "conflicts")
    desk = room.conflicts
    assert [button.text() for button in desk.buttons]
    desk.buttons[0].click()
    assert "reason" in desk.strip.message.lower(), "the reason comes first"
    seat.bot.keyClicks(desk.reason, "Power of attorney of 3 November.")
    desk.buttons[0].click()
    seat.rest()
    assert seat.ask(lambda: conflicts.listed(seat.office)) == ()
    assert not desk.stand.is_thing
    assert seat.frame.spine.items["together"].count == 0


def test_send_and_fetch_counts_first_and_says_what_came(seat: Seat, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    room = seat.go("together")
    room.travel._set(str(store))
    seat.rest()
    assert seat.ask(lambda: syncing.schedule(seat.office)).store == str(store)
    room.count()
    seat.rest()
    assert room.travel.list.entries.rowCount() > 0
    room.sync()
    seat.rest()
    assert room.travel.head.text() == "What came"
    assert any(store.rglob("*.seg"))


def test_a_store_that_is_gone_is_told_beside_its_name(seat: Seat, tmp_path: Path) -> None:
    room = seat.go("together")
    room.travel._set(str(tmp_path / "nowhere" / "stick"))
    seat.rest()
    room.sync()
    seat.rest()
    assert room.travel.strip.message


def test_the_clock_exchanges_when_it_is_due(seat: Seat, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    wanted = syncing.Schedule(on=True, store=str(store), every_minutes=1)
    seat.ask(
        lambda: (syncing.set_schedule(seat.office, wanted), seat.office.store.private.set("sync-last", b""))
    )
    seat.frame.periodic.look()
    seat.rest()
    assert any(store.rglob("*.seg"))
    assert seat.frame.periodic.job is None


def test_dropped_files_come_in_and_bad_ones_are_told(seat: Seat, tmp_path: Path) -> None:
    bad = tmp_path / "empty.xml"
    bad.write_bytes(b"")
    good = resources() / "demo" / "applications" / "1-patent-hand-pump-st96.xml"
    mixed = tmp_path / "mixed.xml"
    mixed.write_bytes(
        good.read_bytes().replace(b"2026/000412", b"2026/000999").replace(b"NP-26-03", b"NP-26-99")
    )
    room = seat.go("reception", [bad, mixed])
    entries = room.came.entries.entries
    assert any(str(e.key).startswith("refused") for e in entries)
    assert not room.strip.message


def test_a_case_is_opened_by_hand(seat: Seat) -> None:
    room = seat.go("reception", "new")
    seat.keys(room.by_hand.title, "Rope pump")
    seat.keys(room.by_hand.applicant, "T. Amani Oduya", ENTER)
    assert seat.frame.room.view.case.title == "Rope pump"


def test_work_is_told_in_one_line_and_the_line_closes(seat: Seat) -> None:
    seat.desk.say("Done.", Tone.GREEN)
    assert seat.frame.toast.message == "Done."
    seat.frame.toast.clear()
    assert seat.frame.toast.isHidden()


def test_settings_are_kept(seat: Seat) -> None:
    room = seat.go("settings")
    room.minutes.setValue(15)
    room.minutes.editingFinished.emit()
    room.on.click()
    seat.rest()
    kept = seat.ask(lambda: syncing.schedule(seat.office))
    assert (kept.on, kept.every_minutes) == (True, 15)
    room._verify()
    seat.rest()
    assert "whole" in room.strip.message


def test_help_pages_lead_to_one_another(seat: Seat) -> None:
    room = seat.go("help")
    named = {page.file: page.title for page in room.pages if page.file}
    assert named, "the manual is bundled"
    wanted = sorted(named)[-1]
    room._follow(QUrl(wanted))
    assert room.list.current.title == named[wanted]
    room._follow(QUrl("https://example.org/elsewhere"))
    assert room.list.current.title == named[wanted]
