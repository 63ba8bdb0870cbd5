"""What stands at the head of a line, and where a sentence ends, in the languages of patents.

Sources: PCT Rule 6.1 (claims are numbered in Arabic numerals), Rule 5.1 and Administrative
Instructions Section 204 (headings of the description), WIPO ST.16 and common office practice for
the abbreviations.
"""

from __future__ import annotations

import re
import unicodedata

_DIGIT = r"[0-9٠-٩۰-۹０-９]"
_CLAIM_WORD = (
    r"(?:claim|revendication|reivindicación|reivindicacion|reivindicação|anspruch|patentanspruch"
    r"|rivendicazione|пункт|المطلب|عنصر الحماية)"
)
_NUMBERED = re.compile(
    rf"(?:{_CLAIM_WORD}\s+{_DIGIT}{{1,3}}\s*(?:[.:)]|[-–—]+(?=\s)|$)"
    rf"|【[^】\n]{{1,12}}】|[\[［]\s*{_DIGIT}{{1,6}}\s*[\]］]"
    rf"|\(\s*{_DIGIT}{{1,3}}\s*\)(?=\s)|{_DIGIT}{{1,3}}(?:\.{_DIGIT}{{1,3}}){{0,4}}\s?(?:[.．]\s?[-–—]|[.)．）°]+|[.．]?\s?[-–—](?=\s+[^\W\d_])|[、/](?=\D))"
    rf")(?=\s|[^\W\d_]|$)\s*",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:[-–—•·▪■●◦*‣]+(?=\s)|[\(（](?:[a-z]|[ivx]{1,5}|[أ-ي])[\)）]|(?:[a-z]|[ivx]{2,5}|[أ-ي])[)）]"
    r"|[a-h][.](?=\s)|[ivx]{1,5}[.](?=\s+[^\W\d_])|[A-H][.)](?=\s)|\((?:[A-H]|[IVX]{1,5})\)|[IVX]{1,5}[.)](?=\s))\s*"
)
_CLAIM_NUMBER_INSIDE = re.compile(rf"{_DIGIT}{{1,3}}\s?[.)．）]\s+(?=[^\W\d_])")

# heading in folded form -> its English; the same table serves other targets through `HEADINGS_IN`.
_HEADINGS: dict[str, dict[str, str]] = {
    "claims": {"en": "Claims", "fr": "Revendications", "es": "Reivindicaciones", "de": "Patentansprüche",
               "pt": "Reivindicações", "ar": "عناصر الحماية", "zh": "权利要求书",
               "ru": "Формула изобретения"},
    "description": {"en": "Description", "fr": "Description", "es": "Descripción", "de": "Beschreibung",
                    "pt": "Descrição", "ar": "الوصف", "zh": "说明书", "ru": "Описание"},
    "abstract": {"en": "Abstract", "fr": "Abrégé", "es": "Resumen", "de": "Zusammenfassung",
                 "pt": "Resumo", "ar": "الملخص", "zh": "摘要", "ru": "Реферат"},
    "field": {"en": "Technical field", "fr": "Domaine technique", "es": "Campo técnico",
              "de": "Technisches Gebiet", "ar": "المجال التقني"},
    "background": {"en": "Background art", "fr": "Technique antérieure", "es": "Técnica anterior",
                   "de": "Stand der Technik", "ar": "الخلفية التقنية"},
    "disclosure": {"en": "Disclosure of invention", "fr": "Exposé de l'invention",
                   "es": "Divulgación de la invención", "de": "Offenbarung der Erfindung"},
    "drawings": {"en": "Brief description of drawings", "fr": "Description sommaire des dessins",
                 "es": "Breve descripción de los dibujos", "de": "Kurze Beschreibung der Zeichnungen"},
    "application": {"en": "Industrial applicability", "fr": "Possibilités d'application industrielle",
                    "es": "Aplicación industrial", "de": "Gewerbliche Anwendbarkeit"},
}  # fmt: skip
_OTHER_NAMES = {
    "what is claimed is": "claims", "we claim": "claims", "i claim": "claims", "claim": "claims",
    "revendication": "claims", "ansprüche": "claims", "patentanspruch": "claims",
    "عناصر الحماية": "claims", "المطالب": "claims", "权利要求": "claims", "請求項": "claims",
    "特許請求の範囲": "claims", "resume": "abstract", "résumé": "abstract", "abrege": "abstract",
    "background": "background", "état de la technique": "background", "art antérieur": "background",
    "field of the invention": "field", "domaine de l'invention": "field",
    "exposé de l'invention": "disclosure", "brève description des dessins": "drawings",
    "brief description of the drawings": "drawings", "要約": "abstract", "明細書": "description",
}  # fmt: skip
_BY_NAME = {
    name.casefold(): key for key, names in _HEADINGS.items() for name in names.values()
} | _OTHER_NAMES


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ABBREVIATIONS = _set(
    "fig figs no nos nr pat cf al approx ca vol pp art arts par para ex env resp max min dr mr mrs mme mlle"
    " prof inc ltd co corp vs ref refs réf réfs rev revend appl ser sect chap eq éq tab ed éd dept seq id"
    " e.g i.e u.s u.k e.p p.ex c.-à-d s.a viz dia int cl st abb abs bzw z.b d.h u.a ggf vgl núm"
    " pág págs p.ej ud sr sra"
)
_BY_LANGUAGE = {
    "de": _set("ca evtl usw inkl zb nr abb anspr"),
    "fr": _set("av apr env p ex"),
    "es": _set("aprox fig p ej"),
}
# A full stop ends a sentence before white space; the full-width and ideographic ones need none.
_END = re.compile(r"(?P<wide>[。！？｡]+[」』）”’]*)|(?P<stop>[.!?…؟۔।॥።៕។]+[\"'”’»)\]]*|[.!?…]\s»)(?=\s)")
_WORD_BEFORE = re.compile(r"[^\s(\[«“\"]+\Z")


