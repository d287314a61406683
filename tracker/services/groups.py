"""The groups that lists of work are put in: a rule in SQL, and how many stand in each of a great many."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select, union

from tracker.deadlines.meaning import Kind
from tracker.deadlines.periods import quarter_of
from tracker.models import Assignment, Milestone, Review, ReviewOutcome, Submission
from tracker.rules.states import State
from tracker.rules.timeliness import DUE_SOON_DAYS


class Group(StrEnum):
    """Where an assignment stands in a list of work; each is in exactly one, and this is their order."""

    OVERDUE = "overdue"
    SOON = "soon"
    QUARTER = "quarter"
    WAITING = "waiting"
    RETURNED = "returned"
    STANDING = "standing"
    UNDATED = "undated"
    LATER = "later"
    SUSPENDED = "suspended"
    DONE = "done"
    CANCELLED = "cancelled"


GROUPS = {group.value: group for group in Group}
ALWAYS_DATED = {Group.OVERDUE, Group.SOON, Group.QUARTER, Group.LATER}
OPEN_GROUPS = ALWAYS_DATED | {Group.RETURNED, Group.STANDING, Group.UNDATED}


def column(today: date, *, of_many: bool = False) -> ColumnElement[str]:
    """The name of the group, over Assignment joined with its Milestone; asked of a great many, or of a few.

    Of many, those that were ever returned are looked up at once, and only of these what became of it.
    """
    returned = _was_returned()
    if of_many:
        returned = and_(Assignment.id.in_(_ever_returned()), returned)
    soon = today + timedelta(days=DUE_SOON_DAYS)
    counted_on = func.coalesce(Assignment.nominal_on, Assignment.due_on)
    return case(
        (Assignment.state == State.SUBMITTED, Group.WAITING.value),
        (Assignment.state != State.OPEN, Assignment.state),
        (Assignment.due_on < today, Group.OVERDUE.value),
        (returned, Group.RETURNED.value),
        (Milestone.kind == Kind.CONTINUOUS, Group.STANDING.value),
        (Assignment.due_on.is_(None), Group.UNDATED.value),
        (Assignment.due_on <= soon, Group.SOON.value),
        (counted_on <= quarter_of(today).due, Group.QUARTER.value),
        else_=Group.LATER.value,
    )


def _was_returned() -> ColumnElement[bool]:
    """Whether the last thing handed in and not withdrawn was returned."""
    last = (
        select(func.max(Submission.id))
        .where(Submission.assignment_id == Assignment.id, Submission.withdrawn_at.is_(None))
        .correlate(Assignment)
        .scalar_subquery()
    )
    returned = select(Review.id).where(Review.submission_id == last, Review.outcome == ReviewOutcome.RETURNED)
    return returned.correlate(Assignment).exists()


def clause(group: Group, today: date) -> list[ColumnElement[bool]]:
    """What stands in the group: first what an index can find, then the rest of what makes it."""
    if group is Group.DONE:  # these alone have a day, and its index has them in order
        return [Assignment.completed_on.is_not(None)]
    if group not in OPEN_GROUPS:
        return [Assignment.state == (State.SUBMITTED if group is Group.WAITING else State(group.value))]
    still_open = Assignment.state == State.OPEN
    if group is Group.OVERDUE:
        return [still_open, Assignment.due_on < today]
    here = column(today, of_many=True) == group.value
    if group in (Group.RETURNED, Group.STANDING):  # few among all that is open
        return [_narrows[group](today), here]
    return [still_open, _narrows[group](today), here]


_narrows: dict[Group, Callable[[date], ColumnElement[bool]]] = {
    Group.SOON: lambda today: Assignment.due_on.between(today, today + timedelta(days=DUE_SOON_DAYS)),
    Group.QUARTER: lambda today: Assignment.due_on > today + timedelta(days=DUE_SOON_DAYS),
    Group.LATER: lambda today: Assignment.due_on > quarter_of(today).due,  # no day is rolled backwards
    Group.UNDATED: lambda today: Assignment.due_on.is_(None),
    Group.RETURNED: lambda today: Assignment.id.in_(_ever_returned()),
    Group.STANDING: lambda today: Assignment.id.in_(_led_standing()),
}


def _ever_returned() -> Select:
    return select(Submission.assignment_id).join(Review).where(Review.outcome == ReviewOutcome.RETURNED)


def _standing() -> Select:
    return select(Milestone.id).where(Milestone.kind == Kind.CONTINUOUS)


def _led_standing() -> Select:
    return select(Assignment.id).where(Assignment.milestone_id.in_(_standing()))


def order(group: Group) -> list[Any]:
    """The order within the group: the oldest day first; what is done, the newest first."""
    if group is Group.DONE:
        return [Assignment.completed_on.desc(), Assignment.due_on.is_(None), Assignment.due_on, Assignment.id]
    if group in (Group.UNDATED, Group.STANDING):
        return [Assignment.id]
    if group in ALWAYS_DATED:  # no question that an index could not answer
        return [Assignment.due_on, Assignment.id]
    return [Assignment.due_on.is_(None), Assignment.due_on, Assignment.id]


def plain(state: State, due_on: date | None, today: date) -> Group:
    """The group by state and day alone, where nothing `is_special`."""
    if state is not State.OPEN:
        return Group.WAITING if state is State.SUBMITTED else GROUPS[state.value]
    if due_on is None:
        return Group.UNDATED
    if due_on < today:
        return Group.OVERDUE
    if due_on <= today + timedelta(days=DUE_SOON_DAYS):
        return Group.SOON
    return Group.QUARTER if due_on <= quarter_of(today).due else Group.LATER


def is_special() -> ColumnElement[bool]:
    """Whether the group can be another than `plain` says: few are, and indices find them."""
    rolled = select(Assignment.id).where(Assignment.nominal_on.is_not(None))
    return Assignment.id.in_(union(rolled, _led_standing(), _ever_returned()))
