"""The assignments that an administrator takes out of the service: of a plan, or of a unit and those below."""

from sqlalchemy import ColumnElement, select

from tracker.access import descendants
from tracker.db import db
from tracker.models import Assignment, Plan, Task, Unit
from tracker.services.worklists import WHOLE


def of_plan(plan: Plan) -> list[Assignment]:
    """All assignments of the plan, the oldest due day first; a fixed number of queries."""
    return _listed(Assignment.task_id.in_(select(Task.id).where(Task.plan_id == plan.id)))


def of_unit(unit: Unit) -> list[Assignment]:
    """All that the unit and those below it lead, the oldest due day first; a fixed number of queries."""
    return _listed(Assignment.unit_id.in_(descendants()(unit.id)))


def _listed(where: ColumnElement[bool]) -> list[Assignment]:
    query = select(Assignment).where(where).options(*WHOLE)
    order = (Assignment.due_on.is_(None), Assignment.due_on, Assignment.id)
    return list(db.session.scalars(query.order_by(*order)))
