"""Whether the parts of a law pack that name one another are there, and whether they go in circles."""

from __future__ import annotations

from collections.abc import Iterable

from app.errors import _
from app.rules import certification, demands, rows
from app.rules.calendars import BUILT_IN
from app.rules.checks import all_tests
from app.storage.lawschema import TABLES
from app.storage.lawsource import Source, each, identity_of

# file, key, file in which the named thing is to be found
_LINKS = (
    ("events.toml", "rights", "rights.toml"),
    ("events.toml", "allowed_when", "statuses.toml"),
    ("events.toml", "opens", "limits.toml"),
    ("events.toml", "closes", "limits.toml"),
    ("events.toml", "row_status", "rows.toml"),
    ("events.toml", "rest_status", "rows.toml"),
    ("events.toml", "row_from", "rows.toml"),
    ("statuses.toml", "after", "events.toml"),
    ("statuses.toml", "only_from", "statuses.toml"),
    ("statuses.toml", "rights", "rights.toml"),
    ("limits.toml", "opened_by", "events.toml"),
    ("limits.toml", "met_by", "events.toml"),
    ("limits.toml", "on_miss", "events.toml"),
    ("limits.toml", "calendar", "calendars.toml"),
    ("limits.toml", "rights", "rights.toml"),
    ("calendars.toml", "based_on", "calendars.toml"),
    ("limits.toml", "routes", "routes.toml"),
    ("routes.toml", "right", "rights.toml"),
    ("routes.toml", "notified", "events.toml"),
    ("routes.toml", "refusal", "events.toml"),
    ("routes.toml", "drafted", "events.toml"),
    ("routes.toml", "refusal_limit", "limits.toml"),
    ("routes.toml", "response_limit", "limits.toml"),
    ("routes.toml", "checked_before", "checklists.toml"),
    ("routes.toml", "calendar", "calendars.toml"),
    ("rehearsal.toml", "routes", "routes.toml"),
    ("checklists.toml", "rights", "rights.toml"),
    ("checklists.toml", "letter", "letters/letters.toml"),
    ("checklists.toml", "limit", "limits.toml"),
    ("fees.toml", "rights", "rights.toml"),
    ("letters/letters.toml", "rights", "rights.toml"),
    ("letters/letters.toml", "event", "events.toml"),
    ("letters/letters.toml", "about", "events.toml"),
    ("letters/letters.toml", "opens", "limits.toml"),
    ("vectors.toml", "limit", "limits.toml"),
    ("vectors.toml", "calendar", "calendars.toml"),
)


def check_links(source: Source) -> None:
    """Note every name that leads nowhere, every circle, and what only the whole pack can show."""
    known = {
        file: {str(row.get(identity_of(array), "")) for row in source.rows(file)}
        for file, (array, _keys) in TABLES.items()
    }
    known["calendars.toml"] |= set(BUILT_IN)
    known["rows.toml"] |= {rows.LIVE, rows.BEFORE}
    for file, key, other in _LINKS:
        for place, row in each(source, file):
            for name in _names(row.get(key)):
                if name not in known[other]:
                    message = _("{key} names “{name}”, which does not stand in {file}.").format(
                        key=key, name=name, file=other
                    )
                    source.blame(file, (*place, key), "dangling", message, mention=name)
    _check_events(source)
    _check_dates(source)
    _check_service(source)
    _check_bases(source)
    _check_tests(source)
    _check_demands(source)
    _check_letters(source)
    _check_due(source, known["events.toml"] | known["limits.toml"])
    if not source.faults:
        _check_circles(source)
    _check_languages(source)


