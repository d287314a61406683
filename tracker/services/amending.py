"""A corrected or supplementing issue of a plan, applied as far as chosen.

What was reported is never lost: assignments keep their evidence, reports and log; what ends is cancelled,
with the document named as the reason.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from sqlalchemy import ColumnElement, select

from tracker.db import db
from tracker.deadlines.workdays import DaysOff
from tracker.models import (
    Assignment,
    Deliverable,
    Evidence,
    EvidenceAbsence,
    Milestone,
    OpenParty,
    PartyRole,
    Plan,
    PlanImport,
    Task,
    TaskGroup,
    TaskParty,
    Unit,
    User,
)
from tracker.plans.amending import Aspect, Change, Comparison, Side
from tracker.plans.corrected import Row
from tracker.rules.states import State
from tracker.services import (
    amending_goals,
    assigning,
    auditing,
    catalogues,
    comparing,
    drafting,
    managing,
    mending,
    milestones,
    readiness,
)
from tracker.services.amending_goals import ChosenGoals
from tracker.services.checking import Check, check
from tracker.services.refusals import Refused
from tracker.words import fold

UNFINISHED = (State.OPEN, State.SUBMITTED, State.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be applied: keys of new rows, of changed rows, of tasks that are gone, and of indicators.

    A row that only looks like a change of a task is `added` where it is a task of its own. `mended` are keys
    of tasks that the document changes in words alone.
    """

    added: Collection[str] = ()
    changed: Collection[str] = ()
    gone: Collection[str] = ()
    goals: ChosenGoals = field(default_factory=ChosenGoals)
    mended: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """Who applies which document when; `roll` as for publishing."""

    plan: Plan
    checked: Check
    document: str
    actor: User
    now: datetime
    today: date
    roll: DaysOff | None

    @property
    def reason(self) -> str:
        """«Theo Văn bản số 45/KH-UBND ngày 01/7/2026.»"""
        return f"Theo {self.document}."


def apply(
    plan_import: PlanImport,
    chosen: Chosen,
    *,
    actor: User,
    now: datetime,
    today: date,
    roll: DaysOff | None = None,
) -> Comparison:
    """Apply what was chosen of a document that amends a plan; all of it or, where that is refused, nothing.

    In a published plan new tasks are given out at once, other dates are put in force for every unit with
    the document on record, other leads take over what is open, and what is gone is cancelled. Returns what
    was compared. Raises Refused while something that blocks is unanswered, or for a new task whose day has
    passed.
    """
    checked = check(plan_import, today)
    plan = checked.amends
    if plan is None:
        raise Refused("Hãy chọn kế hoạch được điều chỉnh trước khi áp dụng.")
    blocking = [doubt for doubt in checked.doubts if doubt.blocks]
    if blocking:
        raise Refused(f"Còn {len(blocking)} chỗ phải xem trước khi áp dụng. {blocking[0].title}")
    found = comparing.comparison(plan, checked)
    amendment = Amendment(plan, checked, comparing.named(checked.corrected.heading), actor, now, today, roll)
    tasks = {str(task.id): task for task in plan.tasks}
    rows = {row.key: row for row in checked.corrected.selected}
    named = {change.new.key: tasks[change.old.key] for change in (*found.same, *found.changed)}
    for change in found.changed:
        if change.new.key in chosen.added:
            named[change.new.key] = _add(rows[change.new.key], amendment)
        elif change.new.key in chosen.changed:
            _change(tasks[change.old.key], change, amendment)
    for one in comparing.mended(plan, checked, found):
        if one.change.old.key in chosen.mended:
            _change(tasks[one.change.old.key], one.change, amendment)
    for side in found.gone:
        if side.key in chosen.gone:
            _end(tasks[side.key], amendment)
    for side in found.added:
        if side.key in chosen.added:
            named[side.key] = _add(rows[side.key], amendment)
    if found.whole:
        drafting.put_in_order(plan, [(named[key], row) for key, row in rows.items() if key in named])
    amending_goals.apply(plan, checked, chosen.goals, amendment.reason, actor=actor, now=now)
    catalogues.remember(plan_import.unit, checked.decided, actor=actor, now=now, today=today)
    plan_import.plan, plan_import.accepted_at = plan, now
    auditing.record(actor, "amend", plan, now=now, after=_counted(plan_import, amendment, chosen))
    return found


