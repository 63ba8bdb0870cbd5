"""The process that reads scans of strangers, with the bounds of the one that draws them.

A request is `{"op": "read", "folder", "names", "cut", "seconds"}` with a PNG as body; the answer has `words`
as `[text, x0, y0, x1, y1, confidence, line]`, or `refused` with a reason.
"""

from __future__ import annotations

import sys
from typing import Any

from app.imaging import bounds
from app.imaging.opened import Refuse, grey
from app.imaging.wire import read_frame, write_frame

_engine: Any = None
_started_with: tuple[str, str, int] | None = None


def main() -> int:
    """Serve until the pipe ends. 0 at its end."""
    requests, answers = bounds.own_pipes()
    bounds.give_up(_load_libraries)
    while (frame := read_frame(requests)) is not None:
        header, body = frame
        bounds.more_time(int(header["seconds"]) + 5)
        try:
            reply: dict[str, Any] = {"words": _read(header, body)}
        except Refuse as refusal:
            reply = {"refused": refusal.reason}
        except MemoryError:
            reply = {"refused": "large"}
        except Exception:
            # Whatever a broken picture made a decoder raise: the picture is damaged, the child is well.
            reply = {"refused": "damaged"}
        write_frame(answers, reply, b"")
    return 0


def _load_libraries() -> None:
    import tesserocr  # noqa: F401

    from app.imaging.opened import load_libraries

    load_libraries()


def _read(header: dict[str, Any], png: bytes) -> list[list[Any]]:
    import tesserocr

    width, height, rows = grey(png)
    engine = _standing(str(header["folder"]), str(header["names"]), int(header["cut"]))
    engine.SetImageBytes(rows, width, height, 1, width)
    try:
        if not engine.Recognize(int(header["seconds"]) * 1000):
            raise Refuse("late")
        found = engine.GetIterator()
        return _words(found, tesserocr.RIL) if found is not None else []
    finally:
        engine.Clear()


def _standing(folder: str, names: str, cut: int) -> Any:
    """The engine with these data, kept from page to page: loading them costs as much as a short page."""
    global _engine, _started_with
    import tesserocr

    if _started_with != (folder, names, cut):
        if _engine is not None:
            _engine.End()
        _engine, _started_with = None, None
        try:
            _engine = tesserocr.PyTessBaseAPI(path=folder, lang=names, psm=cut)
        except RuntimeError as trouble:
            raise Refuse("data") from trouble
        _started_with = (folder, names, cut)
    return _engine


def _words(found: Any, levels: Any) -> list[list[Any]]:
    import tesserocr

    words: list[list[Any]] = []
    line = -1
    for at in tesserocr.iterate_level(found, levels.WORD):
        if at.IsAtBeginningOf(levels.TEXTLINE):
            line += 1
        if at.Empty(levels.WORD) or (box := at.BoundingBox(levels.WORD)) is None:
            continue
        text = at.GetUTF8Text(levels.WORD).strip()
        if text:
            words.append([text, *box, round(at.Confidence(levels.WORD), 1), max(line, 0)])
    return words


if __name__ == "__main__":
    sys.exit(main())
