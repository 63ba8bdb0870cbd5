"""Cases made of a few words, and the model law pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.case import Case, CaseParty, CasePriority, Event, Row
from app.domain.law import LawPack
from app.domain.record import Right
from app.rules.statuses import standing
from app.storage import lawpacks

FILED = date(2026, 3, 2)


@pytest.fixture(scope="session")
def law() -> LawPack:
    """The bundled model law."""
    return lawpacks.load(lawpacks.find("model"))


@pytest.fixture(scope="session")
def happened() -> Callable[..., tuple[Event, ...]]:
    """Events of the given names, a day apart from the filing on; "!" in front: taken back."""

    def make(*names: str) -> tuple[Event, ...]:
        return tuple(
            Event(
                id=f"e{n}", event=name.lstrip("!"), on=date.fromordinal(FILED.toordinal() + n),
                recorded=f"2026-03-02T00:00:{n:02}Z", who="amina", station="s", act=f"a{n}",
                voided=name.startswith("!"),
            )
            for n, name in enumerate(names)
        )  # fmt: skip

    return make


@pytest.fixture(scope="session")
def a_case(law: LawPack, happened: Callable[..., tuple[Event, ...]]) -> Callable[..., Case]:
    """A sound case of a right, after the given events, with any field replaced."""

    def make(right: str = "patent", *events: str, **changed: Any) -> Case:
        past = happened(*(events or ("filed",)))
        rows = {
            "trade_mark": (Row("r1", "class", "5", "Salves"), Row("r2", "class", "30", "Tea; coffee")),
            "design": (Row("r1", "design", "1", "Stool"), Row("r2", "design", "2", "Bench")),
        }.get(right, tuple(Row(f"r{n}", "claim", str(n), f"A pump {n}.") for n in range(1, 4)))
        status, rows = standing(law, right, rows, past)
        case = Case(
            id="c" * 32, number="XX/P/2026/000001", right=Right(right), kind="application",
            title="Hand pump for shallow wells", titles={"en": "Hand pump for shallow wells"},
            status=status, office="XX", filing_date=FILED, confidential=True,
            law={"pack": "model", "version": "1.0"}, officer="amina", language="en",
            fields={"description_words": 900, "images": 2, "mark": {"text": "SOLENO", "kind": "word"}},
            abstracts={"en": " ".join(["word"] * 60)},
            classes={"nice": ("5", "30"), "locarno": ("06-01",)},
            events=past,
            parties=(
                CaseParty("p1", "applicant", "Kito Ltd", address="1 Pump Road", country="XX"),
                CaseParty("p2", "inventor", "A. Kito", address="1 Pump Road", country="XX"),
            ),
            rows=rows,
            priorities=(CasePriority("XX", "XX/P/2025/000009", date(2025, 11, 3)),),
        )  # fmt: skip
        return replace(case, **changed)

    return make
