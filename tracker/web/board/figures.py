"""The figures of the board, each with the address of exactly the rows it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.deadlines.periods import quarter_of
from tracker.models import Unit
from tracker.rules.counting import COUNTED, STILL_OPEN, Side, Tally
from tracker.services.boards import UnitFigures
from tracker.services.cells import quarters_around
from tracker.services.selections import Selection
from tracker.web.board.addresses import RowAddresses, address_of_rows
from tracker.web.board.wording import quarter_short
from tracker.words import ROMAN, quarter_words


class Order(StrEnum):
    """How the units are ranked: by their on-time share, or by what is overdue longest."""

    SHARE = "share"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the address of exactly the rows it counts; empty where there are none."""

    count: int
    href: str


def figure(tally: Tally, selection: Selection, *sides: Side) -> Figure:
    """What of the selection, whose tally it is, stands on these sides."""
    count = tally.of(*sides)
    return linked(count, selection.among(*sides) if count else selection)


def linked(count: int, selection: Selection) -> Figure:
    """A number that counts the selection."""
    return Figure(count, address_of_rows(selection) if count else "")


@dataclass(frozen=True, slots=True)
class Period:
    """A column of the heat map: a quarter by its first day, and whether it is the one of today."""

    start: date
    current: bool

    @property
    def label(self) -> str:
        """«II/2026»."""
        return quarter_short(self.start)

    @property
    def words(self) -> str:
        """«Quý II/2026»."""
        return quarter_words(self.start)

    @property
    def short(self) -> str:
        """«II/26», for phones."""
        return f"{ROMAN[(self.start.month - 1) // 3]}/{self.start.year % 100:02d}"


def periods(today: date, chosen: date | None = None) -> list[Period]:
    """The quarters around the one of today; only the chosen one where there is one."""
    this = quarter_of(today).start
    if chosen is not None:
        return [Period(quarter_of(chosen).start, quarter_of(chosen).start == this)]
    return [Period(start, start == this) for start in quarters_around(today)]


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit in a quarter: the share on time of what is counted, else how many are still to be done."""

    share: float | None
    count: int
    overdue: bool
    title: str
    href: str


NOTHING = Cell(None, 0, False, "", "")


@dataclass(frozen=True, slots=True)
class Row:
    """A unit on the board: its rank and shares, what is overdue and for how many days, its quarters."""

    unit: Unit
    rank: int | None
    share: float | None
    counted: Figure
    overdue: Figure
    days_late: int
    cells: Sequence[Cell]

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.unit.name

    @property
    def short(self) -> str:
        """The short name, where the unit has one."""
        return self.unit.short_name or self.unit.name


def unit_row(
    found: UnitFigures,
    columns: Sequence[Period],
    quarters: Mapping[date | None, Tally],
    rows: RowAddresses,
    today: date,
) -> Row:
    """A unit of the ranking with its cells of the heat map; `rows` gives the addresses of what it counts."""
    unit, oldest = found.unit, found.tally.oldest_overdue
    return Row(
        unit=unit,
        rank=found.rank,
        share=found.tally.on_time_share,
        counted=_of_unit(found.tally, rows, unit.id, COUNTED),
        overdue=_of_unit(found.tally, rows, unit.id, (Side.OVERDUE,)),
        days_late=(today - oldest).days if oldest else 0,
        cells=[_cell(quarters.get(column.start), rows, unit, column) for column in columns],
    )


def _of_unit(
    tally: Tally, rows: RowAddresses, unit_id: int, sides: tuple[Side, ...], quarter: date | None = None
) -> Figure:
    count = tally.of(*sides)
    return Figure(count, rows.of(unit_id, sides, quarter) if count else "")


def _cell(tally: Tally | None, rows: RowAddresses, unit: Unit, column: Period) -> Cell:
    if tally is None:
        return NOTHING
    where = f"{unit.name}, {column.words}"
    share = tally.on_time_share
    if share is None:
        ahead = _of_unit(tally, rows, unit.id, STILL_OPEN, column.start)
        return Cell(None, ahead.count, False, f"{ahead.count} nhiệm vụ chưa xong: {where}", ahead.href)
    counted = _of_unit(tally, rows, unit.id, COUNTED, column.start)
    on_time, overdue = tally.of(Side.DONE_ON_TIME), tally.of(Side.OVERDUE)
    late = f", {overdue} đang quá hạn" if overdue else ""
    title = f"{counted.count} nhiệm vụ đã xong hoặc quá hạn, {on_time} đúng hạn{late}: {where}"
    return Cell(share, counted.count, overdue > 0, title, counted.href)


def in_order(found: Sequence[UnitFigures], order: Order) -> Sequence[UnitFigures]:
    """The ranked units as they come, or with what is overdue longest first."""
    if order is Order.SHARE:
        return found
    return sorted(found, key=lambda one: one.tally.oldest_overdue or date.max)
