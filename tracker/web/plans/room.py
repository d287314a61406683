"""What the pages of plans share: the blueprint, and finding things for who asks."""

from flask import Blueprint, Response, abort, request
from flask_login import login_required
from sqlalchemy.orm import selectinload

from tracker.access import may_import_into, may_manage_plan, may_see_plan
from tracker.db import db
from tracker.models import Milestone, Plan, PlanImport, Task, TaskParty, Unit
from tracker.services import units
from tracker.web.sessions import current_reach

bp = Blueprint("plans", __name__, url_prefix="/plans")

PART = "X-Part"  # what the script of a page sends with what it asks for
INDENT = "\u2003"  # an em space a level; options of a select keep no other white space


@bp.before_request
@login_required
def ask_who() -> None:
    """Nobody sees plans without having logged in."""


def wants_part() -> bool:
    """Whether the script of a page asks for the content alone, to stand inside what is already there."""
    return request.headers.get(PART) == "yes"


@bp.context_processor
def layout() -> dict[str, str]:
    """A page of its own, or the content alone for the script that asks."""
    return {"layout": "part.html" if wants_part() else "base.html"}


@bp.after_request
def answer_the_script(response: Response) -> Response:
    """No cache may give a part for a page."""
    response.vary.add(PART)
    return response


def find_plan(plan_id: int) -> Plan:
    """The plan, if who asks may see it; 404 otherwise."""
    plan = db.session.get(Plan, plan_id)
    if plan is None or not may_see_plan(current_reach, plan):
        abort(404)
    return plan


def find_managed_plan(plan_id: int) -> Plan:
    """The plan, if who asks may manage it; 404 where they may not even see it, else 403."""
    plan = find_plan(plan_id)
    if not may_manage_plan(current_reach, plan):
        abort(403)
    return plan


def find_import(import_id: int) -> PlanImport:
    """The import under review, if who asks may put in plans for its unit; 404 otherwise."""
    plan_import = db.session.get(PlanImport, import_id)
    if plan_import is None or not may_import_into(current_reach, plan_import.unit_id):
        abort(404)
    return plan_import


def unit_choices(members: list[Unit]) -> list[tuple[int, str]]:
    """The units as choices of a select, indented as they stand in the tree."""
    return [(unit.id, INDENT * depth + unit.name) for depth, unit in units.tree(members)]


# What the page of a task says of it.
WHOLE_TASK = (
    selectinload(Task.parties).joinedload(TaskParty.unit),
    selectinload(Task.parties).joinedload(TaskParty.group),
    selectinload(Task.open_parties),
    selectinload(Task.milestones).selectinload(Milestone.deliverables),
)


def find_task(plan: Plan, task_id: int) -> Task:
    """The task of the plan; 404 where the plan has none of that number."""
    found = db.session.get(Task, task_id, options=WHOLE_TASK)
    if found is None or found.plan_id != plan.id:
        abort(404)
    return found
