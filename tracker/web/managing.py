"""What the monitor may do to an assignment beside reviewing it: each deed asks back on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from sqlalchemy import select
from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from tracker import clock
from tracker.access import Verb
from tracker.db import db
from tracker.models import Assignment, Role, Unit
from tracker.rules.states import Step
from tracker.services import managing, reviewing, stepping
from tracker.web.assignment import LONGEST_TEXT, back_to
from tracker.web.deeds import attempt
from tracker.web.finding import find_assignment, open_steps
from tracker.web.forms import DayField, DueField, Form, UnitSelect
from tracker.web.sessions import current_reach
from tracker.words import date_words

bp = Blueprint("managing", __name__, url_prefix="/assignments/<int:assignment_id>/manage")


class SureForm(Form):
    """A deed that needs no words."""


class ReasonForm(Form):
    """A deed that needs its reason."""

    reason = TextAreaField("Lý do", [DataRequired("Hãy nêu lý do."), Length(max=LONGEST_TEXT)])


class CorrectForm(ReasonForm):
    """The dates as they should have been read."""

    starts_on = DayField("Ngày bắt đầu")
    due_on = DueField("Hạn cuối đúng")
    document = StringField("Văn bản căn cứ", [Length(max=300)])


class ReassignForm(ReasonForm):
    """The unit that takes over."""

    unit = SelectField(
        "Đơn vị chủ trì mới",
        [InputRequired("Hãy chọn đơn vị chủ trì mới.")],
        coerce=lambda text: int(text or 0),
        widget=UnitSelect(),
    )


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed: the question that names it, what follows from it, its button, and what is said when done."""

    question: str
    consequence: str
    words: str
    done: str
    form: type[Form]
    do: Callable[..., Any]
    hard_to_undo: bool = False


def _correct(assignment: Assignment, form: CorrectForm, **who: Any) -> None:
    managing.correct(
        assignment,
        form.due_on.data,
        form.reason.data or "",
        document=form.document.data or "",
        starts_on=form.starts_on.data,
        **who,
    )


def _reassign(assignment: Assignment, form: ReassignForm, **who: Any) -> None:
    unit = db.session.get_one(Unit, form.unit.data)
    managing.reassign(assignment, unit, form.reason.data or "", **who)


def _record_cause(assignment: Assignment, form: ReasonForm, **who: Any) -> None:
    managing.record_cause(assignment, form.reason.data or "", today=clock.today(), **who)


def _with_reason(service: Callable[..., Any]) -> Callable[..., Any]:
    def do(assignment: Assignment, form: ReasonForm, **who: Any) -> None:
        service(assignment, form.reason.data or "", **who)

    return do


def _resume(assignment: Assignment, _form: SureForm, **who: Any) -> None:
    managing.resume(assignment, **who)


