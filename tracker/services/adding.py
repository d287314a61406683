"""What joins a published plan later: new members of its groups, and tasks added by hand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from tracker.db import db
from tracker.deadlines.meaning import Reading
from tracker.deadlines.workdays import DaysOff
from tracker.models import (
    Assignment,
    GroupMembership,
    PartyRole,
    Plan,
    Task,
    TaskGroup,
    TaskParty,
    Unit,
    UnitGroup,
    User,
)
from tracker.services import assigning, auditing, milestones, readiness
from tracker.services.assigning import Row
from tracker.services.publishing import NotReady
from tracker.services.refusals import Refused
from tracker.words import nfc

NO_DELIVERABLE_NAMED = "Báo cáo kết quả"


@dataclass(frozen=True, slots=True)
class Offer:
    """A unit that became a member of a group after the group was given the task."""

    task: Task
    group: UnitGroup
    unit: Unit
    role: PartyRole


def later_members(plan: Plan, today: date) -> list[Offer]:
    """The units that today belong to a group of the plan and have no part in its task yet.

    They are offered, never added silently. A fixed number of queries.
    """
    by_task: dict[int, list[Any]] = defaultdict(list)
    for part in db.session.execute(_parts(plan)):
        by_task[part.task_id].append(part)
    named = {part.group_id for parts in by_task.values() for part in parts if part.group_id is not None}
    members = (
        select(UnitGroup)
        .where(UnitGroup.id.in_(named))
        .options(selectinload(UnitGroup.memberships).joinedload(GroupMembership.unit))
    )
    groups = {group.id: group for group in db.session.scalars(members)}
    tasks = db.session.scalars(select(Task).where(Task.plan_id == plan.id).order_by(Task.position))
    return [offer for task in tasks for offer in _offers(task, by_task[task.id], groups, today)]


def _parts(plan: Plan) -> Select:
    """Who has which part in which task: read in columns, for there may be thousands."""
    return (
        select(TaskParty.task_id, TaskParty.unit_id, TaskParty.group_id, TaskParty.role)
        .join(Task)
        .where(Task.plan_id == plan.id)
        .order_by(TaskParty.position)
    )


def _offers(
    task: Task, parts: Sequence[Any], groups: Mapping[int, UnitGroup], today: date
) -> Iterator[Offer]:
    present = {part.unit_id for part in parts}
    roles: dict[int, PartyRole] = {}
    for part in parts:
        if part.group_id is not None:
            roles.setdefault(part.group_id, part.role)
    for group_id, role in roles.items():
        for unit in groups[group_id].members_on(today):
            if unit.id not in present:
                present.add(unit.id)
                yield Offer(task, groups[group_id], unit, role)


def take_in(
    plan: Plan,
    offers: Iterable[Offer],
    *,
    actor: User,
    now: datetime,
    today: date,
    roll: DaysOff | None = None,
) -> list[Assignment]:
    """Give the units their part in the tasks: what is not over is assigned to those that lead.

    A unit that has its part already is passed over.
    """
    known = {(offer.task.id, offer.unit.id): offer for offer in later_members(plan, today)}
    joining = [offer for offer in offers if known.pop((offer.task.id, offer.unit.id), None)]
    parties = [_join(offer, actor, now) for offer in joining]
    db.session.flush()  # the rows name parties by their ids
    rows = [row for party in parties for row in _rows(party, plan, today, roll)]
    return assigning.give(rows, actor=actor, now=now)


def _join(offer: Offer, actor: User, now: datetime) -> TaskParty:
    party = TaskParty(
        unit=offer.unit,
        group=offer.group,
        role=offer.role,
        phrase=offer.group.name,
        position=len(offer.task.parties) + 1,
    )
    offer.task.parties.append(party)
    after = {"unit": offer.unit.id, "group": offer.group.id, "role": offer.role.value}
    auditing.record(actor, "add_party", offer.task, now=now, after=after)
    return party


def _rows(party: TaskParty, plan: Plan, today: date, roll: DaysOff | None) -> Iterator[Row]:
    if party.role is not PartyRole.LEAD or plan.published_at is None:
        return
    for milestone in party.task.milestones:
        for dates in milestones.dates_from(milestone, plan, today, roll):
            if not readiness.is_past(dates, today):
                yield assigning.row(milestone, party, dates, tracked_from=today)


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task as the monitor writes it: its title, its deadline as read, who does it, what it must produce."""

    title: str
    reading: Reading
    leads: Sequence[Unit]
    coordinating: Sequence[Unit] = ()
    deliverables: Sequence[str] = ()
    group: TaskGroup | None = None
    no: str = ""
    note: str = ""


def add_task(
    plan: Plan, new: NewTask, *, actor: User, now: datetime, today: date, roll: DaysOff | None = None
) -> Task:
    """Add a task to the plan; where that is published already, it is given out at once.

    All deliverables belong to the last milestone; none named means a report. Raises Refused without a
    title or for a day that has passed, NotReady where the task lacks something publishing needs.
    """
    if not new.title.strip():
        raise Refused("Hãy nhập nội dung nhiệm vụ.")
    task = _task(plan, new)
    obstacles = list(readiness.task_obstacles(plan, task))
    if obstacles:
        raise NotReady(obstacles)
    if any(readiness.is_past(dates, today) for dates in _dates(task, plan, today, roll)):
        raise Refused("Thời hạn của nhiệm vụ đã qua. Hãy nhập thời hạn từ hôm nay trở đi.")
    plan.tasks.append(task)
    task.group = new.group
    auditing.record(actor, "add_task", task, now=now, after={"title": task.title})
    rows = [row for party in task.leads for row in _rows(party, plan, today, roll)]
    assigning.give(rows, actor=actor, now=now)
    return task


def _dates(task: Task, plan: Plan, today: date, roll: DaysOff | None) -> Iterator[milestones.Dates]:
    for milestone in task.milestones:
        yield from milestones.dates_from(milestone, plan, today, roll)


def _task(plan: Plan, new: NewTask) -> Task:
    task = Task(
        position=max((task.position for task in plan.tasks), default=0) + 1,
        no=new.no.strip(),
        title=nfc(new.title).strip(),
        deadline_text=new.reading.text,
        note=new.note.strip(),
    )
    coordinating = [unit for unit in dict.fromkeys(new.coordinating) if unit not in new.leads]
    sides = [(unit, PartyRole.LEAD) for unit in dict.fromkeys(new.leads)]
    sides += [(unit, PartyRole.COORDINATING) for unit in coordinating]
    task.parties = [
        TaskParty(unit=unit, role=role, phrase=unit.name, position=place)
        for place, (unit, role) in enumerate(sides, 1)
    ]
    meant = new.reading.milestones
    names = [nfc(name).strip() for name in new.deliverables if name.strip()] or [NO_DELIVERABLE_NAMED]
    task.milestones = [
        milestones.stored(one, place, names if place == len(meant) else ())
        for place, one in enumerate(meant, 1)
    ]
    return task
