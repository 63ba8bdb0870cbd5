"""Which language a text is in, asked only of languages that can be translated here."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from app.errors import OfficeError, _
from translate.packs import missing_extra

_SURE = 0.8
_ENOUGH = 4_000
_FROM = "translate --from LANGUAGE"
_model: Any = None


def identify(text: str, installed: Collection[str], target: str) -> str:
    """The language of `text` (ISO 639-1), one of `installed`; `target` is what it shall become.

    First all 97 languages the library knows are asked: where one that is not installed wins clearly,
    that is said instead of forcing the text into a language it is not in. Raises OfficeError.
    """
    ranking = _ranked(text[:_ENOUGH])
    candidates = {*installed, target}
    total = sum(ranking.get(code, 0.0) for code in candidates)
    best = max(sorted(candidates), key=lambda code: ranking.get(code, 0.0))
    likeliest = max(ranking, key=lambda code: ranking[code])
    if likeliest not in candidates and ranking[likeliest] >= _SURE:
        raise OfficeError(
            _(
                "The text seems to be in “{language}”, and no installed pack translates from it."
                " Nothing was translated."
            ).format(language=likeliest),
            _install_remedy(installed),
            command=_FROM,
        )
    if total <= 0.05 or ranking[best] / total < _SURE:
        raise OfficeError(
            _("The language of the text is not certain. Nothing was translated."),
            _install_remedy(installed),
            command=_FROM,
        )
    if best not in installed or best == target:
        raise OfficeError(
            _("The text seems to be in “{language}” already. Nothing was translated.").format(
                language=target
            ),
            _("Name the language it is in if that is not so."),
            command=_FROM,
        )
    return best


def _install_remedy(installed: Collection[str]) -> str:
    if not installed:
        return _("No pack to translate with is installed. Install one first.")
    return _("Name the language it is in, or install a pack. Installed are packs from: {names}.").format(
        names=", ".join(sorted(installed))
    )


def _ranked(text: str) -> dict[str, float]:
    """Language code -> probability."""
    global _model
    if _model is None:
        try:
            from py3langid.langid import MODEL_FILE, LanguageIdentifier
        except ImportError as trouble:
            raise missing_extra(trouble) from trouble
        _model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return dict(_model.rank(text))
