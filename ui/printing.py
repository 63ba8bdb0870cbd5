"""Printing through the system's own dialog: pages are pictures that were made elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ui.widgets.pagewords import PageLike


def print_pages(parent: QWidget, name: str, pages: Sequence[PageLike]) -> bool:
    """Ask for a printer and print. False when the person changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, max(len(pages), 1))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
    paint(printer, pages[first - 1 : last])
    return True


def paint(printer: QPrinter, pages: Sequence[PageLike]) -> None:
    """Each page at its true size, one sheet a page."""
    painter = QPainter()
    for number, page in enumerate(pages):
        size = QPageSize(_points(page), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF())
        printer.setPageLayout(layout)
        if number == 0:
            painter.begin(printer)
        else:
            printer.newPage()
        scale = printer.resolution() / 72
        target = QRectF(0, 0, page.width_pt * scale, page.height_pt * scale)
        painter.drawImage(target, QImage.fromData(page.png))
    painter.end()


def _points(page: PageLike) -> QSizeF:
    return QSizeF(page.width_pt, page.height_pt)