def _counted(plan_import: PlanImport, amendment: Amendment, chosen: Chosen) -> dict[str, object]:
    return {
        "import": plan_import.id,
        "document": amendment.document,
        "added": len(chosen.added),
        "changed": len(chosen.changed) + len(chosen.mended),
        "gone": len(chosen.gone),
        "indicators": len(chosen.goals),
    }


def _add(row: Row, amendment: Amendment) -> Task:
    """The task made of a new row; in a published plan it is given out at once."""
    plan = amendment.plan
    task = drafting.task_of(row, max((task.position for task in plan.tasks), default=0) + 1)
    task.parties = list(drafting.parties_of(row, amendment.checked))
    task.open_parties = list(drafting.open_parties_of(row, amendment.checked))
    plan.tasks.append(task)
    task.group = _group(plan, row)
    db.session.flush()  # the rows name milestones and parties by their ids
    auditing.record(
        amendment.actor,
        "add_task",
        task,
        now=amendment.now,
        after={"title": task.title, "reason": amendment.reason},
    )
    obstacles = list(readiness.task_obstacles(plan, task))
    if obstacles:
        raise Refused(f"Chưa áp dụng được: {obstacles[0].sentence}")
    for milestone in task.milestones:
        _give(milestone, task.leads, amendment)
    return task


def _group(plan: Plan, row: Row) -> TaskGroup | None:
    """The group that the row stands under, new where the plan has none of that title."""
    no, title = row.task.group, row.task.group_title
    if not no and not title:
        return None
    known = next((group for group in plan.groups if fold(group.title) == fold(title)), None)
    if known is None:
        known = TaskGroup(position=len(plan.groups) + 1, no=no[:30], title=title)
        plan.groups.append(known)
    return known


def _give(milestone: Milestone, parties: Sequence[TaskParty], amendment: Amendment) -> None:
    """Give a milestone out to parties, in a published plan."""
    plan, today = amendment.plan, amendment.today
    if plan.published_at is None:
        return
    dates = milestones.dates_from(milestone, plan, today, amendment.roll)
    if any(readiness.is_past(one, today) for one in dates):
        raise Refused(
            f"Thời hạn của “{readiness.short(milestone.task.title)}” đã qua. "
            "Hãy sửa thời hạn hoặc bỏ chọn nhiệm vụ này."
        )
    rows = [assigning.row(milestone, party, one, tracked_from=today) for party in parties for one in dates]
    assigning.give(rows, actor=amendment.actor, now=amendment.now)


def _change(task: Task, change: Change, amendment: Amendment) -> None:
    """Let a task say what the new issue says, in the aspects that differ."""
    before = {"title": task.title, "deadline": task.deadline_text}
    if Aspect.TITLE in change.aspects:
        task.title = change.new.title
    if Aspect.LEAD in change.aspects:
        _change_leads(task, change.new, amendment)
    if Aspect.COORDINATING in change.aspects:
        _change_helpers(task, change.new)
    if Aspect.DEADLINE in change.aspects:
        _change_deadline(task, change.new, amendment)
    if Aspect.DELIVERABLES in change.aspects:
        _change_deliverables(task, change.new)
    after = {"title": task.title, "deadline": task.deadline_text, "reason": amendment.reason}
    auditing.record(amendment.actor, "amend", task, now=amendment.now, before=before, after=after)


def _change_leads(task: Task, new: Side, amendment: Amendment) -> None:
    """New leads take their part; one that comes for one that goes takes over all that is open."""
    wanted = new.leads
    going = [party for party in task.leads if party.unit_id not in wanted]
    coming = [unit_id for unit_id in wanted if unit_id not in {party.unit_id for party in task.leads}]
    for party in [party for party in task.parties if party not in task.leads and party.unit_id in coming]:
        task.parties.remove(party)  # it helped, and leads from now on
    db.session.flush()  # a unit stands in a task once
    if len(going) == len(coming) == 1:
        _hand_over(going[0], coming[0], amendment)
        return
    for party in going:
        _take_out(party, amendment)
    joined = [_join(task, unit_id, PartyRole.LEAD) for unit_id in coming]
    db.session.flush()  # assignments name parties by their ids
    for milestone in task.milestones:
        _give(milestone, joined, amendment)


