"""How assignments stood on an earlier day: by the states, and for a report by the dates, of then."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, false, func, or_, select

from tracker.db import db
from tracker.grants import Reach
from tracker.models import (
    Assignment,
    AuditEntry,
    DueChange,
    DueChangeKind,
    Review,
    ReviewOutcome,
    Submission,
)
from tracker.rules.counting import DONE, HANDED_IN, Side
from tracker.rules.states import State
from tracker.services.selections import (
    AS_NOW,
    COUNTED_ON,
    Facts,
    Selection,
    clause,
    side_column,
    was_extended,
)
from tracker.words import first_moment


@dataclass(frozen=True, slots=True)
class Stood:
    """On which side an assignment stood at the end of a day, and its dates of then."""

    side: Side
    due_on: date | None
    completed_on: date | None


def stood(
    reach: Reach,
    day: date,
    selection: Selection,
    facts: Facts | None = None,
    *,
    only: Collection[int] | None = None,
) -> Mapping[int, Stood]:
    """How each of what is meant stood on the day, by its id, or of `only` some of it; one query."""
    by = facts or AS_NOW
    query = (
        select(Assignment.id, side_column(day, by), by.due_on, by.completed_on)
        .join(Assignment.milestone)
        .where(clause(selection, reach, day, facts))
    )
    if only is not None:
        query = query.where(Assignment.id.in_(only))
    return {number: Stood(Side(side), *days) for number, side, *days in db.session.execute(query)}


def work_state(one: Assignment, how: Stood, day: date) -> str:
    """The state in words of STATE_WORDS, as it was at the end of the day."""
    if how.side in DONE or how.side in (Side.OVERDUE, Side.SUSPENDED, Side.CANCELLED):
        return how.side.value
    if how.side in HANDED_IN:
        return "submitted"
    end = _end(day)
    reviews = [each.review for each in one.submissions if each.review and each.review.at < end]
    if reviews and reviews[-1].outcome is ReviewOutcome.RETURNED:
        return "returned"
    if how.side is Side.DUE_SOON:
        return "due_soon"
    return "in_progress" if any(told.at < end for told in one.progress_reports) else "not_started"


def facts_on(day: date) -> Facts:
    """What was known at the end of a day, with the extensions of then; a misreading mended since is mended.

    What came under tracking later was not there. Units and objective causes are those of now.
    """
    end = _end(day)
    due_then = (
        select(DueChange.from_on)
        .where(
            DueChange.assignment_id == Assignment.id,
            DueChange.kind == DueChangeKind.EXTENSION,
            DueChange.at >= end,
        )
        .order_by(DueChange.id)
        .limit(1)
        .scalar_subquery()
    )
    changed = Assignment.changed_at >= end
    return replace(
        _facts_without_dates(day),
        there=Assignment.tracked_from <= day,
        due_on=case((changed, func.coalesce(due_then, Assignment.due_on)), else_=Assignment.due_on),
        counted_on=case((changed, func.coalesce(due_then, COUNTED_ON)), else_=COUNTED_ON),
        extended=was_extended(end),
    )


def side_column_on(day: date) -> ColumnElement[str]:
    """`rules.counting.side` as it was at the end of a day, over Assignment joined with its Milestone, by the
    dates in force now. What came under tracking later had not begun."""
    return case(
        (Assignment.tracked_from > day, Side.NOT_BEGUN.value),
        (Assignment.changed_at < _end(day), side_column(day, _facts_of_unchanged(day))),
        else_=side_column(day, _facts_without_dates(day)),
    )


def _facts_of_unchanged(day: date) -> Facts:
    """What `_facts_without_dates` says of what did not change since the day, for which no log is asked."""
    return replace(
        AS_NOW,
        done=and_(Assignment.state == State.DONE, Assignment.completed_on <= day),
        handed_in=and_(Assignment.state == State.SUBMITTED, _was_waiting(_end(day))),
    )


def _facts_without_dates(day: date) -> Facts:
    """The states at the end of the day: where the log tells of a change since, by what it was before that."""
    end = _end(day)
    now_done = and_(
        Assignment.state == State.DONE,
        Assignment.completed_on <= day,
        _was_confirmed(end),
        ~_was_waiting(end),
    )
    reopened = and_(Assignment.changed_at >= end, _state_before_change(end) == State.DONE.value)
    return replace(
        AS_NOW,
        cancelled=_was_in(State.CANCELLED, end),
        suspended=_was_in(State.SUSPENDED, end),
        done=or_(now_done, reopened),
        handed_in=_was_waiting(end),
        completed_on=case((reopened, _completed_before_reopening(end)), else_=Assignment.completed_on),
    )


def _end(day: date) -> datetime:
    return first_moment(day + timedelta(days=1))


def _was_in(state: State, end: datetime) -> ColumnElement[bool]:
    """Whether the assignment was in the state then; the log is asked only of what changed since."""
    return case(
        (Assignment.changed_at < end, Assignment.state == state),
        else_=func.coalesce(_state_before_change(end), Assignment.state) == state.value,
    )


def _state_before_change(end: datetime) -> ColumnElement[Any]:
    """The state that the first step since then led out of, NULL where there was none."""
    return _logged(AuditEntry.before["state"].as_string(), end)


def _completed_before_reopening(end: datetime) -> ColumnElement[Any]:
    return func.date(_logged(AuditEntry.before["completed_on"].as_string(), end), type_=Date)


def _logged(told: ColumnElement[Any], end: datetime) -> ColumnElement[Any]:
    """What the first entry of the log since then tells of the assignment, of those that tell it."""
    entries = select(told).where(
        AuditEntry.subject == Assignment.__tablename__,
        AuditEntry.subject_id == Assignment.id,
        AuditEntry.at >= end,
        told.is_not(None),
    )
    return entries.order_by(AuditEntry.id).limit(1).scalar_subquery()


def _was_waiting(end: datetime) -> ColumnElement[bool]:
    """Whether work was handed in by then and neither withdrawn nor reviewed by then."""
    reviewed = select(Review.id).where(Review.submission_id == Submission.id, Review.at < end)
    waiting = select(Submission.id).where(
        Submission.assignment_id == Assignment.id,
        Submission.at < end,
        or_(Submission.withdrawn_at.is_(None), Submission.withdrawn_at >= end),
        ~reviewed.exists(),
    )
    return case(
        (Assignment.state == State.SUBMITTED, waiting.exists()),
        (Assignment.changed_at < end, false()),  # it stands as it did then, so nothing has to be looked up
        else_=waiting.exists(),
    )


def _was_confirmed(end: datetime) -> ColumnElement[bool]:
    """Whether what is done now was confirmed by then; what nobody handed in needed no review."""
    handed_in = select(Submission.id).where(Submission.assignment_id == Assignment.id)
    confirmed = (
        select(Review.id)
        .join(Review.submission)
        .where(
            Submission.assignment_id == Assignment.id,
            Review.outcome == ReviewOutcome.CONFIRMED,
            Review.at < end,
        )
    )
    return or_(Assignment.changed_at < end, confirmed.exists(), ~handed_in.exists())
