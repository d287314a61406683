"""The rows of a document under review: settled, corrected, split, joined, added, left out and taken in."""

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from tracker import clock
from tracker.models import PlanImport
from tracker.plans.corrected import Row, context_of
from tracker.plans.draft import TaskDraft
from tracker.plans.numbering import split_number
from tracker.plans.wording import one_line, without_bullet
from tracker.services import answering
from tracker.services.checking import Check, check
from tracker.services.refusals import Refused
from tracker.web.deeds import attempt
from tracker.web.forms import NOT_TAKEN, Form, headers_of, lines
from tracker.web.plans.overtaken import saved
from tracker.web.plans.review import Slip, answered, find_row, page, target_choices, version_seen
from tracker.web.plans.room import bp, find_import, wants_part

MOST_TEXT = 5000  # characters of a task's title


class RowForm(Form):
    """All that can be corrected of a row; lists have one entry a line."""

    no = StringField("Số thứ tự", [Length(max=30)])
    title = TextAreaField("Nhiệm vụ", [InputRequired("Hãy ghi nội dung nhiệm vụ."), Length(max=MOST_TEXT)])
    group = StringField("Nhóm nhiệm vụ", [Length(max=1000)])
    deadline = StringField("Thời hạn", [Length(max=2000)])
    lead = TextAreaField("Chủ trì, mỗi dòng một đơn vị")
    filled = SelectMultipleField("Chọn thêm đơn vị chủ trì", coerce=int)
    coordinating = TextAreaField("Phối hợp, mỗi dòng một đơn vị")
    note = TextAreaField("Ghi chú", [Length(max=MOST_TEXT)])
    seen = IntegerField(widget=HiddenInput())


def find(import_id: int, key: str) -> tuple[PlanImport, Check, Row]:
    """The import, its check and the row; 404 for who may not see it or where there is none."""
    plan_import = find_import(import_id)
    checked = check(plan_import, clock.today())
    return plan_import, checked, find_row(checked, key)


@bp.post("/imports/<int:import_id>/rows/<key>/settle")
def settle(import_id: int, key: str) -> ResponseReturnValue:
    """Agree that a row was read rightly; the doubts agreed to are those that stood on the page."""
    plan_import, checked, row = find(import_id, key)
    sentences = request.form.getlist("sentence")

    def deed() -> None:
        for one in _meant(checked, row):
            agreed = sentences if one is row else one.deadline_doubts
            answering.settle(
                plan_import, one, agreed, seen=version_seen(), actor=current_user, now=clock.now()
            )

    return answered(deed, plan_import)


def _meant(checked: Check, row: Row) -> list[Row]:
    """The row, and where that was asked for all others whose deadline is worded the same."""
    return [row, *(checked.alike(row) if request.form.get("alike") else ())]


@bp.post("/imports/<int:import_id>/rows/<key>/deadline")
def set_deadline(import_id: int, key: str) -> ResponseReturnValue:
    """Say when a row is due; what cannot be read stays in its field, with the reason."""
    plan_import, checked, row = find(import_id, key)
    text = request.form.get("deadline", "").strip()
    try:
        for one in _meant(checked, row):
            _say(plan_import, one, deadline=text)
    except Refused as refusal:
        return page(plan_import, Slip(row.key, text, str(refusal)))
    return answered(lambda: None, plan_import)


@bp.post("/imports/<int:import_id>/rows/<key>/lead")
def fill_lead(import_id: int, key: str) -> ResponseReturnValue:
    """Choose the units that lead a row which names nobody in particular."""
    plan_import, checked, row = find(import_id, key)
    near = checked.directory.near
    chosen = tuple(unit for unit in request.form.getlist("unit", type=int) if unit in near)
    if not chosen:
        return page(plan_import, Slip(row.key, "", "Hãy chọn ít nhất một đơn vị."))
    return answered(lambda: _say(plan_import, row, filled=chosen), plan_import)


@bp.post("/imports/<int:import_id>/rows/<key>/leave")
def leave_out(import_id: int, key: str) -> ResponseReturnValue:
    """Leave a row out, for a reason that is kept."""
    plan_import, checked, row = find(import_id, key)
    reason = request.form.get("reason", "").strip()
    if not reason:
        slip = Slip(key, "", "Hãy nêu lý do để nhiệm vụ ra ngoài.", "reason")
        return _slipped(plan_import, checked, row, slip)
    return answered(lambda: _say(plan_import, row, selected=False, reason=reason[:1000]), plan_import)


@bp.post("/imports/<int:import_id>/rows/<key>/take")
def take_in(import_id: int, key: str) -> ResponseReturnValue:
    """Take a row in that was left out or only proposed."""
    plan_import, _, row = find(import_id, key)
    return answered(lambda: _say(plan_import, row, selected=True, reason=None), plan_import)


@bp.post("/imports/<int:import_id>/rows/<key>/join")
def join(import_id: int, key: str) -> ResponseReturnValue:
    """Put a row together with the one before it."""
    plan_import, checked, row = find(import_id, key)
    before = _before(checked, row) or abort(404)
    return answered(
        lambda: answering.join(
            plan_import, row, before, seen=version_seen(), actor=current_user, now=clock.now()
        ),
        plan_import,
    )


def _before(checked: Check, row: Row) -> Row | None:
    """The row that stands before this one among those selected."""
    earlier = None
    for other in checked.corrected.selected:
        if other.key == row.key:
            return earlier
        earlier = other
    return None


