"""Columns that are a calendar: «Quý I», «Quý II» or «1» ... «12», with an x where a task is to be done."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.plans.blocks import Cell, Row
from tracker.plans.wording import is_blank, one_line

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_NAMED = re.compile(
    r"(?P<unit>quý|q|tháng|t|năm)?[ .:]{0,3}(?P<number>20\d\d|\d{1,2}|I{1,3}|IV)"
    r"(?:\s*[/-]\s*(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_UNITS = {"q": "quý", "t": "tháng"}
_LAST = {"quý": 4, "tháng": 12}
_MARK = re.compile(r"[xXvV✓✔√☑☒●■◼*+]+")


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of a calendar: a quarter, a month or a year; `year` is empty where none is named."""

    unit: str
    number: int
    year: str

    @property
    def text(self) -> str:
        """«Quý II/2026», «Tháng 3», «Năm 2026»."""
        if self.unit == "năm":
            return f"Năm {self.number}"
        roman = next((roman for roman, value in _ROMAN.items() if value == self.number), "")
        number = roman if self.unit == "quý" else str(self.number)
        return f"{self.unit.capitalize()} {number}" + (f"/{self.year}" if self.year else "")


def read_slot(name: str, over: str = "") -> Slot | None:
    """The column that a header names: («3», «Tháng thực hiện năm 2026») -> March 2026; else None.

    `over` is what stands over several columns; a bare number is a month or a quarter where that says so.
    """
    found = _NAMED.fullmatch(one_line(name))
    if found is None:
        return None
    number = _ROMAN.get(found["number"].upper()) or int(found["number"])
    unit = (found["unit"] or "").lower()
    unit = _UNITS.get(unit, unit) or _unit_of(over, number)
    year = found["year"] or (_YEAR.findall(over) or [""])[-1]
    if unit == "năm":
        return Slot(unit, number, "") if number > 2000 else None
    return Slot(unit, number, year) if 1 <= number <= _LAST.get(unit, 0) else None


def read_slots(header: Row, lower: Row | None, rows: Sequence[Row]) -> dict[int, Slot]:
    """The columns of a header that are a calendar, two at least, where marks stand below them."""
    named: dict[int, Slot] = {}
    over, reach = "", 0
    for index, cell in enumerate(header.cells):
        if cell.text or index >= reach:
            over, reach = one_line(cell.text), index + cell.span
        low = lower.cells[index].text if lower and index < len(lower.cells) else ""
        slot = read_slot(low, over) if low else read_slot(over)
        if slot:
            named[index] = slot
    return named if len(named) > 1 and _holds_marks(rows, named) else {}


def _holds_marks(rows: Sequence[Row], slots: Iterable[int]) -> bool:
    said = [cell for row in rows for at in slots if at < len(row.cells) and (cell := row.cells[at].text)]
    return sum(bool(_MARK.fullmatch(text)) for text in said) > len(said) / 2


def _unit_of(over: str, number: int) -> str:
    if number > 2000:
        return "năm"
    return next((unit for unit in ("quý", "tháng") if unit in over.lower()), "")


def marked(slots: Sequence[Slot], cells: Sequence[Cell]) -> str:
    """When a row is to be done: «Quý I/2026; Quý III - Quý IV/2026». Marks side by side are one period.

    What stands in a cell instead of a mark is kept beside the name of its column.
    """
    filled = [reached for at, cell in enumerate(cells) for reached in _reached(slots, at, cell)]
    runs: list[list[Slot]] = []
    for slot, text in filled:
        if text:
            runs.append([])
        elif runs and runs[-1] and slots.index(runs[-1][-1]) + 1 == slots.index(slot):
            runs[-1].append(slot)
            continue
        else:
            runs.append([slot])
    said = iter(f"{slot.text}: {text}" for slot, text in filled if text)
    return "; ".join(_run(run) if run else next(said) for run in runs)


def _reached(slots: Sequence[Slot], at: int, cell: Cell) -> Iterable[tuple[Slot, str]]:
    """The columns over which a filled cell reaches, and what it says but a mark."""
    text = one_line(cell.text)
    if _MARK.fullmatch(text):
        return [(slot, "") for slot in slots[at : at + cell.span]]
    return [] if is_blank(text) else [(slots[at], text)]


def _run(run: Sequence[Slot]) -> str:
    first, last = run[0], run[-1]
    if first == last:
        return first.text
    start = Slot(first.unit, first.number, "" if first.year == last.year else first.year)
    return f"{start.text} - {last.text}"
