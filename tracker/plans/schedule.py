"""Columns that are a calendar: «Quý I», «Quý II» or «1» ... «12», with an x where a task is to be done."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tracker.plans.blocks import Cell, Row
from tracker.plans.heads import Head
from tracker.plans.wording import is_blank, one_line

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_NAMED = re.compile(
    r"(?P<unit>quý|q|tháng|t|tuần|năm)?[ .:]{0,3}(?P<number>20\d\d|\d{1,2}|I{1,3}|IV)"
    r"(?:\s*[/-]\s*(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ONE_QUARTER = re.compile(r"quý\s*(?:IV|I{1,3}|[1-4])\b", re.IGNORECASE)
_UNITS = {"q": "quý", "t": "tháng"}
_MONTH = re.compile(r"tháng\s*(\d{1,2})(?!\d)", re.IGNORECASE)
_LAST = {"quý": 4, "tháng": 12, "tuần": 5}
_MARK = re.compile(r"[xXvV✓✔√☑☒●■◼*+]+")


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of a calendar: a quarter, a month, a year or a week of a month.

    `year` is empty where none is named, `month` where it is no week.
    """

    unit: str
    number: int
    year: str
    month: str = ""

    @property
    def text(self) -> str:
        """«Quý II/2026», «Tháng 3», «Năm 2026»."""
        if self.unit == "năm":
            return f"Năm {self.number}"
        roman = next((roman for roman, value in _ROMAN.items() if value == self.number), "")
        number = roman if self.unit == "quý" else str(self.number)
        if self.month:
            number = f"{number} tháng {self.month}"
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
    month = _MONTH.findall(over)[-1:] if unit == "tuần" else []
    if not 1 <= number <= _LAST.get(unit, 0) or (unit == "tuần" and not month):
        return None
    return Slot(unit, number, year, *month)


def read_slots(heads: Sequence[Head], rows: Sequence[Row]) -> dict[int, Slot]:
    """The columns of a table that are a calendar, two at least, where marks or colours stand below them."""
    found = {at: slot for at, head in enumerate(heads) if (slot := read_slot(head.lowest, head.over))}
    return found if len(found) > 1 and _holds_marks(rows, found) else {}


def _holds_marks(rows: Sequence[Row], slots: Collection[int]) -> bool:
    said = [cell.text for row in rows for cell in _at(row, slots) if cell.text]
    if said:
        return sum(bool(_MARK.fullmatch(text)) for text in said) > len(said) / 2
    return any(_is_bar(cell, plain_fill(row, slots)) for row in rows for cell in _at(row, slots))


def _at(row: Row, slots: Iterable[int]) -> list[Cell]:
    return [row.cells[at] for at in slots if at < len(row.cells)]


def plain_fill(row: Row, slots: Collection[int]) -> str:
    """The colour that most cells of a row have outside a calendar: in it, another one makes a bar."""
    fills = Counter(cell.fill for at, cell in enumerate(row.cells) if at not in slots)
    return fills.most_common(1)[0][0] if fills else ""


def _is_bar(cell: Cell, plain: str) -> bool:
    return bool(cell.fill) and cell.fill != plain


def _unit_of(over: str, number: int) -> str:
    if number > 2000:
        return "năm"
    if _ONE_QUARTER.search(over):
        return "tháng"
    return next((unit for unit in ("quý", "tháng") if unit in over.lower()), "")


def marked(slots: Sequence[Slot], cells: Sequence[Cell], plain: str = "") -> str:
    """When a row is to be done: «Quý I/2026; Quý III - Quý IV/2026». Marks side by side are one period.

    What stands in a cell instead of a mark is kept beside the name of its column. Where no cell says
    anything, those of another colour than `plain` are marked.
    """
    coloured = not any(cell.text for cell in cells)
    filled = [
        reached
        for at, cell in enumerate(cells)
        for reached in _reached(slots, at, cell, coloured and _is_bar(cell, plain))
    ]
    runs: list[list[Slot]] = []
    for slot, text in filled:
        if text:
            runs.append([])
        elif runs and runs[-1] and not slot.month and slots.index(runs[-1][-1]) + 1 == slots.index(slot):
            runs[-1].append(slot)
            continue
        else:
            runs.append([slot])
    said = iter(f"{slot.text}: {text}" for slot, text in filled if text)
    return "; ".join(_run(run) if run else next(said) for run in runs)


def _reached(slots: Sequence[Slot], at: int, cell: Cell, bar: bool) -> Iterable[tuple[Slot, str]]:
    """The columns over which a filled cell reaches, and what it says but a mark."""
    text = one_line(cell.text)
    if bar or _MARK.fullmatch(text):
        return [(slot, "") for slot in slots[at : at + cell.span]]
    return [] if is_blank(text) else [(slots[at], text)]


def _run(run: Sequence[Slot]) -> str:
    first, last = run[0], run[-1]
    if first == last:
        return first.text
    start = Slot(first.unit, first.number, "" if first.year == last.year else first.year)
    return f"{start.text} - {last.text}"
