"""Division of a case, and merger of two.

Sources: Paris Convention, Article 4G; STLT Article 7; Madrid Regulations, Rules 27bis and 27ter. What an
event of division does to rows and which events a new case inherits is the law pack's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.case import Case, Deadline, LimitState, Row, Step
from app.domain.changes import Changes
from app.domain.law import EventRule
from app.errors import RuleRefused, _
from app.history.content import LIMIT_CLOSED, case_content
from app.rules import rows as row_rules
from app.services import recording
from app.services.offices import Office
from app.storage import register
from app.storage.act import Act, inside

DIVISION, DIVISIONAL, CAME_FROM = "division", "divisional", "divided_from"
DIVISIONS = (DIVISION, DIVISIONAL)
"""Events by which a case is divided: `divide` records them, for a new case comes of it."""
MERGER, MERGED_IN = "merger", "merged_in"

_INHERITED_FIELDS = (
    "title", "titles", "abstracts", "applicant", "inventor", "representative", "priorities", "mark",
    "classes", "filing_date", "designs", "images", "description_words", "officer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Divided:
    """The case that was divided and the one that came of it; `act` names what was written."""

    case: Case
    new: Case
    act: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Merged:
    """The case that goes on and the one that was merged into it; `act` names what was written."""

    case: Case
    gone: Case
    act: str
    changes: Changes


def divide(
    office: Office,
    case_id: str,
    rows: str,
    *,
    on: date | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Divided:
    """Divide `rows` (labels: `9, 42` or `1-3`) out of a case into a new one with a number of its own.

    The new case keeps filing date, priorities, parties and mark, and what the law pack says is inherited
    (publication, registration); a limit opened for rows that all leave goes with them, with its day. For
    patents the claims are copied and stay in the parent too (divisional application). All in one act:
    nothing is half done. Refused like any event the law does not allow, and where no row would stay.
    """
    parent_id = register.case_id_of(office.store, case_id)
    day = on or office.today
    with office.store.act() as act:
        parent = recording.snapshot(act, office, parent_id)
        event = _event_of(office, parent)
        given = recording.plain_fields(fields or {}) | {"rows": rows}
        chosen = row_rules.chosen_rows(office.law, event, parent.rows, given)
        child_id = recording.start_case(act, office, _new_case(act, parent, chosen))
        filed = parent.filing_date or day
        recording.put_past_event(act, office, child_id, "filed", filed)
        came = _cross_link(act, office, child_id, CAME_FROM, day, parent)
        _inherit(act, office, parent, child_id)
        if event.row_status:
            _carry_limits(act, parent, child_id, came, chosen)
        child = recording.snapshot(act, office, child_id)
        links = {"number": child.number, "case": child_id}
        recording.put_event(act, office, parent_id, event.id, day, given | links)
    today = office.today
    return Divided(
        register.case(office.store, parent_id, today), register.case(office.store, child_id, today), act.id,
        act.changes,
    )  # fmt: skip


def merge(office: Office, case_id: str, into: str, *, on: date | None = None) -> Merged:
    """Merge a case into another of the same right, holder and status, as after a division.

    Its live rows go on in the other; it ends and keeps its number. One act, taken back as one.
    """
    gone_id, kept_id = (register.case_id_of(office.store, one) for one in (case_id, into))
    day = on or office.today
    with office.store.act() as act:
        gone, kept = (recording.snapshot(act, office, one) for one in (gone_id, kept_id))
        _refuse_merger(gone, kept)
        _cross_link(act, office, kept_id, MERGED_IN, day, gone)
        for order, row in enumerate((row for row in gone.rows if row.live), len(kept.rows)):
            act.set(inside("row", kept_id), "row", _row_value(row, order))
        _cross_link(act, office, gone_id, MERGER, day, kept)
    today = office.today
    return Merged(
        register.case(office.store, kept_id, today), register.case(office.store, gone_id, today), act.id,
        act.changes,
    )  # fmt: skip


def _event_of(office: Office, case: Case) -> EventRule:
    """The event by which the law divides cases of this right."""
    for name in DIVISIONS:
        rule = office.law.events.get(name)
        if rule is not None and (not rule.rights or case.right in rule.rights):
            return rule
    raise RuleRefused(
        _("The law pack knows no division of this right. Nothing was divided."),
        _("Look at the events of the law pack."),
    )


def _new_case(act: Act, parent: Case, chosen: Iterable[Row]) -> recording.NewCase:
    content = case_content(parent.id, act.history(parent.id))
    fields = {name: content["fields"][name] for name in _INHERITED_FIELDS if name in content["fields"]}
    rows = [_row_value(row, order) for order, row in enumerate(chosen)]
    classes = {row["label"] for row in rows if row["kind"] == "class"}
    if classes and "nice" in fields.get("classes", {}):
        kept = [symbol for symbol in fields["classes"]["nice"] if str(symbol) in classes]
        fields["classes"] = {**fields["classes"], "nice": kept}
    if "designs" in fields:
        fields["designs"] = len(rows)
    facts = {
        "kind": content["kind"], "office": content["office"], "language": content["language"],
        "confidential": content["confidential"],
    }  # fmt: skip
    return recording.NewCase(parent.right, parent.filing_date or date.min, facts, fields, rows)


def _row_value(row: Row, order: int) -> dict[str, Any]:
    texts = dict(row.texts) or ({"und": row.text} if row.text else {})
    return {"kind": row.kind, "label": row.label, "texts": texts, "order": order}


def _cross_link(act: Act, office: Office, case_id: str, event: str, day: date, other: Case) -> str:
    fields = {"number": other.number, "case": other.id}
    return recording.put_event(act, office, case_id, event, day, fields)[0]


def _inherit(act: Act, office: Office, parent: Case, child_id: str) -> None:
    """What happened to the parent and counts for the new case too, on its own day."""
    for event in sorted(parent.events, key=lambda e: (e.on, e.recorded)):
        rule = office.law.events.get(event.event)
        if rule is not None and rule.inherited and not event.voided:
            recording.put_past_event(act, office, child_id, event.event, event.on)


def _carry_limits(act: Act, parent: Case, child_id: str, came: str, chosen: Iterable[Row]) -> None:
    """Running limits that were opened for rows all of which leave go with them."""
    leaving = {name for row in chosen for name in (row.id, row.label)}
    opened_by = {event.id: event for event in parent.events}
    for limit in parent.deadlines:
        event = opened_by.get(limit.event)
        named = row_rules.named_in(event.fields.get("rows")) if event else frozenset()
        if limit.state is not LimitState.RUNNING or not named or not named <= leaving:
            continue
        recording.open_limit(act, child_id, came, _carried(limit, parent))
        value = {"limit": limit.id, "state": str(LimitState.LIFTED), "by": came}
        act.event(f"case:{parent.id}", LIMIT_CLOSED, value)


def _carried(limit: Deadline, parent: Case) -> Deadline:
    said = _("Runs on from case {number}, from which these rows were divided.").format(number=parent.number)
    return replace(limit, steps=(*limit.steps, Step(limit.rule, limit.provision, said)))


def _refuse_merger(gone: Case, kept: Case) -> None:
    reason = ""
    if gone.id == kept.id:
        reason = _("A case cannot be merged into itself.")
    elif gone.right != kept.right:
        reason = _("The two cases are not of one right.")
    elif _holders(gone) != _holders(kept):
        reason = _("The two cases do not have the same applicants.")
    elif gone.status.code != kept.status.code:
        reason = _("One case is “{first}”, the other “{second}”.").format(
            first=gone.status.name, second=kept.status.name
        )
    elif gone.filing_date != kept.filing_date:
        reason = _("The two cases do not have the same filing date.")
    if reason:
        raise RuleRefused(
            _("{reason} Nothing was merged.").format(reason=reason),
            _("Merge parts of one divided case while they stand alike."),
        )


def _holders(case: Case) -> set[str]:
    return {party.name.casefold() for party in case.parties if party.role == "applicant"}