# The name of the step is the last part of the page's address.
DEEDS: dict[Step, Deed] = {
    Step.CORRECT: Deed(
        "Đính chính hạn?",
        "Dùng khi thời hạn bị đọc nhầm; không phải gia hạn. Hạn cũ vẫn được lưu. Để trống hạn cuối nếu "
        "nhiệm vụ không có ngày đến hạn.",
        "Đính chính hạn",
        "Đã đính chính hạn. {due} Đơn vị được báo trong thư tới.",
        CorrectForm,
        _correct,
    ),
    Step.SUSPEND: Deed(
        "Tạm dừng nhiệm vụ này?",
        "Trong khi tạm dừng, nhiệm vụ không tính vào số liệu và không nhắc. Đơn vị được báo.",
        "Tạm dừng",
        "Đã tạm dừng. Có thể cho tiếp tục bất cứ lúc nào.",
        ReasonForm,
        _with_reason(managing.suspend),
    ),
    Step.RESUME: Deed(
        "Cho tiếp tục nhiệm vụ này?",
        "Nhiệm vụ trở lại như trước khi tạm dừng; hạn cuối không đổi.",
        "Cho tiếp tục",
        "Đã cho tiếp tục.",
        SureForm,
        _resume,
    ),
    Step.REASSIGN: Deed(
        "Chuyển nhiệm vụ sang đơn vị khác?",
        "Minh chứng, tiến độ và diễn biến đi theo nhiệm vụ. Đơn vị cũ vẫn đọc được phần của mình.",
        "Chuyển đơn vị",
        "Đã chuyển đơn vị. Hai đơn vị được báo trong thư tới.",
        ReassignForm,
        _reassign,
    ),
    Step.REOPEN: Deed(
        "Mở lại nhiệm vụ này?",
        "Nhiệm vụ không còn được ghi là hoàn thành; lần nộp tới sẽ được tính.",
        "Mở lại",
        "Đã mở lại. Đơn vị có thể sửa và nộp lại.",
        ReasonForm,
        _with_reason(reviewing.reopen),
    ),
    Step.RECORD_CAUSE: Deed(
        "Ghi nhận nguyên nhân khách quan?",
        "Nhiệm vụ vẫn là quá hạn, nhưng được đếm riêng.",
        "Ghi nguyên nhân khách quan",
        "Đã ghi nhận nguyên nhân khách quan.",
        ReasonForm,
        _record_cause,
    ),
    Step.CANCEL: Deed(
        "Hủy nhiệm vụ này?",
        "Đơn vị được báo và lý do được lưu. Nhiệm vụ đã hủy không mở lại được.",
        "Hủy nhiệm vụ",
        "Đã hủy nhiệm vụ. Đơn vị được báo trong thư tới.",
        ReasonForm,
        _with_reason(managing.cancel),
        hard_to_undo=True,
    ),
}


@bp.route("/<step>", methods=["GET", "POST"])
@login_required
def manage(assignment_id: int, step: str) -> ResponseReturnValue:
    deed = DEEDS.get(Step(step)) if step in set(Step) else None
    if deed is None:
        abort(404)
    assignment = find_assignment(assignment_id, Verb.MANAGE)
    form = _form(deed, assignment)
    who = {"actor": current_user._get_current_object(), "now": clock.now()}
    if not attempt(lambda: stepping.require(assignment, Step(step))):
        if request.method == "GET":
            return back_to(assignment)
    elif form.validate_on_submit() and attempt(lambda: deed.do(assignment, form, **who), _main_field(form)):
        flash(deed.done.format(due=_due_words(assignment)))
        return back_to(assignment)
    return render_template("assignments/manage.html", assignment=assignment, deed=deed, form=form)


def _main_field(form: Form) -> Field | None:
    """The field that a refusal is about, the reason being there."""
    return next((form[name] for name in ("due_on", "unit", "reason") if name in form), None)


def _due_words(assignment: Assignment) -> str:
    due_on = assignment.due_on
    return f"Hạn cuối {date_words(due_on)}." if due_on else "Nhiệm vụ không có ngày đến hạn."


def _form(deed: Deed, assignment: Assignment) -> Form:
    form = deed.form(starts_on=assignment.starts_on, due_on=assignment.due_on)
    if isinstance(form, ReassignForm):
        others = [SelectChoice(str(unit.id), unit.name) for unit in _others(assignment)]
        form.unit.choices = [SelectChoice("", "Chọn đơn vị"), *others]
    return form


def _others(assignment: Assignment) -> list[Unit]:
    """The units the work could go to: those of the monitor's part of the tree, by name."""
    covered = current_reach.covered(Role.MONITOR) - {assignment.unit_id}
    query = select(Unit).where(Unit.id.in_(covered), Unit.last_on.is_(None)).order_by(Unit.search_text)
    return list(db.session.scalars(query))


def deeds_open(assignment: Assignment) -> dict[str, str]:
    """The deeds that follow from the assignment's state and that who asks may do: step -> words."""
    steps = open_steps(current_reach, assignment)
    if not managing.is_late(assignment, clock.today()):
        steps -= {Step.RECORD_CAUSE}
    return {step.value: deed.words for step, deed in DEEDS.items() if step in steps}


def register(app: Flask) -> None:
    """Open the monitor's deeds, and let the assignment's page name them."""
    app.register_blueprint(bp)
    app.jinja_env.globals["deeds_open"] = deeds_open
