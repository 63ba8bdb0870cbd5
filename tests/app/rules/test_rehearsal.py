"""The International Bureau played: each demand alone, on a refusal that is otherwise sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.case import Case, Row
from app.domain.law import LawPack
from app.errors import RuleRefused
from app.rules import certification, demands, designations, events, rehearsal
from app.rules.dispatch import Dispatch

Cases = Callable[..., Case]

NOTIFIED = {"trade_mark": date(2025, 3, 14), "design": date(2026, 1, 30)}
ROUTES = {"trade_mark": "madrid", "design": "hague"}
SOUND = {
    "grounds": "Descriptive.", "provision": "section 15", "basis": "absolute", "scope": "total",
    "response_starts": "2026-03-02", "response_ends": "2026-05-04", "review": "Board",
    "sent_by": "electronic", "pronounced": "2026-02-27",
}  # fmt: skip
EARLIER = {"number": "12", "filing_date": "2020-01-02", "owner": "Dala Ltd", "words": "SOLEN",
           "goods": "Salves", "image": "a.png"}  # fmt: skip


@pytest.fixture
def leaving(law: LawPack, a_case: Cases) -> Callable[..., Dispatch]:
    """A refusal of a designation; fields given as None are taken out."""

    def make(
        right: str = "trade_mark", *, on: str = "2026-03-02", number: str = "1700001", case: Any = None,
        earlier: tuple[dict[str, str], ...] = (), languages: tuple[str, ...] = ("en",),
        signatory: str = "Amina", **changed: str | None,
    ) -> Dispatch:  # fmt: skip
        known = a_case(right, "designation_notified")
        fields = {"route": ROUTES[right], "international_number": number}
        known = replace(known, fields={**known.fields, **fields}, **(case or {}))
        opened = events.opened(law, known, "designation_notified", NOTIFIED[right])
        known = replace(known, deadlines=tuple(replace(d, id="d", silent=True) for d in opened))
        given = {name: text for name, text in {**SOUND, **changed}.items() if text is not None}
        return Dispatch(law, designations.route_of(law, known), known, date.fromisoformat(on), given, earlier,
                        languages, signatory)  # fmt: skip

    return make


def found(dispatch: Dispatch) -> tuple[str, set[str]]:
    done = rehearsal.rehearse(dispatch)
    return str(done.would_be), {f.id.removeprefix("rehearsal.") for f in done.findings}


def test_a_sound_refusal_is_accepted(leaving: Callable[..., Dispatch]) -> None:
    assert found(leaving()) == ("accepted", set())
    assert found(leaving("design")) == ("accepted", set())


def sent(day: str, last: str, **more: Any) -> dict[str, Any]:
    """Sent on `day`, to be answered until `last`."""
    return {"on": day, "response_starts": day, "response_ends": last, **more}


LATE, DEFECT = "not regarded as such", "irregular"


@pytest.mark.parametrize(
    ("changed", "verdict", "says"),
    [
        # 14 September 2026, eighteen months on, is a Monday
        (sent("2026-09-14", "2026-11-16"), "accepted", ""),
        (sent("2026-09-15", "2026-11-16"), LATE, "in-time:late"),
        ({"number": ""}, LATE, "identified:number"),
        ({"number": "none"}, LATE, "identified:number"),
        ({"grounds": None}, LATE, "grounds:grounds"),
        ({"grounds": None, "grounds_fr": "Descriptif."}, "accepted", ""),
        ({"provision": None}, DEFECT, "law-cited:provision"),
        ({"scope": None}, DEFECT, "goods-told:none"),
        ({"scope": None, "rows": "5"}, "accepted", ""),
        ({"scope": "partial", "rows": "5"}, "accepted", ""),
        ({"scope": "partial", "rows": "5, 30"}, DEFECT, "goods-told:partial"),
        ({"scope": "partial"}, DEFECT, "goods-told:partial"),
        ({"scope": "total", "rows": "5"}, DEFECT, "goods-told:total"),
        ({"scope": "partial", "rows": "5, 9"}, DEFECT, "goods-told:unknown"),
        ({"response_starts": None}, DEFECT, "response-period:starts"),
        ({"response_ends": None}, DEFECT, "response-period:ends"),
        ({"response_starts": None, "response_ends": None, "response_from": "transmission"}, "accepted", ""),
        # sixty days from 2 March end on 1 May, before two months do
        ({"response_ends": "2026-04-30"}, DEFECT, "response-period:short response-counted:differs"),
        ({"response_ends": "2026-05-01"}, "accepted", "response-counted:differs"),
        ({"response_starts": "2026-03-01"}, DEFECT, "response-period:early"),
        ({"basis": "relative"}, DEFECT, "earlier-mark:none"),
        ({"basis": "relative", "earlier": (EARLIER,)}, "accepted", ""),
        ({"basis": "relative", "earlier": ({**EARLIER, "words": ""},)}, "accepted", ""),
        ({"earlier": ({**EARLIER, "words": "", "image": ""},)}, DEFECT, "earlier-mark:1-image"),
        ({"earlier": ({**EARLIER, "owner": ""},)}, DEFECT, "earlier-mark:1-owner"),
        ({"earlier": (EARLIER, {**EARLIER, "goods": " "})}, DEFECT, "earlier-mark:2-goods"),
        ({"earlier": ({**EARLIER, "filing_date": ""},)}, DEFECT, "earlier-mark:1-filing_date"),
        ({"basis": "opposition", "opponent": "Dala Ltd", "opponent_address": "Road"}, "accepted", ""),
        ({"basis": "opposition", "opponent": "Dala Ltd"}, DEFECT, "opponent:opponent_address"),
        ({"signatory": " "}, DEFECT, "signed:signatory"),
        ({"languages": ("ar", "en")}, DEFECT, "language:language"),
        ({"languages": ("fr", "ar")}, "accepted", ""),
        (sent("2026-08-31", "2026-11-02", sent_by="post"), "accepted", "day-of-sending:post"),
        # Whit Monday: open here, closed at the Bureau
        (sent("2026-05-25", "2026-07-27"), "accepted", "day-of-sending:closed"),
    ],
)  # fmt: skip
def test_demands_of_madrid(
    leaving: Callable[..., Dispatch], changed: dict[str, Any], verdict: str, says: str
) -> None:
    assert found(leaving(**changed)) == (verdict, set(says.split()))


@pytest.mark.parametrize(
    ("changed", "verdict", "says"),
    [
        (sent("2026-07-30", "2026-09-30"), "accepted", ""),
        (sent("2026-07-31", "2026-09-30"), LATE, "hague-in-time:late"),
        ({"number": ""}, LATE, "hague-identified:number"),
        ({"grounds": ""}, LATE, "hague-grounds:grounds"),
        ({"basis": "formal"}, DEFECT, "hague-not-formal:formal"),
        ({"review": None}, DEFECT, "hague-review:review"),
        ({"pronounced": None}, DEFECT, "hague-pronounced:none"),
        ({"pronounced": "2026-03-03"}, DEFECT, "hague-pronounced:late"),
        ({"scope": "partial", "rows": "3"}, DEFECT, "hague-designs-told:unknown"),
        ({"earlier": ({**EARLIER, "image": ""},)}, DEFECT, "hague-earlier-design:1-image"),
        ({"response_ends": None}, DEFECT, "hague-response-period:ends"),
        ({"languages": ("ar",)}, DEFECT, "hague-language:language"),
    ],
)
def test_demands_of_the_hague(
    leaving: Callable[..., Dispatch], changed: dict[str, Any], verdict: str, says: str
) -> None:
    assert found(leaving("design", **changed)) == (verdict, set(says.split()))


def test_rows_refused_or_protected_are_not_refused_again(leaving: Callable[..., Dispatch]) -> None:
    rows = (Row("r1", "class", "5", "Salves", "provisionally_refused", date(2026, 2, 1)),
            Row("r2", "class", "30", "Tea", "registered"),
            Row("r3", "class", "31", "Seeds", "refused", live=False),
            Row("r4", "class", "32", "Beer"))  # fmt: skip
    for label, says in (("5", 1), ("30", 1), ("31", 1), ("32", 0)):
        dispatch = leaving(case={"rows": rows}, scope="partial", rows=label)
        assert len([f for f in rehearsal.rehearse(dispatch).findings if "goods-open" in f.id]) == says, label


def test_a_closed_bureau_gives_a_day_more(leaving: Callable[..., Dispatch], law: LawPack) -> None:
    bureau = replace(law.calendars["international-bureau"], closed={date(2026, 9, 14): "Notice 9"})
    pack = replace(law, calendars={**law.calendars, "international-bureau": bureau})
    changed = {"response_starts": "2026-09-15", "response_ends": "2026-11-16"}
    dispatch = replace(leaving(on="2026-09-15", **changed), law=pack)
    assert found(dispatch) == ("accepted", {"day-of-sending:rolled"})


def test_before_november_2023_no_dates_were_asked_for(leaving: Callable[..., Dispatch]) -> None:
    none = {"response_starts": None, "response_ends": None}
    assert found(leaving(on="2023-10-31", **none))[0] == "accepted"
    assert found(leaving(on="2023-11-01", **none))[0] == "irregular"


def test_a_case_without_notification_cannot_be_in_time(leaving: Callable[..., Dispatch]) -> None:
    dispatch = leaving()
    bare = replace(dispatch, case=replace(dispatch.case, deadlines=()))
    assert found(bare) == (LATE, {"in-time:clock"})


def test_a_case_of_the_offices_own_has_no_route(law: LawPack, a_case: Cases) -> None:
    with pytest.raises(RuleRefused, match="no international route"):
        designations.route_of(law, a_case("trade_mark"))
    with pytest.raises(RuleRefused, match="knows no international route"):
        designations.route_for(law, "plant_patent")


@pytest.mark.parametrize(
    ("limit", "period", "start", "last"),
    [
        ("madrid-refusal", "12m", "2025-03-14", "2026-03-16"),  # a Saturday
        ("madrid-refusal", "18m", "2025-03-14", "2026-09-14"),
        ("madrid-refusal", "18m", "2024-08-31", "2026-03-02"),  # no 31 February; a Saturday
        ("hague-refusal", "6m", "2026-01-30", "2026-07-30"),
        ("hague-refusal", "12m", "2026-01-30", "2027-02-01"),  # a Saturday
        ("national-phase", "30m", "2024-05-20", "2026-11-20"),
        ("national-phase", "31m", "2024-05-20", "2026-12-21"),  # a Sunday
    ],
)
def test_the_pack_says_how_long(law: LawPack, limit: str, period: str, start: str, last: str) -> None:
    changed = replace(law, limits={**law.limits, limit: replace(law.limits[limit], period=period)})
    assert events.reckon(changed, limit, "x", date.fromisoformat(start)).last_day.isoformat() == last


@pytest.mark.parametrize(
    ("goods", "says"),
    [
        ({"5": "Salves"}, set()),
        ({"5": "SALVES."}, set()),
        ({"5": "Salves for burns"}, {"narrower"}),
        ({"30": "coffee; tea"}, set()),
        ({"30": "Green tea; cocoa"}, {"goods", "narrower"}),
        ({"9": "Cameras"}, {"classes"}),
        ({}, {"classes"}),
    ],
)
def test_goods_of_an_application_lie_within_the_basic_list(
    law: LawPack, a_case: Cases, goods: dict[str, str], says: set[str]
) -> None:
    form = certification.Application(("Kito Ltd",), "soleno", goods=goods, received=date(2026, 3, 4))
    found, sound = certification.compare(law, a_case("trade_mark"), form, date(2026, 3, 5))
    said = {f.rule.removeprefix("certification.") for f in found}
    assert said == says | {"two-months"}
    assert sound == (not said & {"goods", "classes"})


def test_every_test_is_asked_by_the_model_law(law: LawPack) -> None:
    asked = {demand.test for demand in law.demands}
    assert asked == set(demands.TESTS) | set(certification.TESTS)
