"""Letters as PDF: what stands on the page, what cannot get onto it, and that they can be made again."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.domain.case import CaseParty
from app.domain.record import Right
from app.errors import OfficeError
from app.imaging.pages import OpenedFile
from app.letters.draft import Draft
from app.letters.render import render, set_snapshot
from app.paths import resources

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "letters"
TEMPLATES = ("filing-receipt", "formalities-invitation", "objection", "decision")
LANGUAGES = (("en",), ("fr",), ("ar",), ("en", "fr"), ("en", "ar"), ("ar", "fr"))


def as_letter(draft: Draft, template: str, *languages: str) -> Draft:
    return replace(draft, rule=draft.law.letters[template], languages=languages)


def text_of(pdf: bytes) -> str:
    with OpenedFile(pdf) as opened:
        pages = [opened.text(index) for index in range(opened.count)]
    return " ".join(" ".join(pages).split())


def fonts_of(pdf: bytes) -> list[Any]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            (str(o.get("/FontName")), "/FontFile2" in o or "/FontFile3" in o)
            for o in opened.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]


@pytest.mark.parametrize("languages", LANGUAGES, ids="-".join)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_letter_in_every_language_is_an_archivable_pdf(
    draft: Draft, template: str, languages: tuple[str, ...]
) -> None:
    letter = render(as_letter(draft, template, *languages))
    with pikepdf.open(io.BytesIO(letter.pdf)) as opened:
        with opened.open_metadata() as told:
            assert told.pdfa_status == "2B"
        assert str(opened.Root.Lang).startswith(languages[0])
        assert 1 <= len(opened.pages) <= 3
    fonts = fonts_of(letter.pdf)
    assert fonts and all(embedded for _name, embedded in fonts)
    said = text_of(letter.pdf)
    assert "L/2026/001431" in said and "XX/M/2026/001163" in said and "Miraji & Sobel" in said


@pytest.mark.parametrize(
    ("template", "language", "words"),
    [
        ("filing-receipt", "en", ["Filing receipt", "2 Oct 2026", "application.xml", "4123456"]),
        ("filing-receipt", "fr", ["Récépissé de dépôt", "2 oct. 2026", "3 avr. 2026"]),
        ("formalities-invitation", "en", ["No picture of the mark", "File a clear picture."]),
        ("formalities-invitation", "fr", ["Reproduction absente", "Déposer une reproduction nette."]),
        ("objection", "en", ["Marks Act, s. 11(1)(b)", "similar", "21 brushes", "M/2018/000214"]),
        ("objection", "fr", ["prête à confusion", "21 brosses", "lun. 25 janv. 2027"]),
        ("objection", "ar", ["اعتراض المكتب", "يناير", "SAFI NYUMBA"]),
        ("decision", "en", ["The application is refused.", "22 Nov 2026", "No reply was received."]),
        ("decision", "fr", ["La demande est rejetée.", "22 nov. 2026"]),
    ],
)  # fmt: skip
def test_the_letter_says_what_the_case_says(
    draft: Draft, template: str, language: str, words: list[str]
) -> None:
    said = text_of(render(as_letter(draft, template, language)).pdf)
    assert [word for word in words if word not in said] == []


def test_the_limit_box_names_the_weekday_and_why(draft: Draft) -> None:
    said = text_of(render(draft).pdf)
    assert "Reply by Mon 25 Jan 2027." in said
    assert "Two months from 23 Nov 2026: Sat 23 Jan 2027." in said
    assert "closed on that day (Saturday)" in said and "Marks Act, s. 14(2)" in said


def test_an_objection_names_only_the_rows_it_is_about(draft: Draft) -> None:
    said = text_of(render(draft).pdf)
    assert "21 brushes" in said and "3 soaps" not in said


def test_notes_and_other_letters_findings_stay_out(draft: Draft) -> None:
    findings = (
        *draft.case.findings,
        replace(draft.case.findings[0], message="Elsewhere.", letter="decision"),
    )
    letter = render(as_letter(replace(draft, case=replace(draft.case, findings=findings)),
                              "formalities-invitation", "en"))  # fmt: skip
    said = text_of(letter.pdf)
    assert "To be looked at" not in said and "Elsewhere." not in said and "Class 3 is vague." in said


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_same_snapshot_gives_the_same_bytes(draft: Draft, template: str) -> None:
    first = render(as_letter(draft, template, "en", "fr"))
    source = resources() / "law" / "model" / "letters" / f"{template}.typ"
    assert render(as_letter(draft, template, "en", "fr")).sha256 == first.sha256
    assert set_snapshot(dict(first.snapshot), source) == first.pdf
    assert len(first.template_sha256) == 64


HOSTILE = [
    "#panic(1) Ltd",
    "*Bold* _Sons_ & Co",
    "$x^2$ @label <ref> [b] \\ {c}",
    '"quoted" ``` // /* = + - ~',
    '#eval("1") ] ) }',
    "https://example.invalid/#a",
    "O’Neil – “Söhne” №5 §3",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_come_out_as_they_were_written(draft: Draft, name: str) -> None:
    party = CaseParty("p", "applicant", name, "", name, "XX")
    case = replace(draft.case, parties=(party,), title=name)
    letter = render(replace(draft, case=case))
    said = text_of(letter.pdf).replace(" ", "")
    assert said.count(name.replace(" ", "")) >= 3
    assert letter.snapshot["to"]["lines"][0] == name


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=60), text=st.text(max_size=200))
def test_no_text_stops_a_letter(draft: Draft, name: str, text: str) -> None:
    party = CaseParty("p", "applicant", name, "", text, "XX")
    event = replace(draft.case.events[0], fields={"text": text, "provision": name})
    case = replace(draft.case, parties=(party,), title=text, events=(event,))
    assert render(replace(draft, case=case)).pdf.startswith(b"%PDF-")


def test_a_character_without_a_glyph_is_marked_and_kept_in_the_snapshot(draft: Draft) -> None:
    case = replace(draft.case, parties=(CaseParty("p", "applicant", "中村 Pumps", "", "", "JP"),))
    letter = render(replace(draft, case=case))
    assert letter.snapshot["to"]["lines"][0] == "中村 Pumps"
    assert "Pumps" in text_of(letter.pdf)


def test_a_long_letter_flows_over_its_pages_with_their_numbers(draft: Draft) -> None:
    event = replace(draft.case.events[0], fields={"text": "\n".join(["A reason worth reading. " * 40] * 8)})
    case = replace(draft.case, events=(event,))
    with OpenedFile(render(replace(draft, case=case, languages=("en",))).pdf) as opened:
        assert opened.count >= 3
        for index in range(opened.count):
            assert f"L/2026/001431 · {index + 1} / {opened.count}" in opened.text(index)


def test_a_draft_says_so_and_has_no_number(draft: Draft) -> None:
    said = text_of(render(replace(draft, number="")).pdf)
    assert "DRAFT" in said and "L/2026" not in said


def test_three_languages_stand_one_after_the_other(draft: Draft) -> None:
    letter = render(replace(draft, languages=("en", "fr", "ar"), layout="after"))
    said = text_of(letter.pdf)
    assert said.index("Reply by Mon") < said.index("Réponse attendue")
    assert "The English text prevails." in said and "Le texte anglais fait foi." in said


def test_the_agent_of_the_day_is_written_to(draft: Draft) -> None:
    agent = replace(draft.case.parties[1], until=date(2026, 11, 1))
    case = replace(draft.case, parties=(draft.case.parties[0], agent))
    assert render(replace(draft, case=case)).snapshot["to"]["lines"][:2] == ["Nyumba Safi Ltd", "1 Sand Road"]


def test_a_template_that_is_not_there_is_refused(draft: Draft) -> None:
    with pytest.raises(OfficeError, match=r"gone\.typ"):
        render(replace(draft, rule=replace(draft.rule, file="gone.typ")))


def images_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [o for o in opened.objects if isinstance(o, pikepdf.Stream)]
        return sum(1 for o in streams if o.get("/Subtype") == "/Image")


def test_the_picture_of_the_mark_is_part_of_the_letter(draft: Draft) -> None:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), (20, 120, 60)).save(out, "PNG")
    plain, shown = render(draft), render(replace(draft, picture=out.getvalue()))
    assert images_of(shown.pdf) == images_of(plain.pdf) + 1
    assert shown.code != plain.code and len(shown.snapshot["picture"]) == 64


@pytest.mark.parametrize(
    ("right", "codes"),
    [
        (Right.TRADE_MARK, "(210) (220) (731) (511)"),
        (Right.PATENT, "(21) (22) (71)"),
        (Right.DESIGN, "(21) (22) (71)"),
    ],
)
def test_facts_carry_their_inid_codes(draft: Draft, right: Right, codes: str) -> None:
    said = text_of(render(replace(draft, case=replace(draft.case, right=right))).pdf)
    assert all(code in said for code in codes.split())


@pytest.mark.parametrize("languages", [("en",), ("en", "fr")], ids="-".join)
@pytest.mark.parametrize("template", TEMPLATES)
def test_letters_read_as_their_golden_texts(draft: Draft, template: str, languages: tuple[str, ...]) -> None:
    """The words of each letter, line by line. A change of a fixed text changes a file here, in sight."""
    golden = GOLDEN / f"{template}-{'-'.join(languages)}.txt"
    with OpenedFile(render(as_letter(draft, template, *languages)).pdf) as opened:
        said = "\f".join(opened.text(index) for index in range(opened.count))
    # The check at the end of the code follows from the snapshot, whose form may grow.
    said = re.sub(r";[0-9A-F]{10}\b", ";CHECK", said)
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert "\n".join(lines) + "\n" == golden.read_text(encoding="utf-8")


def test_a_template_that_wants_the_network_is_refused(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "letter.typ").write_text('#import "@preview/cetz:0.1.0"\nHello', encoding="utf-8")
    law = replace(draft.law, letters_folder=str(tmp_path))
    with pytest.raises(OfficeError, match="from a network"):
        render(replace(draft, law=law, rule=replace(draft.rule, file="letter.typ")))


def test_a_template_reads_nothing_but_its_own_folder(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.typ").write_text('#read("../secret.txt")', encoding="utf-8")
    law = replace(draft.law, letters_folder=str(folder))
    with pytest.raises(OfficeError, match="could not be set"):
        render(replace(draft, law=law, rule=replace(draft.rule, file="letter.typ")))
