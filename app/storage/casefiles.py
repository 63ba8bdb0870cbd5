"""A case's content, with a law pack and a day, as the Case everybody sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.case import (
    Case,
    CaseParty,
    CasePriority,
    Deadline,
    Event,
    LimitState,
    Owner,
    Row,
    Status,
    Step,
)
from app.domain.dossier import Citation, Conflict, ConflictValue, Document, LetterEntry, Payment
from app.domain.examination import Cell, Feature
from app.domain.findings import Finding, Severity
from app.domain.law import LawPack, in_language
from app.domain.record import Right
from app.errors import _
from app.history.content import named
from app.rules import fees
from app.rules.objections import objections
from app.rules.priorities import COVERS, LOST, standing_priorities
from app.rules.reckoning import said_again
from app.rules.statuses import standing

_OWN_PLACE = frozenset(
    {"title", "titles", "abstracts", "classes", "priorities", "applicant", "inventor", "representative",
     "filing_date", "officer", "findings"}
)  # fmt: skip


def to_case(content: dict[str, Any], law: LawPack, today: date, language: str = "en") -> Case:
    """The case of `content`; its findings are those noted at intake, checks come on top of them."""
    fields = content["fields"]
    right = Right(content["right"])
    events = events_only(content, law, language)
    titles = fields.get("titles") or {}
    case_language = content["language"]
    status, rows = standing_of(content, law, events, language)
    case = Case(
        id=content["id"],
        number=content["number"],
        provisional=content["provisional"],
        right=right,
        kind=content["kind"],
        title=title_of(content),
        titles=titles,
        status=status,
        office=content["office"],
        filing_date=filing_date(content),
        confidential=content["confidential"] and not is_published(events),
        law=content["law"],
        officer=fields.get("officer") or "",
        language=case_language,
        fields={k: v for k, v in fields.items() if k not in _OWN_PLACE},
        abstracts=fields.get("abstracts") or {},
        classes={k: tuple(v) for k, v in (fields.get("classes") or {}).items()},
        events=events,
        deadlines=tuple(sorted((_deadline(d, law, today) for d in content["limits"]), key=_by_day)),
        parties=tuple(_party(p) for p in content["parties"]),
        rows=rows,
        priorities=standing_priorities(_claimed(content), in_order(events), rows),
        documents=tuple(_document(d) for d in content["documents"]),
        letters=tuple(_letter(entry, law, language) for entry in content["letters"]),
        citations=tuple(_citation(e) for e in events if e.event == "citation" and not e.voided),
        findings=tuple(_finding(f, n) for n, f in enumerate(fields.get("findings") or ())),
        conflicts=tuple(to_conflict(c, content) for c in content["conflicts"]),
        payments=tuple(_payment(p) for p in content["payments"]),
        objections=objections(events, rows),
        features=tuple(feature for r in content["rows"] for feature in _features(r)),
        cells=tuple(Cell(**cell) for r in content["rows"] for cell in r.get("cells", ())),
    )
    return replace(case, fees=fees.ledger(law, case, case.payments, today, language)) if law else case


def standing_of(
    content: dict[str, Any], law: LawPack, events: tuple[Event, ...], language: str = "en"
) -> tuple[Status, tuple[Row, ...]]:
    """Status and rows of the case, worked out from its events by the law pack."""
    rows = tuple(_row(r, content["language"]) for r in content["rows"])
    if not law:
        return Status("", ""), rows
    return standing(law, Right(content["right"]), rows, in_order(events), language)


def in_order(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Events that stand, by legal date, then as they were recorded."""
    return tuple(sorted((e for e in events if not e.voided), key=lambda e: (e.on, e.recorded)))


def title_of(content: dict[str, Any]) -> str:
    """The title set by hand, else the one in the case's language, else any, else the mark's words."""
    fields = content["fields"]
    titles = fields.get("titles") or {}
    mark = fields.get("mark") or {}
    return str(
        fields.get("title")
        or titles.get(content["language"])
        or next(iter(titles.values()), "")
        or mark.get("text", "")
        or (_("(figurative mark)") if mark else "")
    )


