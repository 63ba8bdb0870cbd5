"""Printing through the system's own dialog: pages are pictures that were made elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ui.widgets.pagewords import PageLike


def choose_printer(parent: QWidget, name: str) -> QPrinter | None:
    """Ask for a printer in the system's dialog; None when the person changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def paint(printer: QPrinter, pages: Sequence[PageLike]) -> None:
    """Each page at its true size, one sheet a page; the range the person asked for."""
    first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
    painter = QPainter()
    for number, page in enumerate(pages[first - 1 : last]):
        size = QSizeF(page.width_pt, page.height_pt)
        paper = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        printer.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF()))
        if number == 0:
            painter.begin(printer)
        else:
            printer.newPage()
        scale = printer.resolution() / 72
        painter.drawImage(
            QRectF(0, 0, size.width() * scale, size.height() * scale), QImage.fromData(page.png)
        )
    painter.end()
