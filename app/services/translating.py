"""Translating a text, a file, or the claims of a case, offline.

A translation is for information: the original stays the text that counts, and every segment carries
what could be checked of it. What is kept of a case lies in its dossier beside the original, sealed
with it where the office has a passphrase; a text without a case leaves nothing on the disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.domain.case import Case
from app.errors import OfficeError, UsageError, _
from app.progress import SILENT, Progress
from app.services import packs
from app.services.passages import HAS_NUMBER, Passage, code_of, read
from translate import checks, identify, marks
from translate.document import Options, Segment, Translated, translate_text
from translate.engine import FINAL, QUICK, USUAL, Engine
from translate.memory import InMemory, Kept, Memory, key_of

if TYPE_CHECKING:
    from app.services.offices import Office

__all__ = [
    "FINAL", "QUICK", "USUAL", "CaseTranslation", "Options", "Passage", "Segment", "Translated", "in_words",
    "kept", "translate", "translate_case", "translate_file",
]  # fmt: skip

KIND = "translation"
LARGEST_TEXT = 4 << 20


@dataclass(frozen=True, slots=True)
class CaseTranslation:
    """A translation in the dossier. `current`: the case still has the text it was made from."""

    document: str
    translated: Translated
    current: bool


def in_words(flag: str) -> str:
    """What a flag of a segment means, a sentence for a person."""
    return checks.in_words(flag)


def translate(
    text: str,
    *,
    source: str | None = None,
    target: str,
    folder: Path | None = None,
    options: Options = Options(),
    memory: Memory | None = None,
    progress: Progress = SILENT,
) -> Translated:
    """`text` in the language `target`; `source` is found out where it is not given (ISO 639-1).

    folder   of an office whose packs come first; the person's and the bundled ones follow
    memory   earlier renderings; by default nothing is remembered beyond the call

    Refused where there is nothing to translate, the language is uncertain, or no pack fits.
    """
    _check(text, options)
    into = code_of(target)
    from_ = code_of(source) if source else _identified(text, into, folder)
    if from_ == into:
        raise OfficeError(
            _("The text is in “{language}” already. Nothing was translated.").format(language=into),
            _("Name another language to translate into."),
            command="translate --to LANGUAGE",
        )
    way = packs.route(folder, from_, into, progress=progress)
    engines = [Engine(pack) for pack in way]
    return translate_text(text, engines, options, memory or InMemory(), progress)


def translate_file(
    path: Path | BinaryIO,
    *,
    source: str | None = None,
    target: str,
    folder: Path | None = None,
    options: Options = Options(),
    progress: Progress = SILENT,
) -> Translated:
    """The text of a file, or the claims of a document in any format `inspect` reads.

    path   a file, or an open stream of UTF-8 text (standard input)
    """
    passage = read(path, source=source, target=target, progress=progress)
    return translate(
        passage.text,
        source=source or passage.language or None,
        target=target,
        folder=folder,
        options=options,
        progress=progress,
    )


def _check(text: str, options: Options) -> None:
    if not 1 <= options.beam <= 16:
        raise UsageError(
            _("A beam of {beam} is not possible.").format(beam=options.beam),
            _("Take 1 (quick), 2 (usual) or 4 (final)."),
        )
    if not text.strip() or not marks.has_letter(text):
        raise OfficeError(
            _("There are no words in the text. Nothing was translated."),
            _("Check that it is the right file."),
        )
    if len(text) > LARGEST_TEXT:
        raise OfficeError(
            _("The text has more than {most} million characters. Nothing was translated.").format(
                most=LARGEST_TEXT >> 20
            ),
            _("Translate it in parts."),
        )


def _identified(text: str, target: str, folder: Path | None) -> str:
    pairs = packs.languages(folder)
    middle = {a for a, b in pairs if b == "en"} if ("en", target) in pairs else set()
    return identify.identify(text, {a for a, b in pairs if b == target} | middle - {target}, target)


# --- cases


def translate_case(
    office: Office,
    case_id: str,
    target: str,
    progress: Progress = SILENT,
    *,
    source: str | None = None,
    options: Options = Options(align=True),
) -> Translated:
    """The claims (or goods) of a case in the language `target`, kept in its dossier beside the original.

    Segments that were translated with the same packs and options before are taken over. Nothing is
    kept when the person stops. Refused where the case has no claims.
    """
    from app.services import cases

    case = cases.show(office, case_id)
    passage = _passage_of_case(case, source, target)
    earlier = _earlier(office, case, target)
    translated = translate(
        passage.text,
        source=source or passage.language or None,
        target=target,
        folder=office.path,
        options=options,
        memory=InMemory(_recalled(earlier)),
        progress=progress,
    )
    return _keep(office, case, translated, earlier)


def _passage_of_case(case: Case, source: str | None, target: str) -> Passage:
    """Live claims with their numbers, else the goods of a mark with their Nice classes."""
    live = [row for row in case.rows if row.live]
    rows = [row for row in live if row.kind == "claim"] or [row for row in live if row.kind == "class"]
    spoken = {language for row in rows for language in row.texts}
    wanted = code_of(source) if source else case.language
    if wanted not in spoken:
        wanted = next(iter(sorted(spoken - {target})), wanted) if not source else wanted
    lines = []
    for row in rows:
        text = row.texts.get(wanted) or (row.text if not row.texts else "")
        if text.strip():
            lines.append(text if HAS_NUMBER.match(text) else f"{row.label}. {text.strip()}")
    if not lines:
        raise OfficeError(
            _("Case {case} has no claims or goods in this language. Nothing was translated.").format(
                case=case.number or case.id
            ),
            _("Name the language they are in, or translate a file of the case by its name."),
            command="translate --from LANGUAGE",
        )
    return Passage("\n\n".join(lines) + "\n", "" if wanted == "und" else wanted)


def _earlier(office: Office, case: Case, target: str) -> tuple[CaseTranslation, ...]:
    into = code_of(target)
    return tuple(one for one in _all_kept(office, case) if one.translated.target == into)


def _recalled(earlier: Iterable[CaseTranslation]) -> dict[str, Kept]:
    """Earlier renderings by key; sentences the model gave nothing for are tried again."""
    recalled: dict[str, Kept] = {}
    for one in earlier:
        made_with = "+".join(str(pack["sha256"]) for pack in one.translated.packs)
        for s in one.translated.segments:
            if checks.COPY not in s.flags:
                key = key_of(s.source, made_with, one.translated.options)
                recalled[key] = Kept(s.target, s.score, checks.LIMIT in s.flags, s.through, s.alignment)
    return recalled


def _keep(
    office: Office, case: Case, translated: Translated, earlier: Iterable[CaseTranslation]
) -> Translated:
    for one in earlier:
        if one.translated == translated:
            return replace(translated, document=one.document)
    facts = {
        "kind": KIND,
        "name": f"{KIND}-{translated.language}-{translated.target}.json",
        "media_type": "application/json",
        "received": office.today.isoformat(),
        "language": translated.target,
        "confidential": case.confidential,
    }
    with office.store.act(authority=_("machine translation, for information")) as act:
        document = act.document(case.id, translated.to_bytes(), facts)
    return replace(translated, document=document, changes=act.changes)


def kept(office: Office, case_id: str) -> tuple[CaseTranslation, ...]:
    """The translations in the dossier of a case, newest last; those that do not open are left out."""
    from app.services import cases

    return tuple(_all_kept(office, cases.show(office, case_id)))


def _all_kept(office: Office, case: Case) -> Iterable[CaseTranslation]:
    from app.services import cases

    for document in case.documents:
        if document.kind != KIND:
            continue
        try:
            translated = Translated.from_bytes(cases.document_bytes(office, document.id))
            passage = _passage_of_case(case, translated.language, translated.target)
        except (OfficeError, ValueError):
            # Not arrived by sync yet, or damaged (`office verify` tells): it can be made again.
            continue
        current = hashlib.sha256(passage.text.encode()).hexdigest() == translated.source_sha256
        yield CaseTranslation(document.id, translated, current)
