"""A value of a spreadsheet as its number format shows it to a Vietnamese office."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock

from tracker.plans.readers.characters import clean_lines
from tracker.plans.readers.raised import raised

_UNPRINTED = re.compile(r"\[[^\]]*\]|_.|\\|\*.")
_QUOTED = re.compile(r'"([^"]*)"')
_ESCAPED = re.compile(r"\\(.)")
_PIECES = re.compile(r'"(?P<words>[^"]*)"|d+|m+|y+|.', re.IGNORECASE)
_DIGITS = re.compile(r"[#0?,]*[#0?](?:\.([#0?]+))?")


def shown(value: Any, number_format: str) -> str:
    """The text of a cell: (0.6, «0%») -> «60%», (date 2025-03-28, any with a day) -> «28/3/2025».

    Numbers have a comma before their decimals and dots between thousands; a date whose format shows no day
    is a month («03/2025») or a year; words in its format are said with it («"Trước ngày "dd/mm/yyyy»).
    """
    match value:
        case None:
            return ""
        case str():
            return "\n".join(clean_lines(value))
        case CellRichText():
            return "\n".join(clean_lines(_without_marks(value)))
        case bool():
            return str(value).upper()
        case datetime() | date():
            return _date_in_words(value, number_format) or _date(value, _pattern(number_format))
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return str(value)
        case int() | float():
            return _number(value, number_format)
    return str(value)


def _pattern(number_format: str) -> str:
    """The format for positive values in lower case, without colours, padding and quoted words."""
    return _QUOTED.sub("", _UNPRINTED.sub("", (number_format or "").split(";")[0])).lower()


def _without_marks(parts: CellRichText) -> str:
    """The text without the raised marks of notes: «Sở Y tế¹»."""
    text = ""
    for part in parts:
        is_raised = isinstance(part, TextBlock) and part.font.vertAlign == "superscript"
        text += raised(text, part.text) if is_raised else str(part)
    return text


def _date_in_words(value: date, number_format: str) -> str:
    """«Quý II/2026» of «"Quý II/"yyyy»; empty where the format has no words or shows the hour."""
    section = _ESCAPED.sub(r'"\1"', (number_format or "").split(";")[0])
    said = any(char.isalpha() for words in _QUOTED.findall(section) for char in words)
    if not said or "h" in _pattern(section):
        return ""
    pieces = _PIECES.finditer(_UNPRINTED.sub("", section))
    return "".join(_piece(value, piece[0], piece["words"]) for piece in pieces).strip()


def _piece(value: date, piece: str, words: str | None) -> str:
    if words is not None:
        return words
    number = {"d": value.day, "m": value.month, "y": value.year}.get(piece[0].lower())
    return piece if number is None else f"{number:0{len(piece) if len(piece) == 2 else 1}d}"


def _date(value: date, pattern: str) -> str:
    day = f"{value.day}/{value.month}/{value.year}"
    if "d" not in pattern and "y" in pattern:
        day = f"{value.month:02d}/{value.year}" if "m" in pattern else str(value.year)
    if "h" in pattern and isinstance(value, datetime) and (value.hour or value.minute):
        return f"{value:%H:%M} {day}"
    return day


def _number(value: float, number_format: str) -> str:
    """Its digits in place of the format's, and the words around them."""
    section = _UNPRINTED.sub("", (number_format or "").split(";")[0])
    found = _DIGITS.search(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), section))
    if found is None:
        return _decimal(f"{value:.10g}", grouped=False)
    percent = "%" in section
    digits, decimals = found[0].split(".")[0], len(found[1] or "")
    written = f"{value * 100 if percent else value:.{decimals}f}"
    if set(digits) == {"0"}:
        written = written.zfill(len(digits) + (decimals + 1 if decimals else 0))
    around = (section[: found.start()], section[found.end() :])
    before, after = (_QUOTED.sub(r"\1", part) for part in around)
    return f"{before}{_decimal(written, grouped=',' in digits)}{after}".strip()


def _decimal(written: str, *, grouped: bool) -> str:
    whole, point, decimals = written.partition(".")
    if grouped:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{whole},{decimals}" if point else whole