def _hand_over(party: TaskParty, unit_id: int, amendment: Amendment) -> None:
    """All that is open of one lead goes on with another unit, with everything that was reported."""
    party.unit = db.session.get_one(Unit, unit_id)
    for assignment in _unfinished(Assignment.party_id == party.id):
        if assignment.state is State.SUBMITTED:
            raise Refused(
                f"{assignment.unit.name} đang chờ xác nhận kết quả của "
                f"“{readiness.short(assignment.task.title)}”. "
                "Hãy xác nhận hoặc trả lại trước khi đổi đơn vị chủ trì."
            )
        managing.reassign(assignment, party.unit, amendment.reason, actor=amendment.actor, now=amendment.now)


def _take_out(party: TaskParty, amendment: Amendment) -> None:
    """A lead that nobody follows: what it has open is cancelled, and nothing new comes to it."""
    if amendment.plan.published_at is None:
        party.task.parties.remove(party)
        return
    for assignment in _unfinished(Assignment.party_id == party.id):
        managing.cancel(assignment, amendment.reason, actor=amendment.actor, now=amendment.now)
    party.role = PartyRole.FORMER


def _join(task: Task, unit_id: int, role: PartyRole) -> TaskParty:
    party = TaskParty(unit_id=unit_id, role=role, position=len(task.parties) + 1)
    task.parties.append(party)
    return party


def _unfinished(where: ColumnElement[bool]) -> list[Assignment]:
    query = select(Assignment).where(where, Assignment.state.in_(UNFINISHED)).order_by(Assignment.id)
    return list(db.session.scalars(query))


def _change_helpers(task: Task, new: Side) -> None:
    for party in [party for party in task.coordinating if party.unit_id not in new.helpers]:
        task.parties.remove(party)
    present = {party.unit_id for party in task.parties}
    for unit_id in new.helpers:
        if unit_id not in present:
            _join(task, unit_id, PartyRole.COORDINATING)
    task.open_parties = [
        *(party for party in task.open_parties if party.role is PartyRole.LEAD),
        *(
            OpenParty(role=PartyRole.COORDINATING, phrase=phrase, position=position)
            for position, phrase in enumerate(new.open_helpers, 1)
        ),
    ]


def _change_deadline(task: Task, new: Side, amendment: Amendment) -> None:
    """The n-th milestone takes the n-th deadline; what is more is given out, what is no more is cancelled."""
    task.deadline_text = new.wording
    wanted = new.milestones
    for milestone, meant in zip(task.milestones, wanted, strict=False):
        if amendment.plan.published_at is None:
            milestones.take_over(milestone, meant)
        else:
            mending.correct_milestone(
                milestone,
                meant,
                amendment.reason,
                actor=amendment.actor,
                now=amendment.now,
                today=amendment.today,
                document=amendment.document,
                roll=amendment.roll,
            )
    for milestone in task.milestones[len(wanted) :]:
        for assignment in _unfinished(Assignment.milestone_id == milestone.id):
            managing.cancel(assignment, amendment.reason, actor=amendment.actor, now=amendment.now)
    more = zip(wanted, new.deliverables, strict=True)
    for place, (meant, names) in islice(enumerate(more, 1), len(task.milestones), None):
        milestone = milestones.stored(meant, place, names)
        task.milestones.append(milestone)
        db.session.flush()  # assignments name milestones by their ids
        _give(milestone, task.leads, amendment)


def _change_deliverables(task: Task, new: Side) -> None:
    """Each milestone gets the names that are new; one that is gone stays where something was given for it."""
    for milestone, names in zip(task.milestones, new.deliverables, strict=False):
        wanted = {fold(name): name for name in names}
        for deliverable in list(milestone.deliverables):
            if fold(deliverable.name) in wanted:
                del wanted[fold(deliverable.name)]
            elif not _is_answered(deliverable):
                milestone.deliverables.remove(deliverable)
        last = max((deliverable.position for deliverable in milestone.deliverables), default=0)
        milestone.deliverables.extend(
            Deliverable(position=position, name=name)
            for position, name in enumerate(wanted.values(), last + 1)
        )


def _is_answered(deliverable: Deliverable) -> bool:
    """Whether evidence, or a reason why there is none, was given for it."""
    return any(
        db.session.scalar(select(kind.id).where(kind.deliverable_id == deliverable.id).limit(1)) is not None
        for kind in (Evidence, EvidenceAbsence)
    )


def _end(task: Task, amendment: Amendment) -> None:
    """A task that the new issue does not have: taken out of a draft, cancelled in a published plan."""
    if amendment.plan.published_at is None:
        amendment.plan.tasks.remove(task)
        return
    for assignment in _unfinished(Assignment.task_id == task.id):
        managing.cancel(assignment, amendment.reason, actor=amendment.actor, now=amendment.now)
