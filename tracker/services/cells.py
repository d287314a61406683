"""The figures of boards in one look: counts by unit, quarter and side, out of which every figure is summed.

A province's are too many to be counted for each look. What each unit's come to is worked out beforehand and
kept (`refresh`, by the scheduler); a unit of which something changed since, or whose figures are of another
day, is counted at once. Where assignments only came, as to all units of a plan that is given out, these alone
are. All say the same, by the same question.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, case, cast, delete, func, insert, select, true, update
from sqlalchemy.orm import aliased

from tracker.db import db
from tracker.deadlines.periods import add_months, quarter_of
from tracker.grants import Reach, descendants
from tracker.models import Assignment, FiguresMark, Milestone, Unit, UnitFigures
from tracker.rules.counting import Side, Tally
from tracker.services.hindsight import side_column_on
from tracker.services.selections import (
    COUNTED_ON,
    Selection,
    clause,
    members,
    side_column,
    was_extended,
)
from tracker.visibility import sees_everything

A_WEEK = timedelta(days=7)
QUARTERS_BEFORE, QUARTERS_AFTER = 3, 1  # of the quarter of today, told apart
SIDES = {side.value: side for side in Side}
AT_ONCE = 50  # units worked out before others may write
MOST_ARRIVALS = 20_000  # that come at once and are counted one by one until the next turn
A_QUESTION = 5_000  # ids that one statement asks for


class Cell(NamedTuple):
    """How many of a unit's assignments stand on a side in a quarter (its first day; None for all others).

    `before` is the side on which they stood a week before. Of these, the oldest due day, how many had more
    time given and how many have an objective cause.
    """

    quarter: date | None
    side: Side
    before: Side
    number: int
    oldest: date | None
    extended: int
    caused: int


@dataclass(frozen=True)
class UnitCells:
    """The cells of one unit and what they sum up to, each sum taken once: nobody may add to them."""

    unit_id: int
    cells: Sequence[Cell]

    @cached_property
    def by_quarter(self) -> Mapping[date | None, Tally]:
        """A tally under each quarter of the cells."""
        tallies: dict[date | None, Tally] = defaultdict(Tally)
        for cell in self.cells:
            tallies[cell.quarter].count(cell.side, cell.number, cell.oldest, cell.extended, cell.caused)
        return dict(tallies)

    @cached_property
    def tally(self) -> Tally:
        """How all the unit leads stands."""
        return summed(self.by_quarter.values())

    @cached_property
    def before(self) -> Mapping[Side, int]:
        """How many of it stood on each side a week before."""
        sides: Counter[Side] = Counter()
        for cell in self.cells:
            sides[cell.before] += cell.number
        return sides


def summed(tallies: Iterable[Tally]) -> Tally:
    """What the tallies come to together."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def before(found: Iterable[UnitCells]) -> Tally:
    """How all of it stood a week before, as far as sides go."""
    tally = Tally()
    for unit in found:
        tally.sides.update(unit.before)
    return tally


def quarters_around(today: date) -> list[date]:
    """The first days of the quarters that cells tell apart."""
    this = quarter_of(today).start
    return [add_months(this, 3 * step) for step in range(-QUARTERS_BEFORE, QUARTERS_AFTER + 1)]


def cells(reach: Reach, today: date, selection: Selection) -> list[UnitCells]:
    """The cells of what is meant and may be seen, of each unit that has any."""
    if not _is_kept(reach, today, selection):
        return _counted(clause(selection, reach, today), today, _told_apart(today, selection))
    wanted = _units_meant(selection, today)
    kept, arrivals = _kept(today)
    missing = wanted - kept.keys()
    came = _arrived({unit_id: ids for unit_id, ids in arrivals.items() if unit_id in wanted}, today)
    found = [_joined(kept[unit_id], came.get(unit_id, ())) for unit_id in wanted & kept.keys()]
    if missing:
        where = Assignment.unit_id.in_(missing) if len(missing) < len(wanted) else true()
        found += [one for one in _counted(where, today, quarters_around(today)) if one.unit_id in missing]
    return [one for one in _narrowed(found, selection) if one.cells]


def _told_apart(today: date, selection: Selection) -> list[date]:
    chosen = [quarter_of(selection.quarter).start] if selection.quarter else []
    return sorted({*quarters_around(today), *chosen})


