"""A document that amends a plan: said to be so, shown beside the plan, applied as far as chosen."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker import clock
from tracker.access import may_manage_plan
from tracker.db import db
from tracker.models import Plan, PlanImport, Unit
from tracker.plans.amending import Aspect, Side
from tracker.plans.corrected import context_of
from tracker.plans.goals import Goal
from tracker.plans.orders import withdrawn
from tracker.services import amending, amending_goals, answering, comparing, importing
from tracker.services.amending import Chosen
from tracker.services.amending_goals import ChosenGoals
from tracker.services.checking import Check, check
from tracker.web.deeds import attempt
from tracker.web.plans.publishing import roll
from tracker.web.plans.review import address_of, answered
from tracker.web.plans.room import bp, find_import
from tracker.web.plans.wording import BOUNDS
from tracker.web.sessions import current_reach

ASPECTS = {
    Aspect.TITLE: "Nhiệm vụ",
    Aspect.LEAD: "Chủ trì",
    Aspect.COORDINATING: "Phối hợp",
    Aspect.DEADLINE: "Thời hạn",
    Aspect.DELIVERABLES: "Sản phẩm",
}


@bp.post("/imports/<int:import_id>/amends")
def new_issue(import_id: int) -> ResponseReturnValue:
    """Say that the document is a new issue of a plan that is known."""
    plan_import = find_import(import_id)
    plan = db.session.get(Plan, request.form.get("plan", 0, type=int))
    if plan is None or not may_manage_plan(current_reach, plan):
        abort(404)
    return answered(
        lambda: answering.agree_new_issue(plan_import, plan, actor=current_user, now=clock.now()), plan_import
    )


@bp.get("/imports/<int:import_id>/compare")
def compare(import_id: int) -> ResponseReturnValue:
    """The plan and the document side by side: what is new, changed and gone, to be chosen."""
    plan_import = find_import(import_id)
    checked = check(plan_import, clock.today())
    if importing.is_published(plan_import) or checked.amends is None:
        return redirect(address_of(plan_import))
    _may_manage(checked.amends)
    return _page(plan_import, checked, checked.amends)


def _page(plan_import: PlanImport, checked: Check, plan: Plan) -> str:
    found = comparing.comparison(plan, checked)
    mended = comparing.mended(plan, checked, found)
    goals = amending_goals.comparison(plan, checked)
    sides = [*found.added, *found.gone]
    sides += [
        side
        for change in (*found.changed, *(one.change for one in mended))
        for side in (change.old, change.new)
    ]
    answered_for = {text for one in mended for text in one.texts}
    return render_template(
        "plans/compare.html",
        plan_import=plan_import,
        plan=plan,
        found=found,
        withdrawn=withdrawn(found.gone, checked.draft.withdrawals),
        mended=mended,
        unanswered=[one.text for one in checked.draft.mendings if one.text not in answered_for],
        document=comparing.named(checked.corrected.heading),
        context=context_of(checked.corrected.heading),
        goals=goals,
        names=_names(sides, [*goals.added, *goals.gone, *(change.new for change in goals.changed)]),
        BOUNDS=BOUNDS,
        ASPECTS=ASPECTS,
    )


def _names(sides: list[Side], goals: list[Goal]) -> dict[int, str]:
    """The names of the units on either side; one query."""
    wanted = {unit_id for side in sides for unit_id in (*side.leads, *side.helpers)}
    wanted |= {goal.unit_id for goal in goals}
    return {unit.id: unit.name for unit in db.session.query(Unit).where(Unit.id.in_(wanted))}


@bp.post("/imports/<int:import_id>/apply")
def apply_amendment(import_id: int) -> ResponseReturnValue:
    """Apply what was ticked; refused, nothing is left of it and the page says why."""
    plan_import = find_import(import_id)
    plan = check(plan_import, clock.today()).amends
    if plan is None:
        return redirect(address_of(plan_import))
    _may_manage(plan)
    names = ("added", "changed", "gone", "mended")
    added, changed, gone, mended = (request.form.getlist(name) for name in names)
    changed = [key for key in changed if key not in added]
    goals = ChosenGoals(*(request.form.getlist(f"goal-{name}") for name in ("added", "changed", "gone")))
    chosen = Chosen(added, changed, gone, goals, mended)
    if attempt(
        lambda: amending.apply(
            plan_import, chosen, actor=current_user, now=clock.now(), today=clock.today(), roll=roll()
        )
    ):
        flash(_what_was_applied(len(added), len(changed) + len(mended), len(gone), len(goals)))
        return redirect(url_for(".show", plan_id=plan.id))
    return redirect(url_for(".compare", import_id=import_id))


def _what_was_applied(added: int, changed: int, gone: int, goals: int) -> str:
    """«Đã áp dụng: thêm 1, thay đổi 3 nhiệm vụ; 2 chỉ tiêu. Những gì đã báo cáo được giữ nguyên.»"""
    deeds = [
        f"{deed} {count}" for deed, count in (("thêm", added), ("thay đổi", changed), ("bỏ", gone)) if count
    ]
    parts = [f"{', '.join(deeds)} nhiệm vụ"] if deeds else []
    parts += [f"{goals} chỉ tiêu"] if goals else []
    if not parts:
        return "Không áp dụng thay đổi nào. Văn bản được ghi vào hồ sơ của kế hoạch."
    return f"Đã áp dụng: {'; '.join(parts)}. Những gì đã báo cáo được giữ nguyên."


def _may_manage(plan: Plan) -> None:
    if not may_manage_plan(current_reach, plan):
        abort(404)
