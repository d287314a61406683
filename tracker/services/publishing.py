"""Giving out the tasks of a plan (giao nhiệm vụ): all of it in one go, or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, update

from tracker.db import db
from tracker.deadlines.workdays import DaysOff
from tracker.models import (
    Assignment,
    DueChange,
    DueChangeKind,
    Milestone,
    Plan,
    Task,
    User,
)
from tracker.rules.states import State
from tracker.services import assigning, auditing
from tracker.services.assigning import Row
from tracker.services.milestones import Dates
from tracker.services.readiness import Obstacle, PastRow, Readiness, check, is_past, loaded, short, tracked
from tracker.services.refusals import Refused
from tracker.words import date_words

PUBLISHED_BEFORE = "Nhiệm vụ của kế hoạch này đã được giao, không cần giao lại."


@dataclass(frozen=True, slots=True)
class DoneBefore:
    """It was done before tracking began: the day, and the document that shows it."""

    done_on: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class NewDate:
    """It is given a new last day."""

    due_on: date


@dataclass(frozen=True, slots=True)
class TrackOverdue:
    """It is tracked as overdue; escalation counts from the day of publication."""


Decision = DoneBefore | NewDate | TrackOverdue


class NotReady(Refused):
    """The plan cannot be published yet; `obstacles` says why."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(f"Chưa giao được nhiệm vụ: {obstacles[0].sentence}")
        self.obstacles = obstacles


def publish(
    plan: Plan,
    decisions: Mapping[int, Decision],
    *,
    actor: User,
    now: datetime,
    today: date,
    roll: DaysOff | None = None,
) -> list[Assignment]:
    """Give every task out: one assignment for each lead unit and occurrence, all in the caller's transaction.

    `decisions` holds what to do with each milestone whose last day has passed, by the milestone's id.
    `roll` gives the days off where due dates move off them, else None. Raises NotReady where the plan lacks
    something or a decision is missing, Refused where it was published before.
    """
    if plan.published_at is not None:
        raise Refused(PUBLISHED_BEFORE)
    readiness = check(plan, today, roll)
    _require_ready(readiness, decisions, today)
    _claim(plan, now)
    rows = [
        row
        for task, milestone, dates in tracked(loaded(plan), plan, today, roll)
        for row in _rows(task, milestone, dates, decisions.get(milestone.id), today)
    ]
    made = assigning.give(rows, actor=actor, now=now)
    moved = {row.milestone.id for row in readiness.past if isinstance(decisions[row.milestone.id], NewDate)}
    _keep_past_dates([a for a in made if a.milestone_id in moved], actor, now)
    auditing.record(actor, "publish", plan, now=now, after={"assignments": len(made)})
    return made


def _rows(
    task: Task, milestone: Milestone, dates: Dates, decision: Decision | None, today: date
) -> Iterator[Row]:
    decided = _decided(decision) if decision and is_past(dates, today) else {}
    for party in task.leads:
        yield {**assigning.row(milestone, party, dates, tracked_from=today), **decided}


def _decided(decision: Decision) -> Row:
    """The columns that a decision on a past row sets."""
    match decision:
        case DoneBefore(done_on, document):
            return {
                "state": State.DONE,
                "completed_on": done_on,
                "completion_document": document.strip(),
            }
        case NewDate(due_on):
            return {"due_on": due_on, "nominal_on": None}
        case TrackOverdue():
            return {}


def _keep_past_dates(moved: Sequence[Assignment], actor: User, now: datetime) -> None:
    """Keep on record the dates that new ones were put in place of."""
    changes = [
        {
            "assignment_id": assignment.id,
            "kind": DueChangeKind.CORRECTION,
            "from_on": date.fromisoformat(assignment.occurrence),
            "to_on": assignment.due_on,
            "reason": "Hạn đã qua khi giao nhiệm vụ.",
            "by_id": actor.id,
            "at": now,
        }
        for assignment in moved
    ]
    if changes:
        db.session.execute(insert(DueChange), changes)


def _require_ready(readiness: Readiness, decisions: Mapping[int, Decision], today: date) -> None:
    obstacles = [*readiness.obstacles, *_undecided(readiness.past, decisions, today)]
    if obstacles:
        raise NotReady(obstacles)


def _undecided(past: Sequence[PastRow], decisions: Mapping[int, Decision], today: date) -> Iterator[Obstacle]:
    for row in past:
        decision = decisions.get(row.milestone.id)
        name = f"“{short(row.milestone.task.title)}”"
        if decision is None:
            yield Obstacle(
                f"{name} đã qua hạn. Hãy chọn: đã hoàn thành, hạn mới hoặc theo dõi quá hạn.",
                row.milestone.task,
            )
        elif wrong := wrong_of(decision, today):
            yield Obstacle(f"{name}: {wrong}", row.milestone.task)


def wrong_of(decision: Decision, today: date) -> str:
    """What is wrong with a decision on a date that has passed, as a sentence; empty where it can be taken."""
    match decision:
        case DoneBefore(done_on) if done_on > today:
            return f"Ngày hoàn thành {date_words(done_on)} ở sau hôm nay. Hãy nhập lại."
        case NewDate(due_on) if due_on < today:
            return f"Hạn mới {date_words(due_on)} đã qua. Hãy chọn ngày khác."
    return ""


def _claim(plan: Plan, now: datetime) -> None:
    """Mark the plan as published; of two who publish it at once only one goes on."""
    unpublished = update(Plan).where(Plan.id == plan.id, Plan.published_at.is_(None))
    changed = db.session.execute(unpublished.values(published_at=now))
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused(PUBLISHED_BEFORE)
    db.session.refresh(plan, ["published_at"])