def filing_date(content: dict[str, Any]) -> date | None:
    """The date last accorded, else the one of the application, else none."""
    accorded = [
        e for e in content["events"] if e["event"] == "accorded" and e["act"] not in content["voided"]
    ]
    for event in reversed(accorded):
        if given := event["fields"].get("date") or event["on"]:
            return date.fromisoformat(given)
    written = content["fields"].get("filing_date")
    return date.fromisoformat(written) if written else None


def events_only(content: dict[str, Any], law: LawPack, language: str = "en") -> tuple[Event, ...]:
    """The law pack's events on the case, voided ones included."""
    return tuple(_event(e, content, law, language) for e in content["events"])


def is_published(events: tuple[Event, ...]) -> bool:
    """The public has seen the case: it was published, granted or registered."""
    return any(e.event in ("published", "grant", "registration") and not e.voided for e in events)


def _event(
    e: dict[str, Any], content: dict[str, Any], law: LawPack | None = None, language: str = "en"
) -> Event:
    rule = law.events.get(e["event"]) if law else None
    return Event(
        id=e["id"], event=e["event"], on=date.fromisoformat(e["on"]), recorded=e["recorded"], who=e["who"],
        station=e["station"], act=e["act"], fields=e["fields"], voided=e["act"] in content["voided"],
        name=in_language(rule.name, language) if rule else e["event"], rows=e["rows"],
    )  # fmt: skip


def _deadline(d: dict[str, Any], law: LawPack, today: date) -> Deadline:
    last_day = date.fromisoformat(d["last_day"])
    state = (
        LimitState(d["closed"])
        if d["closed"]
        else (LimitState.MISSED if last_day < today else LimitState.RUNNING)
    )
    rule = law.limits.get(d["rule"]) if law else None
    return Deadline(
        id=d["id"], rule=d["rule"], name=d.get("name") or d["rule"], event=d.get("event", ""),
        owner=Owner(d["owner"]), unrolled=date.fromisoformat(d["unrolled"]), last_day=last_day, state=state,
        steps=tuple(map(_step, d.get("steps", ()))),
        provision=d.get("provision", ""), silent=rule is not None and rule.silence,
    )  # fmt: skip


def _step(s: dict[str, Any]) -> Step:
    """In the language spoken now, where its limit was written with the key of what it says."""
    return said_again(Step(s["rule"], s["provision"], s["text"], s.get("key", ""), s.get("values", {})))


def _by_day(deadline: Deadline) -> tuple[date, str]:
    return deadline.last_day, deadline.id


def _party(p: dict[str, Any]) -> CaseParty:
    # The line of a document may hold the city already, and the city twice.
    parts = [part.strip() for part in (p.get("address") or "").split(",")] + [p.get("city") or ""]
    address = ", ".join(dict.fromkeys(part for part in parts if part))
    return CaseParty(
        id=p["id"], role=p["role"], name=p.get("name", ""), as_filed=p.get("as_filed") or p.get("name", ""),
        address=address, country=p.get("country", ""),
    )  # fmt: skip


def _row(r: dict[str, Any], language: str) -> Row:
    texts = r.get("texts") or {}
    filed = r.get("filed") or {}
    return Row(
        id=r["id"], kind=r["kind"], label=str(r["label"]), text=text_in(texts, language), texts=texts,
        basis=r.get("basis", ""), amended="filed" in r or bool(r.get("added")), added=bool(r.get("added")),
        filed_text=text_in(filed, language), recorded=r["recorded"],
    )  # fmt: skip


def _features(r: dict[str, Any]) -> list[Feature]:
    label = str(r["label"])
    known = enumerate(r.get("features", ()), 1)
    return [Feature(f["id"], label, f"{label}.{n}", f["text"]) for n, f in known]


