"""Markdown pages in the window's own type: weights that are bundled, quiet tables, links by token."""

from __future__ import annotations

from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from ui.fonts import SEMIBOLD
from ui.theme import colour

_SIZES = {1: 20, 2: 16, 3: 14}  # pixels of a heading's letters
_ABOVE = {1: 0, 2: 22, 3: 16}  # pixels above a heading
_GAP = 10  # pixels below a paragraph, a table, a block of commands


def show(browser: QTextBrowser, text: str) -> None:
    """Show a page from its beginning."""
    browser.setMarkdown(text)
    document = browser.document()
    block = document.begin()
    while block.isValid():
        _letters(block)
        _space(block)
        block = block.next()
    _tables(document)
    browser.moveCursor(QTextCursor.MoveOperation.Start)


def _letters(block: QTextBlock) -> None:
    """Size, weight and colour of what stands in a block."""
    level = block.blockFormat().headingLevel()
    cursor = QTextCursor(block)
    part = block.begin()
    while not part.atEnd():
        fragment = part.fragment()
        shape = QTextCharFormat(fragment.charFormat())
        if level:
            # Markdown gives headings a relative size, which would win over the one set here; points are 72
            # to the 96 pixels of an inch.
            shape.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            shape.setFontPointSize(_SIZES.get(level, 14) * 0.75)
        if level or fragment.charFormat().fontWeight() > SEMIBOLD:
            # 700 is not bundled and would be smeared out of 600.
            shape.setFontWeight(QFont.Weight(SEMIBOLD))
        if fragment.charFormat().isAnchor():
            shape.setForeground(colour("accent"))
        cursor.setPosition(fragment.position())
        cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(shape)
        part += 1


def _space(block: QTextBlock) -> None:
    """Room around headings, paragraphs and blocks of commands; none inside a table."""
    cursor = QTextCursor(block)
    if cursor.currentTable() is not None:
        return
    shape = block.blockFormat()
    if level := shape.headingLevel():
        shape.setTopMargin(_ABOVE.get(level, 14))
        shape.setBottomMargin(6)
    elif _is_code(block):
        shape.setLeftMargin(12)
        shape.setBottomMargin(0 if _is_code(block.next()) else _GAP)
    elif shape.hasProperty(QTextFormat.Property.BlockQuoteLevel):
        # A message of the program that the text below it explains.
        shape.setLeftMargin(12)
        shape.setTopMargin(4)
        shape.setBottomMargin(4)
    else:
        shape.setBottomMargin(3 if block.textList() is not None else _GAP)
    cursor.setBlockFormat(shape)


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().nonBreakableLines()


def _tables(document: QTextDocument) -> None:
    """Thin lines, and air around the words."""
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            shape = frame.format()
            shape.setBorder(1)
            shape.setBorderBrush(QBrush(colour("line")))
            shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            shape.setCellPadding(5)
            shape.setCellSpacing(0)
            shape.setBottomMargin(_GAP)
            frame.setFormat(shape)
