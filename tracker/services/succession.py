"""A unit that was merged or split ends, and others follow it: all that is open passes on, or nothing does.

What is done, cancelled or frozen in a report stays with the unit that ended, and so do the roles of its
people there, so that they go on reading what was theirs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select, union
from sqlalchemy.orm import aliased, contains_eager, joinedload

from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.grants import descendants
from tracker.models import (
    Assignment,
    FormerLead,
    Grant,
    GroupMembership,
    Milestone,
    Plan,
    Task,
    TaskParty,
    Unit,
    UnitGroup,
    UnitSuccessor,
    User,
)
from tracker.rules.states import State, Step
from tracker.services import accounts, auditing, units
from tracker.services.refusals import Refused
from tracker.words import date_words, fold

OPEN = (State.OPEN, State.SUBMITTED, State.SUSPENDED)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Estate:
    """What a unit leaves behind when it ends: each thing has to pass to one of the successors.

    `series` are the parts in tasks that recur of which nothing is open now: occurrences to come need an heir.
    The roles of `grants` stay where they are and can be given again in a successor.
    """

    assignments: Sequence[Assignment]
    below: Sequence[Unit]
    plans: Sequence[Plan]
    grants: Sequence[Grant]
    series: Sequence[TaskParty]


@dataclass(frozen=True, slots=True)
class Heirs:
    """Which successor takes what over, by the ids of the things; a role not named is given again nowhere."""

    assignments: Mapping[int, Unit] = field(default_factory=dict)
    below: Mapping[int, Unit] = field(default_factory=dict)
    plans: Mapping[int, Unit] = field(default_factory=dict)
    grants: Mapping[int, Unit] = field(default_factory=dict)
    series: Mapping[int, Unit] = field(default_factory=dict)


def estate(unit: Unit) -> Estate:
    """What is open with the unit, what stands below it, the plans it watches and who holds roles in it.

    A fixed number of queries, whatever there is.
    """
    below = select(Unit).where(Unit.parent_id == unit.id, Unit.last_on.is_(None)).order_by(Unit.search_text)
    plans = select(Plan).where(Plan.watching_unit_id == unit.id).order_by(Plan.issued_on.desc(), Plan.id)
    grants = (
        select(Grant)
        .join(Grant.user)
        .where(Grant.unit_id == unit.id, User.active)
        .order_by(User.search_text, Grant.id)
        .options(joinedload(Grant.user).selectinload(User.grants))
    )
    return Estate(
        open_with(unit),
        db.session.scalars(below).all(),
        db.session.scalars(plans).all(),
        db.session.scalars(grants).all(),
        db.session.scalars(_series(unit)).all(),
    )


def open_with(unit: Unit) -> Sequence[Assignment]:
    """What is open with the unit, the next due first; one query."""
    query = (
        select(Assignment)
        .where(Assignment.unit_id == unit.id, Assignment.state.in_(OPEN))
        .order_by(Assignment.due_on.is_(None), Assignment.due_on, Assignment.id)
        .options(
            joinedload(Assignment.task).load_only(Task.title),
            joinedload(Assignment.task).joinedload(Task.plan).load_only(Plan.number, Plan.title),
            joinedload(Assignment.responsible),
        )
    )
    return db.session.scalars(query).all()


def _series(unit: Unit) -> Select[TaskParty]:
    """What recurs whose latest occurrence was the unit's and is not open, or that was to pass to it."""
    later = aliased(Assignment)
    follows = select(later.id).where(
        later.milestone_id == Assignment.milestone_id,
        later.party_id == Assignment.party_id,
        later.occurrence > Assignment.occurrence,
    )
    answered_last = (
        select(Assignment.party_id)
        .join(Assignment.milestone)
        .where(
            Assignment.unit_id == unit.id,
            Assignment.state.not_in(OPEN),
            Milestone.kind == Kind.RECURRING,
            ~follows.exists(),
        )
    )
    to_pass = select(TaskParty.id).where(TaskParty.heir_id == unit.id)
    return (
        select(TaskParty)
        .join(TaskParty.task)
        .join(Task.plan)
        .where(Plan.published_at.is_not(None), TaskParty.id.in_(union(answered_last, to_pass)))
        .order_by(Plan.issued_on.desc(), Plan.id, Task.position)
        .options(contains_eager(TaskParty.task).contains_eager(Task.plan))
    )