@bp.post("/imports/<int:import_id>/rows")
def add_row(import_id: int) -> ResponseReturnValue:
    """Add a row after another, to be written; what the ledger ignored is its title where that was chosen."""
    plan_import = find_import(import_id)
    after = request.form.get("after", "")
    if after:
        find_row(check(plan_import, clock.today()), after)
    _, title = split_number(without_bullet(one_line(request.form.get("title", ""))[:MOST_TEXT]))
    key = answering.add_row(plan_import, after, title, actor=current_user, now=clock.now())
    if not attempt(lambda: None):
        return redirect(url_for(".review", import_id=import_id))
    return redirect(url_for(".edit_row", import_id=import_id, key=key))


@bp.post("/imports/<int:import_id>/rows/<key>/split")
def split(import_id: int, key: str) -> ResponseReturnValue:
    """Make two rows of one where the person breaks the line; without a break the text stays in its field."""
    plan_import, checked, row = find(import_id, key)
    text, moved = request.form.get("text", "")[:MOST_TEXT], request.form.getlist("moved")
    try:
        answering.split(
            plan_import, row, text, moved, seen=version_seen(), actor=current_user, now=clock.now()
        )
    except Refused as refusal:
        return _slipped(plan_import, checked, row, Slip(key, text, str(refusal), "split"))
    if attempt(lambda: None):
        flash("Đã tách thành hai nhiệm vụ. Xem lại thời hạn và đơn vị của từng nhiệm vụ.")
    if wants_part():  # the check shows both
        return redirect(url_for(".review", import_id=import_id))
    return redirect(url_for(".edit_row", import_id=import_id, key=key))


def _slipped(plan_import: PlanImport, checked: Check, row: Row, slip: Slip) -> ResponseReturnValue:
    """The page of the row as it stands, with what could not be taken."""
    form = _form(plan_import, checked, row, formdata=None)
    return _row_page(plan_import, checked, row, form, slip), NOT_TAKEN


@bp.route("/imports/<int:import_id>/rows/<key>", methods=["GET", "POST"])
def edit_row(import_id: int, key: str) -> ResponseReturnValue:
    """Everything of one row beside its source."""
    plan_import, checked, row = find(import_id, key)
    form = _form(plan_import, checked, row)
    if form.validate_on_submit() and saved(partial(_correct, plan_import, row, form), form, form.deadline):
        flash("Đã lưu nhiệm vụ.")
        return redirect(url_for(".review", import_id=plan_import.id, _anchor="doubts"))
    return _row_page(plan_import, checked, row, form), headers_of(form.errors)


def _form(plan_import: PlanImport, checked: Check, row: Row, **options: Any) -> RowForm:
    form = RowForm(data=_shown(row, plan_import), **options)
    form.filled.choices = [
        SelectChoice(int(value[1:]), name) for value, name in target_choices(checked)["units"]
    ]
    return form


def _row_page(
    plan_import: PlanImport, checked: Check, row: Row, form: RowForm, slip: Slip | None = None
) -> str:
    """Everything of one row; `slip` keeps what could not be taken of its lesser forms."""
    return render_template(
        "plans/row.html",
        plan_import=plan_import,
        row=row,
        form=form,
        before=_before(checked, row),
        context=context_of(checked.corrected.heading),
        groups=list(
            dict.fromkeys(filter(None, (numbered_group(one.task) for one in checked.corrected.rows)))
        ),
        slip=slip,
    )


def _shown(row: Row, plan_import: PlanImport) -> dict[str, Any]:
    """What the fields of a row hold as it stands."""
    return {
        "no": row.task.no,
        "title": row.task.title,
        "group": numbered_group(row.task),
        "deadline": row.wording,
        "lead": "\n".join(row.task.lead),
        "filled": list(row.filled),
        "coordinating": "\n".join(row.task.coordinating),
        "note": row.task.note,
        "seen": plan_import.version,
    }


def _correct(plan_import: PlanImport, row: Row, form: RowForm) -> None:
    """Say what differs from the row as it stands, and nothing else."""
    said = {
        "no": (form.no.data or "").strip(),
        "title": (form.title.data or "").strip(),
        "deadline": (form.deadline.data or "").strip(),
        "lead": lines(form.lead.data),
        "filled": tuple(form.filled.data or ()),
        "coordinating": lines(form.coordinating.data),
        "deliverables": tuple(lines(text) for text in request.form.getlist("deliverables")),
        "note": (form.note.data or "").replace("\r\n", "\n").strip(),
        "group": _group(row, form),
    }
    stands = {
        "no": row.task.no,
        "title": row.task.title,
        "deadline": row.wording,
        "lead": row.task.lead,
        "filled": row.filled,
        "coordinating": row.task.coordinating,
        "deliverables": tuple(milestone.deliverables for milestone in row.task.milestones),
        "note": row.task.note,
        "group": (row.task.group, row.task.group_title),
    }
    _say(plan_import, row, **{name: value for name, value in said.items() if value != stands[name]})


def numbered_group(task: TaskDraft) -> str:
    """«II. Phát triển hạ tầng», as the field shows it; empty for a task under no group."""
    return f"{task.group}. {task.group_title}" if task.group else task.group_title


def _group(row: Row, form: RowForm) -> tuple[str, str]:
    """Number and title of the group as written; what was not sent or not touched stays as it stands."""
    said = form.group.data
    if said is None or said.strip() == numbered_group(row.task).strip():
        return row.task.group, row.task.group_title
    number, title = split_number(said.strip())
    return (number.text if number else ""), one_line(title)


def _say(plan_import: PlanImport, row: Row, **said: Any) -> None:
    answering.answer_row(
        plan_import, row.key, seen=version_seen(), actor=current_user, now=clock.now(), **said
    )
