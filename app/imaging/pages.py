"""Pages of a file as pictures and words, made in a child process.

Whatever a sender put into a file runs in the child: it has no office, no sockets, little memory
and little time. When it dies or is ended the file is refused and the next file gets a new child. Bytes go
through pipes, never through a temporary file.
"""

from __future__ import annotations

import atexit
import itertools
import threading
from dataclasses import dataclass
from types import TracebackType

from app.errors import FileRefused, _
from app.imaging.wire import Answer, Child, ChildGone

MAX_BYTES = 256 * 1024 * 1024
OPEN_SECONDS = 20.0
PAGE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class WordBox:
    """A word of a page and where it stands, in points from the page's top left corner."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size in points (1/72 inch), its picture as PNG, its words in reading order."""

    width_pt: float
    height_pt: float
    png: bytes
    words: tuple[WordBox, ...] = ()

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture (PNG, 11.2.1: the first chunk tells them)."""
        return int.from_bytes(self.png[16:20]), int.from_bytes(self.png[20:24])


class Workshop:
    """One warm child and the lock before it. It is started when first needed and again when it died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._tokens = itertools.count(1)

    def token(self) -> int:
        """A name for a document, unique within this process."""
        return next(self._tokens)

    def ask(self, token: int, data: bytes, request: dict[str, object], seconds: float) -> Answer:
        """The child's answer about the document `token`, which is sent first if it is not there.

        Raises FileRefused: the child's own sentence, or that it was ended.
        """
        with self._lock:
            try:
                child = self._standing()
                if child.document != token:
                    child.document = 0
                    opened = child.ask({"op": "open"}, data, OPEN_SECONDS)
                    _refuse(opened)
                    child.document = token
                answer = child.ask(request, b"", seconds)
            except ChildGone as gone:
                self._drop()
                raise FileRefused(
                    _("The file could not be shown: {why}. Nothing was changed.").format(
                        why=_("it took too long") if gone.late else _("reading it broke off")
                    ),
                    _("Ask the sender for the file again, or for a print of it."),
                ) from gone
            _refuse(answer)
            return answer

    def forget(self, token: int) -> None:
        """Let the child drop the document, so that nothing of it stays in memory."""
        with self._lock:
            if self._child is not None and self._child.document == token:
                self._child.document = 0
                try:
                    self._child.ask({"op": "forget"}, b"", OPEN_SECONDS)
                except ChildGone:
                    self._drop()

    def close(self) -> None:
        """End the child. The next question starts a new one."""
        with self._lock:
            self._drop()

    def _standing(self) -> Child:
        if self._child is None or not self._child.alive:
            self._drop()
            self._child = Child()
        return self._child

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child = None


def _refuse(answer: Answer) -> None:
    if answer.refused:
        raise FileRefused(*sentences(answer.refused))


def sentences(reason: str) -> tuple[str, str]:
    """Message and remedy for a reason the child names."""
    again = _("Ask the sender for the file again.")
    known = {
        "locked": (
            _("The file is locked with a password. Nothing was changed."),
            _("Ask the sender for a copy without a password."),
        ),
        "large": (
            _("The picture is larger than this program opens. Nothing was changed."),
            _("Ask the sender for a smaller one (A4 at 300 dpi is plenty)."),
        ),
        "unknown": (
            _("The file is of a kind that cannot be shown here. It lies in the dossier as it came."),
            _("Save it and open it with the program it was made with."),
        ),
        "empty": (_("The file is empty or has no pages. There is nothing to show."), again),
        "page": (_("The file has no such page."), _("Choose a page the file has.")),
    }
    return known.get(reason, (_("The file is damaged and cannot be shown. Nothing was changed."), again))


_workshop = Workshop()
atexit.register(_workshop.close)


class OpenedFile:
    """A file the child has open; a context manager.

    count   pages
    kind    pdf, tiff, png, jpeg, gif, webp, bmp, svg
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_BYTES:
            raise FileRefused(*sentences("large"))
        self._data = data
        self._token = _workshop.token()
        answer = _workshop.ask(self._token, data, {"op": "about"}, OPEN_SECONDS)
        self.count = int(answer.header["pages"])
        self.kind = str(answer.header["kind"])

    def page(self, index: int, dpi: float = 108.0) -> Page:
        """Page `index` (from 0) as PNG at `dpi` dots an inch, less where it would be too large."""
        request: dict[str, object] = {"op": "page", "index": index, "dpi": dpi}
        answer = _workshop.ask(self._token, self._data, request, PAGE_SECONDS)
        words = tuple(WordBox(str(w[0]), *map(float, w[1:])) for w in answer.header["words"])
        return Page(float(answer.header["width"]), float(answer.header["height"]), answer.body, words)

    def text(self, index: int) -> str:
        """The text layer of page `index`, lines as they stand; empty for pictures."""
        request: dict[str, object] = {"op": "text", "index": index}
        return _workshop.ask(self._token, self._data, request, PAGE_SECONDS).body.decode("utf-8")

    def __enter__(self) -> OpenedFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        _workshop.forget(self._token)


def picture(data: bytes, dpi: float = 96.0) -> bytes:
    """The first page of an untrusted file as a clean PNG: what may be put into a letter or index."""
    with OpenedFile(data) as opened:
        return opened.page(0, dpi).png


def close() -> None:
    """End the warm child, if there is one."""
    _workshop.close()