def _is_kept(reach: Reach, today: date, selection: Selection) -> bool:
    """Whether what is meant is a sum of kept cells: whole units, all of which the person sees."""
    narrower = (selection.plan_id, selection.task_group_id, selection.within)
    finer = selection.extended or selection.asking or selection.excused or selection.words
    quarter = selection.quarter is None or quarter_of(selection.quarter).start in quarters_around(today)
    return sees_everything(reach) and not any(narrower) and not finer and quarter


def _units_meant(selection: Selection, today: date) -> set[int]:
    units = set(db.session.scalars(select(Unit.id)))
    if selection.unit_id is not None:
        units &= descendants()(selection.unit_id)
    if selection.lead_id is not None:
        units &= {selection.lead_id}
    if selection.group_id is not None:
        units &= set(db.session.scalars(members(selection.group_id, today)))
    return units


def _narrowed(found: Iterable[UnitCells], selection: Selection) -> Iterable[UnitCells]:
    """The cells in the quarter and on the sides that are meant."""
    if selection.quarter is None and selection.sides is None:
        return found
    return (UnitCells(one.unit_id, [c for c in one.cells if _is_meant(c, selection)]) for one in found)


def _is_meant(cell: Cell, selection: Selection) -> bool:
    in_quarter = selection.quarter is None or cell.quarter == quarter_of(selection.quarter).start
    return in_quarter and (selection.sides is None or cell.side in selection.sides)


def _kept(today: date) -> tuple[dict[int, UnitCells], dict[int, list[int]]]:
    """The kept cells that still hold, by unit, and what came beside these: the ids of assignments, by unit.

    One query: between two the scheduler could have counted the ones that came among the others.
    """
    other = aliased(FiguresMark)
    changed = select(other.id).where(other.unit_id == UnitFigures.unit_id, other.arrivals.is_(None))
    query = (
        select(UnitFigures.unit_id, cast(UnitFigures.cells, Text), FiguresMark.arrivals)
        .outerjoin(FiguresMark, FiguresMark.unit_id == UnitFigures.unit_id)
        .where(UnitFigures.day == today, ~changed.exists())
    )
    kept: dict[int, UnitCells] = {}
    arrivals: dict[int, list[int]] = defaultdict(list)
    for unit_id, text, ids in db.session.execute(query):
        kept[unit_id] = _read(unit_id, text)
        if ids:
            arrivals[unit_id] += ids
    return kept, arrivals


def _arrived(arrivals: Mapping[int, Sequence[int]], today: date) -> dict[int, list[Cell]]:
    """The cells of what came, by unit, counted now."""
    ids = [number for some in arrivals.values() for number in some]
    found: dict[int, list[Cell]] = defaultdict(list)
    for start in range(0, len(ids), A_QUESTION):
        where = Assignment.id.in_(ids[start : start + A_QUESTION])
        for one in _counted(where, today, quarters_around(today)):
            found[one.unit_id] += one.cells
    return found


def _joined(kept: UnitCells, came: Collection[Cell]) -> UnitCells:
    """The kept cells of a unit with those of what came beside them."""
    if not came:
        return kept
    by_key = {cell[:3]: cell for cell in kept.cells}
    for cell in came:
        known = by_key.get(cell[:3])
        by_key[cell[:3]] = _together(known, cell) if known else cell
    return UnitCells(kept.unit_id, list(by_key.values()))


def _together(one: Cell, other: Cell) -> Cell:
    """Two cells of one unit, quarter and sides as one."""
    days = [day for day in (one.oldest, other.oldest) if day is not None]
    return one._replace(
        number=one.number + other.number,
        oldest=min(days, default=None),
        extended=one.extended + other.extended,
        caused=one.caused + other.caused,
    )


@lru_cache(maxsize=2_000)
def _read(unit_id: int, text: str) -> UnitCells:
    """The cells out of what is kept; remembered, for most of what is kept is the same at the next look."""
    return UnitCells(
        unit_id,
        [
            Cell(_day(quarter), SIDES[side], SIDES[before], number, _day(oldest), *sums)
            for quarter, side, before, number, oldest, *sums in json.loads(text)
        ],
    )


