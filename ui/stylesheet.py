"""The style sheet, written once with token names in it; `sheet` fills in the colours."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_SHEET = Template("""
* { outline: 0; }
QWidget { color: $ink; font-size: 13px; }
QToolTip { background: $sheet; color: $ink; border: 1px solid $edge; padding: 6px 8px; font-size: 12px; }
#ground, QStackedWidget, QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }
#window { background: $ground; }
#sheet { background: $sheet; border: 1px solid $line; border-radius: 8px; }
#well { background: $quiet; border: 1px solid $line; border-radius: 6px; }
#rule { background: $line; max-height: 1px; min-height: 1px; border: 0; }
#rule[upright="true"] { max-width: 1px; min-width: 1px; max-height: 16777215px; }

#room { font-size: 20px; font-weight: 600; }
#title { font-size: 20px; font-weight: 600; }
#section { font-size: 15px; font-weight: 600; }
#strong { font-weight: 600; }
#medium { font-weight: 500; }
#small { font-size: 12px; color: $ink2; }
#label { font-size: 12px; color: $ink2; }
#quietly { color: $ink2; }
#red { color: $red; font-weight: 500; }
#amber { color: $amber; font-weight: 500; }
#green { color: $green; font-weight: 500; }

QPushButton {
    background: $sheet; color: $ink; border: 1px solid $edge; border-radius: 6px; font-weight: 500;
    padding: 0 12px; min-height: 34px; max-height: 34px;
}
QPushButton:hover { background: $quiet; }
QPushButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: 32px; max-height: 32px; }
QPushButton:pressed { background: $line; }
QPushButton:disabled { color: $ink2; background: $quiet; border-color: $line; }
QPushButton:checked { background: $accent_soft; border-color: $accent; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="primary"]:hover { background: $accent; border-color: $ink; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { background: $quiet; color: $ink2; border-color: $line; }
QPushButton[kind="danger"] { background: $red_soft; color: $red; border-color: $red_soft; }
QPushButton[kind="danger"]:focus { border-color: $red; }
QPushButton[kind="link"] {
    background: transparent; border: 0; color: $accent; padding: 0 2px; min-height: 24px; max-height: 24px;
    text-align: left;
}
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 0; padding: 0 2px; text-decoration: underline; }
QPushButton[kind="link"]:disabled { color: $ink2; background: transparent; }
QPushButton[kind="alarm"] {
    background: transparent; border: 0; color: $red; padding: 0 6px; min-height: 28px; max-height: 28px;
}
QPushButton[kind="alarm"]:focus { text-decoration: underline; }
QPushButton[kind="choice"], QPushButton[kind="choice"]:focus {
    min-height: 32px; max-height: 32px; padding: 0; border: 0;
}
QPushButton[kind="filter"] { min-height: 30px; max-height: 30px; padding: 0 10px; }
QPushButton[kind="filter"]:focus { min-height: 28px; max-height: 28px; padding: 0 9px; }
QPushButton[kind="language"] {
    font-size: 15px; font-weight: 600; text-align: left; min-height: 54px; max-height: 54px;
}
QPushButton[kind="language"]:focus { min-height: 52px; max-height: 52px; }
QPushButton[kind="language"]:checked {
    border: 2px solid $accent; padding: 0 11px; min-height: 52px; max-height: 52px;
}
QPushButton[kind="tool"] {
    background: transparent; border: 0; border-radius: 6px;
    padding: 0 6px; min-height: 30px; max-height: 30px;
}
QPushButton[kind="tool"]:hover { background: $quiet; }
QPushButton[kind="tool"]:focus {
    border: 2px solid $accent; padding: 0 4px; min-height: 26px; max-height: 26px;
}
QPushButton[kind="small"] { min-height: 26px; max-height: 26px; padding: 0 8px; font-size: 12px; }
QPushButton[kind="small"]:focus { min-height: 24px; max-height: 24px; padding: 0 7px; }
QPushButton[kind="tab"] {
    background: transparent; border: 0; border-radius: 0; border-bottom: 2px solid transparent; color: $ink2;
    padding: 0 0 2px 0; font-weight: 400; min-height: 34px; max-height: 34px;
}
QPushButton[kind="tab"]:hover { color: $ink; }
QPushButton[kind="tab"]:checked { color: $ink; font-weight: 600; border-bottom: 2px solid $accent; }
QPushButton[kind="tab"]:focus { border-bottom: 2px solid $accent; }
QPushButton::menu-indicator { width: 0; image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QTextBrowser, QSpinBox, QDateEdit, QComboBox {
    background: $sheet; color: $ink; border: 1px solid $edge; border-radius: 6px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QSpinBox, QDateEdit, QComboBox { min-height: 34px; max-height: 34px; padding: 0 10px; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QTextBrowser[kind="reading"], QPlainTextEdit[kind="reading"] {
    border: 0; padding: 0; background: transparent;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus {
    border: 2px solid $accent;
}
QLineEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus {
    min-height: 32px; max-height: 32px; padding: 0 9px;
}
QLineEdit[kind="small"] { min-height: 28px; max-height: 28px; padding: 0 8px; }
QLineEdit[kind="small"]:focus { min-height: 26px; max-height: 26px; padding: 0 7px; }
QTextBrowser[kind="reading"]:focus, QPlainTextEdit[kind="reading"]:focus { border: 0; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $quiet; color: $ink2; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 2px solid $red; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    border: 0; padding: 0; margin: 0; min-height: 0; background: transparent;
}
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: none; width: 0; height: 0; }
QComboBox QAbstractItemView {
    background: $sheet; border: 1px solid $edge; selection-background-color: $accent_soft;
    selection-color: $ink; padding: 4px;
}
QComboBox QAbstractItemView::item { min-height: 30px; padding: 0 8px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 16px; height: 16px; border: 1px solid $edge; background: $sheet; border-radius: 4px;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $accent; }

QListView, QTableView, QTreeView { background: transparent; border: 0; }
QTableView { gridline-color: transparent; selection-background-color: transparent; }
QHeaderView { background: transparent; border: 0; }
QTableCornerButton::section { background: transparent; border: 0; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 2px 0; border: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0 2px; border: 0; }
QScrollBar::handle:vertical { background: $thumb; border-radius: 3px; min-height: 32px; margin: 0 3px; }
QScrollBar::handle:horizontal { background: $thumb; border-radius: 3px; min-width: 32px; margin: 3px 0; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: 0; background: transparent; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }

QSplitter::handle { background: transparent; }
QMenu { background: $sheet; border: 1px solid $edge; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 7px 24px 7px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $ink2; }
QMenu::separator { height: 1px; background: $line; margin: 6px 4px; }
QMenu::indicator { width: 0; }

QProgressBar { background: $line; border: 0; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $sheet; border: 2px solid $accent; width: 12px; height: 12px;
    margin: -6px 0; border-radius: 8px;
}
QCalendarWidget QWidget { alternate-background-color: $quiet; }
QCalendarWidget QToolButton { color: $ink; background: transparent; border: 0; padding: 4px 8px; }
#strip { border-radius: 8px; border: 0; }
#strip[tone="red"] { background: $red_soft; }
#strip[tone="amber"] { background: $amber_soft; }
#strip[tone="green"] { background: $green_soft; }
#strip[tone="accent"] { background: $accent_soft; }
#strip[tone="quiet"] { background: $quiet; }
#status { border: 0; border-top: 1px solid $line; }
#popup { background: $sheet; border: 1px solid $edge; border-radius: 8px; }
#drop { background: $sheet; border: 2px dashed $edge; border-radius: 8px; }
#drop[over="true"] { border-color: $accent; background: $accent_soft; }
#choice { background: $sheet; border: 1px solid $edge; border-radius: 8px; }
""")


def sheet(colours: Mapping[str, str]) -> str:
    """The style sheet with the colours of a theme."""
    return _SHEET.substitute(colours)
