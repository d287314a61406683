"""A plan after it was stored: its details, new members of its groups, tasks added by hand."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from tracker import clock
from tracker.db import db
from tracker.deadlines.grammar import TextTooLong, read_deadline
from tracker.models import Cadence, Plan, Unit, User
from tracker.services import adding, catalogues, milestones, plan_details
from tracker.services.adding import NewTask
from tracker.web.deeds import attempt
from tracker.web.forms import Form, headers_of, lines
from tracker.web.plans.publishing import roll
from tracker.web.plans.room import bp, find_managed_plan, unit_choices

NOBODY = SelectChoice(0, "Chưa giao ai")
CADENCES = [
    SelectChoice(Cadence.MONTHLY.value, "Hằng tháng"),
    SelectChoice(Cadence.QUARTERLY.value, "Hằng quý"),
    SelectChoice(Cadence.HALF_YEARLY.value, "6 tháng một lần"),
    SelectChoice(Cadence.YEARLY.value, "Hằng năm"),
]


class DetailsForm(Form):
    """What may be changed of a plan at any time."""

    number = StringField("Số, ký hiệu", [Length(max=100)])
    leader = SelectField("Lãnh đạo phụ trách", coerce=int)
    cadence = SelectField("Kỳ báo cáo nhiệm vụ thường xuyên")


class TaskForm(Form):
    """A task as the monitor writes it."""

    no = StringField("Số thứ tự", [Length(max=30)])
    title = TextAreaField("Nhiệm vụ", [InputRequired("Hãy ghi nội dung nhiệm vụ."), Length(max=5000)])
    group = SelectField("Nhóm nhiệm vụ", coerce=int)
    deadline = StringField("Thời hạn", [InputRequired("Hãy ghi thời hạn."), Length(max=2000)])
    leads = SelectMultipleField("Chủ trì", [InputRequired("Hãy chọn đơn vị chủ trì.")], coerce=int)
    coordinating = SelectMultipleField("Phối hợp", coerce=int)
    deliverables = TextAreaField("Sản phẩm, mỗi dòng một sản phẩm")

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan

    def validate_deadline(self, field: StringField) -> None:
        """The deadline as read in the plan, clear by itself."""
        try:
            reading = read_deadline(field.data, milestones.context_of(self.plan))
        except TextTooLong as error:
            raise ValidationError(str(error)) from error
        if reading.needs_review:
            raise ValidationError(reading.objection)


@bp.route("/<int:plan_id>/details", methods=["GET", "POST"])
def details(plan_id: int) -> ResponseReturnValue:
    """Change number, leader in charge, leaders of groups, and how often standing tasks are reported."""
    plan = find_managed_plan(plan_id)
    leaders = plan_details.leaders_of(plan)
    form = DetailsForm(
        data={"number": plan.number, "leader": plan.leader_id or 0, "cadence": plan.cadence.value}
    )
    form.cadence.choices = CADENCES
    form.leader.choices = [NOBODY, *(SelectChoice(user.id, user.name) for user in leaders)]
    if form.validate_on_submit() and attempt(partial(_change, plan, form, leaders), form.leader):
        flash("Đã lưu thông tin kế hoạch.")
        return redirect(url_for(".show", plan_id=plan.id))
    page = render_template("plans/details.html", plan=plan, form=form, leaders=leaders)
    return page, headers_of(form.errors)


def _change(plan: Plan, form: DetailsForm, leaders: list[User]) -> None:
    by_id: dict[int | None, User] = {user.id: user for user in leaders}
    chosen = {group.id: request.form.get(f"leader-{group.id}", type=int) for group in plan.groups}
    plan_details.change_details(
        plan,
        number=form.number.data or "",
        leader=by_id.get(form.leader.data),
        cadence=Cadence(form.cadence.data),
        group_leaders={group_id: by_id.get(user_id) for group_id, user_id in chosen.items()},
        actor=current_user,
        now=clock.now(),
    )


@bp.post("/<int:plan_id>/members")
def take_members(plan_id: int) -> ResponseReturnValue:
    """Give their part to units that joined a group after its tasks were given out."""
    plan = find_managed_plan(plan_id)
    chosen = set(request.form.getlist("offer"))
    offers = [o for o in adding.later_members(plan, clock.today()) if f"{o.task.id}-{o.unit.id}" in chosen]
    if attempt(
        lambda: adding.take_in(
            plan, offers, actor=current_user, now=clock.now(), today=clock.today(), roll=roll()
        )
    ):
        flash(f"Đã giao thêm {len(offers)} phần việc cho thành viên mới của nhóm.")
    return redirect(url_for(".show", plan_id=plan.id))


@bp.route("/<int:plan_id>/tasks/new", methods=["GET", "POST"])
def add_task(plan_id: int) -> ResponseReturnValue:
    """Add a task by hand; in a published plan it is given out at once."""
    plan = find_managed_plan(plan_id)
    form = TaskForm(plan)
    form.group.choices = [
        SelectChoice(0, "Không thuộc nhóm nào"),
        *(SelectChoice(group.id, f"{group.no}. {group.title}".removeprefix(". ")) for group in plan.groups),
    ]
    _, directory = catalogues.load(plan.watching_unit, plan.issued_on, clock.today())
    near = list(db.session.scalars(select(Unit).where(Unit.id.in_(directory.near))))
    form.leads.choices = form.coordinating.choices = [SelectChoice(*one) for one in unit_choices(near)]
    units = {unit.id: unit for unit in near}
    if form.validate_on_submit() and attempt(partial(_add, plan, form, units), form.deadline):
        given = f" và giao cho {len(form.leads.data or ())} đơn vị. Đơn vị nhận thư trong ngày làm việc tới"
        flash(f"Đã thêm nhiệm vụ{given if plan.published_at else ''}.")
        return redirect(url_for(".show", plan_id=plan.id))
    return render_template("plans/new_task.html", plan=plan, form=form), headers_of(form.errors)


def _add(plan: Plan, form: TaskForm, units: dict[int, Unit]) -> None:
    new = NewTask(
        title=form.title.data or "",
        reading=read_deadline(form.deadline.data or "", milestones.context_of(plan)),
        leads=[units[unit_id] for unit_id in form.leads.data or ()],
        coordinating=[units[unit_id] for unit_id in form.coordinating.data or ()],
        deliverables=lines(form.deliverables.data),
        group=plan_details.group_of(plan, form.group.data),
        no=form.no.data or "",
    )
    adding.add_task(plan, new, actor=current_user, now=clock.now(), today=clock.today(), roll=roll())
