"""The reporting day of standing tasks: a unit answers all of a plan's on one page, a line or a file each."""

from collections.abc import Mapping
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
from tracker.web.forms import written
from tracker.web.sessions import current_reach
from tracker.words import date_words

bp = Blueprint("standing", __name__, url_prefix="/standing")

NOTHING: Mapping[str, str] = {}


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


def _page(found: Round, unit_id: int, refused: Mapping[str, str] = NOTHING) -> str:
    """The page of a round, with what was typed and the sentences against it by the names of their fields."""
    return render_template(
        "standing/round.html",
        round=found,
        unit=db.session.get(Unit, unit_id),
        typed=request.form,
        refused=refused,
        longest=standing.LONGEST,
    )


@bp.post("/<int:plan_id>/<int:unit_id>/<day>")
@login_required
def answer(plan_id: int, unit_id: int, day: str) -> ResponseReturnValue:
    """Store what can be stored; what cannot comes back by its field, with what was typed."""
    found = _find_round(plan_id, unit_id, day)
    try:
        standing.require_reporting_day(found.plan, found.day, clock.today())
        answers, refused = _answers(found)
        changed = standing.answer(
            found.plan,
            db.session.get_one(Unit, unit_id),
            found.day,
            answers,
            actor=current_user._get_current_object(),
            now=clock.now(),
            today=clock.today(),
        )
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return _page(_find_round(plan_id, unit_id, day), unit_id)
    db.session.commit()
    if changed or not refused:
        flash(_done_words(len(changed), found.day))
    if refused:
        return _page(_find_round(plan_id, unit_id, day), unit_id, refused)
    return redirect(url_for(".show", plan_id=plan_id, unit_id=unit_id, day=day))


def _done_words(count: int, day: date) -> str:
    if not count:
        return "Không có nội dung nào mới. Hãy ghi kết quả hoặc chọn tệp cho từng nhiệm vụ rồi gửi."
    return f"Đã ghi {count} nội dung cho kỳ báo cáo đến {date_words(day)}."


def _answers(found: Round) -> tuple[dict[int, Answer], dict[str, str]]:
    """What the form says of each task, and what speaks against it by the name of the field.

    `text-<id>` is a line, `was-<id>` what the page showed of it, `file-<id>` a file.
    """
    answers: dict[int, Answer] = {}
    refused: dict[str, str] = {}
    for line in found.lines:
        its = line.assignment.id
        try:
            said = _answer(its)
        except Refused as refusal:
            refused[f"file-{its}"] = str(refusal)
            continue
        sentence = standing.objection(line, said)
        if sentence:
            refused[f"text-{its}"] = sentence
        else:
            answers[its] = said
    return answers, refused


def _answer(assignment_id: int) -> Answer:
    """What the form says of one task; raises Refused for a bad file."""
    text = written(request.form.get(f"text-{assignment_id}", ""))
    was = request.form.get(f"was-{assignment_id}")
    file = request.files.get(f"file-{assignment_id}")
    if file is None or not file.filename:
        return Answer(text, was=was)
    upload = upload_of(file)
    return Answer(text, intake().take(upload, now=clock.now()), upload.name, was)


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
