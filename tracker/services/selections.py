"""Which assignments a figure counts or a list shows: filters as WHERE clauses, sides as a column."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, func, or_, select, true

from tracker.deadlines.meaning import Kind
from tracker.deadlines.periods import quarter_of
from tracker.grants import Reach, descendants
from tracker.models import (
    Assignment,
    DueChange,
    DueChangeKind,
    ExtensionRequest,
    ExtensionState,
    GroupMembership,
    Milestone,
    Plan,
    Task,
    Unit,
)
from tracker.rules.counting import AHEAD, CAN_BE_EXCUSED, HANDED_IN, Side
from tracker.rules.counting import DONE as DONE_SIDES
from tracker.rules.states import State
from tracker.rules.timeliness import DUE_SOON_DAYS
from tracker.visibility import visible_to
from tracker.words import fold

# Quarters and years count by the date as written, also where it was rolled off a day off.
COUNTED_ON = func.coalesce(Assignment.nominal_on, Assignment.due_on)


PAST = {Side.OVERDUE, Side.WAITING_PAST}  # not done, and the day is over
MAY_BE_UNDATED = {Side.STANDING, Side.UNDATED, Side.SUSPENDED, Side.CANCELLED}

# The one state of what stands on a side; what may be in several is not here.
STATES = {
    **dict.fromkeys((Side.OVERDUE, *AHEAD), State.OPEN),
    **dict.fromkeys(HANDED_IN, State.SUBMITTED),
    **dict.fromkeys(DONE_SIDES, State.DONE),
    Side.SUSPENDED: State.SUSPENDED,
    Side.CANCELLED: State.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which assignments are meant; what is None, empty or False does not narrow.

    `unit_id` means the unit and all below it, `lead_id` the unit alone; `group_id` a group of units,
    `task_group_id` a heading of a plan; `quarter` any day of it, `within` the first and the last day due; no
    `sides` at all is nothing; `extended` had more time given, `asking` wait for a decision on more,
    `excused` are late with an objective cause; `words` are searched in tasks, plans and units, without
    diacritics.
    """

    plan_id: int | None = None
    unit_id: int | None = None
    lead_id: int | None = None
    group_id: int | None = None
    task_group_id: int | None = None
    quarter: date | None = None
    within: tuple[date, date] | None = None
    sides: frozenset[Side] | None = None
    extended: bool = False
    asking: bool = False
    excused: bool = False
    words: str = ""

    @property
    def all_dated(self) -> bool:
        """Whether everything that is meant has a due date."""
        return self.sides is not None and not self.sides & MAY_BE_UNDATED

    def among(self, *sides: Side) -> "Selection":
        """What of it stands on one of these sides."""
        return replace(self, sides=frozenset(sides) & (frozenset(Side) if self.sides is None else self.sides))


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of each assignment, as columns over Assignment: which it was, its state, its dates.

    By these a side is told. `counted_on` is the day by which quarters and periods count.
    """

    there: ColumnElement[bool]
    cancelled: ColumnElement[bool]
    suspended: ColumnElement[bool]
    done: ColumnElement[bool]
    handed_in: ColumnElement[bool]
    due_on: SQLColumnExpression[Any]
    completed_on: SQLColumnExpression[Any]
    counted_on: SQLColumnExpression[Any]
    extended: ColumnElement[bool]


def clause(
    selection: Selection, reach: Reach, today: date, facts: Facts | None = None
) -> ColumnElement[bool]:
    """The WHERE clause of what is meant and may be seen, over Assignment joined with its Milestone; by the
    facts of now, where no others are given."""
    return and_(visible_to(reach), *_narrowing(selection, today, facts))


def _narrowing(selection: Selection, today: date, other: Facts | None) -> Iterator[ColumnElement[bool]]:
    facts = other or AS_NOW
    if other is not None:
        yield other.there
    if selection.plan_id is not None:
        yield Assignment.task_id.in_(select(Task.id).where(Task.plan_id == selection.plan_id))
    if selection.task_group_id is not None:
        yield Assignment.task_id.in_(select(Task.id).where(Task.group_id == selection.task_group_id))
    if selection.unit_id is not None:
        yield Assignment.unit_id.in_(descendants()(selection.unit_id))
    if selection.lead_id is not None:
        yield Assignment.unit_id == selection.lead_id
    if selection.group_id is not None:
        yield Assignment.unit_id.in_(members(selection.group_id, today))
    if selection.quarter is not None:
        yield facts.counted_on.between(*quarter_of(selection.quarter))
    if selection.within is not None:
        yield facts.counted_on.between(*selection.within)
    if selection.sides is not None:
        if other is None:
            yield from _found_by_index(selection.sides, today)
        yield side_column(today, facts).in_(sorted(selection.sides))
    if selection.extended:
        yield facts.extended
    if selection.asking:
        yield Assignment.id.in_(_asking())
    if selection.excused:
        yield and_(Assignment.objective_cause != "", side_column(today, facts).in_(CAN_BE_EXCUSED))
    for word in fold(selection.words).split():
        yield _mentions(word)


def _found_by_index(sides: frozenset[Side], today: date) -> Iterator[ColumnElement[bool]]:
    """What an index can find of what the sides mean; they say more than it."""
    if not all(this in STATES for this in sides):
        return
    yield Assignment.state.in_(sorted({STATES[this] for this in sides}))
    if sides <= PAST:
        yield Assignment.due_on < today
    elif sides <= set(AHEAD):
        yield Assignment.due_on >= today


def members(group_id: int, today: date):
    """A SELECT of the ids of the units that are in the group on the day."""
    return select(GroupMembership.unit_id).where(
        GroupMembership.group_id == group_id,
        or_(GroupMembership.first_on.is_(None), GroupMembership.first_on <= today),
        or_(GroupMembership.last_on.is_(None), GroupMembership.last_on >= today),
    )


def was_extended(before: datetime | None = None) -> ColumnElement[bool]:
    """Whether more time was given for an assignment, before a moment or ever."""
    given = select(DueChange.id).where(
        DueChange.assignment_id == Assignment.id, DueChange.kind == DueChangeKind.EXTENSION
    )
    return (given if before is None else given.where(DueChange.at < before)).exists()


def _asking():
    return select(ExtensionRequest.assignment_id).where(ExtensionRequest.state == ExtensionState.PENDING)


def _mentions(word: str) -> ColumnElement[bool]:
    """Whether the task, its plan or the unit holds the folded word."""
    tasks = (
        select(Task.id)
        .join(Task.plan)
        .where(
            or_(
                Task.search_text.contains(word, autoescape=True),
                Plan.search_text.contains(word, autoescape=True),
            )
        )
    )
    units = select(Unit.id).where(Unit.search_text.contains(word, autoescape=True))
    return or_(Assignment.task_id.in_(tasks), Assignment.unit_id.in_(units))


AS_NOW = Facts(
    there=true(),
    cancelled=Assignment.state == State.CANCELLED,
    suspended=Assignment.state == State.SUSPENDED,
    done=Assignment.state == State.DONE,
    handed_in=Assignment.state == State.SUBMITTED,
    due_on=Assignment.due_on,
    completed_on=Assignment.completed_on,
    counted_on=COUNTED_ON,
    extended=was_extended(),
)


def side_column(today: date, facts: Facts = AS_NOW) -> ColumnElement[str]:
    """`rules.counting.side` as a column, over Assignment joined with its Milestone."""
    done, handed_in, due = facts.done, facts.handed_in, facts.due_on
    return case(
        (facts.cancelled, Side.CANCELLED.value),
        (facts.suspended, Side.SUSPENDED.value),
        (Milestone.kind == Kind.CONTINUOUS, Side.STANDING.value),
        (due.is_(None), Side.UNDATED.value),
        (Assignment.starts_on > today, Side.NOT_BEGUN.value),
        (and_(done, facts.completed_on > due), Side.DONE_LATE.value),
        (done, Side.DONE_ON_TIME.value),
        (and_(handed_in, due < today), Side.WAITING_PAST.value),
        (handed_in, Side.WAITING.value),
        (due < today, Side.OVERDUE.value),
        (due <= today + timedelta(days=DUE_SOON_DAYS), Side.DUE_SOON.value),
        else_=Side.IN_TIME.value,
    )
