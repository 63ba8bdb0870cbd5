"""The process that opens what strangers sent.

It reads requests from its standard input and answers on its standard output (`wire`). Before the
first file it gives up what it does not need (`bounds`): memory and open files beyond a bound, writing
files, dumping its memory, sockets, other programs.
"""

from __future__ import annotations

import sys
from typing import Any

from app.imaging import bounds
from app.imaging.opened import Opened, Refuse, load_libraries, open_bytes
from app.imaging.wire import read_frame, write_frame


def main() -> int:
    """Serve until the pipe ends. 0 at its end."""
    requests, answers = bounds.own_pipes()
    bounds.give_up(load_libraries)
    current: Opened | None = None
    while (frame := read_frame(requests)) is not None:
        header, body = frame
        bounds.more_time()
        try:
            if header["op"] in ("open", "forget"):
                if current is not None:
                    current.close()
                current = open_bytes(body) if header["op"] == "open" else None
                reply: tuple[dict[str, Any], bytes] = ({}, b"")
            else:
                reply = _answer(current, header)
        except Refuse as refusal:
            reply = ({"refused": refusal.reason}, b"")
        except MemoryError:
            reply = ({"refused": "large"}, b"")
        except Exception:
            # Whatever a broken file made a decoder raise: the file is damaged, the child is well.
            reply = ({"refused": "damaged"}, b"")
        write_frame(answers, *reply)
    return 0


def _answer(current: Opened | None, header: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    if current is None:
        raise Refuse("damaged")
    if header["op"] == "about":
        return {"pages": current.count, "kind": current.kind}, b""
    index = int(header["index"])
    if not 0 <= index < current.count:
        raise Refuse("page")
    if header["op"] == "text":
        return {}, current.text(index).encode("utf-8", "replace")
    drawn = current.page(index, min(max(float(header["dpi"]), 18.0), 600.0))
    return {"width": drawn.width, "height": drawn.height, "words": drawn.words}, drawn.png


if __name__ == "__main__":
    sys.exit(main())
