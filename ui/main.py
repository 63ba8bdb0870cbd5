"""`marula-desk [OFFICE] [--version] [--photograph FILE]`: open the window."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from app import __version__


def main(arguments: list[str] | None = None) -> None:
    """Open the window on the office named, on the one opened last, or on the first page."""
    wanted = _wanted(sys.argv[1:] if arguments is None else arguments)
    if wanted.photograph:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(run(wanted.office, wanted.photograph))


def _wanted(arguments: list[str]) -> argparse.Namespace:
    from app.errors import _

    parser = argparse.ArgumentParser(prog="marula-desk", description=_("The window of Marula."))
    parser.add_argument("office", nargs="?", type=Path, help=_("Folder of the office."))
    parser.add_argument("--version", action="version", version=f"marula-desk {__version__}")
    parser.add_argument(
        "--photograph", type=Path, metavar="FILE", help=_("Write a picture of the window and end.")
    )
    return parser.parse_args(arguments)


def run(office: Path | None, photograph: Path | None = None) -> int:
    """Start Qt, show the window, and work until it is closed. The exit status."""
    from PySide6.QtWidgets import QApplication

    from ui import fonts, theme
    from ui.preferences import Preferences
    from ui.shell.trouble import catch_all
    from ui.shell.window import Window, speak

    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a console application is running in this process")
    app.setApplicationName("Marula")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("marula")
    preferences = Preferences.load()
    fonts.load()
    speak(app, preferences.language)
    theme.apply(app, theme.Mode(preferences.theme))
    window = Window(preferences)
    if photograph is None:
        catch_all(window)
    window.show()
    window.begin(office or _named_by_environment())
    if photograph is not None:
        from ui.camera import photograph_when_quiet

        photograph_when_quiet(window, photograph)
    return app.exec()


def _named_by_environment() -> Path | None:
    named = os.environ.get("MARULA_OFFICE")
    return Path(named) if named else None


if __name__ == "__main__":
    main()
