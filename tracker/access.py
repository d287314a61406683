"""Who may do what: one rule in two forms, a yes or no for one thing and a WHERE clause for many.

A grant is (person, role, unit) and covers that unit and those below it. A `Reach` is what all grants of a
person cover, read once a request; everything else here is a question to it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from tracker.db import db
from tracker.models import (
    Assignment,
    FormerLead,
    Grant,
    Indicator,
    IndicatorTarget,
    PartyRole,
    Plan,
    Role,
    Task,
    TaskParty,
    Unit,
    User,
)

WORKERS = (Role.UNIT_HEAD, Role.STAFF)
OVERSEERS = (Role.MONITOR, Role.LEADER)


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


@dataclass(frozen=True, slots=True)
class Policy:
    """What a deployment decided about who may do what."""

    heads_only_submit: bool = False
    monitors_decide_extensions: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """A person and the units each held role covers.

    `own` are the units whose work is the person's own; `monitors_own` are those that are some monitor's
    own, whose work a leader confirms because nobody confirms their own unit's. `whole` are the roles that
    cover every unit there is: where one of them is enough, the database need not ask about units.
    """

    user: User
    units: Mapping[Role, frozenset[int]]
    own: frozenset[int]
    monitors_own: frozenset[int]
    policy: Policy = Policy()
    whole: frozenset[Role] = frozenset()

    def covered(self, *roles: Role) -> frozenset[int]:
        """All units that any of the roles covers."""
        return frozenset().union(*(self.units.get(role, frozenset()) for role in roles))

    def covers(self, unit_id: int, *roles: Role) -> bool:
        """Whether any of the roles covers the unit."""
        return any(unit_id in self.units.get(role, frozenset()) for role in roles)

    def covers_all(self, *roles: Role) -> bool:
        """Whether one of the roles covers every unit there is."""
        return any(role in self.whole for role in roles)

    def holds(self, *roles: Role) -> bool:
        """Whether the person holds any of the roles anywhere."""
        return any(self.units.get(role) for role in roles)


def reach_of(user: User, policy: Policy = Policy()) -> Reach:
    """What the person's grants cover, by two queries whatever their number."""
    monitors = select(Grant.user_id).where(Grant.role == Role.MONITOR)
    rows = db.session.execute(
        select(Grant.user_id, Grant.role, Grant.unit_id).where(
            or_(Grant.user_id == user.id, Grant.user_id.in_(monitors))
        )
    )
    by_user: dict[int, list[tuple[Role, int]]] = defaultdict(list)
    for user_id, role, unit_id in rows:
        by_user[user_id].append((role, unit_id))
    children = _children()
    below = _below(children)
    mine = by_user.get(user.id, [])
    units = {role: _union(below(unit) for r, unit in mine if r is role) for role in {r for r, _ in mine}}
    monitors_own = _union(
        _own(grants, below) for grants in by_user.values() if any(r is Role.MONITOR for r, _ in grants)
    )
    there_are = sum(map(len, children.values()))
    whole = frozenset(role for role, covered in units.items() if len(covered) == there_are)
    return Reach(user, units, _own(mine, below), monitors_own, policy, whole)


def _union(sets: Iterable[Iterable[int]]) -> frozenset[int]:
    return frozenset().union(*sets)


def _own(grants: list[tuple[Role, int]], below: Callable[[int], frozenset[int]]) -> frozenset[int]:
    """The units a person works in, and those where they sit as monitor."""
    worked = (below(unit) for role, unit in grants if role in WORKERS)
    seats = ({unit} for role, unit in grants if role is Role.MONITOR)
    return _union([*worked, *seats])


def works_in(user: User, unit: Unit) -> bool:
    """Whether the unit's work is the person's own: they are staff or head of it or of a unit above it."""
    seats = {grant.unit_id for grant in user.grants if grant.role in WORKERS}
    above: Unit | None = unit
    while above is not None and above.id not in seats:
        above = above.parent
    return above is not None


def descendants() -> Callable[[int], frozenset[int]]:
    """A function from a unit's id to the ids of that unit and all below it; one query for the whole tree."""
    return _below(_children())


def _children() -> Mapping[int | None, list[int]]:
    """The units under each unit, by id; under None those at the top; one query."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for unit_id, parent_id in db.session.execute(select(Unit.id, Unit.parent_id)):
        children[parent_id].append(unit_id)
    return children


def _below(children: Mapping[int | None, list[int]]) -> Callable[[int], frozenset[int]]:
    def below(unit_id: int) -> frozenset[int]:
        found: set[int] = set()
        waiting = [unit_id]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(children.get(current, ()))
        return frozenset(found)

    return below


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
        helped = select(TaskParty.task_id).where(
            TaskParty.unit_id.in_(worked), TaskParty.role == PartyRole.COORDINATING
        )
        led = select(FormerLead.assignment_id).where(FormerLead.unit_id.in_(worked))
        clauses += [
            Assignment.unit_id.in_(worked),
            Assignment.task_id.in_(helped),
            Assignment.id.in_(led),
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
        helped = select(TaskParty.task_id).where(
            TaskParty.unit_id.in_(worked), TaskParty.role == PartyRole.COORDINATING
        )
        led = select(FormerLead.assignment_id).where(FormerLead.unit_id.in_(worked))
        clauses += [
            Task.id.in_(select(Assignment.task_id).where(Assignment.unit_id.in_(worked))),
            Task.id.in_(select(Assignment.task_id).where(Assignment.id.in_(led))),
            and_(Task.id.in_(helped), given.exists()),
        ]
    return or_(*clauses) if clauses else false()


def plans_with_a_task_seen(reach: Reach) -> ColumnElement[bool]:
    """`plans_visible_to`, asked plan by plan: for where other words leave few plans."""
    if sees_everything(reach):
        return true()
    seen = select(Task.id).where(Task.plan_id == Plan.id, tasks_visible_to(reach))
    return or_(
        Plan.watching_unit_id.in_(reach.covered(*OVERSEERS)),
        and_(Plan.published_at.is_not(None), seen.exists()),
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


def watches_own_work(reach: Reach, assignment: Assignment) -> bool:
    """Whether the person watches the plan but the work is their own unit's, so that a leader confirms it."""
    return assignment.unit_id in reach.own and _watches(reach, assignment, Role.MONITOR)


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


def _watched_tasks(unit_ids: frozenset[int]):
    return select(Task.id).join(Plan).where(Plan.watching_unit_id.in_(unit_ids))


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


def plans_visible_to(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the plans for which `may_see_plan` holds."""
    if sees_everything(reach):
        return true()
    given = select(Task.plan_id).join(Assignment).where(visible_to(reach))
    return or_(
        Plan.watching_unit_id.in_(reach.covered(*OVERSEERS)),
        and_(Plan.published_at.is_not(None), Plan.id.in_(given)),
    )


def may_keep_units(reach: Reach, unit_id: int | None) -> bool:
    """Whether the person may change units, groups and aliases there; only administrators touch the root."""
    if reach.holds(Role.ADMINISTRATOR):
        return True
    return unit_id is not None and reach.covers(unit_id, Role.MONITOR)
