"""A case, a law and a draft as the letters' tests want them: no office, no disk."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.case import Case, CaseParty, CasePriority, Deadline, Event, LimitState, Owner, Row, Status
from app.domain.dossier import Citation, Document, Fee
from app.domain.findings import Finding, Severity
from app.domain.law import CheckRule, Extension, LawPack, LetterRule, LimitRule, RightRule
from app.domain.record import Right
from app.letters.draft import Draft
from app.paths import resources

TEMPLATES = ("filing-receipt", "formalities-invitation", "objection", "decision")
OFFICE = {
    "name": {
        "en": "Intellectual Property Office of XX",
        "fr": "Office de la propriété intellectuelle de XX",
        "ar": "مكتب الملكية الفكرية في XX",
    },
    "address": {"en": "2 Harbour Road, Port Veral, XX"},
}


def letter_rules() -> dict[str, LetterRule]:
    about = {"objection": ("objection",), "decision": ("refusal",)}
    return {
        name: LetterRule(
            name, {"en": name}, ("trade_mark",), ("en", "fr", "ar"), f"{name}.typ", "letter",
            "L/{year}/{serial:06}", opens="reply", provision="Marks Act, s. 11", about=about.get(name, ()),
        )
        for name in TEMPLATES
    }  # fmt: skip


@pytest.fixture
def law() -> LawPack:
    """A law of marks with one limit and two checks, and the letters of the model pack."""
    return LawPack(
        "model", "1.0", {"en": "Model law"}, "XX", ("en", "fr", "ar"), date(2020, 1, 1), office=OFFICE,
        rights={
            "trade_mark": RightRule(
                "trade_mark", {"en": "Trade mark", "fr": "Marque", "ar": "علامة تجارية"},
                "XX/M/{year}/{serial:06}", "class",
            )
        },
        limits={
            "reply": LimitRule(
                "reply", {"en": "Reply"}, (), "2m", "next-open", "model", Owner.APPLICANT,
                provision="Marks Act, s. 14(2)", extend=Extension("2m"),
            )
        },
        checks=(
            CheckRule(
                "formality.picture", {"en": "No picture of the mark", "fr": "Reproduction absente",
                                      "ar": "صورة العلامة غير مرفقة"},
                ("trade_mark",), "record", provision="Marks Rules, r. 7(1)",
                remedy={"en": "File a clear picture.", "fr": "Déposer une reproduction nette."},
            ),
        ),
        letters=letter_rules(),
        letters_folder=str(resources() / "law" / "model" / "letters"),
    )  # fmt: skip


@pytest.fixture
def case() -> Case:
    """A mark with an agent, two classes, findings, an objection, a citation and a refusal."""
    return Case(
        "0" * 32, "XX/M/2026/001163", Right.TRADE_MARK, "application", "SAFI NYUMBA", {"en": "SAFI NYUMBA"},
        Status("filed", "Filed"), "XX", date(2026, 10, 2), False, {"pack": "model", "version": "1.0"},
        "M. Tavi, Registrar", language="en",
        parties=(
            CaseParty("p1", "applicant", "Nyumba Safi Ltd", "", "1 Sand Road, Port Veral", "XX"),
            CaseParty("p2", "representative", "Miraji & Sobel", "", "14 Customs Quay, Port Veral", "XX"),
        ),
        rows=(
            Row("r1", "class", "3", "soaps", texts={"en": "soaps", "fr": "savons", "ar": "صابون"}),
            Row("r2", "class", "21", "brushes", texts={"en": "brushes", "fr": "brosses", "ar": "فرش"}),
        ),
        documents=(
            Document("d1", "application", "application.xml", "ab" * 32, 48211, "application/xml",
                     date(2026, 10, 2)),
        ),
        fees=(Fee("f1", "Filing fee", "120.00", "120.00", "R-00231", "paid"),),
        priorities=(CasePriority("FR", "4123456", date(2026, 4, 3)),),
        findings=(
            Finding(Severity.ERROR, "mark", "formality.picture", "The application holds no picture."),
            Finding(Severity.WARNING, "classes", "other", "Class 3 is vague.", "Rules, r. 12"),
            Finding(Severity.NOTE, "title", "eye", "To be looked at."),
        ),
        citations=(
            Citation("c1", "XX", "M/2018/000214", "", "X", "3, 21", "identical goods", "SAFINYU"),
        ),
        events=(
            Event("e1", "objection", date(2026, 11, 20), "", "M. Tavi", "", "", {
                "provision": "Marks Act, s. 11(1)(b)", "rows": "21",
                "text": "The mark is confusingly similar.", "text_fr": "La marque prête à confusion.",
                "text_ar": "العلامة تشبه علامة سابقة."}),
            Event("e2", "refusal", date(2026, 11, 22), "", "M. Tavi", "", "", {
                "provision": "Marks Act, s. 11", "outcome": "refused", "reasons": "No reply was received."}),
        ),
    )  # fmt: skip


@pytest.fixture
def limit() -> Deadline:
    """Two months from 23 Nov 2026: a Saturday, so the Monday after."""
    return Deadline(
        "l1", "reply", "Reply", "e9", Owner.APPLICANT, date(2027, 1, 23), date(2027, 1, 25),
        LimitState.RUNNING,
    )  # fmt: skip


@pytest.fixture
def draft(case: Case, law: LawPack, limit: Deadline) -> Draft:
    """An objection in English of 23 Nov 2026, numbered."""
    return Draft(case, law.letters["objection"], law, ("en",), date(2026, 11, 23), "L/2026/001431", limit)
