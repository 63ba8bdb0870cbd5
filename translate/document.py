"""A whole text into another language: segments, engine, checks and memory put in sequence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.changes import NOTHING, Changes
from app.progress import SILENT, Progress
from translate import checks, marks
from translate.engine import USUAL, Engine, Rendering
from translate.memory import Kept, Memory, key_of
from translate.pieces import Span
from translate.segments import Piece, broken_like, segment

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Options:
    """What else than text and pack decides a translation. `beam`: 1 quick, 2 usual, 4 final."""

    beam: int = USUAL
    align: bool = False

    def as_json(self) -> dict[str, Any]:
        """What is kept with a translation, and hashed into the keys of the memory."""
        return {"beam": self.beam, "format": FORMAT}


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence side by side.

    label      claim number, list mark or heading before it, as it stands in the original
    score      mean probability of a token, 0 to 1; 0 where the model gave nothing
    flags      short codes; `translate.checks.in_words` says them for people
    through    the English in the middle, where two packs were needed
    alignment  source and target words that belong together, where it was asked for
    """

    label: str
    source: str
    target: str
    score: float
    flags: tuple[str, ...] = ()
    through: str = ""
    alignment: tuple[Span, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The keys of the command line; `through` and `alignment` only where there are any."""
        answer: dict[str, Any] = {
            "label": self.label, "source": self.source, "target": self.target,
            "score": self.score, "flags": list(self.flags),
        }  # fmt: skip
        if self.through:
            answer["through"] = self.through
        if self.alignment:
            answer["alignment"] = [span.places for span in self.alignment]
        return answer


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation and all that is needed to know what it was made from and with.

    text           the whole, laid out as the original
    language       of the original; `target` of the translation (ISO 639-1)
    packs          name, version, hash and pair of each pack, in the order they were used
    source_sha256  of the original text in UTF-8
    document       id in the dossier, where it was kept beside a case
    """

    text: str
    segments: tuple[Segment, ...]
    packs: tuple[Mapping[str, str], ...]
    language: str
    target: str
    source_sha256: str
    options: Mapping[str, Any]
    document: str = field(default="", compare=False)
    changes: Changes = field(default=NOTHING, compare=False)

    @property
    def flagged(self) -> tuple[Segment, ...]:
        """The segments somebody should look at."""
        return tuple(s for s in self.segments if s.flags)

    def as_json(self) -> dict[str, Any]:
        """The answer of the command line; with `options` and `source_sha256` also what is kept."""
        return {
            "text": self.text,
            "segments": [s.as_json() for s in self.segments],
            "packs": [dict(pack) for pack in self.packs],
            "language": self.language,
            "target": self.target,
            "source_sha256": self.source_sha256,
            "options": dict(self.options),
        }

    def to_bytes(self) -> bytes:
        """JSON with sorted keys in UTF-8: what lies beside the original."""
        return json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, indent=1).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Translated:
        """What `to_bytes` wrote. Raises ValueError for anything else."""
        try:
            kept = json.loads(raw)
            return cls(
                kept["text"],
                tuple(_segment_from(s) for s in kept["segments"]),
                tuple(kept["packs"]),
                kept["language"],
                kept["target"],
                kept["source_sha256"],
                kept["options"],
            )
        except (KeyError, TypeError, AttributeError) as trouble:
            raise ValueError("not a kept translation") from trouble


def _segment_from(kept: Mapping[str, Any]) -> Segment:
    return Segment(
        kept["label"], kept["source"], kept["target"], float(kept["score"]), tuple(kept["flags"]),
        kept.get("through", ""), tuple(Span(*place) for place in kept.get("alignment", ())),
    )  # fmt: skip


def translate_text(
    text: str, engines: Sequence[Engine], options: Options, memory: Memory, progress: Progress = SILENT
) -> Translated:
    """`text` through one engine, or through two with English between them.

    What `memory` holds from the same packs and options is taken from there. Raises Cancelled when
    the person stops; nothing is remembered then.
    """
    packs = [engine.pack for engine in engines]
    source_language, target_language = packs[0].source, packs[-1].target
    cut = segment(text, source_language)
    made_with = "+".join(pack.sha256 for pack in packs)
    keys = {p.source: key_of(p.source, made_with, options.as_json()) for p in cut.pieces}
    known = memory.recall(tuple(keys.values()))
    if options.align and len(engines) == 1:
        known = {key: kept for key, kept in known.items() if kept.alignment}
    missing = [source for source, key in keys.items() if key not in known]
    fresh = _through(engines, missing, options, progress)
    for source, (rendering, through) in fresh.items():
        known[keys[source]] = Kept(
            rendering.target, rendering.score, rendering.cut_off, through, rendering.alignment
        )
    languages = (source_language, target_language)
    segments = tuple(_side_by_side(piece, known[keys[piece.source]], languages) for piece in cut.pieces)
    memory.remember({keys[source]: known[keys[source]] for source in fresh})
    return Translated(
        cut.filled(
            [broken_like(s.source, s.target) for s in segments],
            lambda mark: marks.heading_in(mark, target_language),
        ),
        segments,
        tuple(pack.as_json() for pack in packs),
        source_language,
        target_language,
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        options.as_json(),
    )


def _through(
    engines: Sequence[Engine], sentences: Sequence[str], options: Options, progress: Progress
) -> dict[str, tuple[Rendering, str]]:
    """Sentence -> rendering and the English in the middle. Each sentence is done once."""
    if not sentences:
        return {}
    align = options.align and len(engines) == 1
    first = engines[0].translate(sentences, beam=options.beam, align=align, progress=progress)
    if len(engines) == 1:
        return {s: (r, "") for s, r in zip(sentences, first, strict=True)}
    middle = [r.target or s for s, r in zip(sentences, first, strict=True)]
    second = engines[1].translate(middle, beam=options.beam, progress=progress)
    return {
        s: (replace(b, score=round(a.score * b.score, 4), cut_off=a.cut_off or b.cut_off), english)
        for s, a, b, english in zip(sentences, first, second, middle, strict=True)
    }


def _side_by_side(piece: Piece, kept: Kept, languages: tuple[str, str]) -> Segment:
    if not kept.target:
        return Segment(piece.label, piece.source, piece.source, 0.0, (checks.COPY,), kept.through)
    flags = checks.flags(piece.source, kept.target, *languages)
    if kept.cut_off:
        flags += (checks.LIMIT,)
    if kept.score < checks.UNSURE_BELOW:
        flags += (checks.UNSURE,)
    return Segment(piece.label, piece.source, kept.target, kept.score, flags, kept.through, kept.alignment)
