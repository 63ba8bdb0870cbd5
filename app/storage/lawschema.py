"""What may stand in each file of a law pack: keys, kinds of value, what must be there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.rules.feasts import NEAREST_OPEN, NEXT_OPEN
from app.rules.fields import KINDS
from app.rules.limits import ROLLED, ROLLS, UNROLLED
from app.storage.lawkinds import (
    Fault,
    any_table,
    day,
    extension,
    languages,
    month_days,
    named,
    one_of,
    period,
    periods,
    rest_days,
    single_days,
    some_of,
    table_of,
    text,
    text_or_texts,
    texts,
    weekday_feasts,
    whole_number,
    written_like,
    yes_or_no,
)


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what is wrong with its value, and whether it must be there."""

    fault: Callable[[object], Fault]
    must: bool = False


IDENTITY = written_like(r"[a-z][a-z0-9_-]*", "reply-to-objection")
SERIES = written_like(r"[^{}]*(?:\{year\}[^{}]*)?\{serial(?::0[0-9])?\}[^{}]*", "XX/P/{year}/{serial:06}")
AMOUNT = written_like(r"[0-9]+(?:\.[0-9]{1,3})?", "120.00")
DAYS_FROM_EASTER = table_of(text, r"-?[0-9]{1,3}", '"-2"')

PACK: Mapping[str, Key] = {
    "name": Key(IDENTITY, True), "version": Key(written_like(r"[0-9]+(?:\.[0-9]+)*", "1.0"), True),
    "title": Key(named, True), "jurisdiction": Key(written_like(r"[A-Z]{2}", "XX"), True),
    "languages": Key(languages, True), "valid_from": Key(day, True), "valid_to": Key(day),
    "sources": Key(texts, True), "office": Key(table_of(named), True),
    "also_show": Key(some_of("ethiopian", "hijri", "buddhist")),
    "receipts": Key(SERIES), "payment_counts": Key(one_of("ordered", "value", "booked")),
}  # fmt: skip

TABLES: Mapping[str, tuple[str, Mapping[str, Key]]] = {
    "rights.toml": ("right", {
        "id": Key(IDENTITY, True), "name": Key(named, True), "series": Key(SERIES, True),
        "row_kind": Key(one_of("class", "claim", "design"), True), "st13_type": Key(text),
        "term": Key(period),
        "provision": Key(text, True),
    }),
    "events.toml": ("event", {
        "id": Key(IDENTITY, True), "name": Key(named, True), "rights": Key(texts), "allowed_when": Key(texts),
        "fields": Key(table_of(one_of(*KINDS))), "required": Key(texts), "opens": Key(texts),
        "closes": Key(texts), "two_person": Key(yes_or_no), "provision": Key(text, True),
        "row_status": Key(text), "rest_status": Key(text), "row_from": Key(texts),
        "inherited": Key(yes_or_no),
    }),
    "rows.toml": ("row_status", {
        "id": Key(IDENTITY, True), "name": Key(named, True), "ended": Key(yes_or_no), "provision": Key(text),
    }),
    "statuses.toml": ("status", {
        "code": Key(IDENTITY, True), "name": Key(named, True), "after": Key(texts, True),
        "only_from": Key(texts), "rights": Key(texts), "st27": Key(text), "st61": Key(text),
        "st87": Key(text), "closed": Key(yes_or_no), "provision": Key(text),
    }),
    "limits.toml": ("limit", {
        "id": Key(IDENTITY, True), "name": Key(named, True), "opened_by": Key(texts, True),
        "period": Key(period, True), "roll": Key(one_of(*ROLLS), True), "calendar": Key(text, True),
        "owner": Key(one_of("applicant", "office"), True), "rights": Key(texts),
        "counted_from": Key(one_of("event", "filing", "priority", "anniversary")), "extend": Key(extension),
        "met_by": Key(texts), "on_miss": Key(text), "provision": Key(text, True), "note": Key(text),
        "served_after": Key(period),
        "silence": Key(yes_or_no), "routes": Key(texts),
    }),
    "calendars.toml": ("calendar", {
        "id": Key(IDENTITY, True), "name": Key(text, True), "rest": Key(rest_days), "yearly": Key(month_days),
        "easter": Key(DAYS_FROM_EASTER), "orthodox": Key(DAYS_FROM_EASTER), "by_weekday": Key(weekday_feasts),
        "observed": Key(one_of(NEXT_OPEN, NEAREST_OPEN)), "observed_from": Key(rest_days),
        "closed": Key(single_days), "based_on": Key(text_or_texts), "version": Key(text, True),
        "provision": Key(text, True),
    }),
    "checklists.toml": ("check", {
        "id": Key(written_like(r"[a-z][a-z0-9_.-]*", "formality.title"), True), "name": Key(named, True),
        "rights": Key(texts), "how": Key(one_of("record", "eye"), True), "test": Key(text),
        "parameters": Key(any_table), "severity": Key(one_of("error", "warning", "note")),
        "provision": Key(text, True), "remedy": Key(named), "letter": Key(text), "limit": Key(text),
    }),
    "fees.toml": ("fee", {
        "id": Key(IDENTITY, True), "name": Key(named, True), "rights": Key(texts),
        "amount": Key(AMOUNT, True),
        "currency": Key(written_like(r"[A-Z]{3}", "XXD"), True), "due_on": Key(text),
        "per": Key(one_of("case", "row")), "free": Key(whole_number),
        "provision": Key(text, True),
    }),
    "letters/letters.toml": ("letter", {
        "id": Key(IDENTITY, True), "name": Key(named, True), "rights": Key(texts, True),
        "languages": Key(texts, True),
        "file": Key(written_like(r"[a-z0-9_-]+\.typ", "filing-receipt.typ"), True), "event": Key(text, True),
        "series": Key(SERIES, True), "opens": Key(text), "about": Key(texts), "provision": Key(text, True),
        "addressee": Key(named), "carries": Key(yes_or_no), "rehearsed": Key(yes_or_no),
    }),
    "routes.toml": ("route", {
        "id": Key(IDENTITY, True), "name": Key(named, True), "right": Key(text, True),
        "notified": Key(text, True), "from_publication": Key(yes_or_no), "refusal": Key(text),
        "drafted": Key(text), "refusal_limit": Key(text), "response_limit": Key(text),
        "response_min": Key(periods), "response_since": Key(day), "calendar": Key(text),
        "languages": Key(texts), "checked_before": Key(texts), "provision": Key(text, True),
    }),
    "rehearsal.toml": ("demand", {
        "id": Key(IDENTITY, True), "name": Key(named, True), "routes": Key(texts, True),
        "stage": Key(one_of("refusal", "certification")), "test": Key(text, True),
        "consequence": Key(one_of("not-regarded", "irregular", "advice"), True),
        "provision": Key(text, True), "remedy": Key(named), "parameters": Key(any_table),
    }),
    "vectors.toml": ("vector", {
        "from": Key(day, True), "period": Key(period), "limit": Key(text), "calendar": Key(text),
        "roll": Key(one_of(*ROLLS)), "received": Key(day), "closed": Key(single_days), "extend": Key(period),
        "extend_from": Key(one_of(UNROLLED, ROLLED)), "unrolled": Key(day, True), "last_day": Key(day, True),
        "note": Key(text),
    }),
}  # fmt: skip
"""File -> the array of tables it holds and that table's keys."""