def has_letter(text: str) -> bool:
    """There is a letter of any script in it, so there is something to translate."""
    return any(unicodedata.category(c)[0] == "L" for c in text)


def is_heading(line: str) -> bool:
    """The line is one of the headings every office knows, or a claim's heading of its own."""
    if _heading_key(line) is not None:
        return True
    numbered = _NUMBERED.match(line)
    return numbered is not None and numbered.end() >= len(line) and has_letter(line)


def _heading_key(line: str) -> str | None:
    return _BY_NAME.get(" ".join(line.split()).strip(" .:：").casefold().replace("’", "'"))


def heading_in(mark: str, language: str) -> str:
    """A known heading in `language`, in capitals where it was, white space kept; others as they are."""
    body = mark.strip()
    key = _heading_key(body)
    if key is None or language not in _HEADINGS[key]:
        return _claim_heading_in(mark, language)
    name = _HEADINGS[key][language]
    ending = body[len(body.rstrip(" .:：")) :]
    return mark.replace(body, (name.upper() if body.isupper() else name) + ending, 1)


_CLAIM_HEADING = re.compile(rf"({_CLAIM_WORD})(?=\s+{_DIGIT})", re.IGNORECASE)
_CLAIM_IN = {"en": "Claim", "fr": "Revendication", "es": "Reivindicación", "de": "Anspruch", "ar": "المطلب"}


def _claim_heading_in(mark: str, language: str) -> str:
    found = _CLAIM_HEADING.match(mark)
    name = _CLAIM_IN.get(language)
    if not found or not name:
        return mark
    return (name.upper() if found[1].isupper() else name) + mark[found.end() :]


def leading(text: str, *, first: bool) -> tuple[str, ...]:
    """Claim number and list marks at the head of `text`, each with the blanks after it.

    `first`: `text` begins a line. Inside a line only a claim number counts (“… (3). 2. Pump …”).
    Something with a letter in it always remains.
    """
    if not first:
        found = _CLAIM_NUMBER_INSIDE.match(text)
        return (found.group(),) if found else ()
    taken: list[str] = []
    at = 0
    for _ in range(3):
        match = (_NUMBERED.match(text, at) if not taken else None) or _LISTED.match(text, at)
        if not match or not has_letter(text[match.end() :]):
            break
        taken.append(match.group())
        at = match.end()
    return tuple(taken)


def sentence_end(text: str, start: int, language: str = "") -> int:
    """Where the sentence that begins at `start` ends: the place after its last character."""
    for match in _END.finditer(text, start):
        if match["wide"]:
            return match.end()
        rest = text[match.end() :].lstrip()
        abbreviated = _is_abbreviation(text[start : match.start()], match.group(), language)
        if rest and _begins_sentence(rest) and not abbreviated:
            return match.end()
    return len(text)


def _begins_sentence(rest: str) -> bool:
    """A capital, a digit, a bracket or quote, or a letter of a script without capitals."""
    first = rest[0]
    category = unicodedata.category(first)
    return category in ("Lu", "Lt", "Lo", "Nd", "Ps", "Pi", "Pf") or first in "\"'«“-–—•"


def _is_abbreviation(before: str, stop: str, language: str) -> bool:
    if stop.strip("\"'”’»)]") != ".":
        return False
    word = _WORD_BEFORE.search(before)
    if not word:
        return False
    bare = word.group().casefold().strip("(")
    if bare in _ABBREVIATIONS or bare in _BY_LANGUAGE.get(language, frozenset()):
        return True
    # An initial (“J. Dupont”, “U.S. Pat.”): one capital alone or after a point.
    return bool(re.fullmatch(r"(?:[^\W\d_]\.)*[A-ZÀ-Ý]", word.group()))
