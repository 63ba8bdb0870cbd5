"""A letter's content as plain data: what is frozen when the letter is issued.

The snapshot holds every name, date and sentence the letter shows, already in the letter's languages.
Rendering reads the snapshot and nothing else, so the same snapshot is the same letter for ever.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.case import Case, Event, Row
from app.domain.dossier import Citation, Document
from app.domain.findings import Finding, Severity
from app.domain.law import LawPack, LetterRule, in_language
from app.domain.record import Right
from app.letters.addressee import APPLICANTS, addressee
from app.letters.draft import SIDE_BY_SIDE, Draft, act_spoken_of
from app.letters.limitbox import limit_box
from app.letters.words import in_every
from app.rules.rows import ends as row_status_ends
from app.rules.rows import named_in

FORM = 1

# Events whose fields carry the examiner's own words, and the fields that do.
_FREE_TEXTS = ("text", "grounds", "reasons", "note")
# Kinds of document the office put into the dossier itself.
OURS = ("letter", "proof-of-service")
_PREVAILS = {
    "en": {"en": "The English text prevails.", "fr": "The French text prevails.",
           "ar": "The Arabic text prevails."},
    "fr": {"en": "Le texte anglais fait foi.", "fr": "Le texte français fait foi.",
           "ar": "Le texte arabe fait foi."},
    "ar": {"en": "النص الإنجليزي هو المعتمد.", "fr": "النص الفرنسي هو المعتمد.",
           "ar": "النص العربي هو المعتمد."},
}  # fmt: skip


def freeze(draft: Draft) -> dict[str, Any]:
    """The snapshot: JSON values only, strings exactly as they stand in the case."""
    case, law, languages = draft.case, draft.law, draft.languages
    about = act_spoken_of(draft)
    snapshot = {
        "form": FORM,
        "languages": list(languages),
        "layout": draft.layout if len(languages) > 1 else SIDE_BY_SIDE,
        "office": {
            "code": law.jurisdiction,
            "name": dict(law.office.get("name") or law.title),
            "address": dict(law.office.get("address") or {}),
        },
        "letter": _letter(draft),
        "case": _case(case, law, languages),
        "to": {"lines": list(addressee(case, draft.on, draft.fields))},
        "limit": limit_box(draft),
        "findings": [_finding(f, law, languages) for f in case.findings if _belongs(f, draft.rule)],
        "about": _event(about, draft) if about else None,
        "citations": [_citation(cited) for cited in case.citations],
        "rows": [_row(row, languages) for row in _rows_of(case, about)],
        "documents": [_document(d, languages) for d in case.documents if d.kind not in OURS],
        "fees": [
            {"what": f.name or f.what, "due": f.due, "paid": f.paid, "receipt": f.receipt}
            for f in case.fees
            if f.receipt
        ],
        "fields": dict(draft.fields),
        "free": free_text(draft.fields, "text", languages),
        "picture": hashlib.sha256(draft.picture).hexdigest() if draft.picture else "",
        "annexes": _listed(draft.fields.get("annexes")),
    }
    if draft.rule.rehearsed:
        cited = (e.fields for e in case.events if e.event == "earlier_right" and not e.voided)
        snapshot["earlier"] = [dict(fields) for fields in cited]
    return dict(_plain(snapshot))


def _letter(draft: Draft) -> dict[str, Any]:
    first = draft.languages[0]
    return {
        "number": draft.number or "—",
        "draft": not draft.number,
        "template": draft.rule.id,
        "name": dict(draft.rule.name),
        "law": {"pack": draft.law.name, "version": draft.law.version},
        "date": in_every(draft.on, draft.languages),
        "on": draft.on.isoformat(),
        "basis": draft.rule.provision,
        "yours": str(draft.fields.get("your_reference") or ""),
        "signatory": str(draft.fields.get("signatory") or draft.case.officer),
        "prevails": {lang: _PREVAILS.get(lang, _PREVAILS["en"]).get(first, "") for lang in draft.languages},
    }


def _case(case: Case, law: LawPack, languages: tuple[str, ...]) -> dict[str, Any]:
    right = law.rights.get(str(case.right))
    told: dict[str, Any] = {
        "id": case.id,
        "number": case.number or case.id,
        "provisional": case.provisional,
        "st13": str(case.fields.get("st13") or ""),
        "right": {lang: in_language(right.name, lang) if right else str(case.right) for lang in languages},
        "right_id": str(case.right),
        "title": case.title,
        "titles": dict(case.titles),
        "filed": in_every(case.filing_date, languages),
        "applicants": [p.name for p in case.parties if p.role in APPLICANTS and p.until is None],
        "inid": _inid(case),
        "priorities": [
            {"office": p.office, "number": p.number, "date": in_every(p.date, languages)}
            for p in case.priorities
        ],
        "goods": [_row(row, languages) for row in case.rows if row.kind == "class"],
        "classes": {name: [str(c) for c in symbols] for name, symbols in case.classes.items()},
    }
    if number := case.fields.get("international_number"):
        told["international"] = str(number)
    return told


# The codes of the data on a first page: ST.9 for patents, ST.60 for marks, ST.80 for designs.
_ST9 = {"number": "21", "filed": "22", "title": "54", "applicants": "71", "classes": "51"}
_ST60 = {"number": "210", "filed": "220", "title": "540", "applicants": "731", "classes": "511"}
_ST80 = {"number": "21", "filed": "22", "title": "54", "applicants": "71", "classes": "51"}


def _inid(case: Case) -> dict[str, str]:
    """INID codes of the facts a letter shows of this right."""
    if case.right is Right.DESIGN:
        return _ST80
    return _ST60 if case.right in (Right.TRADE_MARK, Right.GEOGRAPHICAL_INDICATION) else _ST9


def _belongs(found: Finding, rule: LetterRule) -> bool:
    """Whether an open finding is put to the applicant in this letter."""
    if found.settled or found.severity is Severity.NOTE:
        return False
    return not found.letter or found.letter == rule.id


def _finding(found: Finding, law: LawPack, languages: tuple[str, ...]) -> dict[str, Any]:
    check = next((c for c in law.checks if c.id == found.rule), None)
    name = {lang: in_language(check.name, lang) for lang in languages} if check else {}
    remedy = (
        {lang: in_language(check.remedy, lang) for lang in languages}
        if check and check.remedy
        else dict.fromkeys(languages, found.remedy)
    )
    return {
        "where": found.where,
        "rule": found.rule,
        "name": name,
        "message": found.message,
        "remedy": remedy,
        "provision": found.provision or (check.provision if check else ""),
    }


def _event(event: Event, draft: Draft) -> dict[str, Any]:
    languages, rule = draft.languages, draft.law.events.get(event.event)
    kinds = rule.fields if rule else {}
    days = {name: date.fromisoformat(str(event.fields[name])) for name, kind in kinds.items()
            if kind == "date" and event.fields.get(name)}  # fmt: skip
    return {
        "id": event.id,
        "event": event.event,
        "name": event.name,
        "on": in_every(event.on, languages),
        "provision": str(event.fields.get("provision") or ""),
        "outcome": str(event.fields.get("outcome") or "") or _partly(event, draft),
        "texts": [text for name in _FREE_TEXTS if (text := free_text(event.fields, name, languages))],
        "fields": dict(event.fields),
        "dates": {name: in_every(day, languages) for name, day in days.items()},
    }


def _partly(event: Event, draft: Draft) -> str:
    """`partial` where the act ended some rows of the case and others stand."""
    ended = any(row_status_ends(draft.law, status) for status in (event.rows or {}).values())
    return "partial" if ended and any(row.live for row in draft.case.rows) else ""


def free_text(fields: Mapping[str, object], name: str, languages: tuple[str, ...]) -> dict[str, str]:
    """A text by language: `name_fr` for one language, `name` for the letter's first.

    A text that stands in one language only is shown once, in that language.
    """
    texts = {lang: str(fields[f"{name}_{lang}"]) for lang in languages if fields.get(f"{name}_{lang}")}
    plain = fields.get(name)
    if isinstance(plain, Mapping):
        texts |= {str(lang): str(text) for lang, text in plain.items() if lang in languages and text}
    elif plain and languages[0] not in texts:
        texts = {languages[0]: str(plain), **texts}
    return texts


def _rows_of(case: Case, about: Event | None) -> tuple[Row, ...]:
    """The rows the act names, by id or label; all live rows where it names none."""
    named = named_in(about.fields.get("rows")) if about else frozenset()
    if not named:
        return tuple(row for row in case.rows if row.live)
    return tuple(row for row in case.rows if row.id in named or row.label in named)


def _row(row: Row, languages: tuple[str, ...]) -> dict[str, Any]:
    texts = {lang: row.texts[lang] for lang in languages if row.texts.get(lang)}
    return {"kind": row.kind, "label": row.label, "text": row.text, "texts": texts}


def _citation(cited: Citation) -> dict[str, Any]:
    number = " ".join(part for part in (cited.office, cited.number, cited.kind_code) if part)
    return {
        "category": cited.category,
        "number": number,
        "title": cited.title,
        "claims": cited.claims,
        "passages": cited.passages,
    }


def _document(document: Document, languages: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": document.name,
        "kind": document.kind,
        "bytes": document.bytes,
        "sha256": document.sha256,
        "received": in_every(document.received, languages),
    }


def _listed(value: object) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [part.strip() for part in value.replace(";", ",").split(",") if part.strip()]
    if isinstance(value, (list, tuple, set, frozenset)):
        return [str(part) for part in value]
    return [str(value)]


def _plain(value: object) -> Any:
    """JSON values; strings in NFC, as the log keeps them."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, (int, bool)) or value is None:
        return value
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return str(value)
