"""Who may do what with one thing: a yes or a no.

The same rules for many things at once, as WHERE clauses, stand in `visibility`; a test holds them together.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from tracker.db import db
from tracker.grants import OVERSEERS, WORKERS, Reach
from tracker.models import Assignment, Plan, Role, Task
from tracker.visibility import visible_to


class Verb(StrEnum):
    """What a person may want to do with an assignment."""

    SEE = "see"
    REPORT = "report"  # progress, evidence, withdraw, ask for more time
    SUBMIT = "submit"
    NAME_RESPONSIBLE = "name_responsible"
    REVIEW = "review"
    MANAGE = "manage"  # correct, suspend, cancel, reassign, reopen, record a cause
    DECIDE_EXTENSION = "decide_extension"
    COMMENT = "comment"
    DIRECT = "direct"


def may(reach: Reach, verb: Verb, assignment: Assignment) -> bool:
    """Whether the person may do this to the assignment, its state aside."""
    return _RULES[verb](reach, assignment)


def _watches(reach: Reach, assignment: Assignment, *roles: Role) -> bool:
    return reach.covers(assignment.task.plan.watching_unit_id, *roles)


def _leads(reach: Reach, assignment: Assignment, *roles: Role) -> bool:
    return reach.covers(assignment.unit_id, *roles)


def _helps(reach: Reach, assignment: Assignment) -> bool:
    return any(reach.covers(party.unit_id, *WORKERS) for party in assignment.task.coordinating)


def _times_led(reach: Reach, assignment: Assignment) -> list[datetime]:
    """Until when units the person works in answered for it, before it was handed over."""
    return [former.until_at for former in assignment.former_leads if reach.covers(former.unit_id, *WORKERS)]


def _sees_all(reach: Reach, assignment: Assignment) -> bool:
    return (
        reach.holds(Role.ADMINISTRATOR)
        or _watches(reach, assignment, *OVERSEERS)
        or _leads(reach, assignment, *OVERSEERS, *WORKERS)
        or _helps(reach, assignment)
    )


def _may_see(reach: Reach, assignment: Assignment) -> bool:
    return _sees_all(reach, assignment) or bool(_times_led(reach, assignment))


def sees_until(reach: Reach, assignment: Assignment) -> datetime | None:
    """The moment up to which the person, who may see it, sees the assignment; None where they see all of it.

    A unit that it was taken from reads its own part, and nothing of what others did afterwards.
    """
    return None if _sees_all(reach, assignment) else max(_times_led(reach, assignment))


def _may_report(reach: Reach, assignment: Assignment) -> bool:
    return _leads(reach, assignment, *WORKERS) or _watches(reach, assignment, Role.MONITOR)


def _may_submit(reach: Reach, assignment: Assignment) -> bool:
    submitters = (Role.UNIT_HEAD,) if reach.policy.heads_only_submit else WORKERS
    return _leads(reach, assignment, *submitters) or _watches(reach, assignment, Role.MONITOR)


def _may_review(reach: Reach, assignment: Assignment) -> bool:
    if assignment.unit_id in reach.own:
        return False
    return _watches(reach, assignment, Role.MONITOR) or (
        assignment.unit_id in reach.monitors_own and _watches(reach, assignment, Role.LEADER)
    )


def watches_own_work(reach: Reach, assignment: Assignment) -> bool:
    """Whether the person watches the plan but the work is their own unit's, so that a leader confirms it."""
    return assignment.unit_id in reach.own and _watches(reach, assignment, Role.MONITOR)


def _may_decide_extension(reach: Reach, assignment: Assignment) -> bool:
    if _watches(reach, assignment, Role.LEADER):
        return True
    return reach.policy.monitors_decide_extensions and (
        assignment.unit_id not in reach.own and _watches(reach, assignment, Role.MONITOR)
    )


def _may_comment(reach: Reach, assignment: Assignment) -> bool:
    return (
        _watches(reach, assignment, *OVERSEERS)
        or _leads(reach, assignment, *OVERSEERS, *WORKERS)
        or _helps(reach, assignment)
    )


_RULES: dict[Verb, Callable[[Reach, Assignment], bool]] = {
    Verb.SEE: _may_see,
    Verb.REPORT: _may_report,
    Verb.SUBMIT: _may_submit,
    Verb.NAME_RESPONSIBLE: lambda reach, assignment: _leads(reach, assignment, Role.UNIT_HEAD),
    Verb.REVIEW: _may_review,
    Verb.MANAGE: lambda reach, assignment: _watches(reach, assignment, Role.MONITOR),
    Verb.DECIDE_EXTENSION: _may_decide_extension,
    Verb.COMMENT: _may_comment,
    Verb.DIRECT: lambda reach, assignment: (
        _watches(reach, assignment, Role.LEADER) or _leads(reach, assignment, Role.LEADER)
    ),
}


def may_import_into(reach: Reach, unit_id: int) -> bool:
    """Whether the person may put in plans that this unit watches over."""
    return reach.covers(unit_id, Role.MONITOR)


def may_manage_plan(reach: Reach, plan: Plan) -> bool:
    """Whether the person may correct and publish the plan and add tasks to it."""
    return reach.covers(plan.watching_unit_id, Role.MONITOR)


def may_see_plan(reach: Reach, plan: Plan) -> bool:
    """Whether the person may open the plan: overseers of it, and whoever sees one of its assignments."""
    if reach.holds(Role.ADMINISTRATOR) or reach.covers(plan.watching_unit_id, *OVERSEERS):
        return True
    if plan.published_at is None:
        return False
    seen = select(Assignment.id).join(Task).where(Task.plan_id == plan.id, visible_to(reach)).limit(1)
    return db.session.execute(seen).first() is not None


def may_keep_units(reach: Reach, unit_id: int | None) -> bool:
    """Whether the person may change units, groups and aliases there; only administrators touch the root."""
    if reach.holds(Role.ADMINISTRATOR):
        return True
    return unit_id is not None and reach.covers(unit_id, Role.MONITOR)
