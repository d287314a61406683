"""The rows of an indicator table: figures of units for periods, wanted or reached."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.plans.blocks import Row
from tracker.plans.draft import Heading, IndicatorDraft, LedgerLine
from tracker.plans.figures import (
    FigureColumns,
    Measured,
    Says,
    measure_of,
    period_of,
    says_of,
    without_measure,
)
from tracker.plans.ledger import Fate, ledger_line
from tracker.plans.numbering import Number, follows, parse_number, split_number
from tracker.plans.places import place
from tracker.plans.quantities import parse_figure
from tracker.plans.sections import Section, caption_of
from tracker.plans.wording import is_blank, key, one_line

_TOTAL = re.compile(r"^(tong|cong$|toan(tinh|huyen|xa|nganh)|binhquan|trungbinh)")
_ONLY_SAYS = re.compile(
    r"(?:kehoach|thuchien|chitieu|ketqua|giao|muctieu|dat|uoc|ca|nam|quy|thang|den|het|cuoi|trong|giaidoan|phandau|"
    r"\d|[iv])+"
)
_ALL = re.compile(r"(tongcong|tongso|tong|cong)")
_NO_TITLE = re.compile(r"\(|phụ lục|biểu|đơn vị tính|đvt", re.IGNORECASE)
_QUARTER_END = {"I": (3, 31), "II": (6, 30), "III": (9, 30), "IV": (12, 31)}
NO_FIGURE = "Không đọc được số liệu «{}» ở cột «{}» của «{}»; hãy thêm chỉ tiêu này khi kiểm tra."


@dataclass(slots=True)
class IndicatorTable:
    """An indicator table, read: every row of it is in the ledger once."""

    indicators: list[IndicatorDraft] = field(default_factory=list)
    ledger: list[LedgerLine] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_indicator_table(section: Section, heading: Heading) -> IndicatorTable:
    """Read the rows under one header of an indicator table.

    What the columns do not say of period, target or actual, the lines over the table say («THỐNG KÊ ... QUÝ
    I/2023»), else the plan: figures of its own period are targets, those of an earlier one were reached.
    """
    reading = _Reading(section, heading)
    reading.table.ledger += [ledger_line(row, "header") for row in section.headers]
    for row in section.rows:
        reading.take(row)
    return reading.table


class _Reading:
    """The rows one by one, with the unit that others stand under."""

    def __init__(self, section: Section, heading: Heading) -> None:
        assert isinstance(section.header, FigureColumns)
        self.columns = section.header
        self.heading = heading
        self.table = IndicatorTable()
        self.section_captions = section.captions
        self.captions = " ".join(section.captions)
        self.list = split_number(caption_of(section))[1] if caption_of(section) else ""
        self.under = ""
        self.owner = ""
        self.last: Number | None = None

    def take(self, row: Row) -> None:
        """Decide what a row is and keep its figures."""
        number = parse_number(self._text(row, self.columns.number))
        self.owner = self._owner(row)
        name = self._text(row, self._named)
        figures = [column for column in self.columns.measured if not is_blank(self._text(row, column.at))]
        if all(map(is_blank, row.texts)):
            self._note(row, "ignored", "Dòng trống.")
        elif self._is_total(name, number):
            self._note(row, "total")
        elif not figures and not is_blank(name or row.cells[0].text):
            self._head(row, number, name)
        elif figures and name:
            self._keep(row, number, name, figures)
        else:
            self._note(row, "ignored", "Không rõ số liệu của đơn vị nào.")

    @property
    def _named(self) -> int | None:
        return self.columns.unit if self.columns.name is None else self.columns.name

    def _head(self, row: Row, number: Number | None, name: str) -> None:
        """A row without figures names what the rows below stand under, or is a unit that has none."""
        apart = self.columns.name is not None and _says_only(row, name)
        if number and not number.heads and not apart:
            self._note(row, "ignored", "Không có số liệu.")
            return
        self.under, self.last = one_line(name or row.cells[0].text), None
        self._note(row, "group")

    def _keep(self, row: Row, number: Number | None, name: str, figures: Sequence[Measured]) -> None:
        under = self.under or self.list
        heads = number.heads if number else self.columns.number is not None
        if heads and self.columns.name is None:
            # «UBND huyện Ba Tơ | 23,3%», numbered I or not at all, heads its communes and has figures itself.
            self.under, self.last, under = one_line(name), None, self.list
        else:
            self._check_number(number)
        kept = [draft for column in figures if (draft := self._indicator(row, name, under, column))]
        self.table.indicators += kept
        self._note(row, "indicator" if kept else "ignored", "" if kept else "Không đọc được số liệu.")

    def _is_total(self, name: str, number: Number | None) -> bool:
        """«Tổng cộng», «Toàn tỉnh» between units; «Tổng sản phẩm» among indicators is one of them."""
        if self.columns.name is None:
            return bool(_TOTAL.match(key(name)))
        return number is None and bool(_ALL.fullmatch(key(name)))

    def _measure(self, row: Row, column: Measured, name: str) -> str:
        """«(%)» over a column counts before what its row is measured in, and that before «(%)» in a name."""
        return column.measure or self._text(row, self.columns.measure) or measure_of(name)

    def _owner(self, row: Row) -> str:
        """Whose the indicator of a row is; a cell merged with the one above says the same."""
        at = None if self.columns.name is None else self.columns.unit
        merged = at is not None and at < len(row.cells) and row.cells[at].continues
        return self.owner if merged else one_line(self._text(row, at))

    def _notes(self, row: Row) -> str:
        """The note of a row, and what its columns of words say, under their names."""
        said = [(self.columns.names[at], one_line(self._text(row, at))) for at in self.columns.besides]
        more = [f"{name}: {text}" for name, text in said if not is_blank(text)]
        return "; ".join(filter(None, (one_line(self._text(row, self.columns.note)), *more)))

    def _indicator(self, row: Row, name: str, under: str, column: Measured) -> IndicatorDraft | None:
        text = self._text(row, column.at)
        figure = parse_figure(text)
        if figure is None:
            if not is_blank(text):
                self.table.warnings.append(NO_FIGURE.format(one_line(text), column.name, one_line(name)))
            return None
        period = column.period or period_of(self.captions) or self._plan_year()
        reached = (column.says or self._said(column, period)) == "actual"
        by_unit = self.columns.name is None
        return IndicatorDraft(
            name=self._what(column) if by_unit else _named(name, column),
            unit=one_line(name) if by_unit else self.owner,
            period=period,
            target=None if reached else figure.value,
            actual=figure.value if reached else None,
            measure=self._measure(row, column, name) or figure.measure,
            note=self._notes(row),
            bound="" if reached else figure.bound,
            where=place(row.where),
            under=under,
        )

    def _what(self, column: Measured) -> str:
        """What a column measures; one called only «Kế hoạch» or «Thực hiện»: what the table is about."""
        if column.name and not _ONLY_SAYS.fullmatch(key(column.name)):
            return column.name
        titles = [text for text in self.section_captions if not _NO_TITLE.match(text) and text != self.list]
        return one_line(titles[-1]) if titles else column.name

    def _said(self, column: Measured, period: str) -> Says:
        """Target or actual, where the column does not say: by its period, its neighbours, the caption."""
        if not column.period and any(other.period for other in self.columns.measured):
            return "actual"  # a count beside the targets: «Số lượng DVCTT toàn trình»
        if _is_past(period, self.heading):
            return "actual"
        return says_of(self.captions) if not column.period else "target"

    def _plan_year(self) -> str:
        period = self.heading.period
        return str(period[0].year) if period and period[0].year == period[1].year else ""

    def _check_number(self, number: Number | None) -> None:
        if number and self.last and not follows(number, self.last, anew=False):
            self.table.warnings.append(
                f"Số thứ tự trong bảng chỉ tiêu không liền nhau: sau «{self.last.text}» là «{number.text}»."
            )
        self.last = number or self.last

    def _text(self, row: Row, at: int | None) -> str:
        return row.cells[at].text.strip() if at is not None and at < len(row.cells) else ""

    def _note(self, row: Row, fate: Fate, reason: str = "") -> None:
        self.table.ledger.append(ledger_line(row, fate, reason))


def _named(name: str, column: Measured) -> str:
    """The indicator of a row, and what of it a column measures where that is more than «Kế hoạch»."""
    bare = without_measure(one_line(name))
    return bare if _ONLY_SAYS.fullmatch(key(column.name) or "nam") else f"{bare}: {column.name}"


def _says_only(row: Row, name: str) -> bool:
    """Whether a row names something and says no more: it heads the rows below it."""
    said = [text for text in row.texts if not is_blank(text) and not parse_number(text)]
    return [one_line(text) for text in said] == [one_line(name)]


def _is_past(period: str, heading: Heading) -> bool:
    """Whether a period had ended when the plan was issued, or lies before the plan's own."""
    year = re.search(r"20\d\d", period)
    if year is None:
        return False
    quarter = _QUARTER_END.get(period.split("/")[0].removeprefix("Quý ").strip(), (12, 31))
    end = date(int(year[0]), *quarter)
    start = heading.period[0] if heading.period else None
    return bool((heading.issued and end < heading.issued) or (start and end < start))
