"""What becomes of work handed in: confirmed, or returned with a reason and a day to mend it by; reopened."""

from datetime import date, datetime

from tracker.deadlines.workdays import DaysOff
from tracker.models import Assignment, Review, ReviewOutcome, Submission, User
from tracker.rules import timeliness
from tracker.rules.states import Step
from tracker.services import status, stepping
from tracker.services.refusals import Refused
from tracker.words import date_words, local_day

DAYS_TO_MEND = 3  # working days


def confirm(assignment: Assignment, *, actor: User, now: datetime) -> Review:
    """Confirm that it is done (xác nhận hoàn thành): the day of the submission counts.

    Work that was returned and mended in time keeps the day it was first handed in. Raises Refused where
    nothing waits.
    """
    stepping.require(assignment, Step.CONFIRM)
    completed_on = day_that_would_count(assignment)
    review = _answer(assignment, ReviewOutcome.CONFIRMED, actor=actor, now=now)
    stepping.take(assignment, Step.CONFIRM, actor=actor, now=now, after={"completed_on": completed_on})
    assignment.completed_on = completed_on
    return review


def day_that_would_count(assignment: Assignment) -> date:
    """The day that counts as done if what waits were confirmed."""
    turns = [
        timeliness.Turn(local_day(submission.at), submission.review.mend_by if submission.review else None)
        for submission in _since_last_confirmed(assignment)
    ]
    return timeliness.day_that_counts(turns)


def _since_last_confirmed(assignment: Assignment) -> list[Submission]:
    """What was handed in and not withdrawn, after the last that was confirmed (and then reopened)."""
    turns: list[Submission] = []
    for submission in assignment.submissions:
        if submission.review is not None and submission.review.outcome is ReviewOutcome.CONFIRMED:
            turns = []
        elif submission.withdrawn_at is None:
            turns.append(submission)
    return turns


def return_(
    assignment: Assignment,
    reason: str,
    *,
    actor: User,
    now: datetime,
    today: date,
    days_off: DaysOff,
    mend_by: date | None = None,
) -> Review:
    """Give it back to be mended until the end of `mend_by` (by default 3 working days from today).

    Raises Refused without a reason, for a day that has passed, and where nothing waits.
    """
    reason = stepping.needed(reason, "Hãy nêu lý do trả lại.")
    stepping.require(assignment, Step.RETURN)
    mend_by = mend_by or days_off.add_working_days(today, DAYS_TO_MEND)
    if mend_by < today:
        raise Refused(f"Ngày sửa xong ({date_words(mend_by)}) đã qua. Hãy chọn ngày từ hôm nay trở đi.")
    review = _answer(assignment, ReviewOutcome.RETURNED, actor=actor, now=now)
    review.reason, review.mend_by = reason, mend_by
    stepping.take(assignment, Step.RETURN, actor=actor, now=now, after={"reason": reason, "mend_by": mend_by})
    return review


def _answer(assignment: Assignment, outcome: ReviewOutcome, *, actor: User, now: datetime) -> Review:
    submission = status.waiting_submission(assignment)
    assert submission is not None, "a submitted assignment has a submission that waits"
    submission.review = Review(outcome=outcome, by=actor, at=now)
    return submission.review


def reopen(assignment: Assignment, reason: str, *, actor: User, now: datetime) -> None:
    """Take back that it is done; it is open again and the day it is next handed in will count.

    Raises Refused without a reason, and where it is not done.
    """
    reason = stepping.needed(reason, "Hãy nêu lý do mở lại nhiệm vụ.")
    stepping.take(
        assignment,
        Step.REOPEN,
        actor=actor,
        now=now,
        before={"completed_on": assignment.completed_on, "document": assignment.completion_document},
        after={"reason": reason},
    )
    assignment.completed_on, assignment.completion_document = None, ""
