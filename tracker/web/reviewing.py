"""What waits for a decision (Chờ xử lý): results handed in and requests for more time, the oldest first."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from werkzeug import Response
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from tracker import clock
from tracker.access import Verb, may, watches_own_work
from tracker.models import Assignment, ReviewOutcome, Submission, User
from tracker.rules import timeliness
from tracker.services import days_off, histories, queue, reviewing, status
from tracker.services.queue import Kind
from tracker.web import previews
from tracker.web.assignment import LONGEST_TEXT
from tracker.web.deeds import attempt
from tracker.web.finding import find_assignment
from tracker.web.forms import DayField, Form
from tracker.web.numbers import row_number
from tracker.web.queue import address_of, go_on, items, leave, queue_page
from tracker.web.sessions import current_reach
from tracker.words import date_words, moment_words

bp = Blueprint("reviewing", __name__, url_prefix="/reviewing")


class ReturnForm(Form):
    """Why it is returned, and until when it is to be mended."""

    reason = TextAreaField(
        "Trả lại để sửa: nêu lý do", [InputRequired("Hãy nêu lý do trả lại."), Length(max=LONGEST_TEXT)]
    )
    mend_by = DayField("Sửa xong chậm nhất", [InputRequired("Hãy ghi ngày sửa xong.")])


def _asker() -> User:
    return current_user._get_current_object()


@bp.get("/")
@login_required
def index() -> ResponseReturnValue:
    found = queue.waiting(current_reach)
    if found and found[0].kind is not Kind.FOR_LEADER:
        return redirect(address_of(found[0]))
    return render_template("reviewing/empty.html", for_leader=items(found))


@bp.get("/<int:assignment_id>")
@login_required
def show(assignment_id: int) -> ResponseReturnValue:
    assignment = find_assignment(assignment_id)
    if not watches_own_work(current_reach, assignment):
        find_assignment(assignment_id, Verb.REVIEW)
    histories.read_whole(assignment)
    if status.waiting_submission(assignment) is None:
        return redirect(url_for("assignment.show", assignment_id=assignment_id))
    mend_by = days_off.calendar().add_working_days(clock.today(), reviewing.DAYS_TO_MEND)
    return _review_page(assignment, ReturnForm(formdata=None, mend_by=mend_by))


def _review_page(assignment: Assignment, form: ReturnForm) -> str:
    counted = reviewing.day_that_would_count(assignment)
    holdings = status.holdings(assignment)
    pieces = [piece for holding in holdings for piece in holding.evidence]
    opened = next((piece for piece in pieces if piece.id == request.args.get("piece", type=row_number)), None)
    opened = opened or next(iter(pieces), None)
    submission = status.waiting_submission(assignment)
    return queue_page(
        "reviewing/review.html",
        assignment,
        submission,
        form=form,
        may_decide=may(current_reach, Verb.REVIEW, assignment),
        submission=submission,
        holdings=holdings,
        pieces=pieces,
        opened=opened,
        preview=previews.preview_of(opened) if opened else None,
        counted=counted,
        on_time=assignment.due_on is None or counted <= assignment.due_on,
        days_to_mend=reviewing.DAYS_TO_MEND,
    )


def _seen(assignment: Assignment) -> Submission | None:
    """What the decision is about, if it waits now: not where it was withdrawn or answered meanwhile."""
    submission = status.waiting_submission(assignment)
    if submission is not None and request.form.get("submission", type=row_number) == submission.id:
        return submission
    return None


def _too_late(assignment: Assignment) -> Response | None:
    """Say who was faster with what the decision is about; where nothing waits any more, lead to its page."""
    if status.waiting_submission(assignment) is None:
        return leave(f"{_overtaken(assignment)} Hãy xem diễn biến ở đây.", assignment)
    flash(f"{_overtaken(assignment)} Hãy xem lại trước khi quyết định.", "error")
    return None


def _overtaken(assignment: Assignment) -> str:
    meant = request.form.get("submission", type=row_number)
    submission = next((one for one in assignment.submissions if one.id == meant), None)
    if submission is not None and submission.review is not None:
        review = submission.review
        deed = "trả lại" if review.outcome is ReviewOutcome.RETURNED else "xác nhận"
        return f"Kết quả này đã được {review.by.name} {deed} lúc {moment_words(review.at)}."
    if submission is not None and submission.withdrawn_at is not None:
        return f"Đơn vị đã rút lại kết quả này lúc {moment_words(submission.withdrawn_at)}."
    return "Kết quả này vừa được cập nhật."


@bp.post("/<int:assignment_id>/confirm")
@login_required
def confirm(assignment_id: int) -> ResponseReturnValue:
    assignment = find_assignment(assignment_id, Verb.REVIEW)
    submission = _seen(assignment)
    if submission is None:
        return _too_late(assignment) or redirect(url_for(".show", assignment_id=assignment_id))
    if not attempt(lambda: reviewing.confirm(assignment, actor=_asker(), now=clock.now())):
        return redirect(url_for("assignment.show", assignment_id=assignment_id))
    outcome = timeliness.outcome(assignment.state, assignment.due_on, assignment.completed_on, clock.today())
    return go_on(f"Đã xác nhận. Ghi nhận {RECORDED[outcome]}.", submission)


RECORDED = {
    timeliness.Outcome.DONE_ON_TIME: "hoàn thành đúng hạn",
    timeliness.Outcome.DONE_LATE: "hoàn thành quá hạn",
    timeliness.Outcome.UNDATED: "đã hoàn thành",
}


@bp.post("/<int:assignment_id>/return")
@login_required
def return_(assignment_id: int) -> ResponseReturnValue:
    assignment, form = find_assignment(assignment_id, Verb.REVIEW), ReturnForm()
    submission = _seen(assignment)
    if submission is None:
        return _too_late(assignment) or _review_page(assignment, form)
    if form.validate() and attempt(lambda: _return(assignment, form), form.mend_by):
        until = date_words(form.mend_by.data) if form.mend_by.data else ""
        return go_on(f"Đã trả lại, sửa xong chậm nhất {until}.", submission)
    return _review_page(assignment, form)


def _return(assignment: Assignment, form: ReturnForm) -> None:
    reviewing.return_(
        assignment,
        form.reason.data or "",
        actor=_asker(),
        now=clock.now(),
        today=clock.today(),
        days_off=days_off.calendar(),
        mend_by=form.mend_by.data,
    )


def register(app: Flask) -> None:
    """Open the queue."""
    app.register_blueprint(bp)
