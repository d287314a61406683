"""What a person can narrow lists to: plans, units and groups of units of which they see something."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from tracker.db import db
from tracker.grants import Reach
from tracker.models import Assignment, GroupMembership, Plan, Task, Unit, UnitGroup, User
from tracker.services import units, worklists
from tracker.visibility import sees_everything, visible_to


class PlanChoice(NamedTuple):
    """A plan to choose: its id, and its number or, where it has none, its title."""

    id: int
    words: str


def plans_in_sight(reach: Reach) -> Sequence[PlanChoice]:
    """The plans the person sees an assignment of, newest first."""
    query = select(Plan.id, Plan.number, Plan.title).where(_given_out(reach))
    rows = db.session.execute(query.order_by(Plan.issued_on.desc(), Plan.id.desc()))
    return [PlanChoice(plan_id, number or title) for plan_id, number, title in rows]


def _given_out(reach: Reach):
    """Plans with an assignment in sight; who sees all is asked plan by plan, who sees few at once."""
    if sees_everything(reach):
        return select(Task.id).join(Assignment).where(Task.plan_id == Plan.id).exists()
    return Plan.id.in_(select(Task.plan_id).join(Assignment).where(visible_to(reach)))


def units_in_sight(reach: Reach) -> list[tuple[int, Unit]]:
    """The units that lead something the person sees and those above them, each with its depth in the tree."""
    leading = select(Unit.id, Unit.parent_id).where(_leads(reach)).cte(recursive=True)
    found = leading.union(select(Unit.id, Unit.parent_id).join(leading, Unit.id == leading.c.parent_id))
    return units.tree(db.session.scalars(select(Unit).where(Unit.id.in_(select(found.c.id)))))


def groups_in_sight(reach: Reach) -> list[UnitGroup]:
    """The groups that have a unit which leads something the person sees, by name."""
    leading = select(Unit.id).where(_leads(reach))
    joined = select(GroupMembership.group_id).where(GroupMembership.unit_id.in_(leading))
    query = select(UnitGroup).where(UnitGroup.id.in_(joined)).order_by(UnitGroup.search_text)
    return list(db.session.scalars(query))


def _leads(reach: Reach):
    return select(Assignment.id).where(Assignment.unit_id == Unit.id, visible_to(reach)).exists()


def people_responsible(unit_ids: Collection[int]) -> list[User]:
    """Who is named responsible for something in these units, by name."""
    named = select(Assignment.responsible_id).where(Assignment.unit_id.in_(unit_ids))
    return list(db.session.scalars(select(User).where(User.id.in_(named)).order_by(User.search_text)))


def units_overdue(reach: Reach, today: date) -> list[tuple[Unit, int]]:
    """The units that lead something overdue the person may see, with how many, by name."""
    query = (
        select(Unit, func.count())
        .join(Assignment, Assignment.unit_id == Unit.id)
        .where(worklists.overdue(reach, today))
        .group_by(Unit.id)
        .order_by(Unit.search_text)
    )
    return [(unit, number) for unit, number in db.session.execute(query)]
