"""The limit as a letter tells it: the last day with its weekday, and how it came about."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.case import Deadline, LimitState, Owner
from app.domain.law import LimitRule, in_language
from app.letters import eras
from app.letters.draft import Draft, act_spoken_of
from app.letters.words import in_every, period, printed, weekday, with_weekday


def limit_box(draft: Draft) -> dict[str, Any] | None:
    """The limit the letter opens, else one that the act spoken of has opened; None without any."""
    limit, start = draft.limit, draft.on
    if limit is None:
        limit, start = _limit_running(draft)
    if limit is None:
        return None
    start = _served(limit, start)
    rule = draft.law.limits.get(limit.rule)
    shown = draft.law.also_show
    beside = {"also": {lang: eras.also(limit.last_day, shown, lang) for lang in draft.languages}}
    return {
        **(beside if shown else {}),
        "id": limit.id,
        "rule": limit.rule,
        "name": {lang: in_language(rule.name, lang) if rule else limit.name for lang in draft.languages},
        "own": draft.limit is not None,
        "from": in_every(start, draft.languages),
        "unrolled": {lang: with_weekday(limit.unrolled, lang) for lang in draft.languages},
        "last": {lang: with_weekday(limit.last_day, lang) for lang in draft.languages},
        "last_day": limit.last_day.isoformat(),
        "rolled": limit.last_day != limit.unrolled,
        "closed": {lang: weekday(limit.unrolled, lang) for lang in draft.languages},
        "count": {lang: _counted(lang, rule, start, limit) for lang in draft.languages},
        "provision": limit.provision or (rule.provision if rule else ""),
        "extend": {lang: period(rule.extend.max, lang) for lang in draft.languages if rule and rule.extend},
        "steps": [{"rule": s.rule, "provision": s.provision, "text": s.text} for s in limit.steps],
    }


def _served(limit: Deadline, start: date) -> date:
    """The day a law takes the letter to have been served, where it fixes one: the limit counts from there."""
    days = [step.values["day"] for step in limit.steps if step.key in ("deemed-served", "served-later")]
    return date.fromisoformat(days[-1]) if days else start


def _limit_running(draft: Draft) -> tuple[Deadline | None, date]:
    """The applicant's limit that the act spoken of has opened, as an appeal; and the day it counts from."""
    about = act_spoken_of(draft)
    for limit in draft.case.deadlines if about else ():
        if (
            about
            and limit.event == about.id
            and limit.owner is Owner.APPLICANT
            and limit.state is LimitState.RUNNING
        ):
            return limit, about.on
    return None, draft.on


def _counted(language: str, rule: LimitRule | None, start: date, limit: Deadline) -> str:
    """How the last day came about, in one sentence of `language`."""
    length = period(rule.period, language) if rule else ""
    begins, ends = printed(start, language), with_weekday(limit.unrolled, language)
    length = length[:1].upper() + length[1:]
    if not length:
        return ends
    if language == "fr":
        return f"{length} à compter du {begins}, soit jusqu'au {ends}."
    if language == "ar":
        return f"{length} ابتداءً من {begins}، أي حتى {ends}."
    return f"{length} from {begins}: {ends}."
