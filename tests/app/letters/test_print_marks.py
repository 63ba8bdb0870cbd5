"""Copy marks, print runs and labels: what a reader, human or scanner, finds on the paper."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from app.imaging.pages import OpenedFile
from app.letters.draft import Draft
from app.letters.labels import A4_FOURTEEN, Label, sheet, single
from app.letters.render import Rendered, render
from app.letters.runs import Part, print_run
from app.letters.stamps import Mark, Stamp, stamped, words_of

TODAY = date(2026, 11, 23)
ARABIC = ("شركة النور للتجارة", "12 شارع النيل", "القاهرة", "EG")


def text_of(pdf: bytes) -> list[str]:
    with OpenedFile(pdf) as opened:
        return [" ".join(opened.text(index).split()) for index in range(opened.count)]


def codes_of(pdf: bytes, page: int = 0, dpi: float = 250) -> set[tuple[str, str]]:
    with OpenedFile(pdf) as opened:
        picture = Image.open(io.BytesIO(opened.page(page, dpi).png)).convert("RGB")
    found = zxingcpp.read_barcodes(picture)
    return {("QR" if "QR" in str(code.format) else "128", code.text) for code in found}


@pytest.fixture
def letter(draft: Draft) -> Rendered:
    return render(draft)


def test_the_letters_own_code_is_read_back(letter: Rendered) -> None:
    assert codes_of(letter.pdf) == {("QR", letter.code)}
    office, number, case, day, check = letter.code.split(";")
    assert (office, number, case, day) == ("XX", "L/2026/001431", "XX/M/2026/001163", "2026-11-23")
    assert len(check) == 10


def test_the_code_changes_with_the_letter(draft: Draft) -> None:
    other = render(replace(draft, case=replace(draft.case, title="SAFI NYUMBANI")))
    assert other.code != render(draft).code


@pytest.mark.parametrize("languages", [("en",), ("ar", "fr")], ids="-".join)
def test_the_original_mark_stands_before_the_number(draft: Draft, languages: tuple[str, ...]) -> None:
    letter = render(replace(draft, languages=languages))
    marked = stamped(letter.pdf, Stamp(Mark.ORIGINAL, draft.number, TODAY), languages)
    for page in text_of(marked):
        assert "ORIGINAL" in page and "COPY" not in page
    assert "ORIGINAL" not in " ".join(text_of(letter.pdf))


def test_a_copy_says_why_and_stays_archivable(draft: Draft) -> None:
    letter = render(draft)
    stamp = Stamp(Mark.COPY, draft.number, TODAY, "Lost in the post")
    copy = stamped(letter.pdf, stamp, ("en", "fr"))
    for page in text_of(copy):
        assert "COPY · COPIE" in page and "Lost in the post" in page and "23 Nov 2026" in page
    with pikepdf.open(io.BytesIO(copy)) as opened, opened.open_metadata() as told:
        assert told.pdfa_status == "2B" and "/OutputIntents" in opened.Root
        found = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary)]
        fonts = [o for o in found if o.get("/Type") == "/FontDescriptor"]
        assert fonts and all("/FontFile2" in d or "/FontFile3" in d for d in fonts)


def test_a_reason_in_another_script_is_left_to_the_register(letter: Rendered) -> None:
    copy = stamped(letter.pdf, Stamp(Mark.COPY, "L/2026/001431", TODAY, "فقد في البريد"))
    assert "COPY" in text_of(copy)[0]


def test_marks_in_words() -> None:
    assert words_of(Mark.DUPLICATE, ("fr",)) == "DUPLICATE · DUPLICATA"
    assert words_of(Mark.ORIGINAL, ("en", "fr")) == "ORIGINAL"


def test_a_paper_without_number_gets_the_frame_alone(letter: Rendered) -> None:
    assert "COPY" in text_of(stamped(letter.pdf, Stamp(Mark.COPY)))[0]


def test_a_run_keeps_the_order_and_counts_pages(letter: Rendered) -> None:
    parts = [
        Part(f"L/2026/{n:06}", "XX/M/2026/001163", lines, letter.pdf)
        for n, lines in ((1, ("Miraji & Sobel",)), (2, ARABIC))
    ]
    run = print_run(parts, "Office of XX", TODAY)
    with OpenedFile(letter.pdf) as opened:
        count = opened.count
    assert run.pages == (("L/2026/000001", count), ("L/2026/000002", count))
    said = text_of(run.pdf)
    assert run.sheets == len(said) == 2 * count + 3
    assert "L/2026/000001" in said[0] and "Registered letters" in said[-1] and "Miraji & Sobel" in said[-1]
    assert ("128", "L/2026/000001") in codes_of(run.pdf, 0, 150)


def test_a_single_letter_is_a_run_of_its_own_pages(letter: Rendered) -> None:
    run = print_run([Part("L/2026/000001", "C", ("A",), letter.pdf)], "Office", TODAY)
    assert run.sheets == len(text_of(run.pdf)) == run.pages[0][1]


def test_duplex_begins_each_letter_on_a_new_sheet(letter: Rendered) -> None:
    parts = [Part(str(n), "C", ("A",), letter.pdf) for n in range(2)]
    run = print_run(parts, "Office", TODAY, separators=False, duplex=True)
    with pikepdf.open(io.BytesIO(run.pdf)) as opened:
        assert len(opened.pages) % 2 == 0 and run.sheets == len(opened.pages) // 2


@pytest.mark.parametrize(
    "lines",
    [
        ("Miraji & Sobel", "14 Customs Quay", "Port Veral", "XX"),
        ARABIC,
        ("አቶ ተስፋዬ", "አዲስ አበባ"),
        ("#let x = *1*",),
    ],
    ids=["latin", "arabic", "ethiopic", "markup"],
)
def test_a_label_is_read_by_a_scanner(lines: tuple[str, ...]) -> None:
    pdf = single(Label("L/2026/000007", lines, "XX;L/2026/000007;XX/P/1;2026-11-23;ABCDEF0123"), TODAY)
    assert codes_of(pdf) == {
        ("QR", "XX;L/2026/000007;XX/P/1;2026-11-23;ABCDEF0123"), ("128", "L/2026/000007"),
    }  # fmt: skip
    said = text_of(pdf)[0].replace(" ", "")
    assert lines[0].replace(" ", "") in said


def test_a_sheet_starts_at_the_first_free_place() -> None:
    labels = [Label(f"L/{n}", (f"Name {n}",), f"code {n}") for n in range(14)]
    pdf = sheet(labels, TODAY, first=3)
    first, second = text_of(pdf)
    assert "Name 10" in first and "Name 11" not in first and "Name 13" in second
    with OpenedFile(pdf) as opened:
        word = next(w for w in opened.page(0).words if w.text == "Name")
    assert word.x0 > A4_FOURTEEN.place(3)[0] * 72 / 25.4 > 250
