"""Which column of an indicator table is which, and for each column of figures what it measures."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from tracker.plans.blocks import Row
from tracker.plans.columns import counts_columns
from tracker.plans.heads import Head, heads_of, read_heads
from tracker.plans.numbering import parse_number
from tracker.plans.quantities import parse_figure
from tracker.plans.roles import Role, role_of
from tracker.plans.wording import is_blank, key, one_line, without_parentheses

Says = Literal["", "target", "actual"]

_UNIT = re.compile(
    r"^(ten|coquan|xa|phuong|thitran|dackhu|sobannganh|songanh|phong|truong|thon|khupho|huyen|thixa|thanhpho|va)+$"
    r"|(donvi(?!tinh)|diaphuong)(?!.*(luong|tyle))"
)
_AIM = re.compile(r"^(ten|cac)?(chitieu|tieuchi|muctieu)")
_NAME = re.compile(r"chitieu|noidung|tieuchi|muctieu")
_WATCHES = re.compile(
    r"^(coquan|donvi|nguoi)(theodoi|kiemtra|giamsat|dondoc|quanly|capnhat|cungcap|danhgia|baocao)"
)
_COSTS = re.compile(r"^(dongia|thanhtien|kinhphi)")
_MEASURE_COLUMN = re.compile(r"^(donvitinh|dvt|dv)$")
_MEASURE = re.compile(r"\((?:\s*(?:ĐVT|đơn vị tính)\s*:?)?\s*(%|[^()\d%]{1,20})\s*\)", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:quý\s*(?P<quarter>IV|I{1,3}|[1-4])\s*(?:năm|/|-)?\s*|năm\s*)?(?<!\d)(?P<year>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_WANTED = re.compile(r"chitieu|kehoach|muctieu|giao|phandau")
_REACHED = re.compile(r"thuchien|ketqua|datduoc|hientrang|thuctrang|thongke|uocdat")
_TASK_ROLES = {
    Role.TITLE,
    Role.COORDINATING,
    Role.PARTIES,
    Role.DEADLINE,
    Role.START,
    Role.DELIVERABLE,
    Role.OUTCOME,
}
_SAMPLE = 12


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

    Where `name` is None each row is a unit («Sở Nội vụ»), else each row is an indicator. `besides` are the
    columns of words that say more of it («Đơn vị phối hợp»).
    """

    names: tuple[str, ...]
    measured: tuple[Measured, ...]
    number: int | None = None
    unit: int | None = None
    name: int | None = None
    measure: int | None = None
    note: int | None = None
    besides: tuple[int, ...] = ()


def read_figure_header(rows: Sequence[Row], at: int) -> tuple[FigureColumns, int] | None:
    """The columns of an indicator table whose header begins at a row, and its height; else None."""
    if parse_number(rows[at].cells[0].text) and role_of(rows[at].cells[0].text) is not Role.NO:
        return None
    header = [*takewhile(_tells_no_figure, read_heads(rows, at, _tells_apart))] or [rows[at]]
    height = len(header)
    if at + height < len(rows) and counts_columns(rows[at + height]):
        height += 1
    columns = _recognise([head.name for head in heads_of(header)], rows[at + height :])
    return (columns, height) if columns else None


def period_of(text: str) -> str:
    """«THỐNG KÊ ... QUÝ I/2023» -> «Quý I/2023»; «Năm 2025» -> «2025»; empty where no year is named."""
    found = _PERIOD.search(text)
    if found is None:
        return ""
    quarter = (found["quarter"] or "").upper()
    return f"Quý {_QUARTERS.get(quarter, quarter)}/{found['year']}" if quarter else found["year"]


def measure_of(name: str) -> str:
    """«Tỷ lệ hộ nghèo (%)» -> «%»; empty where a name says none."""
    found = _MEASURE.search(name)
    return found[1].strip() if found else ""


def without_measure(name: str) -> str:
    """«Tỷ lệ hộ nghèo (%)» -> «Tỷ lệ hộ nghèo»; other words in parentheses stay."""
    return re.sub(r"\s*\(\s*(?:%|‰)\s*\)", "", name)


