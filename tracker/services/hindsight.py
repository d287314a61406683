"""How assignments stood on an earlier day, by the dates and units in force now."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, false, or_, select

from tracker.models import Assignment, Review, ReviewOutcome, Submission
from tracker.rules.counting import Side
from tracker.rules.states import State
from tracker.services.selections import side_column
from tracker.words import first_moment


def side_column_on(day: date) -> ColumnElement[str]:
    """`rules.counting.side` as it was at the end of a day, over Assignment joined with its Milestone.

    What came under tracking later had not begun. What was suspended, cancelled or opened again since counts
    as it does now.
    """
    was_done = and_(
        Assignment.state == State.DONE,
        Assignment.completed_on <= day,
        _was_confirmed(day),
        ~_was_waiting(day),
    )
    return case(
        (Assignment.tracked_from > day, Side.NOT_BEGUN.value),
        else_=side_column(day, done=was_done, handed_in=_was_waiting(day)),
    )


def _was_waiting(day: date) -> ColumnElement[bool]:
    """Whether work was handed in by the end of the day and neither withdrawn nor reviewed by then."""
    end = first_moment(day + timedelta(days=1))
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


def _was_confirmed(day: date) -> ColumnElement[bool]:
    """Whether what is done now was confirmed by then; what nobody handed in needed no review."""
    end = first_moment(day + timedelta(days=1))
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
