"""One assignment: how it stands, why this day, what is there and missing, and the deeds of its lead unit."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from markupsafe import Markup
from werkzeug import Response
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from tracker import clock
from tracker.access import Verb, may, sees_until
from tracker.models import Assignment, User
from tracker.rules.states import State, Step
from tracker.services import (
    accounts,
    commenting,
    evidence,
    extending,
    histories,
    progress,
    reasons,
    standing,
    status,
    stepping,
)
from tracker.web.deeds import attempt
from tracker.web.finding import find_assignment, open_steps
from tracker.web.forms import DueField, Form, PercentField
from tracker.web.sessions import current_reach
from tracker.words import date_words, time_words

bp = Blueprint("assignment", __name__, url_prefix="/assignments/<int:assignment_id>")

LONGEST_TEXT = 5000  # characters of a report, a reason, a remark
NOBODY = 0


class ReportForm(Form):
    """How far the work has come."""

    percent = PercentField("Đã làm được (%)", [InputRequired("Hãy ghi tiến độ, từ 0 đến 100.")])
    text = TextAreaField("Kết quả đến nay", [Length(max=LONGEST_TEXT)])
    difficulties = TextAreaField("Khó khăn, vướng mắc", [Length(max=LONGEST_TEXT)])


class SubmitForm(Form):
    """What is said with what is handed in."""

    note = TextAreaField("Ghi chú gửi kèm", [Length(max=LONGEST_TEXT)])


class ExtensionForm(Form):
    """Until when, and why."""

    wanted_on = DueField("Đề nghị gia hạn đến ngày", [InputRequired("Hãy ghi ngày đề nghị.")])
    reason = TextAreaField(
        "Lý do đề nghị gia hạn",
        [InputRequired("Hãy nêu lý do đề nghị gia hạn."), Length(max=LONGEST_TEXT)],
    )


class CommentForm(Form):
    """A remark, or a direction where the button says so."""

    remark = TextAreaField("Gửi ý kiến", [InputRequired("Hãy nhập ý kiến."), Length(max=LONGEST_TEXT)])


class ResponsibleForm(Form):
    """Who in the lead unit is responsible."""

    person = SelectField("Người phụ trách", coerce=int)


@bp.get("/")
@login_required
def show(assignment_id: int) -> ResponseReturnValue:
    assignment = find_assignment(assignment_id)
    histories.read_whole(assignment)
    until = sees_until(current_reach, assignment)
    return page(assignment) if until is None else _former_page(assignment, until)


def _former_page(assignment: Assignment, until: datetime) -> str:
    """What a unit that the assignment was taken from still reads: its own part, up to that moment."""
    return render_template(
        "assignments/former.html",
        assignment=assignment,
        until=until,
        pieces=[piece for piece in status.evidence_in_force(assignment) if piece.at <= until],
        events=[event for event in histories.history(assignment) if event.at <= until],
    )


def page(assignment: Assignment, **forms: Form) -> str:
    """The page of the assignment, with the forms as given where one was refused, else empty."""
    steps = open_steps(current_reach, assignment)
    is_standing = status.is_standing(assignment)
    standing_day = standing.next_day(assignment, clock.today()) if is_standing else None
    last_report = assignment.progress_reports[-1] if assignment.progress_reports else None
    fresh: dict[str, Form] = {
        "report": ReportForm(formdata=None, percent=last_report.percent if last_report else None),
        "comment": CommentForm(formdata=None),
        "responsible": _responsible_form(assignment, formdata=None),
    }
    return render_template(
        "assignments/show.html",
        assignment=assignment,
        today=clock.today(),
        steps=steps,
        state=status.state(assignment, clock.today()),
        round_state=_round_state(assignment, standing_day),
        holdings=status.holdings(assignment),
        missing=status.missing(assignment),
        versions=evidence.versions,
        was_submitted=evidence.was_submitted,
        standing=is_standing,
        standing_day=standing_day,
        standing_answers=sorted(assignment.standing_answers, key=lambda said: said.day, reverse=True),
        waiting=status.waiting_submission(assignment),
        returned=status.return_to_mend(assignment),
        request_waiting=extending.pending_request(assignment),
        last_report=last_report,
        directions=assignment.directions,
        reasons=reasons.why(assignment),
        events=histories.history(assignment),
        may_comment=may(current_reach, Verb.COMMENT, assignment),
        may_direct=may(current_reach, Verb.DIRECT, assignment),
        **(fresh | forms),
    )


def _round_state(assignment: Assignment, day: date | None) -> str:
    """Whether an open standing assignment was answered for the reporting day; empty for any other."""
    if day is None or assignment.state is not State.OPEN:
        return ""
    return "reported" if any(said.day == day for said in assignment.standing_answers) else "not_reported"


def _responsible_form(assignment: Assignment, **options: Any) -> ResponsibleForm:
    form = ResponsibleForm(person=assignment.responsible_id or NOBODY, **options)
    workers = accounts.workers_of(assignment.unit)
    form.person.choices = [
        SelectChoice(str(NOBODY), "Chưa giao người"),
        *(SelectChoice(str(person.id), person.name) for person in workers),
    ]
    return form


def back_to(assignment: Assignment, anchor: str | None = None) -> Response:
    """A redirect to a part of the assignment's page."""
    return redirect(url_for("assignment.show", assignment_id=assignment.id, _anchor=anchor))


