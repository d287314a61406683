"""How far plans have come: each plan of a list, each task of a plan, each assignment of a task."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.grants import Reach
from tracker.models import (
    Assignment,
    FormerLead,
    Milestone,
    PartyRole,
    Plan,
    Submission,
    Task,
    TaskGroup,
    TaskParty,
    Unit,
)
from tracker.rules.notices.people import unit_recipients
from tracker.rules.states import State
from tracker.services import correspondents
from tracker.visibility import plans_visible_to, visible_to
from tracker.words import fold

OUTSIDE = (State.CANCELLED, State.SUSPENDED)  # what no figure of progress counts


@dataclass(frozen=True, slots=True)
class Progress:
    """Of `total` assignments, so many are done and overdue; cancelled and suspended ones stand aside."""

    total: int = 0
    done: int = 0
    overdue: int = 0
    cancelled: int = 0
    suspended: int = 0

    @property
    def percent(self) -> float:
        """The share that is done, 0 to 100."""
        return 100 * self.done / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list of plans."""

    plan: Plan
    tasks: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task of a plan; `due_on` is the next last day among what is open, else the latest of all."""

    task: Task
    progress: Progress
    due_on: date | None

    @property
    def is_standing(self) -> bool:
        """Whether it has no end to reach, only days to report on."""
        return all(milestone.kind is Kind.CONTINUOUS for milestone in self.task.milestones)


def count_plans(reach: Reach, words: str = "") -> int:
    """How many plans `plan_lines` tells of; one query."""
    return db.session.scalar(select(func.count()).select_from(Plan).where(*_meant(reach, words))) or 0


def _meant(reach: Reach, words: str) -> list[ColumnElement[bool]]:
    held = (Plan.search_text.contains(word, autoescape=True) for word in fold(words).split())
    return [plans_visible_to(reach), *held]


def plan_lines(
    reach: Reach, today: date, words: str = "", *, most: int | None = None, after: int = 0
) -> list[PlanLine]:
    """The plans a person may see, newest first, those whose number or title holds the words; four queries.

    `most` of them after the first `after` ones; None is all.
    """
    query = select(Plan).where(*_meant(reach, words)).options(joinedload(Plan.watching_unit))
    query = query.order_by(Plan.created_at.desc(), Plan.id.desc()).limit(most).offset(after)
    plans = db.session.scalars(query).all()
    ids = [plan.id for plan in plans]
    counted = select(Task.plan_id, func.count()).where(Task.plan_id.in_(ids)).group_by(Task.plan_id)
    tasks = {plan_id: count for plan_id, count in db.session.execute(counted)}
    progress = _progress(Task.plan_id, ids, today)
    return [PlanLine(plan, tasks.get(plan.id, 0), progress.get(plan.id, Progress())) for plan in plans]


def _progress(by: InstrumentedAttribute[int], ids: Sequence[int], today: date) -> Mapping[int, Progress]:
    """The progress of each plan or task, counted in one query; `by` is the column that `ids` are of."""
    late = (Assignment.state == State.OPEN) & (Assignment.due_on < today)
    counted = (
        Assignment.state.not_in(OUTSIDE),
        Assignment.state == State.DONE,
        late,
        Assignment.state == State.CANCELLED,
        Assignment.state == State.SUSPENDED,
    )
    query = (
        select(by, *(func.sum(case((one, 1), else_=0)) for one in counted))
        .join_from(Assignment, Task)
        .where(by.in_(ids))
        .group_by(by)
    )
    return {key: Progress(*figures) for key, *figures in db.session.execute(query)}


def task_lines(plan: Plan, today: date) -> list[tuple[TaskGroup | None, list[TaskLine]]]:
    """The tasks of a plan under their groups, in the order of the document; a fixed number of queries."""
    query = (
        select(Task)
        .where(Task.plan == plan)
        .order_by(Task.position)
        .options(
            joinedload(Task.group),
            selectinload(Task.parties).joinedload(TaskParty.unit),
            selectinload(Task.parties).joinedload(TaskParty.group),
            selectinload(Task.open_parties),
            selectinload(Task.milestones).selectinload(Milestone.deliverables),
        )
    )
    tasks = db.session.scalars(query).all()
    progress = _progress(Task.id, [task.id for task in tasks], today)
    due = _next_due(plan)
    lines = [TaskLine(task, progress.get(task.id, Progress()), due.get(task.id)) for task in tasks]
    return _grouped(lines)


def _next_due(plan: Plan) -> Mapping[int, date]:
    open_due = case((Assignment.state.in_((State.OPEN, State.SUBMITTED)), Assignment.due_on))
    query = (
        select(Assignment.task_id, func.coalesce(func.min(open_due), func.max(Assignment.due_on)))
        .join(Task)
        .where(Task.plan == plan, Assignment.due_on.is_not(None))
        .group_by(Assignment.task_id)
    )
    return {task_id: due_on for task_id, due_on in db.session.execute(query)}


def _grouped(lines: Iterable[TaskLine]) -> list[tuple[TaskGroup | None, list[TaskLine]]]:
    groups: dict[TaskGroup | None, list[TaskLine]] = defaultdict(list)
    for line in lines:
        groups[line.task.group].append(line)
    return list(groups.items())


def unreachable_leads(plan: Plan) -> list[Unit]:
    """The units that lead tasks of the plan and have nobody a letter could go to, by name; few queries."""
    leading = select(TaskParty.unit_id).join(Task).where(Task.plan == plan, TaskParty.role == PartyRole.LEAD)
    people = correspondents.people()
    units = db.session.scalars(select(Unit).where(Unit.id.in_(leading)).order_by(Unit.search_text))
    return [unit for unit in units if not unit_recipients(unit.id, people)]


def visible_assignments(task: Task, reach: Reach) -> list[Assignment]:
    """The assignments of a task that a person may see, by last day; a fixed number of queries."""
    query = (
        select(Assignment)
        .where(Assignment.task == task, visible_to(reach))
        .options(
            joinedload(Assignment.unit),
            joinedload(Assignment.milestone),
            selectinload(Assignment.former_leads).joinedload(FormerLead.unit),
            selectinload(Assignment.progress_reports),
            selectinload(Assignment.submissions).joinedload(Submission.review),
        )
        .order_by(Assignment.due_on.is_(None), Assignment.due_on, Assignment.id)
    )
    return list(db.session.scalars(query))
