"""A plan narrowed to what somebody looks for, and its work quarter by quarter."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from tracker.db import db
from tracker.deadlines.periods import quarter_of
from tracker.models import Assignment, Plan, Task, TaskGroup, Unit
from tracker.rules.states import State
from tracker.services.overviews import OUTSIDE, TaskLine
from tracker.words import fold

Groups = list[tuple[TaskGroup | None, list[TaskLine]]]
COUNTS_BY = func.coalesce(Assignment.nominal_on, Assignment.due_on)  # quarters count by the date as written


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of a plan is looked for: words of the title, a lead unit, how far it has come, a quarter.

    `progress` is overdue, unfinished or done; `quarter` any day of it.
    """

    words: str = ""
    unit_id: int | None = None
    progress: str = ""
    quarter: date | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.unit_id or self.progress or self.quarter)


@dataclass(frozen=True, slots=True)
class Quarter:
    """The assignments of a plan that fall due in a quarter: how many, done, overdue."""

    first: date
    total: int
    done: int
    overdue: int

    @property
    def unfinished(self) -> int:
        """Those that are neither done nor overdue."""
        return self.total - self.done - self.overdue


def narrowed(groups: Groups, plan: Plan, wanted: Narrowing) -> Groups:
    """The groups with just the tasks that are looked for; one query at most."""
    in_quarter = _tasks_in(plan, wanted.quarter) if wanted.quarter else None
    found = [(group, [line for line in lines if _fits(line, wanted, in_quarter)]) for group, lines in groups]
    return [(group, lines) for group, lines in found if lines]


def _tasks_in(plan: Plan, day: date) -> set[int]:
    quarter = quarter_of(day)
    query = (
        select(Assignment.task_id)
        .join(Task)
        .where(Task.plan == plan, COUNTS_BY.between(quarter.start, quarter.due))
        .distinct()
    )
    return set(db.session.scalars(query))


def _fits(line: TaskLine, wanted: Narrowing, in_quarter: set[int] | None) -> bool:
    words = fold(wanted.words).split()
    return (
        all(word in line.task.search_text for word in words)
        and (wanted.unit_id is None or any(p.unit_id == wanted.unit_id for p in line.task.leads))
        and (not wanted.progress or _has_come(line, wanted.progress))
        and (in_quarter is None or line.task.id in in_quarter)
    )


def _has_come(line: TaskLine, progress: str) -> bool:
    of = line.progress
    if progress == "overdue":
        return of.overdue > 0
    if progress == "done":
        return 0 < of.total == of.done
    return of.done < of.total


def lead_units(groups: Groups) -> list[Unit]:
    """The units that lead tasks of the plan, by name."""
    units = {party.unit for _, lines in groups for line in lines for party in line.task.leads}
    return sorted(units, key=lambda unit: unit.search_text)


def quarters(plan: Plan, today: date) -> list[Quarter]:
    """The quarters in which something of the plan falls due, in order; one query."""
    rows = (
        select(COUNTS_BY.label("day"), Assignment.state, (Assignment.due_on < today).label("has_passed"))
        .join(Task)
        .where(Task.plan == plan, Assignment.due_on.is_not(None), Assignment.state.not_in(OUTSIDE))
        .subquery()  # PostgreSQL groups by columns, not by a question with a value in it
    )
    query = select(*rows.c, func.count()).group_by(*rows.c)
    return list(_by_quarter(db.session.execute(query)))


def _by_quarter(rows: Iterable) -> Iterator[Quarter]:
    counted: Mapping[date, Counter[str]] = defaultdict(Counter)
    for day, state, has_passed, count in rows:
        figures = counted[quarter_of(day).start]
        figures["total"] += count
        figures["done"] += count if state is State.DONE else 0
        figures["overdue"] += count if state is State.OPEN and has_passed else 0
    for first in sorted(counted):
        yield Quarter(first, counted[first]["total"], counted[first]["done"], counted[first]["overdue"])
