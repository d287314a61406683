"""The assignments taken out of the service whole: of a plan, of a unit and those below, of a task."""

from sqlalchemy import ColumnElement, and_, select

from tracker.db import db
from tracker.grants import Reach, descendants
from tracker.models import Assignment, Plan, Task, Unit
from tracker.services.listing import WHOLE
from tracker.visibility import visible_to


def of_plan(plan: Plan) -> list[Assignment]:
    """All assignments of the plan, the oldest due day first; a fixed number of queries."""
    return _listed(Assignment.task_id.in_(select(Task.id).where(Task.plan_id == plan.id)))


def of_unit(unit: Unit) -> list[Assignment]:
    """All that the unit and those below it lead, the oldest due day first; a fixed number of queries."""
    return _listed(Assignment.unit_id.in_(descendants()(unit.id)))


def of_task(task: Task, reach: Reach) -> list[Assignment]:
    """The assignments of a task that the person may see; a fixed number of queries."""
    return _listed(and_(Assignment.task_id == task.id, visible_to(reach)))


def _listed(where: ColumnElement[bool]) -> list[Assignment]:
    query = select(Assignment).where(where).options(*WHOLE)
    order = (Assignment.due_on.is_(None), Assignment.due_on, Assignment.id)
    return list(db.session.scalars(query.order_by(*order)))
