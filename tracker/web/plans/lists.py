"""The list of plans, one plan with its tasks, and one task with its assignments."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.access import may_import_into, may_manage_plan
from tracker.db import db
from tracker.models import Role, Unit
from tracker.services import adding, comparing, importing, indicators, overviews, plan_views, status
from tracker.services.plan_views import Narrowing
from tracker.web.numbers import row_number
from tracker.web.paging import Paging, asked_page
from tracker.web.plans.room import bp, find_plan, find_task, unit_choices
from tracker.web.sessions import current_reach

PAGE = 50  # plans a page
NARROWING_KEYS = ("q", "unit", "progress", "quarter")


@bp.get("/")
def index() -> ResponseReturnValue:
    """Every plan a person may see, and for who may put in new ones the imports that wait for them."""
    words = request.args.get("q", "").strip()[:200]
    monitored = current_reach.covered(Role.MONITOR)
    paging = Paging(overviews.count_plans(current_reach, words), PAGE, asked_page())
    return render_template(
        "plans/index.html",
        lines=overviews.plan_lines(current_reach, clock.today(), words, most=PAGE, after=paging.after),
        paging=paging,
        imports=importing.waiting(monitored),
        units=unit_choices(watching_units()),
        words=words,
    )


def watching_units() -> list[Unit]:
    """The units for which the person may put in plans."""
    monitored = current_reach.covered(Role.MONITOR)
    return list(db.session.query(Unit).filter(Unit.id.in_(monitored), Unit.last_on.is_(None)))


@bp.get("/<int:plan_id>")
def show(plan_id: int) -> ResponseReturnValue:
    """One plan: its tasks under their groups, each with who leads it and how far it has come."""
    plan = find_plan(plan_id)
    may_manage = may_manage_plan(current_reach, plan)
    groups, wanted = overviews.task_lines(plan, clock.today()), read_narrowing(request.args)
    return render_template(
        "plans/show.html",
        plan=plan,
        groups=plan_views.narrowed(groups, plan, wanted) if wanted else groups,
        wanted=wanted,
        kept={key: value for key, value in request.args.items() if key in NARROWING_KEYS and value},
        units=plan_views.lead_units(groups),
        quarters=plan_views.quarters(plan, clock.today()) if plan.published_at else [],
        today=clock.today(),
        may_manage=may_manage,
        offers=adding.later_members(plan, clock.today()) if may_manage and plan.published_at else [],
        has_indicators=indicators.any_of(plan),
        documents=list(comparing.documents(plan)) if may_manage else [],
        plan_import=importing.import_of(plan)
        if may_import_into(current_reach, plan.watching_unit_id)
        else None,
    )


def read_narrowing(asked: MultiDict[str, str]) -> Narrowing:
    """What an address asks for of a plan; what it says wrongly is not asked."""
    try:
        quarter = date.fromisoformat(asked.get("quarter", ""))
    except ValueError:
        quarter = None
    return Narrowing(
        words=asked.get("q", "").strip()[:200],
        unit_id=asked.get("unit", type=row_number),
        progress=asked.get("progress", ""),
        quarter=quarter,
    )


@bp.get("/<int:plan_id>/tasks/<int:task_id>")
def task(plan_id: int, task_id: int) -> ResponseReturnValue:
    """One task: its wording, what was understood, and the assignments that the person may see."""
    plan = find_plan(plan_id)
    found = find_task(plan, task_id)
    assignments = overviews.visible_assignments(found, current_reach)
    return render_template(
        "plans/task.html",
        task=found,
        assignments=assignments,
        states={one.id: status.state(one, clock.today()) for one in assignments},
        today=clock.today(),
    )
