"""Running one language pack: CTranslate2 and SentencePiece, whole documents at a time.

Stock Argos sends about one sentence a batch and cuts off after 256 pieces without a word. Here all
sentences of a document go together, sorted by length, in slices between which the person may stop;
the decoding limit follows the length of the source, and who hits it is told.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from app.errors import FileRefused, _
from app.progress import SILENT, Progress
from translate.packs import LanguagePack, missing_extra
from translate.pieces import Pieces, Span, pieces_of, placed
from translate.segments import COMFORTABLE, cut_long

BATCH_TOKENS = 2048
QUICK, USUAL, FINAL = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Rendering:
    """What the model made of one sentence.

    score      mean probability of a token, 0 to 1; of the weakest part where the sentence was cut
    cut_off    the model stopped at its limit, not at an end
    alignment  which words became which, in the order of the target; () where the pack has none
    """

    target: str
    score: float
    cut_off: bool = False
    alignment: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Part:
    """A piece of a sentence as the model gets it. `gap` is the white space that followed it."""

    owner: int
    text: str
    tokens: list[str]
    gap: str
    result: Rendering | None = None


class Engine:
    """One pack in memory (about the size of its file); `unload` gives the memory back.

    May be called from any thread, by one at a time. Raises OfficeError where the extra
    `translation` is missing, FileRefused where the model cannot be loaded.
    """

    def __init__(self, pack: LanguagePack, *, threads: int = 0) -> None:
        """`threads`: CPU threads of one batch, 0 lets the library choose."""
        self.pack = pack
        self._threads = threads
        self._lock = threading.Lock()
        self._translator: Any = None
        self._pieces: Pieces | None = None

    def unload(self) -> None:
        """Give the model's memory back; the next call loads it again."""
        with self._lock:
            self._translator = self._pieces = None

    def tokens(self, text: str) -> int:
        """How many pieces the model sees in `text`."""
        self._load()
        assert self._pieces is not None
        return len(self._pieces.encode([text])[0])

    def translate(
        self, sentences: Sequence[str], *, beam: int = USUAL, align: bool = False, progress: Progress = SILENT
    ) -> list[Rendering]:
        """One rendering for each sentence, in their order. An empty target means the model gave nothing.

        beam    1 quick, 2 usual, 4 final
        align   also say which words became which, where the pack has attention to tell it by

        Raises Cancelled between two slices when the person stops; nothing is kept then.
        """
        with self._lock:
            self._load()
            parts = self._parts(sentences)
            done = 0
            for slice_ in _slices(sorted(parts, key=lambda part: len(part.tokens))):
                progress.step(done, len(parts), _("translating"))
                self._run(slice_, beam, align)
                done += len(slice_)
            progress.step(len(parts), len(parts), _("translating"))
            return [
                replace(rendering, alignment=placed(rendering.alignment, sentence))
                for sentence, rendering in zip(sentences, _joined(parts, len(sentences)), strict=True)
            ]

    def _load(self) -> None:
        if self._translator is not None:
            return
        try:
            import ctranslate2
        except ImportError as trouble:
            raise missing_extra(trouble) from trouble
        ctranslate2.set_log_level(50)
        try:
            self._pieces = pieces_of(self.pack)
            self._translator = ctranslate2.Translator(
                str(self.pack.folder / "model"), device="cpu", inter_threads=1, intra_threads=self._threads
            )
        except (RuntimeError, ValueError, OSError) as trouble:
            self._pieces = None
            raise FileRefused(
                _("The model of “{name}” cannot be loaded ({why}). Nothing was translated.").format(
                    name=self.pack.name, why=str(trouble).splitlines()[0][:160]
                ),
                _("Install the pack again from its file."),
                command="pack install FILE --replace",
            ) from trouble

    def _parts(self, sentences: Sequence[str]) -> list[_Part]:
        pieces = self._pieces
        assert pieces is not None
        # Half of a surrogate pair, as a torn file has it, would stop the tokenizer.
        plain = [" ".join(s.encode("utf-8", "replace").decode().split()) for s in sentences]
        parts: list[_Part] = []
        for owner, (sentence, tokens) in enumerate(zip(plain, pieces.encode(plain), strict=True)):
            if len(tokens) <= COMFORTABLE:
                parts.append(_Part(owner, sentence, tokens, ""))
                continue
            cut = cut_long(sentence, lambda text: len(pieces.encode([text])[0]))
            for text in cut:
                bare = text.rstrip()
                parts.append(_Part(owner, bare, pieces.encode([bare])[0], text[len(bare) :]))
        return parts

    def _run(self, parts: Sequence[_Part], beam: int, align: bool) -> None:
        assert self._pieces is not None
        limit = _decoding_limit(max(len(part.tokens) for part in parts))
        results = self._translator.translate_batch(
            [part.tokens for part in parts],
            target_prefix=[[self.pack.prefix]] * len(parts) if self.pack.prefix else None,
            beam_size=beam,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            max_input_length=0,
            max_decoding_length=limit,
            replace_unknowns=True,
            return_scores=True,
            return_attention=align,
        )
        for part, result in zip(parts, results, strict=True):
            part.result = self._rendering(part, result, limit)

    def _rendering(self, part: _Part, result: Any, limit: int) -> Rendering:
        assert self._pieces is not None
        tokens: list[str] = result.hypotheses[0]
        attention = result.attention[0] if result.attention else None
        cut_off = len(tokens) >= limit
        if self.pack.prefix and tokens[:1] == [self.pack.prefix]:
            tokens, attention = tokens[1:], attention[1:] if attention else None
        target = self._pieces.decode(tokens).strip()
        alignment = (
            self._pieces.alignment((part.tokens, part.text), tokens, target, attention) if attention else ()
        )
        score = math.exp(min(0.0, result.scores[0])) if result.scores and target else 0.0
        return Rendering(target, round(score, 4), cut_off, alignment)


def _decoding_limit(longest: int) -> int:
    """Pieces a translation may have: English from a dense language may double, short ones need room."""
    return 2 * longest + 20


def _slices(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Parts in runs of about BATCH_TOKENS pieces, so that a stop is heard within seconds."""
    rest = iter(parts)
    while first := list(islice(rest, 1)):
        slice_, size = first, len(first[0].tokens)
        for part in rest:
            slice_.append(part)
            size += len(part.tokens)
            if size >= BATCH_TOKENS:
                break
        yield slice_


def _joined(parts: Sequence[_Part], count: int) -> list[Rendering]:
    """The parts of each sentence put together again, with the white space that stood between them."""
    owned: list[list[_Part]] = [[] for _index in range(count)]
    for part in parts:
        owned[part.owner].append(part)
    return [_one(group) for group in owned]


def _one(parts: Sequence[_Part]) -> Rendering:
    if len(parts) == 1 and parts[0].result:
        return parts[0].result
    source = target = ""
    spans: list[Span] = []
    for part in parts:
        assert part.result is not None
        shift, offset = len(source), len(target)
        spans.extend(
            Span(s.source_start + shift, s.source_end + shift, s.target_start + offset, s.target_end + offset)
            for s in part.result.alignment
        )
        # Where the model gives nothing for a part, the part itself stands there rather than a hole.
        source += part.text + part.gap
        target += (part.result.target or part.text) + part.gap
    results = [part.result for part in parts if part.result]
    return Rendering(
        target.strip(),
        min(r.score for r in results),
        any(r.cut_off for r in results),
        tuple(spans),
    )
