"""`python -m ui.screenshots DIR`: every room photographed without a screen, on the sample office.

Light, dark and in Arabic. The sample office is made by walking the examiner's day; pass `--office` to use
one that exists already.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.record import Right
from app.errors import _

if TYPE_CHECKING:
    from app.services.offices import Office
    from ui.rooms.law import LawRoom
    from ui.rooms.translation import TranslationRoom


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the room, its business, and what is pressed before it is taken."""

    name: str
    room: str
    what: object = None
    do: Callable[..., object] | None = None


def main(arguments: list[str] | None = None) -> int:
    """Take all pictures. 0 when every one was taken."""
    parser = argparse.ArgumentParser(
        prog="python -m ui.screenshots", description=_("Pictures of every room.")
    )
    parser.add_argument("folder", type=Path, help=_("Folder the pictures go to."))
    parser.add_argument("--office", type=Path, help=_("Folder of an office to use; else the sample office."))
    wanted = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as own:
        # The window's own settings of whoever takes the pictures are left alone.
        os.environ["XDG_DATA_HOME"] = own
        office = wanted.office or _sample(Path(own))
        return 0 if all(_take(office, wanted.folder)) else 1


def _sample(own: Path) -> Path:
    """The sample office, with something only here, a disagreement between its two stations and a limit."""
    from app.services import cases, demo, offices, syncing

    demo.walk(own / "walk")
    stick = str(own / "walk" / "stick")
    with (
        offices.open_office(own / "walk" / "office") as here,
        offices.open_office(own / "walk" / "station-2") as there,
    ):
        syncing.set_schedule(here, syncing.Schedule(on=True, store=stick, every_minutes=30))
        case = cases.docket(here)[0]
        design = next(line for line in cases.docket(here) if line.right is Right.DESIGN)
        cases.record(here, design.id, "formalities_invited")
        cases.edit(here, case.id, {"representative": "Miraji & Sobel"})
        cases.edit(there, case.id, {"representative": "Dunmore Ansa IP"})
        syncing.sync(there, stick)
        syncing.sync(here, stick)
        cases.record(here, case.id, "note", fields={"text": "Power of attorney asked for by telephone."})
    return own / "walk" / "office"


def _take(office: Path, folder: Path) -> Iterator[bool]:
    from PySide6.QtWidgets import QApplication

    from app.services import offices
    from ui import camera, fonts
    from ui.desk import Desk
    from ui.preferences import Preferences
    from ui.shell.frame import Frame
    from ui.shell.window import Window, speak
    from ui.theme import Mode, apply

    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a console application is running in this process")
    fonts.load()
    for look, language, mode in (
        ("light", "en", Mode.LIGHT),
        ("dark", "en", Mode.DARK),
        ("arabic", "ar", Mode.LIGHT),
    ):
        speak(app, language)
        apply(app, mode)
        window = Window(Preferences(theme=mode, language=language))
        window.show()
        window.show_first()
        yield camera.settle(window) and camera.photograph(window, folder / f"first-run-{look}.png")
        opened = offices.open_office(office)
        window.enter(Desk(window.runner, window.preferences, opened, opened.law))
        camera.settle(window)
        frame = window.pages.currentWidget()
        if not isinstance(frame, Frame):
            raise TypeError("the office did not open")
        for shot in _shots(opened):
            frame.go(shot.room, shot.what)
            camera.settle(window)
            if shot.do is not None:
                shot.do(frame.room)
            taken = camera.settle(window) and camera.photograph(window, folder / f"{shot.name}-{look}.png")
            sys.stderr.write(f"{shot.name}-{look}\n")
            yield taken
        window.close()


def _shots(office: Office) -> tuple[Shot, ...]:
    from app.services import cases, letters

    lines = cases.docket(office)
    known = letters.listed(office)
    lettered = known[0].case if known else lines[0].id
    mark = next((line.id for line in lines if line.right is Right.TRADE_MARK), lettered)
    limits = [line.next_limit.last_day for line in lines if line.next_limit and line.id != lettered]
    query = "(pump OR pompe) AND (piston OR leather)"
    return (
        Shot("docket", "docket"),
        Shot("case-overview", "case", (lettered, "overview")),
        Shot("case-timeline", "case", (lettered, "timeline")),
        Shot("case-rows", "case", (lettered, "rows")),
        Shot("case-documents", "case", (lettered, "documents")),
        Shot("case-checklist", "case", (lettered, "checklist")),
        Shot("case-fees", "case", (lettered, "fees"), lambda room: room.view.fees.begin(False)),
        Shot("case-divide", "case", (mark, "rows"), lambda room: room.view.rows.acted.emit("division")),
        Shot("docket-bulk", "docket", None, lambda room: room.table.selectAll()),
        Shot("law", "law"),
        Shot("law-closure", "law", "closure", partial(_close, day=next(iter(limits), office.today))),
        Shot("case-history", "case", (lettered, "history")),
        Shot("case-record", "case", (lettered, "timeline"), lambda room: room.view.record("note")),
        Shot("prior-art", "prior-art", ("query", query)),
        Shot("letters", "letters", known[0].id if known else None),
        Shot("letters-draft", "letters", ("write", lines[0].id)),
        Shot("together", "together", None, lambda room: room.count()),
        Shot("translation", "translation", None, _translate),
        Shot("reception", "reception"),
        Shot("cases", "cases", "list"),
        Shot("packs", "packs"),
        Shot("settings", "settings"),
        Shot("help", "help"),
    )


def _close(room: LawRoom, day: date) -> None:
    """What a closure on the last day of a running limit would move."""
    room.form.days.setText(day.isoformat())
    room.form.instrument.setText("12/2026")
    room.form.preview()


def _translate(room: TranslationRoom) -> None:
    room.text.setPlainText(
        "1. Pompe à main comprenant un piston (3) sans cuir et un clapet (4).\n\n"
        "2. Pompe selon la revendication 1, dans laquelle le piston (3) mesure 55 mm."
    )
    room.source.choose("fr")
    room.target.choose("en")
    room.translate()


if __name__ == "__main__":
    sys.exit(main())
