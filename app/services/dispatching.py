"""What leaves for the International Bureau: rehearsed before it goes, and with what its act says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.case import Case, Event
from app.domain.law import LetterRule, RouteRule, in_language
from app.errors import RuleRefused, UsageError, _, spoken_language
from app.rules import designations, rehearsal
from app.rules.days import why_no_day
from app.rules.dispatch import Dispatch, drafted, earlier_rights, waiting
from app.rules.fields import takes
from app.services import drafting
from app.services.drafting import Wording
from app.services.offices import Office
from app.storage import register

REASON = "reason"
"""Field of a letter: why it leaves although the rehearsal says that it would count as none."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The case, the route it came by, the day of sending, and what the International Bureau would say."""

    case: Case
    route: RouteRule
    on: date
    rehearsal: rehearsal.Rehearsal


def rehearse(
    office: Office,
    case_id: str,
    *,
    on: date | None = None,
    fields: Mapping[str, str] | None = None,
    languages: Iterable[str] = (),
) -> Rehearsed:
    """Play the International Bureau for the refusal drafted on the case, sent `on`. Writes nothing.

    fields      of the refusal, instead of those drafted: to try what would be said
    languages   of the letter, the first prevails
    """
    case = register.case(office.store, register.case_id_of(office.store, case_id), office.today)
    route = designations.route_of(office.law, case)
    if not any(route.id in d.routes and d.stage == rehearsal.STAGE for d in office.law.demands):
        raise RuleRefused(
            _("The law pack holds no demands on refusals of this route. Nothing was rehearsed."),
            _("Look into its file rehearsal.toml."),
        )
    given = _given(office, route, fields or {})
    rule = _letter_of(office, route, case)
    wording = drafting.worded(rule, case, languages, None) if rule else Wording(tuple(languages))
    return _rehearsed(office, case, on or office.today, replace(wording, fields=given))


def refuse_dispatch(office: Office, case: Case, rule: LetterRule, day: date, wording: Wording) -> None:
    """Say nothing when the letter may leave: it needs no rehearsal, would count, or a reason is given.

    Raises RuleRefused with the first finding for which it would count as no refusal.
    """
    if not rule.rehearsed or str(wording.fields.get(REASON) or "").strip():
        return
    done = _rehearsed(office, case, day, wording).rehearsal
    if done.would_be is rehearsal.WouldBe.NOT_REGARDED:
        worst = next(f for f in done.findings if f.severity == "error")
        raise RuleRefused(
            _(
                "The International Bureau would not regard this as a refusal: {why} ({provision}). No letter "
                "was made."
            ).format(why=worst.message, provision=worst.provision),
            _("{remedy} To send it nevertheless, give a reason.").format(remedy=worst.remedy),
            command="designation rehearse CASE",
        )


def carried(office: Office, case: Case, rule: LetterRule, wording: Wording) -> dict[str, Any]:
    """What the letter's event takes over: fields of the act it is about, and those given with the letter.

    The letter's own text stays with the letter.
    """
    event = office.law.events.get(rule.event)
    if not rule.carries or event is None:
        return {}
    about = waiting(case, rule.about, rule.event)
    given = {k: v for k, v in wording.fields.items() if k.partition("_")[0] != "text" and v not in ("", None)}
    return {
        name: v for name, v in {**(about.fields if about else {}), **given}.items() if takes(event, name)
    }


def spoken_case(case: Case, rule: LetterRule, day: date, facts: Mapping[str, Any]) -> tuple[Case, LetterRule]:
    """The case with the act the letter will record, and the letter as speaking of it."""
    if not rule.carries:
        return case, rule
    act = Event(
        id="", event=rule.event, on=day, recorded="", who="", station="", act="", fields=dict(facts),
        name=in_language(rule.name, "en"),
    )  # fmt: skip
    return replace(case, events=(*case.events, act)), replace(rule, about=())


def _rehearsed(office: Office, case: Case, day: date, wording: Wording) -> Rehearsed:
    route = designations.route_of(office.law, case)
    draft = drafted(route, case)
    dispatch = Dispatch(
        law=office.law, route=route, case=case, on=day,
        given={**(draft.fields if draft else {}), **wording.fields},
        earlier=earlier_rights(case), languages=wording.languages,
        signatory=str(wording.fields.get("signatory") or case.officer or office.store.officer),
    )  # fmt: skip
    return Rehearsed(case, route, day, rehearsal.rehearse(dispatch, spoken_language()))


def _letter_of(office: Office, route: RouteRule, case: Case) -> LetterRule | None:
    """The letter by which refusals of this route leave."""
    letters = office.law.letters.values()
    return next((x for x in letters if x.event == route.refusal and str(case.right) in x.rights), None)


def _given(office: Office, route: RouteRule, fields: Mapping[str, str]) -> dict[str, str]:
    event = office.law.events.get(route.drafted)
    for name, text in fields.items():
        known = name == "signatory" or (event is not None and takes(event, name))
        if not known:
            raise UsageError(
                _("A refusal has no field “{name}”. Nothing was rehearsed.").format(name=name),
                _("Fields are: {names}.").format(names=", ".join(event.fields if event else ())),
            )
        if event is not None and event.fields.get(name) == "date" and text and (why := why_no_day(text)):
            raise UsageError(
                _("The field “{name}”: {trouble} Nothing was rehearsed.").format(name=name, trouble=why),
                _("Write dates as 2026-11-25."),
            )
    return dict(fields)
