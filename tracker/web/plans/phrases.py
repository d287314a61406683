"""Whom the phrases of a document name: one at a time, or all that are unknown in one step."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from tracker import clock
from tracker.access import may_keep_units
from tracker.db import db
from tracker.models import PlanImport, Unit, UnitGroup
from tracker.plans.answers import PhraseAnswer
from tracker.plans.corrected import context_of
from tracker.plans.doubts import about_phrase
from tracker.plans.naming import Directory, names_several
from tracker.services import answering
from tracker.services.checking import check
from tracker.services.refusals import Refused
from tracker.web.deeds import attempt
from tracker.web.plans.review import Slip, answered, page, target_choices, version_seen
from tracker.web.plans.room import bp, find_import, unit_choices
from tracker.web.sessions import current_reach


@bp.get("/imports/<int:import_id>/phrase")
def phrase(import_id: int) -> ResponseReturnValue:
    """One phrase by itself, to be answered again."""
    plan_import = find_import(import_id)
    checked = check(plan_import, clock.today())
    who = checked.named.get(request.args.get("phrase", "")) or abort(404)
    figure = next((one for one in checked.indicators if one.unit == who.phrase), None)
    return render_template(
        "plans/phrase.html",
        plan_import=plan_import,
        checked=checked,
        doubt=about_phrase(checked.corrected, who, figure),
        who=who,
        choices=target_choices(checked),
        context=context_of(checked.corrected.heading),
        slip=None,
    )


@bp.post("/imports/<int:import_id>/phrase")
def answer_phrase(import_id: int) -> ResponseReturnValue:
    """Take a phrase for a unit or group, for a new one, for nobody in particular, or leave it out."""
    plan_import = find_import(import_id)
    text = request.form.get("phrase", "")
    checked = check(plan_import, clock.today())
    if text not in checked.named:
        abort(404)
    match request.form.get("deed"):
        case "new_unit":
            return _create(plan_import, units=[text], groups=[])
        case "new_group":
            return _create(plan_import, units=[], groups=[text])
        case "open":
            said = PhraseAnswer(open=True)
        case "drop":
            said = PhraseAnswer(dropped=True)
        case _:
            said = _targets(request.form.getlist("target"), checked.directory)
    return answered(lambda: _answer(plan_import, text, said), plan_import)


def _targets(chosen: list[str], directory: Directory) -> PhraseAnswer:
    """«u12», «g3» -> the unit 12 and the group 3, where they are among those nearby."""
    return PhraseAnswer(
        units=tuple(unit for unit in sorted(directory.near) if f"u{unit}" in chosen),
        groups=tuple(group for group in directory.groups if f"g{group}" in chosen),
    )


def _answer(plan_import: PlanImport, text: str, said: PhraseAnswer) -> None:
    if said == PhraseAnswer():
        raise Refused("Hãy chọn một đơn vị hoặc nhóm.")
    answering.answer_phrase(plan_import, text, said, seen=version_seen(), actor=current_user, now=clock.now())


def _create(plan_import: PlanImport, units: list[str], groups: list[str]) -> ResponseReturnValue:
    parent = _parent(plan_import)
    return answered(
        lambda: answering.create_units(
            plan_import,
            new_units=units,
            new_groups=groups,
            parent=parent,
            actor=current_user,
            now=clock.now(),
        ),
        plan_import,
    )


def _parent(plan_import: PlanImport) -> Unit:
    """The unit new ones are put under: the one chosen, else the one that watches over the plan."""
    unit = db.session.get(Unit, request.form.get("parent", plan_import.unit_id, type=int))
    if unit is None or not may_keep_units(current_reach, unit.id):
        abort(403)
    return unit


@bp.route("/imports/<int:import_id>/units", methods=["GET", "POST"])
def unknown_units(import_id: int) -> ResponseReturnValue:
    """Every phrase that names nobody known, to be made a unit, a group, or left as text, in one step."""
    plan_import = find_import(import_id)
    unknown = [who.phrase for who in check(plan_import, clock.today()).unknown]
    if request.method == "GET":
        in_force = db.session.scalars(select(Unit).where(Unit.last_on.is_(None)))
        kept = [unit for unit in in_force if may_keep_units(current_reach, unit.id)]
        return render_template(
            "plans/units.html",
            plan_import=plan_import,
            unknown=[(text, "group" if names_several(text) else "unit") for text in unknown],
            parents=unit_choices(kept),
        )
    chosen = dict(zip(request.form.getlist("phrase"), request.form.getlist("kind"), strict=False))
    sorted_out = {
        kind: [text for text in unknown if chosen.get(text) == kind] for kind in ("unit", "group", "open")
    }
    parent = _parent(plan_import)
    done = attempt(
        lambda: answering.create_units(
            plan_import,
            new_units=sorted_out["unit"],
            new_groups=sorted_out["group"],
            open_phrases=sorted_out["open"],
            parent=parent,
            actor=current_user,
            now=clock.now(),
        )
    )
    if done:
        flash(f"Đã thêm {len(sorted_out['unit'])} đơn vị, {len(sorted_out['group'])} nhóm.")
    return redirect(url_for(".review", import_id=plan_import.id, _anchor="doubts"))


@bp.post("/imports/<int:import_id>/groups/<int:group_id>")
def fill_group(import_id: int, group_id: int) -> ResponseReturnValue:
    """Say who belongs to a group without members that a phrase names."""
    plan_import = find_import(import_id)
    group = db.session.get(UnitGroup, group_id)
    if group is None or not may_keep_units(current_reach, group.keeper_id):
        abort(404)
    chosen = request.form.getlist("unit", type=int)
    near = check(plan_import, clock.today()).directory.near
    members = list(db.session.scalars(select(Unit).where(Unit.id.in_(near.intersection(chosen)))))
    if not members:
        return page(plan_import, Slip(f"g{group_id}", "", "Hãy chọn ít nhất một đơn vị."))
    return answered(
        lambda: answering.fill_group(
            plan_import, group, members, actor=current_user, now=clock.now(), today=clock.today()
        ),
        plan_import,
    )