def _names(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return [str(item) for item in value] if isinstance(value, list) else ()


def _check_events(source: Source) -> None:
    for place, row in each(source, "events.toml"):
        for name in row.get("required", ()):
            if name not in row.get("fields", {}):
                message = _("required names “{name}”, which is none of the event's fields.").format(name=name)
                source.blame("events.toml", (*place, "required"), "dangling", message, mention=name)
    _check_note(source)


def _check_note(source: Source) -> None:
    """A note can be made on any case: the whole program counts on it."""
    place, note = next(
        ((place, row) for place, row in each(source, "events.toml") if row["id"] == "note"), ((), {})
    )
    if (
        not note
        or note.get("rights")
        or note.get("allowed_when")
        or note.get("fields", {}).get("text") != "text"
    ):
        message = _("An event “note” with the field text must be allowed on every case of every right.")
        source.blame("events.toml", place, "note", message)


def _check_dates(source: Source) -> None:
    pack = source.tables["pack.toml"]
    if "valid_to" in pack and pack["valid_to"] < pack["valid_from"]:
        source.blame("pack.toml", ("valid_to",), "dates", _("valid_to lies before valid_from."))


def _check_service(source: Source) -> None:
    for place, row in each(source, "limits.toml"):
        if row.get("served_after") and row.get("counted_from", "event") != "event":
            message = _("A limit that counts from the service of a letter counts from its event.")
            source.blame("limits.toml", (*place, "served_after"), "service", message)


def _check_bases(source: Source) -> None:
    """A calendar that leans on itself by way of others would have no days."""
    bases = {row["id"]: set(_names(row.get("based_on"))) for row in source.rows("calendars.toml")}
    for place, row in each(source, "calendars.toml"):
        reached: set[str] = set()
        waiting = set(bases[row["id"]])
        while waiting:
            reached |= waiting
            waiting = {base for name in waiting for base in bases.get(name, ())} - reached
        if row["id"] in reached:
            message = _("based_on goes in a circle: “{id}” leans on itself.").format(id=row["id"])
            source.blame("calendars.toml", (*place, "based_on"), "circle", message)


def _check_tests(source: Source) -> None:
    tests = all_tests()
    for place, row in each(source, "checklists.toml"):
        test = row.get("test", "")
        if row["how"] == "record" and test not in tests:
            message = _("No test “{name}”. Known: {names}.").format(name=test, names=", ".join(sorted(tests)))
            source.blame("checklists.toml", (*place, "test"), "test", message)
        if row["how"] == "eye" and test:
            message = _("A check by eye has no test.")
            source.blame("checklists.toml", (*place, "test"), "test", message)


def _check_demands(source: Source) -> None:
    tests = {"refusal": set(demands.TESTS), certification.STAGE: set(certification.TESTS)}
    for place, row in each(source, "rehearsal.toml"):
        known = tests[row.get("stage", "refusal")]
        if row["test"] not in known:
            message = _("No test “{name}”. Known: {names}.").format(
                name=row["test"], names=", ".join(sorted(known))
            )
            source.blame("rehearsal.toml", (*place, "test"), "test", message)


def _check_letters(source: Source) -> None:
    languages = source.tables["pack.toml"]["languages"]
    for place, row in each(source, "letters/letters.toml"):
        if not (source.folder / "letters" / row["file"]).is_file():
            message = _("The template {file} does not lie in the folder letters.").format(file=row["file"])
            source.blame("letters/letters.toml", (*place, "file"), "template", message)
        for language in row["languages"]:
            if language not in languages:
                message = _("“{language}” is no language of the pack.").format(language=language)
                source.blame(
                    "letters/letters.toml", (*place, "languages"), "language", message, mention=language
                )


def _check_due(source: Source, known: set[str]) -> None:
    for place, row in each(source, "fees.toml"):
        if (due := row.get("due_on")) and due not in known:
            message = _("due_on names “{name}”, which is neither an event nor a limit.").format(name=due)
            source.blame("fees.toml", (*place, "due_on"), "dangling", message)


def _check_circles(source: Source) -> None:
    """A limit whose passing proposes an event that opens it again would never end."""
    opens: dict[str, set[str]] = {row["id"]: set(row.get("opens", ())) for row in source.rows("events.toml")}
    after: dict[str, str] = {}
    for row in source.rows("limits.toml"):
        for event in row["opened_by"]:
            opens[event].add(row["id"])
        if miss := row.get("on_miss"):
            after[row["id"]] = miss
    for place, row in each(source, "limits.toml"):
        if circle := _circle(row["id"], after, opens):
            message = _("on_miss goes in a circle: {circle}.").format(circle=" → ".join(circle))
            source.blame("limits.toml", (*place, "on_miss"), "circle", message)


def _circle(start: str, after: dict[str, str], opens: dict[str, set[str]]) -> list[str]:
    """The way from a limit through missed limits back to itself; empty where there is none."""
    ways = [[start]]
    seen = set()
    while ways:
        way = ways.pop()
        event = after.get(way[-1])
        for limit in sorted(opens.get(event, ())) if event else ():
            if limit == start:
                return [*way, str(event), start]
            if limit not in seen:
                seen.add(limit)
                ways.append([*way, str(event), limit])
    return []


def _check_languages(source: Source) -> None:
    """A name that lacks one of the pack's languages is shown in English: said, not refused."""
    languages = source.tables["pack.toml"]["languages"]
    for file in TABLES:
        for place, row in each(source, file):
            for key in ("name", "remedy"):
                texts = row.get(key)
                missing = [code for code in languages if code not in texts] if isinstance(texts, dict) else []
                if missing:
                    message = _("{key} has no text in {languages}.").format(
                        key=key, languages=", ".join(missing)
                    )
                    source.blame(file, (*place, key), "language", message, mild=True)