def require(unit: Unit, successors: Sequence[Unit], last_on: date, today: date) -> None:
    """Raise Refused where the unit cannot end on that day with these successors."""
    if unit.last_on is not None:
        raise Refused(f"{unit.name} đã kết thúc hoạt động từ sau ngày {date_words(unit.last_on)}.")
    if not successors:
        raise Refused("Hãy chọn ít nhất một đơn vị kế tục.")
    if last_on >= today:
        raise Refused("Ngày hoạt động cuối cùng phải trước hôm nay. Hãy quay lại khi đơn vị đã kết thúc.")
    if unit.first_on is not None and last_on < unit.first_on:
        raise Refused(f"Đơn vị hoạt động từ ngày {date_words(unit.first_on)}. Hãy ghi ngày sau đó.")
    ended = next((heir for heir in successors if heir.last_on is not None), None)
    if ended is not None:
        raise Refused(f"{ended.name} đã kết thúc hoạt động. Hãy chọn đơn vị đang hoạt động.")
    if not descendants()(unit.id).isdisjoint(heir.id for heir in successors):
        raise Refused("Đơn vị kế tục không thể là chính đơn vị này hoặc ở dưới nó. Hãy chọn đơn vị khác.")


def end(
    unit: Unit,
    successors: Sequence[Unit],
    heirs: Heirs,
    *,
    last_on: date,
    reason: str,
    actor: User,
    now: datetime,
    today: date,
) -> Estate:
    """Let the unit end with `last_on`, a day before today, and its successors take over; returns what passed.

    `reason` is the document that says so, or a few words. Where there is one successor, it is known by the
    names of the unit too. Raises Refused where the unit cannot end so, or something has no heir.
    """
    require(unit, successors, last_on, today)
    if not reason.strip():
        raise Refused("Hãy ghi căn cứ, ví dụ số và ngày của nghị quyết.")
    left = estate(unit)
    _require_heirs(left, heirs, successors)
    for held in left.grants:
        if held.id in heirs.grants:
            accounts.grant(held.user, held.role, heirs.grants[held.id], actor=actor, now=now)
    said = f"{unit.name} kết thúc hoạt động ngày {date_words(last_on)}. {reason.strip()}"
    _pass_on(left.assignments, heirs.assignments, said, actor, now)
    _move_below(left.below, heirs.below, actor, now)
    for party in left.series:
        _inherit(party, heirs.series[party.id], actor, now)
    for plan in left.plans:
        _watch(plan, heirs.plans[plan.id], actor, now)
    _follow_in_groups(unit, successors, last_on)
    unit.last_on = last_on
    unit.successors = list(successors)
    if len(successors) == 1:
        _take_place(successors[0], unit, actor, now)
    auditing.record(
        actor,
        "end_unit",
        unit,
        now=now,
        after={
            "last_on": last_on,
            "successors": [heir.id for heir in successors],
            "assignments": len(left.assignments),
            "reason": reason.strip(),
        },
    )
    return left


def _require_heirs(left: Estate, heirs: Heirs, successors: Sequence[Unit]) -> None:
    things = (
        (left.assignments, heirs.assignments),
        (left.series, heirs.series),
        (left.below, heirs.below),
        (left.plans, heirs.plans),
    )
    if any(heirs_of.get(thing.id) not in successors for kind, heirs_of in things for thing in kind):
        raise Refused("Còn mục chưa chọn đơn vị tiếp nhận. Hãy chọn cho từng mục, hoặc chọn chung.")
    if any(heir not in successors for heir in heirs.grants.values()):
        raise Refused("Vai trò chỉ cấp được tại đơn vị kế tục. Hãy chọn lại.")


