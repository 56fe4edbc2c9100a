"""The style sheet, built from the tokens; widgets only set properties such as `role` or `tone`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from samenleven_desktop.ui.theme import tokens

_WIDEST_LINE = 3

_SHEET = Template("""
* { font-family: "Inter"; font-size: ${body}px; color: $text; }
QMainWindow, QDialog, #page, #pages { background: $background; }
QToolTip { background: $raised; color: $text; border: 1px solid $line_strong; padding: 4px 6px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 700; }
QLabel[role="card-title"] { font-size: ${card_title}px; font-weight: 600; }
QLabel[role="figure"] { font-size: ${figure}px; font-weight: 700; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${small}px; }
QLabel[role="credit"] { color: $muted; font-size: ${small}px; background: $surface; padding: 2px 0 0 6px; }
QLabel[role="label"] { color: $muted; font-size: ${small}px; font-weight: 500; }
QLabel[role="attention"] { color: $attention_text; font-size: ${small}px; }
QLabel[role="error"] { color: $bad_text; font-size: ${small}px; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[pill="neutral"] { background: $neutral_tint; color: $text; }
QLabel[pill="accent"] { background: $accent_tint; color: $accent_text; }
QLabel[pill="good"] { background: $good_tint; color: $good_text; }
QLabel[pill="attention"] { background: $attention_tint; color: $attention_text; }
QLabel[pill="bad"] { background: $bad_tint; color: $bad_text; }
QLabel[pill="mark"] { background: $mark; color: $on_mark; font-weight: 600; }
QLabel[pill] { border-radius: 8px; min-height: 16px; padding: 1px 9px; font-size: ${small}px; }

QFrame#card { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame#card[alert="true"] { border-color: $attention; }
QLabel[alert="true"] { color: $attention_text; }
QFrame#sixwords { background: $background; border: 1px solid $line; border-radius: ${radius_small}px; }
QFrame#grouprow { background: transparent; border: 2px solid transparent; border-top: 1px solid $line; }
QFrame#grouprow:hover { background: $hover; }
QFrame#grouprow:focus { border: 2px solid $accent; border-radius: ${radius_small}px; }
QLabel[tone="bad"] { color: $bad_text; }
QFrame#rule { background: $line; max-height: 1px; min-height: 1px; border: none; }

#topbar { background: $surface; border-bottom: 1px solid $line; }
#sidebar { background: $surface; border-right: 1px solid $line; }
#statusline { background: $surface; border-top: 1px solid $line; }
#statusline QLabel { font-size: ${small}px; color: $muted; }
#brandmark { background: $mark; color: $on_mark; border-radius: ${radius_small}px; font-weight: 700; }
#brandname { font-size: 15px; font-weight: 700; }

QPushButton { background: $surface; border: 1px solid $line_strong; border-radius: ${radius_small}px;
  padding: 6px 13px; font-weight: 500; min-height: 18px; }
QPushButton:hover { background: $hover; border-color: $muted; }
QPushButton:pressed { background: $neutral_tint; }
QPushButton:disabled { color: $muted; background: $background; border-color: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 12px; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled { background: $neutral_tint; color: $muted; border-color: $line; }
QPushButton[danger="true"] { background: $bad; color: $on_bad; border: 1px solid $bad; font-weight: 600; }
QPushButton[danger="true"]:hover { background: $bad_hover; border-color: $bad_hover; }
QPushButton[danger="true"]:focus { border: 2px solid $text; }
QPushButton[danger="true"]:disabled { background: $neutral_tint; color: $muted; border-color: $line; }
QToolButton#menubutton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px 7px; }
QToolButton#menubutton:hover { background: $hover; }
QToolButton#menubutton:focus { border: 2px solid $accent; padding: 4px 6px; }
QToolButton#menubutton::menu-indicator { image: none; }
QPushButton[flat="true"], QPushButton[link="true"] { background: transparent; border: 1px solid transparent; }
QPushButton[flat="true"]:hover { background: $hover; }
QPushButton[flat="true"]:focus { border: 2px solid $accent; }
QPushButton[flat="true"]:disabled { color: $muted; }
QPushButton[link="true"] { color: $accent_text; padding: 2px 4px; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border: 2px solid $accent; padding: 1px 3px; }
QPushButton[link="true"]:disabled { color: $muted; }
QPushButton[crumb="true"] { background: transparent; border: 2px solid transparent; border-radius: 4px; color: $muted;
  font-size: ${small}px; padding: 0 2px 0 0; min-height: 16px; }
QPushButton[crumb="true"]:hover { color: $accent_text; text-decoration: underline; }
QPushButton[crumb="true"]:focus { border-color: $accent; }
QPushButton[nav="true"] { text-align: left; background: transparent; border: none; border-left: 3px solid transparent;
  border-radius: ${radius_small}px; padding: 9px 10px; font-weight: 500; }
QPushButton[nav="true"]:hover { background: $hover; }
QPushButton[nav="true"]:checked { background: $accent_tint; color: $accent_text; font-weight: 600;
  border-left: 3px solid $accent; }
QPushButton[nav="true"]:focus { border: 2px solid $accent; padding: 7px 8px 7px 9px; }
QPushButton[segment] { border-radius: 0; margin-left: -1px; }
QPushButton[segment="first"], QPushButton[segment="only"] { border-top-left-radius: ${radius_small}px;
  border-bottom-left-radius: ${radius_small}px; margin-left: 0; }
QPushButton[segment="last"], QPushButton[segment="only"] { border-top-right-radius: ${radius_small}px;
  border-bottom-right-radius: ${radius_small}px; }
QPushButton[segment]:checked { background: $accent_tint; color: $accent_text; border-color: $accent; font-weight: 600; }
QPushButton[chip="true"] { border-radius: 9px; padding: 2px 10px; font-size: ${small}px; min-height: 16px; }
QPushButton[chip="true"]:focus { padding: 1px 9px; }
QPushButton[tone="accent"] { background: $accent_tint; color: $accent_text; border-color: $accent_tint; }
QPushButton[tone="attention"] { background: $attention_tint; color: $attention_text; border-color: $attention_tint; }
QPushButton[tone="bad"] { background: $bad_tint; color: $bad_text; border-color: $bad_tint; }
QPushButton[number="true"] { background: transparent; border: 2px solid transparent; padding: 0; text-align: left; }
QPushButton[number="true"]:hover { background: $hover; }
QPushButton[number="true"]:focus { border-color: $accent; padding: 0; }
QPushButton[removable="true"] { padding: 2px 7px 2px 5px; }
QPushButton[removable="true"]:focus { padding: 1px 6px 1px 4px; }
QPushButton[chip="true"]:checked { background: $accent_tint; color: $accent_text; border-color: $accent; }
QPushButton[chipadd="true"] { color: $accent_text; border-radius: 9px; padding: 2px 10px; font-size: ${small}px;
  min-height: 16px; border-color: $accent; }
QPushButton[chipadd="true"]:focus { padding: 1px 9px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QTimeEdit, QSpinBox { background: $surface;
  border: 1px solid $line_strong; border-radius: ${radius_small}px; padding: 5px 7px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox, QSpinBox, QDateEdit { min-height: 20px; }
QSpinBox { padding-left: 6px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus,
QTimeEdit:focus, QSpinBox:focus { border: 2px solid $accent; padding: 4px 6px; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $muted; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $bad;
  padding: 4px 6px; }
QLineEdit[search="true"] { background: $background; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$arrow"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line_strong; outline: none;
  selection-background-color: $selection; selection-color: $text; padding: 4px; }
QCheckBox, QRadioButton { spacing: 8px; padding: 1px 3px; background: transparent; border: 2px solid transparent;
  border-radius: ${radius_small}px; }
QCheckBox::indicator, QListWidget::indicator { width: 16px; height: 16px; border: 1px solid $muted; border-radius: 4px;
  background: $surface; }
QCheckBox::indicator:checked, QListWidget::indicator:checked { background: $accent; border-color: $accent;
  image: url("$tick"); }
QRadioButton::indicator { width: 15px; height: 15px; border: 1px solid $muted; border-radius: 8px;
  background: $surface; }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }
QCheckBox::indicator:unchecked:disabled, QRadioButton::indicator:unchecked:disabled { background: $background;
  border-color: $line; }
QCheckBox::indicator:checked:disabled { background: $muted; border-color: $muted; image: url("$tick"); }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: $muted;
  background: $background; border-color: $line; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }

QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: 8px 4px; margin-right: 16px; font-weight: 500;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent_text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:hover { color: $text; }
QTabBar::scroller { width: 44px; }
QTabBar QToolButton { background: $surface; border: 1px solid $line; }

QTableView, QListView, QTreeView { background: $surface; border: none; outline: none; gridline-color: $line;
  selection-background-color: $selection; selection-color: $text; alternate-background-color: $surface; }
QListView::item { padding: 4px 2px; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 6px 8px; font-weight: 600; font-size: ${small}px; }
QHeaderView#names::section { color: $text; font-weight: 500; font-size: ${body}px; border-bottom: none; }
QTableCornerButton::section { background: $surface; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; margin: 2px 0 2px 4px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 4px 2px 0 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none;
  width: 0; height: 0; }
QSplitter::handle { background: transparent; }
QMenu { background: $raised; border: 1px solid $line_strong; padding: 4px; }
QMenu::item { padding: 6px 22px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QFrame#notice { border-radius: ${radius_small}px; border: 1px solid $line; background: $surface; }
QFrame#notice[tone="good"] { background: $good_tint; border-color: $good; }
QFrame#notice[tone="attention"] { background: $attention_tint; border-color: $attention; }
QFrame#notice[tone="bad"] { background: $bad_tint; border-color: $bad; }
QFrame#notice[tone="info"] { background: $accent_tint; border-color: $accent; }
#dropsign { background: $accent_tint; color: $accent_text; border: 2px dashed $accent; border-radius: ${radius}px;
  font-size: ${card_title}px; font-weight: 600; }
QFrame#popup { background: $raised; border: 1px solid $line_strong; border-radius: ${radius}px; }
QFileDialog QToolButton { background: $tool_ground; border: 1px solid $line; border-radius: 4px; padding: 3px; }
QFileDialog QToolButton:focus, QFileDialog QToolButton:hover { border-color: $accent; }
QProgressBar { background: $track; border: none; border-radius: 4px; max-height: 8px; min-height: 8px;
  color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
""")


def build(colors: Mapping[str, str], icons: Path, scale: float = 1.0) -> str:
    """Returns the style sheet for a set of colours; all sizes scale with the font, except line widths.

    `icons` is the folder of the two images that a style sheet can only refer to by file.
    """
    sheet = _SHEET.substitute(
        colors,
        body=tokens.BODY,
        small=tokens.SMALL,
        title=tokens.TITLE,
        card_title=tokens.CARD_TITLE,
        figure=tokens.FIGURE,
        radius=tokens.RADIUS,
        radius_small=tokens.RADIUS_SMALL,
        arrow=(icons / "select.svg").as_posix(),
        tick=(icons / "tick.svg").as_posix(),
    )
    return re.sub(r"\b(\d+)px", lambda size: f"{_scaled(int(size[1]), scale)}px", sheet)


def _scaled(size: int, scale: float) -> int:
    return size if size <= _WIDEST_LINE else round(size * scale)
