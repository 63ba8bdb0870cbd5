"""Markdown pages in the window's own type: weights that are bundled, quiet tables, links by token."""

from __future__ import annotations

from PySide6.QtGui import QBrush, QFont, QTextCharFormat, QTextCursor, QTextFrameFormat, QTextTable
from PySide6.QtWidgets import QTextBrowser

from ui.fonts import SEMIBOLD
from ui.theme import colour

_SIZES = {1: 20, 2: 16, 3: 14}


def show(browser: QTextBrowser, text: str) -> None:
    """Show a page from its beginning."""
    browser.setMarkdown(text)
    document = browser.document()
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        cursor = QTextCursor(block)
        part = block.begin()
        while not part.atEnd():
            fragment = part.fragment()
            shape = QTextCharFormat()
            if level:
                # Markdown gives headings relative sizes; points are 72 to the 96 pixels of an inch.
                shape.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 0)
                shape.setFontPointSize(_SIZES.get(level, 14) * 0.75)
            if level or fragment.charFormat().fontWeight() > SEMIBOLD:
                # 700 is not bundled and would be smeared out of 600.
                shape.setFontWeight(QFont.Weight(SEMIBOLD))
            if fragment.charFormat().isAnchor():
                shape.setForeground(colour("accent"))
            cursor.setPosition(fragment.position())
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(shape)
            part += 1
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            shape_of_table = frame.format()
            shape_of_table.setBorder(1)
            shape_of_table.setBorderBrush(QBrush(colour("line")))
            shape_of_table.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            shape_of_table.setCellPadding(5)
            shape_of_table.setCellSpacing(0)
            frame.setFormat(shape_of_table)
    browser.moveCursor(QTextCursor.MoveOperation.Start)