def text_in(texts: Mapping[str, str], language: str) -> str:
    """The text in the language, else in any."""
    return texts.get(language) or next(iter(texts.values()), "")


def priorities_of(content: dict[str, Any]) -> tuple[CasePriority, ...]:
    """The priorities as they stand, without the rest of the case."""
    acts = [e for e in content["events"] if e["event"] in (LOST, COVERS)]
    if not acts:
        return _claimed(content)
    rows = tuple(_row(r, content["language"]) for r in content["rows"])
    return standing_priorities(_claimed(content), in_order(tuple(_event(e, content) for e in acts)), rows)


def _claimed(content: dict[str, Any]) -> tuple[CasePriority, ...]:
    return tuple(_priority(p) for p in content["fields"].get("priorities") or ())


def _priority(p: dict[str, Any]) -> CasePriority:
    day = p.get("date")
    return CasePriority(
        p.get("office", ""), p.get("number", ""), date.fromisoformat(day) if day else None,
        p.get("kind", "foreign"),
    )  # fmt: skip


def _document(d: dict[str, Any]) -> Document:
    return Document(
        id=d["id"], kind=d["kind"], name=d["name"], sha256=d["sha256"], bytes=d["bytes"],
        media_type=d["media_type"], received=date.fromisoformat(d["received"]),
        language=d.get("language", ""), confidential=bool(d.get("confidential")),
    )  # fmt: skip


def _payment(p: dict[str, Any]) -> Payment:
    return Payment(
        id=p["id"], what=p.get("what", ""), amount=p["amount"], currency=p.get("currency", ""),
        on=date.fromisoformat(p["on"]), receipt=p.get("receipt", ""), payer=p.get("payer", ""),
        reference=p.get("reference", ""), refund=p["refund"],
    )  # fmt: skip


def _letter(entry: dict[str, Any], law: LawPack, language: str) -> LetterEntry:
    rule = law.letters.get(entry["template"]) if law else None
    served = entry.get("served")
    return LetterEntry(
        id=entry["id"], template=entry["template"], number=entry["number"], state=entry["state"],
        date=date.fromisoformat(entry["date"]), sha256=entry["sha256"], document=entry["document"],
        name=in_language(rule.name, language) if rule else entry["template"],
        languages=tuple(entry.get("languages", ())), opens=entry.get("opens", ""),
        served=date.fromisoformat(served) if served else None,
    )  # fmt: skip


def _citation(e: Event) -> Citation:
    f = {k: str(v) for k, v in e.fields.items()}
    return Citation(
        id=e.id, office=f.get("office", ""), number=f.get("number", ""), kind_code=f.get("kind_code", ""),
        category=f.get("category", ""), claims=f.get("claims", ""), passages=f.get("passages", ""),
        title=f.get("title", ""), record=f.get("record", ""), published=_on(f.get("published", "")),
        filed=_on(f.get("filed", "")), priority=_on(f.get("priority", "")),
    )  # fmt: skip


def _on(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _finding(f: dict[str, Any], place: int) -> Finding:
    return Finding(
        Severity(f["severity"]), f["where"], f["rule"], f["message"], f.get("provision", ""),
        f.get("remedy", ""), f"intake-{place}",
    )  # fmt: skip


def to_conflict(c: dict[str, Any], content: dict[str, Any]) -> Conflict:
    """A conflict with its values as people read them."""
    values = tuple(
        ConflictValue(v["id"], readable(c["field"], v["value"]), v["who"], v["when"], v["station"])
        for v in c["values"]
    )
    return Conflict(c["id"], content["id"], c["field"], values, content["number"])


def readable(field: str, value: Any) -> Any:
    """A party register as names; anything else as it is."""
    if field in ("applicant", "inventor", "representative") and not isinstance(value, str):
        return "; ".join(party.get("name", "") for party in named(value))
    return value