def is_closed(assignment: Assignment, step: Step) -> bool:
    """Whether the form of a step is opened that no longer follows from the state; why not is said then."""
    return request.method == "GET" and not attempt(lambda: stepping.require(assignment, step))


def _asker() -> User:
    return current_user._get_current_object()


@bp.post("/report")
@login_required
def report(assignment_id: int) -> ResponseReturnValue:
    assignment, form = find_assignment(assignment_id, Verb.REPORT), ReportForm()
    said = {"text": form.text.data or "", "difficulties": form.difficulties.data or ""}
    if form.validate() and attempt(
        lambda: progress.report_progress(
            assignment, form.percent.data or 0, actor=_asker(), now=clock.now(), **said
        ),
        form.percent,
    ):
        flash(f"Đã ghi nhận tiến độ {form.percent.data}\u00a0%.")
        return back_to(assignment, "progress")
    return page(assignment, report=form)


@bp.route("/submit", methods=["GET", "POST"])
@login_required
def submit(assignment_id: int) -> ResponseReturnValue:
    assignment, form = find_assignment(assignment_id, Verb.SUBMIT), SubmitForm()
    if is_closed(assignment, Step.SUBMIT):
        return back_to(assignment)
    missing = status.missing(assignment)
    if missing:
        flash(_missing_words(missing[0].id, len(missing)), "error")
        return back_to(assignment)
    if form.validate_on_submit() and attempt(
        lambda: progress.submit(assignment, actor=_asker(), now=clock.now(), note=form.note.data or ""),
        form.note,
    ):
        flash(f"Đã nộp kết quả lúc {time_words(clock.now())}. Đầu mối theo dõi sẽ xem và xác nhận.")
        return back_to(assignment)
    return render_template(
        "assignments/submit.html", assignment=assignment, form=form, holdings=status.holdings(assignment)
    )


def _missing_words(deliverable_id: int, count: int) -> Markup:
    return Markup(
        'Chưa nộp được: còn thiếu minh chứng cho {} sản phẩm. <a href="#deliverable-{}">Đến chỗ thiếu</a>'
    ).format(count, deliverable_id)


@bp.post("/withdraw")
@login_required
def withdraw(assignment_id: int) -> ResponseReturnValue:
    assignment = find_assignment(assignment_id, Verb.REPORT)
    if attempt(lambda: progress.withdraw(assignment, actor=_asker(), now=clock.now())):
        flash("Đã rút lại. Có thể sửa và nộp lại.")
    return back_to(assignment)


@bp.route("/extension", methods=["GET", "POST"])
@login_required
def request_extension(assignment_id: int) -> ResponseReturnValue:
    assignment, form = find_assignment(assignment_id, Verb.REPORT), ExtensionForm()
    if is_closed(assignment, Step.REQUEST_EXTENSION):
        return back_to(assignment)
    if request.method == "GET" and extending.pending_request(assignment):
        flash(extending.ONE_WAITS, "error")
        return back_to(assignment)
    if form.validate_on_submit() and attempt(lambda: _ask_for_time(assignment, form), form.wanted_on):
        flash("Đã gửi đề nghị gia hạn. Hạn cuối chưa đổi cho đến khi có quyết định.")
        return back_to(assignment)
    return render_template(
        "assignments/extension.html", assignment=assignment, form=form, today=clock.today()
    )


def _ask_for_time(assignment: Assignment, form: ExtensionForm) -> None:
    wanted_on = form.wanted_on.data
    assert wanted_on is not None  # InputRequired saw to it
    extending.request_extension(
        assignment,
        form.reason.data or "",
        wanted_on,
        actor=_asker(),
        now=clock.now(),
        today=clock.today(),
    )


@bp.post("/responsible")
@login_required
def name_responsible(assignment_id: int) -> ResponseReturnValue:
    assignment = find_assignment(assignment_id, Verb.NAME_RESPONSIBLE)
    form = _responsible_form(assignment)
    workers = {person.id: person for person in accounts.workers_of(assignment.unit)}
    if form.validate() and attempt(
        lambda: progress.name_responsible(
            assignment, workers.get(form.person.data), actor=_asker(), now=clock.now()
        ),
        form.person,
    ):
        named = assignment.responsible
        flash(f"Đã giao {named.name} phụ trách." if named else "Đã bỏ tên người phụ trách.")
        return back_to(assignment, "people")
    return page(assignment, responsible=form)


@bp.post("/comment")
@login_required
def comment(assignment_id: int) -> ResponseReturnValue:
    assignment, form = find_assignment(assignment_id, Verb.COMMENT), CommentForm()
    if form.validate() and attempt(
        lambda: commenting.comment(assignment, form.remark.data or "", actor=_asker(), now=clock.now()),
        form.remark,
    ):
        flash("Đã gửi ý kiến.")
        return back_to(assignment, "history")
    return page(assignment, comment=form)


@bp.post("/direct")
@login_required
def direct(assignment_id: int) -> ResponseReturnValue:
    assignment, form = find_assignment(assignment_id, Verb.DIRECT), CommentForm()
    if form.validate() and attempt(
        lambda: commenting.direct(assignment, form.remark.data or "", actor=_asker(), now=clock.now()),
        form.remark,
    ):
        flash(f"Đã gửi ý kiến chỉ đạo ngày {date_words(clock.today())}.")
        return back_to(assignment)
    return page(assignment, comment=form)


def register(app: Flask) -> None:
    """Open the page of an assignment."""
    app.register_blueprint(bp)
