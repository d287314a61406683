"""What a person can narrow a board to: the units and groups of units that lead something they see."""

from sqlalchemy import select

from tracker.access import Reach, visible_to
from tracker.db import db
from tracker.models import Assignment, GroupMembership, Unit, UnitGroup
from tracker.services import units


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
