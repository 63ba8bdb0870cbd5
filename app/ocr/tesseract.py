"""The engine Tesseract, by its library `tesserocr`, in a process of its own."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from app.errors import FileRefused, OfficeError, _
from app.imaging.pages import sentences
from app.imaging.wire import Answer, Child, ChildGone
from app.ocr.engine import SWITCH, WordFound
from app.ocr.languages import Chosen, choose

PAGE_SECONDS = 60  # of reading; a full page takes one to five
_MORE_SECONDS = 20.0  # for starting the child and loading the data


def installed() -> bool:
    """Whether the library is there; it is loaded in the child alone."""
    return importlib.util.find_spec("tesserocr") is not None


class Tesseract:
    """An engine and its child, started with the first page. A context manager: the child ends with it.

    folders   where language data is looked for, before the folders of the system

    Raises OfficeError where the library is missing.
    """

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        if not installed():
            raise OfficeError(
                _("Reading scans needs the library tesserocr, which is not installed. Nothing was read."),
                _("Install it beside the program: “pip install tesserocr”, and language data."),
            )
        self._folders = tuple(folders)
        self._child: Child | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The library and its version."""
        try:
            return f"tesserocr {importlib.metadata.version('tesserocr')}"
        except importlib.metadata.PackageNotFoundError:
            # A frozen copy may carry the library without its papers.
            return "tesserocr"

    def choose(self, languages: Sequence[str]) -> Chosen:
        """The data these languages are read with. Raises OfficeError where some is missing."""
        return choose(languages, self._folders)

    def read(self, png: bytes, languages: Sequence[str]) -> tuple[WordFound, ...]:
        """The words of the picture, boxes in its pixels. Raises FileRefused, OfficeError."""
        data = self.choose(languages)
        request: dict[str, object] = {
            "op": "read", "folder": str(data.folder), "names": data.names, "cut": data.cut,
            "seconds": PAGE_SECONDS,
        }  # fmt: skip
        with self._lock:
            answer = self._ask(request, png)
        if answer.refused:
            raise _refusal(answer.refused, data)
        return tuple(map(WordFound.of, answer.header["words"]))

    def _ask(self, request: dict[str, object], png: bytes) -> Answer:
        try:
            if self._child is None or not self._child.alive:
                self.close()
                self._child = Child("app.ocr.child", SWITCH)
            return self._child.ask(request, png, PAGE_SECONDS + _MORE_SECONDS)
        except ChildGone as gone:
            self.close()
            raise FileRefused(
                _("The page could not be read: {why}. Nothing was kept.").format(
                    why=_("it took too long") if gone.late else _("reading it broke off")
                ),
                _("Ask the sender for a cleaner scan (A4 at 300 dpi, black on white)."),
            ) from gone

    def close(self) -> None:
        """End the child. The next page starts a new one."""
        if self._child is not None:
            self._child.end()
        self._child = None

    def __enter__(self) -> Tesseract:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _refusal(reason: str, data: Chosen) -> OfficeError:
    if reason == "late":
        return FileRefused(
            _("The page could not be read: {why}. Nothing was kept.").format(why=_("it took too long")),
            _("Ask the sender for a cleaner scan (A4 at 300 dpi, black on white)."),
        )
    if reason == "data":
        return OfficeError(
            _("The language data {names} in {folder} cannot be used. Nothing was read.").format(
                names=data.names, folder=data.folder
            ),
            _("Install it again; data for Tesseract 4 and 5 fit."),
        )
    return FileRefused(*sentences(reason))
