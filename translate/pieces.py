"""Text to the pieces a model sees, and back; and which words became which."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from translate.packs import LanguagePack, missing_extra, through_argos

_SEPARATOR = "▁"
_WORD = re.compile(r"\S+")

# The pieces of a sentence, and the sentence.
Cut = tuple[Sequence[str], str]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `source[source_start:source_end]` became `target[target_start:target_end]`."""

    source_start: int
    source_end: int
    target_start: int
    target_end: int

    @property
    def places(self) -> list[int]:
        """The four numbers, as they are kept."""
        return [self.source_start, self.source_end, self.target_start, self.target_end]


def placed(alignment: tuple[Span, ...], sentence: str) -> tuple[Span, ...]:
    """Spans over words parted by single blanks, as spans over `sentence` with the blanks it has."""
    there = [(m.start(), m.end()) for m in _WORD.finditer(sentence)]
    single = [(m.start(), m.end()) for m in _WORD.finditer(" ".join(sentence.split()))]
    if not alignment or there == single:
        return alignment
    moved = dict(zip(single, there, strict=True))
    return tuple(
        Span(*moved[span.source_start, span.source_end], span.target_start, span.target_end)
        for span in alignment
        if (span.source_start, span.source_end) in moved
    )


class Pieces:
    """SentencePiece, one model for both languages or one for each."""

    def __init__(self, source: Any, target: Any) -> None:
        self._source = source
        self._target = target

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """The pieces of each text."""
        encoded: list[list[str]] = self._source.encode(list(texts), out_type=str)
        return encoded

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of pieces."""
        # Stock Argos also turns every "_" into a blank, which breaks identifiers; here it stays.
        decoded: str = self._target.decode_pieces(list(tokens))
        return decoded.replace(_SEPARATOR, " ")

    def alignment(
        self, source: Cut, tokens: Sequence[str], target: str, attention: Sequence[Sequence[float]]
    ) -> tuple[Span, ...]:
        """Each target word with the source word its pieces looked at most."""
        source_words = _words_of(*source)
        target_words = _words_of(tokens, target)
        spans = []
        for start, end, pieces in target_words:
            rows = [attention[p] for p in pieces if p < len(attention)]
            best = max(
                source_words, key=lambda word: sum(row[q] for row in rows for q in word[2]), default=None
            )
            if best:
                spans.append(Span(best[0], best[1], start, end))
        return tuple(spans)


class _Bpe(Pieces):
    """Old Argos packs: Moses words and byte pairs, through Argos's own tokenizer."""

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        return [self._source.encode(text) for text in texts]

    def decode(self, tokens: Sequence[str]) -> str:
        decoded: str = self._source.decode(list(tokens))
        return decoded

    def alignment(
        self, source: Cut, tokens: Sequence[str], target: str, attention: Sequence[Sequence[float]]
    ) -> tuple[Span, ...]:
        return ()


def _words_of(tokens: Sequence[str], text: str) -> list[tuple[int, int, list[int]]]:
    """(start, end, indices of its pieces) of each blank-separated word of `text`.

    Pieces are laid along the text; a piece the tokenizer normalised differently is counted to the
    word where it would stand by its length.
    """
    places = [(w.start(), w.end()) for w in _WORD.finditer(text)]
    words: list[tuple[int, int, list[int]]] = [(start, end, []) for start, end in places]
    at = -1
    for index, token in enumerate(tokens):
        if token.startswith(_SEPARATOR) or at < 0:
            at += 1
        if at < len(words):
            words[at][2].append(index)
    return [word for word in words if word[2]]


def pieces_of(pack: LanguagePack) -> Pieces:
    """The tokenizer of a pack. Raises OfficeError where the extra `translation` is missing."""
    try:
        import sentencepiece
    except ImportError as trouble:
        raise missing_extra(trouble) from trouble
    load: Callable[[str], Any] = lambda name: sentencepiece.SentencePieceProcessor(  # noqa: E731
        model_file=str(pack.folder / name)
    )
    if (pack.folder / "source.spm").is_file() and not (pack.folder / "sentencepiece.model").is_file():
        return Pieces(load("source.spm"), load("target.spm"))
    tokenizer = through_argos(pack).tokenizer
    if (pack.folder / "sentencepiece.model").is_file():
        processor = tokenizer.lazy_processor()
        return Pieces(processor, processor)
    return _Bpe(tokenizer, tokenizer)
