"""Which column of an indicator table is which, and for each column of figures what it measures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.plans.blocks import Row
from tracker.plans.columns import Role, role_of
from tracker.plans.numbering import parse_number
from tracker.plans.quantities import parse_figure
from tracker.plans.wording import is_blank, key, one_line, without_parentheses

Says = Literal["", "target", "actual"]

_UNIT = re.compile(
    r"^(ten|coquan|xa|phuong|thitran|dackhu|sobannganh|songanh|phong|truong|thon|khupho|huyen|thixa|thanhpho|va)+$"
    r"|(donvi(?!tinh)|diaphuong)(?!.*(luong|tyle))"
)
_NAME = re.compile(r"chitieu|noidung|tieuchi|muctieu")
_MEASURE_COLUMN = re.compile(r"^(donvitinh|dvt|dv)$")
_MEASURE = re.compile(r"\((?:\s*(?:ĐVT|đơn vị tính)\s*:?)?\s*(%|[^()\d%]{1,20})\s*\)", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:quý\s*(?P<quarter>IV|I{1,3}|[1-4])\s*(?:năm|/|-)?\s*|năm\s*)?(?<!\d)(?P<year>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_WANTED = re.compile(r"chitieu|kehoach|muctieu|giao|phandau")
_REACHED = re.compile(r"thuchien|ketqua|datduoc|hientrang|thuctrang|thongke|uocdat")
_TASK_ROLES = {Role.TITLE, Role.COORDINATING, Role.PARTIES, Role.DEADLINE, Role.START, Role.DELIVERABLE}
_SAMPLE = 8


@dataclass(frozen=True, slots=True)
class Measured:
    """A column of figures: what is measured, for which period, wanted or reached (empty where not said)."""

    at: int
    name: str
    period: str
    measure: str
    says: Says


@dataclass(frozen=True, slots=True)
class FigureColumns:
    """The columns of an indicator table by where they stand; None where there is none of the kind.

    Where `name` is None each row is a unit («Sở Nội vụ»), else each row is an indicator.
    """

    names: tuple[str, ...]
    measured: tuple[Measured, ...]
    number: int | None = None
    unit: int | None = None
    name: int | None = None
    measure: int | None = None
    note: int | None = None


def read_figure_header(rows: Sequence[Row], at: int) -> tuple[FigureColumns, int] | None:
    """The columns of an indicator table whose header begins at a row, and its height; else None."""
    if parse_number(rows[at].cells[0].text) and role_of(rows[at].cells[0].text) is not Role.NO:
        return None
    height = 2 if at + 1 < len(rows) and _is_second_row(rows[at], rows[at + 1]) else 1
    columns = _recognise(_names(rows[at : at + height]))
    return (columns, height) if columns and _holds_figures(rows[at + height :], columns) else None


def period_of(text: str) -> str:
    """«THỐNG KÊ ... QUÝ I/2023» -> «Quý I/2023»; «Năm 2025» -> «2025»; empty where no year is named."""
    found = _PERIOD.search(text)
    if found is None:
        return ""
    quarter = (found["quarter"] or "").upper()
    return f"Quý {_QUARTERS.get(quarter, quarter)}/{found['year']}" if quarter else found["year"]


def says_of(text: str) -> Says:
    """Whether words tell of what is wanted («Chỉ tiêu giao») or of what was reached («Kết quả thực hiện»)."""
    letters = key(text)
    if _REACHED.search(letters):
        return "actual"
    return "target" if _WANTED.search(letters) else ""


def _names(header: Sequence[Row]) -> list[str]:
    """The name of each column; what stands over several columns is said again for each."""
    names, over = [], ""
    for cells in zip(*(row.cells for row in header), strict=True):
        high, low = one_line(cells[0].text), one_line(cells[-1].text) if len(cells) > 1 else ""
        over = high or (over if low else "")
        names.append(f"{over} {low}".strip())
    return names


def _recognise(names: Sequence[str]) -> FigureColumns | None:
    roles = [role_of(name) for name in names]
    number = roles.index(Role.NO) if Role.NO in roles else None
    note = roles.index(Role.NOTE) if Role.NOTE in roles else None
    measure = _first(names, _MEASURE_COLUMN)
    unit = _first(names, _UNIT)
    name = _first(names, _NAME) if measure is not None else None
    named = {number, note, measure, unit, name}
    rest = [at for at in range(len(names)) if at not in named and names[at]]
    if any(parse_figure(names[at]) and not period_of(names[at]) for at in rest):
        return None
    if not rest or (name is None and (unit is None or any(roles[at] in _TASK_ROLES for at in rest))):
        return None
    measured = tuple(_measured(at, names[at]) for at in rest)
    return FigureColumns(tuple(names), measured, number, unit, name, measure, note)


def _measured(at: int, name: str) -> Measured:
    measure = _MEASURE.search(name)
    bare = _PERIOD.sub("", without_parentheses(name))
    return Measured(
        at=at,
        name=one_line(re.sub(r"[ⁱ¹²³⁴*]", "", bare)).strip(" -,:"),
        period=period_of(name),
        measure=measure[1].strip() if measure else "",
        says=says_of(name),
    )


def _first(names: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((at for at, name in enumerate(names) if pattern.search(key(name))), None)


def _is_second_row(row: Row, below: Row) -> bool:
    """Whether the row below only tells apart what stands under a wide name: «Năm 2024», «Năm 2025»."""
    said = [(high, low) for high, low in zip(row.cells, below.cells, strict=False) if low.text.strip()]
    if not said or below.cells[0].text.strip():
        return False
    return all(period_of(low.text) or says_of(low.text) or not high.text for high, low in said) and not any(
        parse_figure(low.text) and not period_of(low.text) for _, low in said
    )


def _holds_figures(rows: Sequence[Row], columns: FigureColumns) -> bool:
    """Whether figures stand where the header promises them, and no other text."""
    texts = [
        row.cells[column.at].text
        for row in rows[:_SAMPLE]
        for column in columns.measured
        if column.at < len(row.cells)
    ]
    said = [text for text in texts if not is_blank(text)]
    return bool(said) and sum(parse_figure(text) is not None for text in said) >= 0.6 * len(said)
