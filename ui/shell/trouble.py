"""The last resort: a fault of ours is written down without personal data, and said in plain words."""

from __future__ import annotations

import platform
import re
import sys
import traceback
from datetime import datetime
from types import TracebackType

from PySide6.QtWidgets import QMessageBox, QWidget

from app import __version__
from app.errors import _
from app.paths import data_folder

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”")


def without_names(report: str) -> str:
    """The report with what stands in quotes in its last line taken out: it may be a name or a title."""
    *lines, last = report.rstrip().split("\n")
    return "\n".join([*lines, _QUOTED.sub("'…'", last)])


def keep_report(parent: QWidget | None, report: str) -> None:
    """Write the report into the person's data folder and say where it lies."""
    place = data_folder() / "reports" / f"{datetime.now():%Y-%m-%d-%H%M%S}.txt"
    head = f"Marula {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(head + without_names(report), encoding="utf-8")
        where = _(
            "A report without names and texts lies in {file}. Please hand it to whoever looks "
            "after the program."
        )
    except OSError:
        where = _("A report could not be written; the disk did not take it.")
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("A fault in the program"))
    box.setText(_("The program made a mistake. The last step was taken back; the office is whole."))
    box.setInformativeText(where.format(file=place))
    box.setDetailedText(without_names(report))
    box.addButton(_("Go on working"), QMessageBox.ButtonRole.AcceptRole)
    box.open()


def catch_all(parent: QWidget | None = None) -> None:
    """Send every exception nobody caught to `keep_report`."""

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        report = "".join(traceback.format_exception(kind, fault, trace))
        sys.stderr.write(report)
        keep_report(parent, report)

    sys.excepthook = hook
