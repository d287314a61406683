"""What the notices of a batch of letters speak of, loaded at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.models import Assignment, AuditEntry, Milestone, Notice, Plan, Submission, Task, Unit
from tracker.rules.notices.answers import entry_of
from tracker.rules.states import State
from tracker.words import local_day

OUTSIDE = (State.CANCELLED, State.SUSPENDED)  # counted in no figure


@dataclass(slots=True)
class Counts:
    """How many units of a task and due date are in each state; `unit` is one of them, the only one if so."""

    unit: str = ""
    states: dict[State, int] = field(default_factory=lambda: defaultdict(int))
    waiting_since: date | None = None

    @property
    def total(self) -> int:
        """All units that count."""
        return sum(count for state, count in self.states.items() if state not in OUTSIDE)


@dataclass(frozen=True, slots=True)
class Material:
    """Things by their ids; `counts` by task and due date, `standing` how many a unit has in a plan."""

    assignments: Mapping[int, Assignment]
    tasks: Mapping[int, Task]
    plans: Mapping[int, Plan]
    units: Mapping[int, Unit]
    entries: Mapping[int, AuditEntry]
    counts: Mapping[tuple[int, date | None], Counts]
    standing: Mapping[tuple[int, int], int]


def material_of(notices: Iterable[Notice]) -> Material:
    """Load what the notices speak of; a fixed number of queries."""
    ids: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        ids[notice.subject].add(notice.subject_id)
        ids["entry"].add(entry_of(notice.occasion) or 0)
    return Material(
        assignments=_by_id(_assignments().where(Assignment.id.in_(ids["assignment"]))),
        tasks=_by_id(_tasks().where(Task.id.in_(ids["task"]))),
        plans=_by_id(select(Plan).where(Plan.id.in_(ids["plan"])).options(joinedload(Plan.watching_unit))),
        units=_by_id(select(Unit).where(Unit.id.in_(ids["unit"]))),
        entries=_by_id(_entries().where(AuditEntry.id.in_(ids["entry"]))),
        counts=_counts(ids["task"]),
        standing=_standing(ids["plan"]),
    )


def _by_id(query: Select[Any]) -> dict[int, Any]:
    return {stored.id: stored for stored in db.session.scalars(query)}


def _entries() -> Select[AuditEntry]:
    return select(AuditEntry).options(joinedload(AuditEntry.actor))


def _assignments() -> Select[Assignment]:
    return select(Assignment).options(
        joinedload(Assignment.unit),
        joinedload(Assignment.task).joinedload(Task.plan).joinedload(Plan.watching_unit),
        joinedload(Assignment.milestone).selectinload(Milestone.deliverables),
        selectinload(Assignment.evidence),
        selectinload(Assignment.absences),
        selectinload(Assignment.submissions).joinedload(Submission.review),
    )


def _tasks() -> Select[Task]:
    return select(Task).options(
        joinedload(Task.plan).joinedload(Plan.watching_unit),
        joinedload(Task.group),
        selectinload(Task.milestones),
    )


def _counts(task_ids: Iterable[int]) -> dict[tuple[int, date | None], Counts]:
    """How the units of each task and due date stand; two queries."""
    place = (Assignment.task_id, Assignment.due_on)
    counts: dict[tuple[int, date | None], Counts] = defaultdict(Counts)
    states = (
        select(*place, Assignment.state, func.count(), func.min(Unit.name))
        .join(Assignment.unit)
        .where(Assignment.task_id.in_(task_ids))
        .group_by(*place, Assignment.state)
    )
    for task_id, due_on, state, count, unit in db.session.execute(states):
        counts[task_id, due_on].states[state] = count
        counts[task_id, due_on].unit = unit
    for task_id, due_on, submitted_at in db.session.execute(
        _handed_in().where(Assignment.task_id.in_(task_ids))
    ):
        known = counts[task_id, due_on]
        known.waiting_since = min(known.waiting_since or date.max, local_day(submitted_at))
    return counts


def _handed_in() -> Select:
    return (
        select(Assignment.task_id, Assignment.due_on, func.max(Submission.at))
        .join(Submission, Submission.assignment_id == Assignment.id)
        .where(Assignment.state == State.SUBMITTED, Submission.withdrawn_at.is_(None))
        .group_by(Assignment.id, Assignment.task_id, Assignment.due_on)
    )


def _standing(plan_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    query = (
        select(Task.plan_id, Assignment.unit_id, func.count())
        .select_from(Assignment)
        .join(Assignment.task)
        .join(Assignment.milestone)
        .where(Task.plan_id.in_(plan_ids), Milestone.kind == Kind.CONTINUOUS, Assignment.state == State.OPEN)
        .group_by(Task.plan_id, Assignment.unit_id)
    )
    return {(plan_id, unit_id): count for plan_id, unit_id, count in db.session.execute(query)}
