"""The figures of a board: all in one look, units ranked, units by quarter; and the rows behind each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, extract, func, select

from tracker.db import db
from tracker.deadlines.periods import quarter_of
from tracker.grants import Reach
from tracker.models import Assignment, Milestone, Unit
from tracker.rules.counting import STILL_OPEN, Side, Tally
from tracker.services.hindsight import side_column_on
from tracker.services.listing import WHOLE, listed
from tracker.services.selections import (
    AS_NOW,
    COUNTED_ON,
    EVERYTHING,
    Facts,
    Selection,
    clause,
    side_column,
)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """The figures of a unit; `rank` is None where too few are counted. Equal shares have equal ranks."""

    unit: Unit
    tally: Tally
    rank: int | None


def figures(
    reach: Reach, today: date, selection: Selection = EVERYTHING, *, facts: Facts | None = None
) -> Tally:
    """How all that is meant stands today, or stood by the facts of another day; one query."""
    return _tallies(reach, today, selection, facts=facts).get((), Tally())


def count(reach: Reach, today: date, selection: Selection = EVERYTHING) -> int:
    """How many assignments are meant; one query."""
    return _count(clause(selection, reach, today))


def _count(where: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(Assignment).join(Milestone).where(where)
    return db.session.scalar(counted) or 0


def due_this_quarter(today: date, selection: Selection = EVERYTHING) -> Selection:
    """What of the selection falls due in the quarter of today and is not done."""
    return replace(selection, quarter=today).among(*STILL_OPEN)


def figures_since(
    reach: Reach, day: date, today: date, selection: Selection = EVERYTHING
) -> tuple[Tally, Tally]:
    """How all that is meant stands today, and stood at the end of an earlier day («tăng 2 so với tuần
    trước»), by the dates in force today; one query."""
    now, before = Tally(), Tally()
    for (side,), tally in _tallies(reach, today, selection, side_column_on(day).label("before")).items():
        now.add(tally)
        before.sides[Side(side)] += tally.sides.total()
    return now, before


def ranking(
    reach: Reach, today: date, selection: Selection = EVERYTHING, *, facts: Facts | None = None
) -> list[UnitFigures]:
    """The units by their on-time share, best first, then those that are not ranked by name; two queries."""
    tallies = _tallies(reach, today, selection, Assignment.unit_id.label("unit"), facts=facts)
    return ranked({unit_id: tally for (unit_id,), tally in tallies.items()})


def ranked(tallies: Mapping[int, Tally]) -> list[UnitFigures]:
    """The units of these tallies in the order of `ranking`; one query."""
    units = db.session.scalars(select(Unit).where(Unit.id.in_(tallies)))
    found = [(unit, tallies[unit.id]) for unit in units]
    in_order = sorted((pair for pair in found if pair[1].ranked), key=_best_first)
    ranks: dict[float | None, int] = {}
    for place, (_, tally) in enumerate(in_order, 1):
        ranks.setdefault(tally.on_time_share, place)
    rest = sorted((pair for pair in found if not pair[1].ranked), key=lambda pair: pair[0].search_text)
    return [
        *(UnitFigures(unit, tally, ranks[tally.on_time_share]) for unit, tally in in_order),
        *(UnitFigures(unit, tally, None) for unit, tally in rest),
    ]


def _best_first(pair: tuple[Unit, Tally]) -> tuple[float, int, int, str]:
    unit, tally = pair
    return (-(tally.on_time_share or 0), tally.of(Side.OVERDUE), -tally.counted, unit.search_text)


def heat_map(
    reach: Reach, today: date, quarters: Iterable[date], selection: Selection = EVERYTHING
) -> dict[tuple[int, date], Tally]:
    """The figures of each unit (by id) in each quarter (by its first day), where there are any; one query.

    `quarters` are any days of them.
    """
    wanted = {quarter_of(day).start for day in quarters}
    if not wanted:
        return {}
    rows = _tallies(
        reach,
        today,
        selection,
        Assignment.unit_id.label("unit"),
        extract("year", COUNTED_ON).label("year"),
        extract("month", COUNTED_ON).label("month"),
        within=COUNTED_ON.between(min(wanted), quarter_of(max(wanted)).due),
    )
    cells: dict[tuple[int, date], Tally] = defaultdict(Tally)
    for (unit_id, year, month), tally in rows.items():
        start = quarter_of(date(int(year), int(month), 1)).start  # PostgreSQL extracts decimals
        if start in wanted:
            cells[unit_id, start].add(tally)
    return dict(cells)


def _tallies(
    reach: Reach,
    today: date,
    selection: Selection,
    *by: ColumnElement[Any],
    within: ColumnElement[bool] | None = None,
    facts: Facts | None = None,
) -> dict[tuple[Any, ...], Tally]:
    """A tally under each value of the columns `by`; one query.

    The sides are named in a subquery: PostgreSQL groups by a column, not by an expression with values in it.
    """
    known = facts or AS_NOW
    narrowed = (
        select(
            *by,
            side_column(today, known).label("side"),
            known.due_on.label("due_on"),
            case((known.extended, 1), else_=0).label("extended"),
            case((Assignment.objective_cause != "", 1), else_=0).label("cause"),
        )
        .select_from(Assignment)
        .join(Milestone)
        .where(clause(selection, reach, today, facts))
    )
    rows = (narrowed if within is None else narrowed.where(within)).subquery()
    keys = list(rows.c)[: len(by)]
    sums = func.min(rows.c.due_on), func.sum(rows.c.extended), func.sum(rows.c.cause)
    query = select(*keys, rows.c.side, func.count(), *sums).group_by(*keys, rows.c.side)
    tallies: dict[tuple[Any, ...], Tally] = defaultdict(Tally)
    for *key, name, count, oldest, longer, cause in db.session.execute(query):
        tallies[tuple(key)].count(Side(name), count, oldest, longer, cause)
    return dict(tallies)


def rows(
    reach: Reach,
    today: date,
    selection: Selection = EVERYTHING,
    *,
    most: int | None = None,
    after: int = 0,
    facts: Facts | None = None,
    among: ColumnElement[bool] | None = None,
) -> Sequence[Assignment]:
    """The assignments a figure counts, the oldest due day first; a fixed number of queries.

    `most` rows after the first `after` ones; None is all, of which `among` can mean some.
    """
    if most is None:
        query = _in_order(select(Assignment), reach, today, selection, facts).options(*WHOLE)
        if among is not None:
            query = query.where(among)
        return db.session.scalars(query.offset(after)).all()
    ids = _ids(reach, today, selection, most, after, facts)  # a great many are put in order by little
    found = db.session.scalars(select(Assignment).where(Assignment.id.in_(ids)).options(*WHOLE))
    by_id = {one.id: one for one in found}
    return [by_id[number] for number in ids]


def listed_rows(
    reach: Reach, today: date, selection: Selection = EVERYTHING, *, most: int, after: int = 0
) -> Sequence[Assignment]:
    """`rows` to be looked at: read in columns."""
    return listed(_ids(reach, today, selection, most, after))


def first_rows(
    reach: Reach, today: date, selections: Sequence[Selection], *, most: int
) -> list[Sequence[Assignment]]:
    """`listed_rows` of several selections, the first of each."""
    found = [_ids(reach, today, selection, most, 0) for selection in selections]
    by_id = {one.id: one for one in listed([number for ids in found for number in ids])}
    return [[by_id[number] for number in ids] for ids in found]


def _ids(
    reach: Reach, today: date, selection: Selection, most: int, after: int, facts: Facts | None = None
) -> Sequence[int]:
    query = _in_order(select(Assignment.id), reach, today, selection, facts)
    return db.session.scalars(query.limit(most).offset(after)).all()


def _in_order(
    query: Select, reach: Reach, today: date, selection: Selection, facts: Facts | None = None
) -> Select:
    due_on = (facts or AS_NOW).due_on
    undated = [] if selection.all_dated else [due_on.is_(None)]  # a question that no index answers
    return (
        query.join(Assignment.milestone)
        .where(clause(selection, reach, today, facts))
        .order_by(*undated, due_on, Assignment.id)
    )


def overdue(reach: Reach, today: date, selection: Selection = EVERYTHING) -> Sequence[Assignment]:
    """What is overdue, the longest first."""
    return rows(reach, today, selection.among(Side.OVERDUE))