def _pass_on(
    assignments: Sequence[Assignment], heirs: Mapping[int, Unit], said: str, actor: User, now: datetime
) -> None:
    """Give each to its heir as it stands: what waits for review goes on waiting, for the heir.

    Whoever was named responsible still is, where they work in the heir by now.
    """
    db.session.flush()  # roles given a moment ago count
    workers = {heir: set(accounts.workers_of(heir)) for heir in set(heirs.values())}
    for assignment in assignments:
        heir = heirs[assignment.id]
        auditing.record(
            actor,
            Step.REASSIGN.value,
            assignment,
            now=now,
            before={"unit": assignment.unit_id, "responsible": assignment.responsible_id},
            after={"unit": heir.id, "reason": said},
        )
        db.session.add(FormerLead(assignment_id=assignment.id, unit_id=assignment.unit_id, until_at=now))
        if assignment.responsible not in workers[heir]:
            assignment.responsible = None
        assignment.unit, assignment.changed_at = heir, now


def _move_below(below: Sequence[Unit], heirs: Mapping[int, Unit], actor: User, now: datetime) -> None:
    for unit in below:
        units.move(unit, heirs[unit.id], actor=actor, now=now)


def _inherit(party: TaskParty, heir: Unit, actor: User, now: datetime) -> None:
    party.heir = heir
    auditing.record(actor, "pass_series", party.task, now=now, after={"unit": heir.id})


def _watch(plan: Plan, heir: Unit, actor: User, now: datetime) -> None:
    before = {"watching_unit": plan.watching_unit_id}
    plan.watching_unit = heir
    auditing.record(actor, "pass_plan", plan, now=now, before=before, after={"watching_unit": heir.id})


def _follow_in_groups(unit: Unit, successors: Sequence[Unit], last_on: date) -> None:
    """In every group the unit is a member of, its membership ends and those of its successors begin."""
    query = (
        select(GroupMembership)
        .where(GroupMembership.unit_id == unit.id)
        .options(joinedload(GroupMembership.group).selectinload(UnitGroup.memberships))
    )
    first_on = last_on + ONE_DAY
    for membership in db.session.scalars(query).unique().all():
        if membership.last_on is not None and membership.last_on <= last_on:
            continue
        group = membership.group
        membership.last_on = last_on
        present = {other.unit_id for other in group.memberships if other.covers(first_on)}
        group.memberships.extend(
            GroupMembership(unit=heir, first_on=first_on) for heir in successors if heir.id not in present
        )


def _take_place(heir: Unit, unit: Unit, actor: User, now: datetime) -> None:
    """The one successor is known by the names of the unit too, and keeps the groups it kept."""
    for text in (unit.name, *(alias.text for alias in unit.aliases)):
        if fold(text) != heir.search_text:
            units.add_alias(text, heir, actor=actor, now=now)
    kept = {group.search_text for group in _groups_kept(heir)}
    for group in _groups_kept(unit):
        if group.search_text not in kept:
            group.keeper = heir


def _groups_kept(unit: Unit) -> Sequence[UnitGroup]:
    return db.session.scalars(select(UnitGroup).where(UnitGroup.keeper_id == unit.id)).all()


def followers() -> dict[int, int]:
    """The units that ended -> the one unit in force that followed, by ids; one query.

    What was split among several is not in it: a person has to decide.
    """
    rows = db.session.execute(
        select(UnitSuccessor.unit_id, UnitSuccessor.successor_id).order_by(UnitSuccessor.successor_id)
    )
    heirs: dict[int, list[int]] = defaultdict(list)
    for unit_id, heir_id in rows:
        heirs[unit_id].append(heir_id)
    return {unit_id: heir for unit_id in heirs if (heir := _last_of(unit_id, heirs)) is not None}


def _last_of(unit_id: int, heirs: Mapping[int, Sequence[int]]) -> int | None:
    while unit_id in heirs:
        if len(heirs[unit_id]) > 1:
            return None
        unit_id = heirs[unit_id][0]
    return unit_id
