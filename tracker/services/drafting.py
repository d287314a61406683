"""A checked import written into a plan: groups, tasks, parties, milestones and deliverables."""

from collections.abc import Iterator, Sequence

from tracker.db import db
from tracker.models import OpenParty, PartyRole, Plan, Task, TaskGroup, TaskParty
from tracker.plans.corrected import Row
from tracker.plans.draft import Heading
from tracker.services import milestones
from tracker.services.checking import Check


def fill(plan: Plan, checked: Check) -> None:
    """Make the draft of a plan say just what was checked; what it held before is replaced."""
    _describe(plan, checked.corrected.heading)
    plan.tasks.clear()
    plan.groups.clear()
    db.session.add(plan)
    db.session.flush()  # the old tasks are gone before new ones stand in their places
    groups: dict[tuple[str, str], TaskGroup] = {}
    for position, row in enumerate(checked.corrected.selected, 1):
        task = task_of(row, position)
        task.parties = list(parties_of(row, checked))
        task.open_parties = list(open_parties_of(row, checked))
        plan.tasks.append(task)
        task.group = _group(plan, row, groups)
    db.session.flush()  # whoever publishes next reads it from the database


def _describe(plan: Plan, heading: Heading) -> None:
    plan.number = (heading.number or "")[:100]
    plan.title = heading.title
    plan.issuer = heading.issuer[:300]
    plan.issued_on = heading.issued
    plan.basis = "\n".join(heading.basis)
    plan.starts_on, plan.ends_on = heading.period or (None, None)


def _group(plan: Plan, row: Row, groups: dict[tuple[str, str], TaskGroup]) -> TaskGroup | None:
    """The group of a row; a number that is used twice over different titles makes two groups."""
    key = row.task.group, row.task.group_title
    if not any(key):
        return None
    if key not in groups:
        groups[key] = TaskGroup(position=len(groups) + 1, no=key[0][:30], title=key[1])
        plan.groups.append(groups[key])
    return groups[key]


def task_of(row: Row, position: int) -> Task:
    """The task that a row becomes, at its place in the plan, nobody named yet."""
    task = row.task
    return Task(
        position=position,
        no=task.no[:30],
        title=task.title,
        deadline_text=task.deadline_text,
        note=task.note,
        where_text=task.where[:200],
        source_row=[list(pair) for pair in task.source_row],
        milestones=[
            milestones.stored(draft.milestone, place, draft.deliverables)
            for place, draft in enumerate(task.milestones, 1)
        ],
    )


def put_in_order(plan: Plan, named: Sequence[tuple[Task, Row]]) -> None:
    """Let tasks have the numbers and the order of the rows of a whole new issue; the others follow them."""
    first = dict.fromkeys(task for task, _ in named)
    for task, row in named:
        task.no = row.task.no[:30]
    for position, task in enumerate((*first, *(task for task in plan.tasks if task not in first)), 1):
        task.position = position


def parties_of(row: Row, checked: Check) -> Iterator[TaskParty]:
    """Each unit once: who leads does not also help."""
    seen: set[int] = set()
    for role, phrase, unit_id, group_id in _candidates(row, checked):
        if unit_id not in seen:
            seen.add(unit_id)
            yield TaskParty(
                unit_id=unit_id, group_id=group_id, role=role, phrase=phrase[:500], position=len(seen)
            )


def _candidates(row: Row, checked: Check) -> Iterator[tuple[PartyRole, str, int, int | None]]:
    """Role, phrase, unit and group of everyone named, those who lead first."""
    for phrase in row.task.lead:
        yield from _named(PartyRole.LEAD, phrase, checked)
    for unit_id in row.filled:
        yield PartyRole.LEAD, checked.directory.units.get(unit_id, ""), unit_id, None
    for phrase in row.task.coordinating:
        if not checked.named[phrase].close:
            yield from _named(PartyRole.COORDINATING, phrase, checked)


def _named(role: PartyRole, phrase: str, checked: Check) -> Iterator[tuple[PartyRole, str, int, int | None]]:
    who = checked.named[phrase]
    for unit_id in who.units:
        yield role, phrase, unit_id, None
    for group_id in who.groups:
        for unit_id in checked.directory.members[group_id]:
            yield role, phrase, unit_id, group_id


def open_parties_of(row: Row, checked: Check) -> Iterator[OpenParty]:
    """Phrases that help and name nobody who is known: kept as they are written."""
    for position, phrase in enumerate(row.task.coordinating, 1):
        who = checked.named[phrase]
        if who.open or who.unknown or who.close:
            yield OpenParty(role=PartyRole.COORDINATING, phrase=phrase[:500], position=position)
