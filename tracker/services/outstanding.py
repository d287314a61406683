"""What is open, loaded as the plain facts that the rules of reminding look at; a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, or_, select

from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.deadlines.workdays import DaysOff
from tracker.models import (
    Assignment,
    AuditEntry,
    Milestone,
    PartyRole,
    Plan,
    StandingAnswer,
    Submission,
    Task,
    TaskGroup,
    TaskParty,
)
from tracker.rules import notices
from tracker.rules.notices.facts import (
    Deed,
    Facts,
    OpenAssignment,
    StandingDay,
    TrackedDates,
    Unreviewed,
    WatchedTask,
)
from tracker.rules.notices.people import People
from tracker.rules.notices.table import Changes, Rule
from tracker.rules.states import State, Step
from tracker.services import correspondents, plan_rules, standing
from tracker.words import local_day

AT_ONCE = 5000  # rows held in memory while very many are gone through
LOOK_AHEAD = timedelta(days=31)  # reporting days are announced within a month before them
OVERLAP = timedelta(days=1)  # deeds are looked for again so far back: one may have been committed late

# what the log calls a deed -> the rule that tells of it
DEEDS: Mapping[str, str] = {
    "assign": "published",
    Step.REASSIGN: "reassigned",
    Step.CORRECT: "corrected",
    Step.RETURN: "returned",
    Step.REOPEN: "reopened",
    Step.SUSPEND: "suspended",
    Step.RESUME: "resumed",
    Step.RESUME_REVIEW: "resumed",
    Step.CANCEL: "cancelled",
    "direct": "directed",
    "comment": "commented",
    Step.DECIDE_EXTENSION: "extension",  # and the decision: extension_granted
}


_OPEN_AND_DATED = (Assignment.state == State.OPEN, Assignment.due_on.is_not(None))


def facts(rules: Iterable[Rule], days_off: DaysOff, *, since: date, today: date, asked_at: datetime) -> Facts:
    """Everything open on `today` of which something may have to be said after `since`.

    `asked_at` is the moment of the last asking: deeds done before it are known already.
    """
    tasks = watched_tasks()
    return Facts(
        people=correspondents.people(),
        tasks=tasks,
        assignments=_assignments(tuple(rules), _all_changes(tasks), days_off, since, today),
        unreviewed=list(_unreviewed()),
        undated_tasks=_undated_tasks(),
        standing=list(_standing(since, today)),
        lead_units=_lead_units(),
        deeds=list(_deeds(asked_at - OVERLAP, DEEDS)),
    )


def urgent_facts(rules: Iterable[Rule], since: datetime) -> Facts:
    """The deeds done since then of which these rules tell, and who has to do with their tasks."""
    names = {rule.name for rule in rules}
    deeds = list(_deeds(since, [verb for verb, rule in DEEDS.items() if rule in names]))
    if not deeds:
        return Facts(people=People())
    plan_ids = select(Task.plan_id).where(Task.id.in_({deed.task_id for deed in deeds})).distinct()
    tasks: dict[int, WatchedTask] = {}
    for plan_id in db.session.scalars(plan_ids):
        tasks |= watched_tasks(plan_id)
    return Facts(people=correspondents.people(), tasks=tasks, deeds=deeds)


def watched_tasks(plan_id: int | None = None) -> dict[int, WatchedTask]:
    """Who has to do with each task of all published plans, or of the one plan; three queries."""
    tasks = (
        select(Task.id, Plan.id, Plan.watching_unit_id, func.coalesce(TaskGroup.leader_id, Plan.leader_id))
        .join(Task.plan)
        .outerjoin(Task.group)
        .where(Plan.published_at.is_not(None) if plan_id is None else Plan.id == plan_id)
    )
    helpers = select(TaskParty.task_id, TaskParty.unit_id).where(TaskParty.role == PartyRole.COORDINATING)
    if plan_id is not None:
        helpers = helpers.join(TaskParty.task).where(Task.plan_id == plan_id)
    helping: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for task_id, unit_id in db.session.execute(helpers.order_by(TaskParty.position)):
        helping[task_id] += (unit_id,)
    changes = plan_rules.all_changes() if plan_id is None else {plan_id: _changes_of(plan_id)}
    return {
        task_id: WatchedTask(watching, leader, helping[task_id], changes.get(of_plan, ()))
        for task_id, of_plan, watching, leader in db.session.execute(tasks)
    }


def _all_changes(tasks: Mapping[int, WatchedTask]) -> set[Changes]:
    return {task.changes for task in tasks.values()}


def _changes_of(plan_id: int) -> Changes:
    return plan_rules.changes_of(db.session.get_one(Plan, plan_id))


def _assignments(
    rules: tuple[Rule, ...], changes: Collection[Changes], days_off: DaysOff, since: date, today: date
) -> Iterator[OpenAssignment]:
    """The open dated assignments whose dates give anything to say; the others are not even loaded."""
    columns = (Assignment.starts_on, Assignment.due_on, Assignment.tracked_from)
    known = db.session.execute(select(*columns).where(*_OPEN_AND_DATED).distinct())
    spoken_of = notices.due_dates_spoken_of(
        map(TrackedDates._make, known), rules, today, days_off, since=since, changes=changes
    )
    query = select(
        Assignment.id, Assignment.task_id, Assignment.unit_id, *columns, Assignment.responsible_id
    ).where(*_OPEN_AND_DATED, Assignment.due_on.in_(spoken_of))
    for number, task_id, unit_id, *dates, responsible_id in db.session.execute(
        query.order_by(Assignment.id).execution_options(yield_per=AT_ONCE)
    ):
        yield OpenAssignment(number, task_id, unit_id, TrackedDates._make(dates), responsible_id)


def _unreviewed() -> Iterator[Unreviewed]:
    """What waits for its review, with the day it was last handed in."""
    query = (
        select(Assignment.task_id, Assignment.due_on, func.max(Submission.at))
        .join(Submission, Submission.assignment_id == Assignment.id)
        .where(Assignment.state == State.SUBMITTED, Submission.withdrawn_at.is_(None))
        .group_by(Assignment.id, Assignment.task_id, Assignment.due_on)
    )
    for task_id, due_on, submitted_at in db.session.execute(query):
        yield Unreviewed(task_id, due_on, local_day(submitted_at))


def _undated_tasks() -> list[int]:
    query = (
        select(Assignment.task_id)
        .join(Assignment.milestone)
        .where(Assignment.state == State.OPEN, Assignment.due_on.is_(None), Milestone.kind != Kind.CONTINUOUS)
        .distinct()
    )
    return list(db.session.scalars(query.order_by(Assignment.task_id)))


def _standing(since: date, today: date) -> Iterator[StandingDay]:
    """The reporting days near enough to be announced, for each unit that has something to answer."""
    for plan in db.session.scalars(_plans_with_standing_tasks()):
        for day in standing.reporting_days(plan, today):
            if since <= day <= today + LOOK_AHEAD:
                yield from _asked_on(plan, day)


def _plans_with_standing_tasks() -> Select[Plan]:
    standing_tasks = select(Milestone.task_id).where(Milestone.kind == Kind.CONTINUOUS)
    plan_ids = select(Task.plan_id).where(Task.id.in_(standing_tasks))
    return select(Plan).where(Plan.published_at.is_not(None), Plan.id.in_(plan_ids))


def _asked_on(plan: Plan, day: date) -> Iterator[StandingDay]:
    answered = select(StandingAnswer.assignment_id).where(StandingAnswer.day == day)
    query = (
        select(Assignment.unit_id, func.min(Assignment.tracked_from))
        .join(Assignment.milestone)
        .join(Assignment.task)
        .where(
            Task.plan_id == plan.id,
            Milestone.kind == Kind.CONTINUOUS,
            Assignment.state == State.OPEN,
            Assignment.tracked_from <= day,
            Assignment.id.not_in(answered),
        )
        .group_by(Assignment.unit_id)
    )
    for unit_id, tracked_from in db.session.execute(query):
        yield StandingDay(
            plan.id, plan.watching_unit_id, unit_id, day, tracked_from, plan_rules.changes_of(plan)
        )


def _lead_units() -> dict[int, frozenset[int]]:
    query = (
        select(Assignment.unit_id, Plan.watching_unit_id)
        .join(Assignment.task)
        .join(Task.plan)
        .where(Assignment.state == State.OPEN)
        .distinct()
    )
    watching: dict[int, frozenset[int]] = defaultdict(frozenset)
    for unit_id, watching_unit_id in db.session.execute(query):
        watching[unit_id] |= {watching_unit_id}
    return watching


def _deeds(since: datetime, verbs: Collection[str]) -> Iterator[Deed]:
    """What was done to assignments since then, and their units must hear of, as the log has it."""
    query = (
        select(AuditEntry, Assignment.task_id, Assignment.unit_id, Assignment.responsible_id)
        .join(Assignment, Assignment.id == AuditEntry.subject_id)
        .where(AuditEntry.subject == "assignment", AuditEntry.at >= since, AuditEntry.verb.in_(verbs))
        # the next occurrence of what recurs is made by nobody, and nobody is told before its time
        .where(or_(AuditEntry.verb != "assign", AuditEntry.actor_id.is_not(None)))
        .order_by(AuditEntry.id)
    )
    for entry, task_id, unit_id, responsible_id in db.session.execute(query):
        on = local_day(entry.at)
        yield Deed(
            entry.id, _rule_of(entry), on, entry.subject_id, task_id, unit_id, responsible_id, entry.actor_id
        )


def _rule_of(entry: AuditEntry) -> str:
    rule = DEEDS[entry.verb]
    return f"{rule}_{entry.after['decision']}" if entry.verb == Step.DECIDE_EXTENSION else rule
