"""The reporting day of standing tasks: a unit answers all of a plan's on one page, a line or a file each."""

from datetime import date

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from tracker import clock
from tracker.db import db
from tracker.grants import WORKERS
from tracker.models import Plan, Role, StandingAnswer, Unit
from tracker.services import standing
from tracker.services.refusals import Refused
from tracker.services.standing import Answer, Round
from tracker.web.evidence import intake, send_attachment, upload_of
from tracker.web.finding import find_assignment
from tracker.web.sessions import current_reach
from tracker.words import date_words

bp = Blueprint("standing", __name__, url_prefix="/standing")


def _find_round(plan_id: int, unit_id: int, day: str) -> Round:
    """The round of the address, for who answers for the unit or watches the plan; aborts with 404 or 403."""
    plan, unit = db.session.get(Plan, plan_id), db.session.get(Unit, unit_id)
    if plan is None or unit is None:
        abort(404)
    found = standing.round_on(plan, unit, _day(day))
    if not found.lines:
        abort(404)
    for line in found.lines:
        find_assignment(line.assignment.id)
    if not _may_answer(plan, unit):
        abort(403)
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)


def _may_answer(plan: Plan, unit: Unit) -> bool:
    return current_reach.covers(unit.id, *WORKERS) or current_reach.covers(
        plan.watching_unit_id, Role.MONITOR
    )


@bp.get("/<int:plan_id>/<int:unit_id>/<day>")
@login_required
def show(plan_id: int, unit_id: int, day: str) -> ResponseReturnValue:
    return _page(_find_round(plan_id, unit_id, day), unit_id)


def _page(found: Round, unit_id: int) -> str:
    return render_template(
        "standing/round.html", round=found, unit=db.session.get(Unit, unit_id), typed=request.form
    )


@bp.post("/<int:plan_id>/<int:unit_id>/<day>")
@login_required
def answer(plan_id: int, unit_id: int, day: str) -> ResponseReturnValue:
    found = _find_round(plan_id, unit_id, day)
    unit = db.session.get_one(Unit, unit_id)
    try:
        changed = standing.answer(
            found.plan,
            unit,
            found.day,
            _answers(found),
            actor=current_user._get_current_object(),
            now=clock.now(),
            today=clock.today(),
        )
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return _page(_find_round(plan_id, unit_id, day), unit_id)
    db.session.commit()
    flash(f"Đã ghi {len(changed)} nội dung cho kỳ báo cáo đến {date_words(found.day)}.")
    return redirect(url_for(".show", plan_id=plan_id, unit_id=unit_id, day=day))


def _answers(found: Round) -> dict[int, Answer]:
    """What the form says of each task: `text-<id>` a line, `file-<id>` a file; a bad file raises Refused."""
    return {line.assignment.id: _answer(line.assignment.id) for line in found.lines}


def _answer(assignment_id: int) -> Answer:
    text = request.form.get(f"text-{assignment_id}", "")
    file = request.files.get(f"file-{assignment_id}")
    if file is None or not file.filename:
        return Answer(text)
    upload = upload_of(file)
    return Answer(text, intake().take(upload, now=clock.now()), upload.name)


@bp.get("/answers/<int:answer_id>")
@login_required
def download(answer_id: int) -> ResponseReturnValue:
    given = db.session.get(StandingAnswer, answer_id)
    if given is None or given.file is None:
        abort(404)
    find_assignment(given.assignment_id)
    return send_attachment(given.file, given.file_name)


def register(app: Flask) -> None:
    """Open the page of the reporting day."""
    app.register_blueprint(bp)