@lru_cache(maxsize=10_000)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _counted(where: ColumnElement[bool], today: date, quarters: Sequence[date]) -> list[UnitCells]:
    """The cells of the assignments that the clause holds for, by unit, counted now; one query.

    What is grouped by is named first: PostgreSQL groups by columns alone, and SQLite would work each out
    again for every use.
    """
    spans = [(COUNTED_ON.between(*quarter_of(day)), day.isoformat()) for day in quarters]
    rows = (
        select(
            Assignment.unit_id.label("unit"),
            case(*spans, else_="").label("quarter"),
            side_column(today).label("side"),
            side_column_on(today - A_WEEK).label("before"),
            Assignment.due_on.label("due_on"),
            case((was_extended(), 1), else_=0).label("extended"),
            case((Assignment.objective_cause != "", 1), else_=0).label("caused"),
        )
        .select_from(Assignment)
        .join(Milestone)
        .where(where)
        .cte("stood")
        .prefix_with("MATERIALIZED")
    )
    key = rows.c.unit, rows.c.quarter, rows.c.side, rows.c.before
    sums = (func.sum(rows.c[name]) for name in ("extended", "caused"))
    query = select(*key, func.count(), func.min(rows.c.due_on), *sums).group_by(*key)
    found: dict[int, list[Cell]] = defaultdict(list)
    for unit_id, quarter, side, before, *figures in db.session.execute(query):
        found[unit_id].append(Cell(_day(quarter), SIDES[side], SIDES[before], *figures))
    return [UnitCells(unit_id, counted) for unit_id, counted in found.items()]


def mark(unit_ids: Iterable[int]) -> None:
    """Say that something of these units changed by a statement that no object of the session was part of."""
    if marks := [{"unit_id": unit_id} for unit_id in sorted(set(unit_ids))]:
        db.session.execute(insert(FiguresMark), marks)


def mark_arrivals(made: Collection[Assignment]) -> None:
    """Say that these assignments came by one statement: they alone have to be counted beside what is kept."""
    ids: dict[int, list[int]] = defaultdict(list)
    for assignment in made:
        ids[assignment.unit_id].append(assignment.id)
    if len(made) > MOST_ARRIVALS:
        mark(ids)
    elif ids:
        marks = [{"unit_id": unit_id, "arrivals": some} for unit_id, some in sorted(ids.items())]
        db.session.execute(insert(FiguresMark), marks)


def refresh(today: date) -> int:
    """Work out anew the figures of some units that need it; how many these were, 0 when all hold."""
    marks = db.session.execute(select(FiguresMark.id, FiguresMark.unit_id)).all()
    hold = set(db.session.scalars(select(UnitFigures.unit_id).where(UnitFigures.day == today)))
    hold -= {unit_id for _, unit_id in marks}
    needy = sorted(set(db.session.scalars(select(Unit.id))) - hold)[:AT_ONCE]
    if needy:
        seen = [mark_id for mark_id, unit_id in marks if unit_id in set(needy)]
        _keep(needy, _counted(Assignment.unit_id.in_(needy), today, quarters_around(today)), today, seen)
    return len(needy)


def _keep(units: Collection[int], found: Iterable[UnitCells], today: date, marks: Collection[int]) -> None:
    """Store the cells, and take away the marks that were there before these were counted: no later ones.

    What came with a later mark may have been counted or not, so that its unit has to be counted anew.
    """
    kept: dict[int, list[Any]] = {unit_id: [] for unit_id in units}
    kept |= {one.unit_id: [_written(cell) for cell in one.cells] for one in found}
    db.session.execute(delete(UnitFigures).where(UnitFigures.unit_id.in_(units)))
    db.session.add_all(UnitFigures(unit_id=unit_id, day=today, cells=one) for unit_id, one in kept.items())
    db.session.execute(delete(FiguresMark).where(FiguresMark.id.in_(marks)))
    late = update(FiguresMark).where(FiguresMark.unit_id.in_(units), FiguresMark.arrivals.is_not(None))
    db.session.execute(late.values(arrivals=None))


def _written(cell: Cell) -> list[Any]:
    quarter, oldest = (day.isoformat() if day else None for day in (cell.quarter, cell.oldest))
    return [quarter, cell.side, cell.before, cell.number, oldest, cell.extended, cell.caused]