def says_of(text: str) -> Says:
    """Whether words tell of what is wanted («Chỉ tiêu giao») or of what was reached («Kết quả thực hiện»)."""
    letters = key(text)
    if _REACHED.search(letters):
        return "actual"
    return "target" if _WANTED.search(letters) else ""


def _recognise(names: Sequence[str], rows: Sequence[Row]) -> FigureColumns | None:
    """The columns by their names and by where figures stand below them."""
    roles = [role_of(name) for name in names]
    if any(_COSTS.search(key(name)) for name in names):
        return None
    number = roles.index(Role.NO) if Role.NO in roles else None
    note = roles.index(Role.NOTE) if Role.NOTE in roles else None
    measure = _first(names, _MEASURE_COLUMN)
    figures = {at for at in range(len(names)) if _holds_figures(rows, at)}
    name = _name_column(names, measure, figures)
    owner = next((at for at in range(len(names)) if at not in figures and _owns(names[at], roles[at])), None)
    unit = _first(names, _UNIT) if name is None else owner
    known = {number, note, measure, unit, name}
    rest = [at for at in range(len(names)) if at not in known and names[at]]
    if any(parse_figure(names[at]) and not period_of(names[at]) for at in rest):
        return None
    if (name is None and unit is None) or any(_is_of_task(roles[at], at in figures, name) for at in rest):
        return None
    measured = [at for at in rest if at in figures or not _says_words(rows, at)]
    if not figures & set(measured):
        return None
    besides = tuple(at for at in rest if at not in measured)
    told = tuple(_measured(at, names[at]) for at in measured)
    return FigureColumns(tuple(names), told, number, unit, name, measure, note, besides)


def _name_column(names: Sequence[str], measure: int | None, figures: Container[int]) -> int | None:
    """The column that names an indicator in each row: «Chỉ tiêu», or «Nội dung» beside «Đơn vị tính»."""
    pattern = _AIM if measure is None else _NAME
    return next(
        (at for at, name in enumerate(names) if at not in figures and pattern.search(key(name))), None
    )


def _owns(name: str, role: Role) -> bool:
    """Whether a column says whose an indicator is: «Đơn vị chủ trì», «Cơ quan theo dõi»."""
    return role in (Role.LEAD, Role.PARTIES) or bool(_WATCHES.match(key(name)))


def _is_of_task(role: Role, figures: bool, name: int | None) -> bool:
    """Whether a column is one of a task table; who helps can stand beside an indicator too."""
    if role is Role.DELIVERABLE:
        return not figures
    return role in _TASK_ROLES and not (role is Role.COORDINATING and name is not None)


def _measured(at: int, name: str) -> Measured:
    bare = _PERIOD.sub("", without_parentheses(name))
    return Measured(
        at=at,
        name=one_line(re.sub(r"[ⁱ¹²³⁴*]", "", bare)).strip(" -,:"),
        period=period_of(name),
        measure=measure_of(name),
        says=says_of(name),
    )


def _first(names: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((at for at, name in enumerate(names) if pattern.search(key(name))), None)


def _tells_apart(head: Head) -> bool:
    """Whether a name only tells apart what stands under a wide one: «Năm 2024», «Năm 2025»."""
    return bool(period_of(head.lowest) or says_of(head.lowest) or head.over)


def _tells_no_figure(row: Row) -> bool:
    return not any(parse_figure(text) and not period_of(text) for text in row.texts)


def _holds_figures(rows: Sequence[Row], at: int) -> bool:
    """Whether figures stand in a column, and hardly any words."""
    said = _said(rows, at)
    return bool(said) and sum(parse_figure(text) is not None for text in said) >= 0.6 * len(said)


def _says_words(rows: Sequence[Row], at: int) -> bool:
    """Whether a column says something, and not one figure."""
    said = _said(rows, at)
    return bool(said) and not any(map(parse_figure, said))


def _said(rows: Sequence[Row], at: int) -> list[str]:
    texts = [row.cells[at].text for row in rows[:_SAMPLE] if at < len(row.cells)]
    return [text for text in texts if not is_blank(text)]
