"""The translation of a case lies in its dossier, beside the original and as well guarded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.domain.record import Right
from app.errors import Cancelled, OfficeError
from app.services import cases, offices, recording, translating
from app.services.offices import Office

CLAIMS = {
    "1": {"fr": "Pompe à eau (1) comprenant un corps (2).", "en": "Water pump (1) comprising a body (2)."},
    "2": {"fr": "2. Pompe selon la revendication 1.", "en": "Pump according to claim 1."},
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with offices.init_office(tmp_path / "office", officer="Examiner", today=date(2026, 3, 2)) as office:
        yield office


def open_case(office: Office, rows: list[dict[str, object]], right: Right = Right.PATENT) -> str:
    filed = date(2026, 3, 2)
    facts = {"kind": "application", "office": "XX", "language": "fr", "confidential": True}
    with office.store.act() as act:
        return recording.start_case(act, office, recording.NewCase(right, filed, facts, {}, rows))


def claims(texts: dict[str, dict[str, str]]) -> list[dict[str, object]]:
    return [{"kind": "claim", "label": label, "texts": text} for label, text in texts.items()]


def test_the_claims_are_translated_and_kept(office: Office) -> None:
    case_id = open_case(office, claims(CLAIMS))
    done = translating.translate_case(office, case_id, "en")
    assert [s.label for s in done.segments] == ["1.", "2."]
    assert done.changes.cases == {case_id}
    (document,) = cases.show(office, case_id).documents
    assert (document.id, document.kind, document.confidential) == (done.document, "translation", True)
    (kept,) = translating.kept(office, case_id)
    assert (kept.translated, kept.current) == (done, True)
    assert all(s.alignment for s in kept.translated.segments)


def test_translated_again_nothing_new_is_kept(office: Office) -> None:
    case_id = open_case(office, claims(CLAIMS))
    first = translating.translate_case(office, case_id, "en")
    again = translating.translate_case(office, case_id, "en")
    assert (again, again.document) == (first, first.document)
    assert not again.changes
    assert len(cases.show(office, case_id).documents) == 1


def test_a_text_that_was_changed_makes_the_translation_outdated(office: Office) -> None:
    case_id = open_case(office, claims(CLAIMS))
    translating.translate_case(office, case_id, "en")
    row = next(row for row in cases.show(office, case_id).rows if row.label == "2")
    with office.store.act() as act:
        texts = {"fr": "Pompe selon la revendication 1, avec un arbre (3)."}
        act.set(f"row:{row.id}", "row", {"kind": "claim", "label": "2", "texts": texts, "order": 1})
    (kept,) = translating.kept(office, case_id)
    assert not kept.current
    done = translating.translate_case(office, case_id, "en")
    assert "(3)" in done.text
    assert [k.current for k in translating.kept(office, case_id)].count(True) == 1


def test_a_stop_keeps_nothing(office: Office) -> None:
    class Stop:
        def step(self, done: int, total: int | None = None, note: str = "") -> None:
            raise Cancelled

    case_id = open_case(office, claims(CLAIMS))
    before = office.store.digest()
    with pytest.raises(Cancelled):
        translating.translate_case(office, case_id, "en", Stop())
    assert office.store.digest() == before
    assert cases.show(office, case_id).documents == ()


def test_goods_of_a_mark_are_translated_by_class(office: Office) -> None:
    rows: list[dict[str, object]] = [{"kind": "class", "label": "7", "texts": {"fr": "Pompes"}}]
    done = translating.translate_case(office, open_case(office, rows, Right.TRADE_MARK), "en")
    assert [s.label for s in done.segments] == ["7."]


@pytest.mark.parametrize("source", [None, "ar"])
def test_a_case_without_claims_in_the_language_is_refused(office: Office, source: str | None) -> None:
    case_id = open_case(office, claims(CLAIMS) if source else [])
    with pytest.raises(OfficeError, match="no claims or goods"):
        translating.translate_case(office, case_id, "en", source=source)


def test_in_an_office_with_a_passphrase_no_word_of_it_lies_in_clear(tmp_path: Path, own_home: Path) -> None:
    with offices.init_office(tmp_path / "sealed", officer="Examiner", secret=b"a long passphrase") as office:
        case_id = open_case(office, claims({"1": {"fr": "Séchoir zinzolin (7) à zinzolin."}}))
        done = translating.translate_case(office, case_id, "en")
        assert translating.kept(office, case_id)[0].translated == done
    for path in [*tmp_path.rglob("*"), *own_home.rglob("*")]:
        if path.is_file():
            assert "zinzolin" not in path.read_bytes().decode("utf-8", "replace")
