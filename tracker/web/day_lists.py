"""A year's days off read from pasted lines or from a table: «14/2/2026 - 22/2/2026; Ngày nghỉ; Nghỉ Tết»."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.plans.blocks import Document
from tracker.services.refusals import Refused
from tracker.services.rosters import RowError
from tracker.web.forms import read_day
from tracker.words import fold

COLUMNS = {"ngay": "day", "loai": "kind", "ly do": "name"}
IN_ORDER = ("day", "kind", "name")  # of the columns where no line names them
KINDS = {"nghi": True, "ngay nghi": True} | dict.fromkeys(
    ("lam bu", "ngay lam bu", "lam viec", "ngay lam viec"), False
)
A_RANGE = re.compile(r"\s*(\S+)\s*[-–]\s*(\S+)\s*")
LONGEST = timedelta(days=31)  # of a range: a longer one is a slip of the year
LONGEST_NAME = 200
NOT_READ = "Lịch chung"  # said of days that nobody corrected, in the list that is taken home


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the list: off or worked, and why."""

    day: date
    off: bool
    name: str


class ListRefused(Refused):
    """The list cannot be taken in; `errors` names each wrong line."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__("Chưa lưu ngày nào. Hãy sửa: " + " ".join(map(str, errors)))
        self.errors = errors


Numbered = tuple[str, Sequence[str]]  # where a line stands, and what stands in its cells


def lines_of(text: str) -> Iterator[Numbered]:
    """The lines of a pasted list, their cells parted by semicolons or tabs."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield f"Dòng {number}", [cell.strip() for cell in re.split(r"[;\t]", line)]


def rows_of(document: Document) -> Iterator[Numbered]:
    """The rows of the tables of a file from the one that names the columns on."""
    for table in document.tables():
        rows = [(f"Dòng {row.where.row}", [text.strip() for text in row.texts]) for row in table.rows]
        heads = [number for number, (_, cells) in enumerate(rows) if _is_head(cells)]
        yield from rows[heads[0] if heads else 0 :]


def _is_head(cells: Sequence[str]) -> bool:
    return {"day", "name"} <= {COLUMNS.get(fold(cell), "") for cell in cells}


def read(lines: Iterable[Numbered]) -> list[Day]:
    """The days of the list; raises ListRefused with every wrong line, and where there is none."""
    days: list[Day] = []
    errors: list[RowError] = []
    columns: Sequence[str] = IN_ORDER
    for where, cells in lines:
        if _is_head(cells):
            columns = [COLUMNS.get(fold(cell), "") for cell in cells]
            continue
        values = dict(zip(columns, cells, strict=False))
        if not any(cells) or values.get("name") == NOT_READ:
            continue
        try:
            days += _days(values)
        except ValueError as error:
            errors.append(RowError(where, values.get("day", ""), str(error)))
    if not days and not errors:
        errors.append(RowError("Danh sách", "", "Không có ngày nào. Mỗi dòng ghi: ngày; loại; lý do."))
    if errors:
        raise ListRefused(errors)
    return days


def _days(values: dict[str, str]) -> Iterator[Day]:
    """The days of one line; raises ValueError with what to mend."""
    kind, name = fold(values.get("kind", "")), values.get("name", "")
    if kind not in KINDS:
        raise ValueError("Loại ghi “Ngày nghỉ” hoặc “Ngày làm bù”.")
    if not name:
        raise ValueError("Hãy ghi lý do.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"Lý do dài quá {LONGEST_NAME} chữ. Hãy ghi ngắn hơn.")
    for day in _span(values.get("day", "")):
        yield Day(day, KINDS[kind], name)


def _span(text: str) -> list[date]:
    """«14/2/2026 - 16/2/2026» -> its three days; one day alone -> that."""
    match = A_RANGE.fullmatch(text)
    if match is None or text.count("/") < 4:
        return [read_day(text)]
    first, last = (read_day(part) for part in match.groups())
    if not first <= last <= first + LONGEST:
        raise ValueError("Ngày cuối phải sau ngày đầu, cách không quá 31 ngày. Hãy xem lại.")
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
