"""What the International Bureau demands of a refusal: how each demand is tried.

Madrid Regulations, Rules 16 to 18; Hague Common Regulations, Rules 18 and 19. Which demand rests on which
provision, and what follows where it fails, is the law pack's (`rehearsal.toml`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from app.domain.case import Deadline, Row
from app.domain.law import Calendar
from app.errors import _
from app.rules import calendars, designations
from app.rules.checks import Parameters, Trouble, whole
from app.rules.days import day_or_none, spoken
from app.rules.dispatch import Dispatch, answer_period
from app.rules.periods import last_counted_day, parse_period
from app.rules.rows import named_in

Test = Callable[[Dispatch, Parameters], Iterator[Trouble]]


def identified(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """The international registration is named by its number."""
    number = designations.number_of(dispatch.case)
    if not any(c.isdigit() for c in number):
        yield Trouble("number", _("number"), _("The case has no number of an international registration."))


def grounds_stated(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """At least one ground stands in words."""
    if not dispatch.text("grounds"):
        yield Trouble("grounds", _("grounds"), _("No ground of refusal is stated."))


def provision_cited(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """The grounds refer to the provisions of the law they rest on."""
    if not dispatch.text("provision"):
        yield Trouble("provision", _("provision"), _("The grounds name no provision of the law."))


def in_time(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """The day of sending is not after the office's limit, a day when the International Bureau is closed
    counted in (Rule 4(4) of either Regulations)."""
    clock = designations.refusal_clock(dispatch.route, dispatch.case)
    where = _("day of sending")
    if clock is None:
        yield Trouble(
            "clock", where, _("The case has no notification by the International Bureau to count from.")
        )
        return
    last = _last_day(dispatch, clock)
    if dispatch.on > last:
        message = _("Sent on {day} it is late: the last day to send it was {last}.")
        yield Trouble("late", where, message.format(day=spoken(dispatch.on), last=spoken(last)))


def on_a_safe_day(dispatch: Dispatch, parameters: Parameters) -> Iterator[Trouble]:
    """What to look at when the day of sending is near the limit: closed days, the post (`post_days`)."""
    clock = designations.refusal_clock(dispatch.route, dispatch.case)
    where = _("day of sending")
    if clock is None or dispatch.on > (last := _last_day(dispatch, clock)):
        return
    if dispatch.on > clock.unrolled:
        message = _(
            "The period ended on {day}, when an office was closed. It may leave until {last}: keep the "
            "calendar as evidence."
        )
        yield Trouble("rolled", where, message.format(day=spoken(clock.unrolled), last=spoken(last)))
    days, left = whole(parameters, "post_days", 20), (last - dispatch.on).days
    if dispatch.text("sent_by") == "post" and left < days:
        message = _(
            "By post with {left} days left: the postmark counts; without a legible one, the day {days} days "
            "before its arrival."
        )
        yield Trouble("post", where, message.format(left=left, days=days))
    calendar = _bureau(dispatch)
    if dispatch.text("sent_by") != "post" and not calendars.is_open(calendar, dispatch.on):
        message = _("The International Bureau is closed on {day} ({why}): keep the proof of sending.")
        why = calendars.why_closed(calendar, dispatch.on)
        yield Trouble("closed", where, message.format(day=spoken(dispatch.on), why=why))


def _bureau(dispatch: Dispatch) -> Calendar:
    """The days on which the International Bureau is closed."""
    return calendars.named_calendar(dispatch.route.calendar, dispatch.law.calendars)


def _last_day(dispatch: Dispatch, clock: Deadline) -> date:
    """The last day to send: that of the office, or the first on which the International Bureau is open."""
    return max(clock.last_day, calendars.roll(_bureau(dispatch), clock.unrolled)[0])


def response_period(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """First and last day to answer stand in the refusal, far enough apart.

    The dates may be left out where the period starts when the International Bureau transmits the refusal
    (`response_from` = transmission).
    """
    route, where = dispatch.route, _("period to answer")
    before = route.response_since is not None and dispatch.on < route.response_since
    if before or dispatch.text("response_from") == "transmission":
        return
    starts = day_or_none(dispatch.given.get("response_starts"))
    ends = day_or_none(dispatch.given.get("response_ends"))
    counted = answer_period(dispatch)
    hint = ""
    if counted:
        hint = " " + _("By the law pack it would run from {first} to {last}.").format(
            first=counted[0].isoformat(), last=counted[1].isoformat()
        )
    if starts is None:
        yield Trouble(
            "starts", where, _("The day on which the period to answer starts is not stated.") + hint
        )
    if ends is None:
        yield Trouble("ends", where, _("The day on which the period to answer ends is not stated.") + hint)
    if starts is None or ends is None or not route.response_min:
        return
    least = min(last_counted_day(starts, parse_period(period)) for period in route.response_min)
    if ends < least:
        message = _(
            "The period to answer, {first} to {last}, is too short: it must run until {least} at least."
        )
        yield Trouble("short", where, message.format(first=starts, last=ends, least=least))
    if starts < dispatch.on:
        message = _("The period to answer starts on {first}, before the refusal leaves on {day}.")
        yield Trouble("early", where, message.format(first=starts, day=dispatch.on))


def response_as_counted(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """The last day stated is the one the register will count."""
    ends, counted = day_or_none(dispatch.given.get("response_ends")), answer_period(dispatch)
    if ends and counted and ends != counted[1]:
        message = _(
            "The refusal states {stated} as the last day to answer, the register will count {counted}."
        )
        yield Trouble("differs", _("period to answer"), message.format(stated=ends, counted=counted[1]))


def appeal_stated(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """Whether the refusal can be reviewed or appealed, by whom and until when, stands in it."""
    if not dispatch.text("review"):
        yield Trouble(
            "review", _("review or appeal"), _("The authority for a review or appeal is not named.")
        )


def pronounced(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """The day on which the refusal was pronounced stands in it and is not after the day of sending."""
    day = day_or_none(dispatch.given.get("pronounced"))
    if day is None:
        yield Trouble("none", _("date"), _("The day on which the refusal was pronounced is not stated."))
    elif day > dispatch.on:
        message = _("It is said to be pronounced on {day}, after it leaves.")
        yield Trouble("late", _("date"), message.format(day=spoken(day)))


def earlier_right(dispatch: Dispatch, parameters: Parameters) -> Iterator[Trouble]:
    """An earlier mark or design cited is told whole (`needs`: fields, `a|b` for one of two)."""
    if not dispatch.earlier and "relative" in dispatch.text("basis"):
        message = _("The grounds rest on an earlier right, and none is entered on the case.")
        yield Trouble("none", _("earlier right"), message)
    needs = parameters.get("needs")
    for place, one in enumerate(dispatch.earlier, 1):
        where = _("earlier right {number}").format(number=one.get("number") or place)
        for need in needs if isinstance(needs, (list, tuple)) else ():
            either = str(need).split("|")
            if not any(str(one.get(name) or "").strip() for name in either):
                message = _("Of the earlier right is missing: {what}.").format(
                    what=_(" or ").join(name.replace("_", " ") for name in either)
                )
                yield Trouble(f"{place}-{either[0]}", where, message)


def opponent_named(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """A refusal based on an opposition names the opponent with an address."""
    if "opposition" not in dispatch.text("basis"):
        return
    for name, message in (
        ("opponent", _("The refusal rests on an opposition and does not name the opponent.")),
        ("opponent_address", _("The refusal rests on an opposition and gives no address of the opponent.")),
    ):
        if not dispatch.text(name):
            yield Trouble(name, _("opponent"), message)


def not_formal(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """The refusal is not based on form or contents of the international application."""
    if "formal" in dispatch.text("basis"):
        message = _("The refusal rests on formal requirements, which the International Bureau has examined.")
        yield Trouble("formal", _("grounds"), message)


def rows_told(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """Goods or designs concerned are told, exist, and agree with what the refusal says: total or partial."""
    named = _named(dispatch)
    where = _("goods, services or designs")
    unknown = sorted(named - {name for row in dispatch.case.rows for name in (row.id, row.label)})
    if unknown and dispatch.case.rows:
        yield Trouble("unknown", where, _("The case has no {rows}.").format(rows=", ".join(unknown)))
    scope = dispatch.text("scope")
    if not scope and not named:
        message = _("It is not said whether the refusal concerns all goods, services or designs, or which.")
        yield Trouble("none", where, message)
    chosen, live = _chosen(dispatch), [row for row in dispatch.case.rows if row.live]
    whole = len(chosen) >= len(live)
    if scope == "total" and not whole:
        left = ", ".join(row.label for row in live if row not in chosen)
        message = _("It is called a total refusal and leaves out {rows}.").format(rows=left)
        yield Trouble("total", where, message)
    if scope == "partial" and whole:
        yield Trouble("partial", where, _("It is called a partial refusal and concerns everything."))


def rows_open(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """None of the rows concerned was refused already, is protected, or is no longer part of the case."""
    refusal, granted = _row_statuses(dispatch)
    for row in _chosen(dispatch, ended=True):
        if row.status == refusal:
            message = _("{row} was refused already on {day}.").format(
                row=row.label, day=spoken(row.since) if row.since else "-"
            )
        elif not row.live or row.status == granted:
            message = _("{row} cannot be refused: it is {status}.").format(
                row=row.label, status=row.status_name or row.status
            )
        else:
            continue
        yield Trouble(row.label, _("goods, services or designs"), message)


def signed(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """Somebody signs for the office."""
    if not dispatch.signatory.strip():
        yield Trouble("signatory", _("signature"), _("Nobody is named to sign the refusal."))


def in_a_language(dispatch: Dispatch, _parameters: Parameters) -> Iterator[Trouble]:
    """The prevailing language is one the International Bureau takes."""
    first = next(iter(dispatch.languages), "")
    if dispatch.route.languages and first not in dispatch.route.languages:
        message = _("The letter would be in “{language}”; the International Bureau takes {languages}.")
        taken = ", ".join(dispatch.route.languages)
        yield Trouble("language", _("language"), message.format(language=first or "-", languages=taken))


def _row_statuses(dispatch: Dispatch) -> tuple[str, str]:
    """What a refusal makes of rows, and what the office's silence makes of them."""
    law, route = dispatch.law, dispatch.route
    silence = law.limits[route.refusal_limit].on_miss if route.refusal_limit in law.limits else ""
    refused, granted = (law.events.get(name) for name in (route.refusal, silence))
    return (refused.row_status if refused else ""), (granted.row_status if granted else "")


def _named(dispatch: Dispatch) -> frozenset[str]:
    return named_in(dispatch.given.get("rows"))


def _chosen(dispatch: Dispatch, *, ended: bool = False) -> list[Row]:
    """The rows the refusal is about: those it names, else all."""
    named = _named(dispatch)
    rows = [row for row in dispatch.case.rows if not named or row.id in named or row.label in named]
    return [row for row in rows if row.live or (ended and named)]


TESTS: Mapping[str, Test] = {
    "identified": identified,
    "grounds_stated": grounds_stated,
    "provision_cited": provision_cited,
    "in_time": in_time,
    "on_a_safe_day": on_a_safe_day,
    "response_period": response_period,
    "response_as_counted": response_as_counted,
    "appeal_stated": appeal_stated,
    "pronounced": pronounced,
    "earlier_right": earlier_right,
    "opponent_named": opponent_named,
    "not_formal": not_formal,
    "rows_told": rows_told,
    "rows_open": rows_open,
    "signed": signed,
    "in_a_language": in_a_language,
}
"""The tests a law pack may name in `rehearsal.toml`."""
