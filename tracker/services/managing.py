"""What the monitor does to an assignment: mend its date, suspend, resume, cancel, hand it to another unit."""

from datetime import date, datetime

from sqlalchemy import select

from tracker.db import db
from tracker.models import Assignment, DueChange, DueChangeKind, FormerLead, Unit, User
from tracker.rules import timeliness
from tracker.rules.states import State, Step
from tracker.services import extending, status, stepping
from tracker.services.milestones import Dates
from tracker.services.refusals import Refused
from tracker.words import date_words


def correct(
    assignment: Assignment,
    due_on: date | None,
    reason: str,
    *,
    actor: User,
    now: datetime,
    document: str = "",
    starts_on: date | None = None,
) -> DueChange | None:
    """Mend a misread date (đính chính), which is no extension; None makes it undated.

    `starts_on` is the first day, None where the deadline names none. The same dates again change nothing.
    Raises Refused without a reason, or for a last day before the first, before the plan or long after it.
    """
    reason = stepping.needed(reason, "Hãy nêu lý do đính chính hạn.")
    if starts_on is not None and due_on is not None and due_on < starts_on:
        raise Refused(f"Hạn cuối phải từ ngày bắt đầu ({date_words(starts_on)}) trở đi.")
    if due_on is not None:
        _require_plausible(assignment, due_on)
    return put_right(assignment, Dates(starts_on, due_on), reason, document, actor=actor, now=now)


def _require_plausible(assignment: Assignment, due_on: date) -> None:
    """Refuse a day that no deadline of the plan can mean: a slip of the finger in the year."""
    plan = assignment.task.plan
    days = [day for day in (plan.issued_on, plan.starts_on, plan.ends_on, assignment.due_on) if day]
    if not days:
        return
    if due_on < min(days):
        raise Refused(f"{date_words(due_on)} trước cả ngày ban hành và kỳ của kế hoạch. Hãy xem lại năm.")
    if due_on.year > max(days).year + extending.LONGEST_YEARS:
        raise Refused(
            f"{date_words(due_on)} sau kỳ của kế hoạch hơn {extending.LONGEST_YEARS} năm. Hãy xem lại năm."
        )


def put_right(
    assignment: Assignment, dates: Dates, reason: str, document: str, *, actor: User, now: datetime
) -> DueChange | None:
    """Put other dates in force in place of misread ones; the same again change nothing."""
    if (dates.starts_on, dates.due_on) == (assignment.starts_on, assignment.due_on):
        return None
    stepping.take(
        assignment,
        Step.CORRECT,
        actor=actor,
        now=now,
        before={"starts_on": assignment.starts_on, "due_on": assignment.due_on},
        after={"starts_on": dates.starts_on, "due_on": dates.due_on, "reason": reason},
    )
    assignment.starts_on = dates.starts_on
    return extending.move(
        assignment,
        dates.due_on,
        DueChangeKind.CORRECTION,
        reason=reason,
        document=document.strip(),
        actor=actor,
        now=now,
        nominal_on=dates.rolled_from,
    )


def suspend(assignment: Assignment, reason: str, *, actor: User, now: datetime) -> None:
    """Let it rest: it counts in no figure and sends no letter until it is resumed."""
    reason = stepping.needed(reason, "Hãy nêu lý do tạm dừng nhiệm vụ.")
    stepping.take(assignment, Step.SUSPEND, actor=actor, now=now, after={"reason": reason})


def resume(assignment: Assignment, *, actor: User, now: datetime) -> None:
    """Take it up again where it rested: what waited for review then waits again."""
    step = Step.RESUME_REVIEW if status.waiting_submission(assignment) else Step.RESUME
    stepping.take(assignment, step, actor=actor, now=now)


def cancel(assignment: Assignment, reason: str, *, actor: User, now: datetime) -> None:
    """End it without result; it stays on record and counts in no figure."""
    reason = stepping.needed(reason, "Hãy nêu lý do hủy nhiệm vụ.")
    stepping.take(assignment, Step.CANCEL, actor=actor, now=now, after={"reason": reason})


def reassign(assignment: Assignment, unit: Unit, reason: str, *, actor: User, now: datetime) -> None:
    """Give it to another unit with its evidence and log; the unit before still reads its own part.

    Whoever was named responsible no longer is. The same unit again changes nothing. Raises Refused without
    a reason, and where that unit has this occurrence of the task already.
    """
    if unit is assignment.unit:
        return
    reason = stepping.needed(reason, "Hãy nêu lý do chuyển đơn vị.")
    if _has_it_already(unit, assignment):
        raise Refused(f"{unit.name} đã được giao nhiệm vụ này cho cùng kỳ. Hãy chọn đơn vị khác.")
    stepping.take(
        assignment,
        Step.REASSIGN,
        actor=actor,
        now=now,
        before={"unit": assignment.unit_id, "responsible": assignment.responsible_id},
        after={"unit": unit.id, "reason": reason},
    )
    waiting = status.waiting_submission(assignment)
    if waiting is not None:  # handed in before it was suspended, by a unit that answers for it no longer
        waiting.withdrawn_at = now
    assignment.former_leads.append(FormerLead(unit=assignment.unit, until_at=now))
    assignment.unit, assignment.responsible = unit, None


def _has_it_already(unit: Unit, assignment: Assignment) -> bool:
    same = select(Assignment.id).where(
        Assignment.milestone_id == assignment.milestone_id,
        Assignment.occurrence == assignment.occurrence,
        Assignment.unit_id == unit.id,
        Assignment.state != State.CANCELLED,
    )
    return db.session.scalar(same.limit(1)) is not None


def record_cause(assignment: Assignment, cause: str, *, actor: User, now: datetime, today: date) -> None:
    """Record the objective cause (nguyên nhân khách quan) of lateness: it stays late, and is counted apart.

    Raises Refused without a cause, and where it is not late.
    """
    cause = stepping.needed(cause, "Hãy nêu nguyên nhân khách quan.")
    if not is_late(assignment, today):
        raise Refused("Nhiệm vụ này không quá hạn nên không cần ghi nguyên nhân.")
    stepping.take(
        assignment,
        Step.RECORD_CAUSE,
        actor=actor,
        now=now,
        before={"cause": assignment.objective_cause},
        after={"cause": cause},
    )
    assignment.objective_cause = cause


def is_late(assignment: Assignment, today: date) -> bool:
    """Whether it was done late, or is open and overdue."""
    outcome = timeliness.outcome(assignment.state, assignment.due_on, assignment.completed_on, today)
    return outcome in (timeliness.Outcome.DONE_LATE, timeliness.Outcome.OPEN_OVERDUE)
