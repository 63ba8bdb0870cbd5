"""How fast French claims become English: our engine beside stock Argos Translate, same pack, one thread.

Source words per processor second, medians of five runs. Stock Argos splits with our splitter (its own
wants a download) and otherwise runs as it is: paragraph by paragraph, beam 4 unless told otherwise.
The pack is the small bundled one; with a public pack, three times the layers, the ratios grow.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from measure import Row, seconds, show

ROOT = Path(__file__).resolve().parents[1]
# This file is called like the library it measures: the library's folder must be found first.
sys.path[0] = str(ROOT)

from app.paths import resources  # noqa: E402
from translate import packs  # noqa: E402
from translate.document import Options, translate_text  # noqa: E402
from translate.engine import Engine  # noqa: E402
from translate.marks import sentence_end  # noqa: E402
from translate.memory import InMemory  # noqa: E402
from translate.packs import LanguagePack  # noqa: E402

CLAIMS = (ROOT / "bench" / "claims-fr.txt").read_text(encoding="utf-8")


def main() -> None:
    """Measure and print."""
    words = len(CLAIMS.split())
    with TemporaryDirectory() as folder:
        pack = unpacked(Path(folder))
        stock = {beam: words / seconds(by_stock_argos(pack, beam)) for beam in (1, 2, 4)}
        engine = Engine(pack, threads=1)
        ours = {beam: words / seconds(by_us(engine, beam)) for beam in (1, 2, 4)}
    rows = [
        Row(f"beam {beam}, stock at beam {peer}", "words/s", ours[beam], stock[peer], "stock Argos", aim)
        for beam, peer, aim in (
            (1, 4, ""), (2, 4, "aim: 3 times with a public pack"), (4, 4, ""), (1, 1, ""), (2, 2, ""),
        )
    ]  # fmt: skip
    show("Translation of 24 French claims, per processor second", rows)


def unpacked(folder: Path) -> LanguagePack:
    """The bundled pack, unpacked."""
    with zipfile.ZipFile(resources() / "demo" / "packs" / "translate-fr_en-0_2.argosmodel") as archive:
        archive.extractall(folder)
    return packs.read(next(folder.iterdir()))


def by_us(engine: Engine, beam: int) -> Callable[[], object]:
    """Segments, engine, checks, layout: everything the command line does."""
    return lambda: translate_text(CLAIMS, [engine], Options(beam=beam), InMemory())


def by_stock_argos(pack: LanguagePack, beam: int) -> Callable[[], object]:
    """`argostranslate.translate` with a splitter that needs no network."""
    package = packs.through_argos(pack)
    from argostranslate import sbd, settings, translate

    settings.intra_threads = 1

    class Splitter(sbd.ISentenceBoundaryDetectionModel):  # type: ignore[misc]
        def split_sentences(self, text: str) -> list[str]:
            sentences, at = [], 0
            while at < len(text):
                end = sentence_end(text, at, pack.source)
                sentences.append(text[at:end].strip())
                at = end
            return [sentence for sentence in sentences if sentence]

    def run() -> Any:
        settings.beam_size = beam
        return stock.translate(CLAIMS)

    languages = (translate.Language(code, code) for code in (pack.source, pack.target))
    stock = translate.PackageTranslation(*languages, package)
    stock.sentencizer = Splitter()
    return run


if __name__ == "__main__":
    main()
