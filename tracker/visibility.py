"""Which of many things a person sees or decides on: the rules of `access` as WHERE clauses."""

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, false, or_, select, true, union_all

from tracker.grants import OVERSEERS, WORKERS, Reach
from tracker.models import (
    Assignment,
    FormerLead,
    Indicator,
    IndicatorTarget,
    PartyRole,
    Plan,
    Role,
    Task,
    TaskParty,
)


def sees_everything(reach: Reach) -> bool:
    """Whether there is no assignment that the person may not see."""
    return reach.holds(Role.ADMINISTRATOR) or reach.covers_all(*OVERSEERS)


def visible_to(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the assignments for which `may(reach, Verb.SEE, ...)` holds."""
    if sees_everything(reach):
        return true()
    clauses: list[ColumnElement[bool]] = []
    overseen = reach.covered(*OVERSEERS)
    if overseen:
        clauses += [Assignment.unit_id.in_(overseen), Assignment.task_id.in_(_watched_tasks(overseen))]
    worked = reach.covered(*WORKERS)
    if worked:
        clauses += [
            Assignment.unit_id.in_(worked),
            Assignment.task_id.in_(_helped_tasks(worked)),
            Assignment.id.in_(_once_led(worked)),
        ]
    return or_(*clauses) if clauses else false()


def tasks_visible_to(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the tasks one sees an assignment of, or whose plan one oversees.

    What many assignments could show is asked task by task, what few show at once: a search of titles comes
    first and leaves few tasks to ask about.
    """
    if sees_everything(reach):
        return true()
    given = select(Assignment.id).where(Assignment.task_id == Task.id)
    clauses: list[ColumnElement[bool]] = []
    overseen = reach.covered(*OVERSEERS)
    if overseen:
        watched = select(Plan.id).where(Plan.watching_unit_id.in_(overseen))
        clauses += [Task.plan_id.in_(watched), given.where(Assignment.unit_id.in_(overseen)).exists()]
    worked = reach.covered(*WORKERS)
    if worked:
        clauses.append(Task.id.in_(_worked_tasks(worked)))
    return or_(*clauses) if clauses else false()


def _worked_tasks(unit_ids: frozenset[int]) -> CompoundSelect:
    """The tasks the units lead, once led or help with, in one set: from it the database goes to the tasks."""
    led, once = Assignment.unit_id.in_(unit_ids), Assignment.id.in_(_once_led(unit_ids))
    helped = _helped_tasks(unit_ids)
    given = select(Assignment.id).where(Assignment.task_id == TaskParty.task_id).correlate(TaskParty)
    return union_all(
        select(Assignment.task_id).where(led),
        select(Assignment.task_id).where(once),
        helped.where(given.exists()),
    )


def _helped_tasks(unit_ids: frozenset[int]) -> Select:
    return select(TaskParty.task_id).where(
        TaskParty.unit_id.in_(unit_ids), TaskParty.role == PartyRole.COORDINATING
    )


def _once_led(unit_ids: frozenset[int]) -> Select:
    """The assignments that were taken from the units, of which they still see their own part."""
    return select(FormerLead.assignment_id).where(FormerLead.unit_id.in_(unit_ids))


def plans_visible_to(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the plans for which `may_see_plan` holds."""
    if sees_everything(reach):
        return true()
    given = select(Task.plan_id).join(Assignment).where(visible_to(reach))
    return or_(
        Plan.watching_unit_id.in_(reach.covered(*OVERSEERS)),
        and_(Plan.published_at.is_not(None), Plan.id.in_(given)),
    )


def plans_with_a_task_seen(reach: Reach) -> ColumnElement[bool]:
    """`plans_visible_to`, asked plan by plan: for where other words leave few plans."""
    if sees_everything(reach):
        return true()
    seen = select(Task.id).where(Task.plan_id == Plan.id, tasks_visible_to(reach))
    return or_(
        Plan.watching_unit_id.in_(reach.covered(*OVERSEERS)),
        and_(Plan.published_at.is_not(None), seen.exists()),
    )


def visible_targets(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the targets of indicators that the person may see: overseers of the plan and of
    the unit see them, even before the plan is given out; who works in the unit sees its own afterwards."""
    if reach.holds(Role.ADMINISTRATOR):
        return true()
    overseen, worked = reach.covered(*OVERSEERS), reach.covered(*WORKERS)
    watched = select(Plan.id).where(Plan.watching_unit_id.in_(overseen))
    given_out = select(Plan.id).where(Plan.published_at.is_not(None))
    of_plan = select(Indicator.id).where(Indicator.plan_id.in_(watched))
    published = select(Indicator.id).where(Indicator.plan_id.in_(given_out))
    return or_(
        IndicatorTarget.indicator_id.in_(of_plan),
        and_(IndicatorTarget.unit_id.in_(overseen | worked), IndicatorTarget.indicator_id.in_(published)),
    )


def reviewable_by(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the assignments for which `may(reach, Verb.REVIEW, ...)` holds."""
    monitored = _watched(reach, Role.MONITOR)
    led = and_(Assignment.unit_id.in_(reach.monitors_own), _watched(reach, Role.LEADER))
    return and_(Assignment.unit_id.not_in(reach.own), or_(monitored, led))


def own_work_watched_by(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the assignments for which `watches_own_work` holds."""
    monitored = Assignment.task_id.in_(_watched_tasks(reach.covered(Role.MONITOR)))
    return and_(Assignment.unit_id.in_(reach.own), monitored)


def extensions_decided_by(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the assignments for which `may(reach, Verb.DECIDE_EXTENSION, ...)` holds."""
    led = _watched(reach, Role.LEADER)
    if not reach.policy.monitors_decide_extensions:
        return led
    monitored = _watched(reach, Role.MONITOR)
    return or_(led, and_(Assignment.unit_id.not_in(reach.own), monitored))


def _watched(reach: Reach, role: Role) -> ColumnElement[bool]:
    """Whether the role covers the unit that watches over the assignment's plan."""
    if reach.covers_all(role):
        return true()
    return Assignment.task_id.in_(_watched_tasks(reach.covered(role)))


def _watched_tasks(unit_ids: frozenset[int]) -> Select:
    return select(Task.id).join(Plan).where(Plan.watching_unit_id.in_(unit_ids))
