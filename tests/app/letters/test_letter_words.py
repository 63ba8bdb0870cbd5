"""Dates, periods and addresses as letters print them."""

from __future__ import annotations

from datetime import date

import pytest

from app.letters.addressee import address_lines
from app.letters.codes import code128_text, code_text
from app.letters.glyphs import printable, unprinted
from app.letters.snapshot import free_text
from app.letters.words import period, printed, weekday, with_weekday


@pytest.mark.parametrize(
    ("day", "language", "shown"),
    [
        ("2026-11-22", "en", "22 Nov 2026"),
        ("2026-11-22", "fr", "22 nov. 2026"),
        ("2027-02-01", "fr", "1er févr. 2027"),
        ("2026-11-22", "ar", "22 نوفمبر 2026"),
        ("2026-05-03", "sw", "3 May 2026"),  # no Swahili here: English
    ],
)
def test_printed_dates(day: str, language: str, shown: str) -> None:
    assert printed(date.fromisoformat(day), language) == shown


def test_weekdays() -> None:
    day = date(2027, 2, 1)
    assert [with_weekday(day, lang) for lang in ("en", "fr")] == ["Mon 1 Feb 2027", "lun. 1er févr. 2027"]
    assert weekday(day, "ar") == "الاثنين"


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("2m", "en", "two months"), ("1y", "en", "one year"), ("60d", "fr", "60 jours"),
        ("1w", "fr", "une semaine"), ("1m", "fr", "un mois"), ("2m", "ar", "شهرين"), ("3m", "ar", "3 أشهر"),
        ("60d", "ar", "60 يوماً"), ("1y6m", "en", "one year, six months"), ("soon", "en", "soon"),
    ],
)  # fmt: skip
def test_periods_in_words(text: str, language: str, words: str) -> None:
    assert period(text, language) == words


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("14 Customs Quay, Port Veral", ["14 Customs Quay", "Port Veral"]),
        ("12, rue du Port", ["12, rue du Port"]),
        ("A; B; C", ["A", "B", "C"]),
        ("one\ntwo", ["one", "two"]),
        ("", []),
    ],
)
def test_addresses_part_into_lines(address: str, lines: list[str]) -> None:
    assert address_lines(address) == lines


def test_free_text_by_language() -> None:
    fields = {"text": "Hello", "text_fr": "Bonjour", "text_ar": "مرحبا"}
    assert free_text(fields, "text", ("en", "fr")) == {"en": "Hello", "fr": "Bonjour"}
    assert free_text({"text": "Hello"}, "text", ("fr",)) == {"fr": "Hello"}
    assert free_text({"text_fr": "Bonjour"}, "text", ("en", "fr")) == {"fr": "Bonjour"}
    assert free_text({}, "text", ("en",)) == {}


def test_what_has_no_glyph_is_marked() -> None:
    assert unprinted("Añb 中文 中 ሀ") == "中文"
    assert printable({"a": ["中x\r\ny\ud800"]}) == {"a": ["\ufffdx\ny\ufffd"]}
    assert printable("a\u202eb") == "ab"


def test_codes_hold_what_a_reader_needs() -> None:
    assert code_text("XX", "L/2026/1", "XX/M/1", "2026-11-22", "7F3A") == "XX;L/2026/1;XX/M/1;2026-11-22;7F3A"
    assert code128_text("L 2026/é1") == "L-2026/-1"
