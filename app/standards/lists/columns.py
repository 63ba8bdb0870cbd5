"""The columns of result lists, by the names services give them, of today and of years ago.

Espacenet, Lens, PATENTSCOPE, the US office, Google Patents, a commercial service and gazettes of India. A
name is compared by its letters and digits alone: `Publication Number(s)`, `publication numbers` and
`PublicationNumbers` are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.text import fold

_FIELDS = {
    "title": "title|title of invention|invention title|title english|english title|titulo|titre|titel",
    "number": "publication number|publication numbers|patent number|publication no|display key|document id"
    "|patent no|patent publication number|publication nr|document number",
    # An identifier of a service: the publication number where no column has that name.
    "id": "application id|id",
    "kind": "kind|kind code|document kind|publication kind",
    "office": "jurisdiction|country|office|publication country|country code|authority",
    "published": "publication date|publication dates|date of application publication|date published"
    "|date of publication",
    "first_published": "earliest publication",
    "granted": "grant date|date of grant",
    "year": "publication year",
    "applied": "application number|application numbers|application no|appln no",
    "filed": "application date|date of application|filing date|filing creation date|date of filing",
    "priorities": "priority number|priority numbers|priority data|priorities data|priority document"
    "|priorities|priority",
    "first_filed": "earliest priority date|date of priority|priority date|earliest priority",
    "applicants": "applicant|applicants|applicant name|applicants names|original applicant",
    "assignees": "assignee|assignees|original assignee|current assignee|assignee name",
    "owners": "owner|owners|owners us|proprietor|proprietors|current owner",
    "patentees": "patentee|patentees|patentee name|name of patentee",
    "inventors": "inventor|inventors|inventor name|name of inventors",
    # `First Last, First Last`: only where the service writes commas between names.
    "authors": "inventor author",
    "agents": "agent|agents|representative|representatives|agent name|attorney",
    "ipc": "international classification|ipcr classifications|ipc|ipc classes|i p c|ipc classifications"
    "|ipc classification|international classifications|ipcs|int cl",
    "cpc": "cooperative patent classification|cpc classifications|cpc|cpc classification|cpcs|cpc inventive"
    "|cpc additional|cooperative classification",
    "uspc": "us classifications|us classification|uspc|us class",
    "locarno": "locarno|locarno classification",
    "abstract": "abstract|abstract english|english abstract|zusammenfassung|abrege",
    "claims": "claims count|number of claims",
    "type": "type|document type|patent type|publication type",
    "status": "legal status|status",
    "language": "language|publication language|document language",
    "sequences": "sequence count",
    "cited": "patents cited in the search report|patents cited during examination|other patent citations"
    "|patents used in opposition|patents cited by the applicant|international search citation"
    "|supplementary international search citation|cited patents|references cited",
    "cited_text": "literature cited in the search report|literature cited during examination"
    "|other literature citations|literature used in opposition|literature cited by the applicant"
    "|international search npl citation|supplementary international search npl citation"
    "|non patent citations|npl citations",
}
_BY_NAME = {name.replace(" ", ""): key for key, names in _FIELDS.items() for name in names.split("|")}
DATES = ("published", "first_published", "granted", "filed", "first_filed")
SEVERAL = ("cited", "cited_text", "cpc", "ipc")
"""Fields that several columns may add to; of all others the first filled column counts."""


def field_of(name: object) -> str:
    """The field a column of this name holds, "" where none is known."""
    text = fold(str(name)) if len(str(name)) < 80 else ""
    return _BY_NAME.get(re.sub(r"[\W_]+", "", text), "")


def header(row: Iterable[object]) -> list[str] | None:
    """The fields of the columns, if this row names them: a number, and three others at least."""
    keys = [field_of(cell) for cell in row]
    known = {key for key in keys if key}
    if "number" not in known and "id" in known and known & {"applied", "published", "assignees"}:
        keys = ["number" if key == "id" else key for key in keys]
        known.add("number")
    return keys if "number" in known and len(known) >= 4 else None
